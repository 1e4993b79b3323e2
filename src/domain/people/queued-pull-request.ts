import type { Sha } from '../tree.ts';

/** A pull request that waits in a merge queue. */
export interface QueuedPullRequest {
  readonly number: number;
  /** Commits of the queue: what stands before it, and what stands with it. Null while it was not built. */
  readonly base: Sha | null;
  readonly head: Sha | null;
}
