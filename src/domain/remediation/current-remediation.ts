import type { SaidRemediation } from './remediation-record.ts';

/** The one of a behaviour's remediations, the oldest first, that is about what stands: others are at rest, or about what was measured but once. Null: none is. */
export function currentRemediation(all: readonly SaidRemediation[]): SaidRemediation | null {
  const awake = all.filter(({ said }) => said === null || !asleep.has(said.reason));
  return awake.findLast(({ said }) => said?.reason !== 'unconfirmed') ?? awake.at(-1) ?? null;
}

const asleep: ReadonlySet<NonNullable<SaidRemediation['said']>['reason']> = new Set(['other_drift', 'no_drift', 'behavior_gone']);
