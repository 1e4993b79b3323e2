import type { Verdict } from '../verdict.ts';
import type { Member } from './membership.ts';

/** Everybody whose hand was known to be in what was judged, with their accounts where these were told. */
export function contributorsTold(verdicts: readonly Verdict[]): readonly Member[] {
  return verdicts.flatMap(({ contributors = [], accounts = [] }) => contributors.map((login, index) => ({ login, id: accounts[index] ?? null })));
}
