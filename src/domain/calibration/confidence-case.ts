import type { Sha } from '../tree.ts';

/** What an agent reported of one pull request, and what became of it. */
export interface ConfidenceCase {
  readonly repositoryId: number;
  readonly pullRequest: number;
  /** Login. */
  readonly agent: string;
  /** 0..1. */
  readonly selfReport: number;
  /** Whether at least one critical claim was verified: trivial changes would else farm trust. */
  readonly hasVerifiedCritical: boolean;
  /** What was judged last. */
  readonly head: Sha;
  /** ISO 8601, UTC, as all instants here. */
  readonly reportedAt: string;
  /** Null: it is open. */
  readonly closed: CaseClosed | null;
  /** When what it merged was taken back; null: it was not. */
  readonly revertedAt: string | null;
}

export interface CaseClosed {
  readonly at: string;
  readonly isMerged: boolean;
  /** What other programs than Plumbline found out about its head; null: none did, or nobody knows. */
  readonly checks: 'success' | 'failure' | null;
  /** What people said who decided about what was held; null: nobody did. */
  readonly people: 'approve' | 'reject' | null;
}
