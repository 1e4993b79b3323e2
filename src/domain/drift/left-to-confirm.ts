import type { DriftRecord } from './drift-record.ts';
import { confirmedFrom } from './fold-measurement.ts';

export interface ConfirmationToPlan {
  /** Of the measurements that were just made. */
  readonly now: Date;
  /** Milliseconds. */
  readonly confirmAfter: number;
  /** Whether these were to confirm others: once is enough. What says something else again comes and goes, and is looked at by the next scan. */
  readonly isConfirming: boolean;
}

/** Behaviours of a repository that have to be measured once more, and when all of them can be confirmed; null: none has. */
export function leftToConfirm(records: readonly DriftRecord[], { now, confirmAfter, isConfirming }: ConfirmationToPlan): { readonly behaviors: readonly string[]; readonly at: Date } | null {
  const left = records.flatMap(({ behavior, first, measuredAt }) => {
    if (first === null) return [];
    const from = confirmedFrom(first, confirmAfter);
    const isLeft = measuredAt === now.toISOString() ? !isConfirming || first.at !== measuredAt : from > now.getTime();
    return isLeft ? [{ behavior, from }] : [];
  });
  return left.length === 0 ? null : { behaviors: left.map(({ behavior }) => behavior), at: new Date(Math.max(...left.map(({ from }) => from))) };
}
