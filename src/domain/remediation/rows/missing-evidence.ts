import { isEvidenceMissing, isUnconfirmed } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { saySkipped } from './say.ts';

/** Row 8: it is not known whether the drift is there. What is measured once is not known either. */
export function missingEvidence(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined) return null;
  if (isUnconfirmed(facts.state)) return saySkipped(facts, 8, 'unconfirmed', 'confirmation', one);
  return isEvidenceMissing(facts.state) ? saySkipped(facts, 8, 'missing_evidence', 'scan', one) : null;
}
