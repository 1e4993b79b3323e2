import type { Disposition } from '../domain/decision.ts';
import type { CheckConclusion } from '../domain/effect.ts';
import type { Outcome } from '../domain/verdict.ts';

/** What GitHub is told. Only here: `neutral` and `skipped` satisfy a required check, so no decision maps to them. */
const byDisposition: Readonly<Record<Disposition, CheckConclusion>> = { allow: 'success', deny: 'failure', hold: 'action_required' };

const byOutcome: Readonly<Record<Outcome, CheckConclusion>> = {
  pass: 'success',
  fail: 'failure',
  inconclusive: 'failure',
  hold: 'action_required',
};

export function conclusionOf(disposition: Disposition): CheckConclusion {
  return byDisposition[disposition];
}

export function gateConclusionOf(outcome: Outcome): CheckConclusion {
  return byOutcome[outcome];
}
