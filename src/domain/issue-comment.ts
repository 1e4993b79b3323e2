import type { Person } from './effect.ts';

/** A comment as it stands now. Everything in it was chosen by whoever wrote it. */
export interface IssueComment {
  readonly id: number;
  /** Number of the issue or pull request that it is on. */
  readonly issue: number;
  readonly body: string;
  /** Null where GitHub knows the author no more. */
  readonly author: (Person & { readonly type: string }) | null;
  /** Whether an App wrote it, be it in the name of a person. */
  readonly isByApp: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly isEdited: boolean;
}
