import { ownDrift } from '../drift-facts.ts';
import { formerFacts } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import { daysAfter, isBefore } from '../../instant.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** How long closes of one kind stand, and what is said of them. */
export interface StandingClose {
  readonly row: 9 | 11;
  readonly by: 'human' | 'unknown';
  readonly days: number;
  readonly reason: 'closed_by_human' | 'closed_by_unknown';
  readonly alerts: boolean;
}

/** Nothing is opened while the close of any generation stands, on a former base too: until it expires or is taken back. It is recorded once. */
export function suppressed(facts: Facts, standing: StandingClose): NextStep | null {
  const { state } = facts;
  if (ownDrift(state) === null) return null;
  const closes = [...formerFacts(facts), facts].flatMap((each) => each.own.map((one) => ({ one, until: endOf(each, one, standing) })));
  const last = closes.findLast(({ until }) => until !== null);
  if (last === undefined || last.until === null) return null;
  const { one, until } = last;
  const { row, reason, alerts } = standing;
  if (state.decisions.recorded.includes(one.number)) return say(facts, row, reason, 'remediation.skipped', { kind: 'nothing', again: { kind: 'at', instant: until } }, one);
  return say(facts, row, reason, 'remediation.suppressed', { kind: 'suppress', number: one.number, until, alerts }, one);
}

/** When its close ends to stand; null where it does not, or not any more. One that can not be dated stands as if it were of now, until it is taken back. */
function endOf({ state: { now, decisions } }: Facts, { state }: OwnPullRequest, { by, days }: StandingClose): string | null {
  if (state.kind !== 'closed' || state.by !== by) return null;
  const { unsuppressedAt } = decisions;
  const isDated = !Number.isNaN(Date.parse(state.at));
  if (unsuppressedAt !== null && (!isDated || isBefore(state.at, unsuppressedAt))) return null;
  const until = daysAfter(isDated ? state.at : now, days);
  return isBefore(now, until) ? until : null;
}
