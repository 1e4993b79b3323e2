import type { Sha } from '../../domain/tree.ts';

export interface PullRequestFacts {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly author: string;
  /** Of the author's account, which stays when its login changes; null where there is none, or an older version did not keep it. */
  readonly authorId: number | null;
  readonly draft: boolean;
  readonly head: Sha;
  readonly headRepositoryId: number | null;
  readonly baseBranch: string;
  /** Tip of the base branch now, not the base recorded when the pull request was opened. */
  readonly base: Sha;
  readonly createdAt: string;
  /** The merge commit, once merged. */
  readonly mergeCommit: Sha | null;
}

/** What tells with which commit another one came onto a branch. */
export type PullRequestOfCommit = Pick<PullRequestFacts, 'number' | 'state' | 'baseBranch' | 'head' | 'mergeCommit'>;

/** What of a pull request a judgement is about: once it is another, so is what has to be judged. */
export type CurrentHead = Pick<PullRequestFacts, 'state' | 'head' | 'baseBranch'>;

/** The head of a pull request as a place to commit to. */
export interface PullRequestHead {
  readonly state: PullRequestFacts['state'];
  readonly branch: string;
  readonly head: Sha;
  /** Null when the repository that it came from is gone. */
  readonly repositoryId: number | null;
}
