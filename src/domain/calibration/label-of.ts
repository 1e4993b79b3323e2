import type { ConfidenceCase } from './confidence-case.ts';

/** How long a merge has to stand before it counts as good. */
export const probationDays = 14;

/**
 * Whether a change turned out well; null: it is not known, or does not count. What speaks against it counts at once: a no of a person, failed checks,
 * a revert within the days of probation. A merge counts as good when it stood so long, or when a person who may has said yes to it.
 * A close without a merge says nothing by itself.
 */
export function labelOf({ hasVerifiedCritical, closed, revertedAt }: Pick<ConfidenceCase, 'hasVerifiedCritical' | 'closed' | 'revertedAt'>, now: Date): boolean | null {
  if (!hasVerifiedCritical || closed === null) return null;
  if (closed.people === 'reject' || closed.checks === 'failure') return false;
  if (!closed.isMerged) return null;
  const until = Date.parse(closed.at) + probationDays * 86_400_000;
  if (revertedAt !== null && Date.parse(revertedAt) < until) return false;
  return closed.people === 'approve' || now.getTime() >= until ? true : null;
}
