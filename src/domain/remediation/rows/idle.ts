import { isUnconfirmed } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { saySkipped } from './say.ts';

/** No row: nothing is open, and no confirmed drift of this fingerprint asks for anything. */
export function idle(facts: Facts): NextStep {
  const { drift } = facts.state;
  if (isUnconfirmed(facts.state)) return saySkipped(facts, null, 'unconfirmed', 'confirmation');
  switch (drift.kind) {
    case 'pass':
      return saySkipped(facts, null, 'no_drift', 'scan');
    case 'drift':
      return saySkipped(facts, null, 'other_drift', 'scan');
    case 'gone':
      return saySkipped(facts, null, 'behavior_gone', 'scan');
    case 'inconclusive':
    case 'error':
      return saySkipped(facts, null, 'missing_evidence', 'scan');
  }
}
