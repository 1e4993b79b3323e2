import { ownDrift } from '../drift-facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/**
 * Its text, where that tells of a commit of ours before the one at which it stands: what was measured, the plan and the head are others by
 * now. Null where it is true, and where its trailer is not as we wrote it: it is a person's then. What a person wrote
 * above the trailer, and into the title, stays.
 */
export function retell(facts: Facts, row: 3 | 5, one: OwnPullRequest): NextStep | null {
  const drift = ownDrift(facts.state);
  const { trailer: reading, recorded, head, generation, number } = one;
  if (drift === null || generation === null || reading.kind !== 'trailer' || recorded?.head !== head || recorded.plan !== drift.plan) return null;
  const { trailer } = reading;
  if (trailer.fingerprint !== facts.state.fingerprint || (trailer.head === head && trailer.plan === recorded.plan)) return null;
  const step = { kind: 'retell', number, generation, head, plan: drift.plan, base: drift.base, follows: facts.latest?.number ?? null } as const;
  return say(facts, row, 'text_outdated', 'remediation.updated', step, one);
}
