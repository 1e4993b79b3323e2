import type { CheckState, CommitToMake, Effect, Reaction } from '../../domain/effect.ts';
import type { IssueComment } from '../../domain/issue-comment.ts';
import type { Sha } from '../../domain/tree.ts';
import type { GitHubArtifacts } from './github-artifacts.ts';
import type { GitHubPeople } from './github-people.ts';
import type { GitHubSettings } from './github-settings.ts';
import type { ObjectSource } from './object-source.ts';
import type { CurrentHead, PullRequestFacts, PullRequestHead, PullRequestOfCommit } from './pull-request-facts.ts';

/**
 * What came of asking for a commit; only `committed` changed anything. `moved`: the branch is not at the expected head.
 * `ungranted`: the App may not write contents. `refused`: GitHub's rules say no, in its words.
 */
export type CommitAnswer =
  | { readonly kind: 'committed'; readonly commit: Sha }
  | { readonly kind: 'moved' }
  | { readonly kind: 'ungranted' }
  | { readonly kind: 'refused'; readonly why: string };

/** One repository on GitHub, through an installation token minted for it with least permissions. */
export interface GitHubRepository extends ObjectSource, GitHubPeople, GitHubArtifacts, GitHubSettings {
  pullRequest(number: number): Promise<PullRequestFacts | null>;
  /** Text of a pull request, as it came along with `pullRequest`, else read anew; empty where it has none, at most `limits.bodyCharacters` of it. */
  body(number: number): Promise<string>;
  /** Read anew; null when there is no pull request of that number. */
  headOf(number: number): Promise<PullRequestHead | null>;
  /** Where a pull request stands: as it was told last with `people`, else read anew; null when there is none of that number. */
  currentHead(number: number): Promise<CurrentHead | null>;
  openPullRequests(): Promise<readonly PullRequestFacts[]>;
  defaultBranch(): Promise<string>;
  /** Names of all branches. MUST throw where there are too many to list: a list cut short would hide some. */
  branches(): Promise<readonly string[]>;
  /** Tip of a branch, null when it does not exist. */
  branchTip(branch: string): Promise<Sha | null>;
  /** Whether rules or branch protection require a check of this name, and whether they pin our App; throws when unreadable. */
  requiredCheck(branch: string, name: string): Promise<{ readonly required: boolean; readonly pinned: boolean }>;
  /** Pull requests that hold or brought a commit, whatever their base and state. */
  pullRequestsOf(commit: Sha): Promise<readonly PullRequestOfCommit[]>;
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>;
  /** Of a commit, in their order; null when there is no such commit. */
  parentsOf(commit: Sha): Promise<readonly Sha[] | null>;

  /** Creates a check run; the key becomes its external id. Throws GITHUB_AMBIGUOUS when it may or may not have been created. */
  createCheck(effect: Extract<Effect, { kind: 'check' }>): Promise<number>;
  /** Sets the state. `annotationsFrom` skips those that are already there: GitHub appends. */
  updateCheck(id: number, state: CheckState, annotationsFrom: number): Promise<void>;
  /** What other Apps found out about a commit, as their check suites have ended: one failure is one. Null: none said anything. */
  checksOf(commit: Sha): Promise<'success' | 'failure' | null>;
  /** Our App's run with this external id at the head, or null. */
  findCheck(head: Sha, name: string, key: string): Promise<{ readonly id: number; readonly status: string; readonly annotations: number } | null>;
  /** Our App's comment that carries the marker, or null. */
  findComment(pullRequest: number, marker: string): Promise<{ readonly id: number; readonly body: string } | null>;
  createComment(pullRequest: number, body: string): Promise<number>;
  updateComment(id: number, body: string): Promise<void>;
  /** A comment of an issue or a pull request, read anew; null when it is gone. */
  comment(id: number): Promise<IssueComment | null>;
  /** Our App's reaction, which is there once however often it is asked for. @returns Its id. */
  react(comment: number, content: Reaction): Promise<number>;
  /** Commits on the branch, and only while it is at the effect's head. Never forced, never repeated: throws GITHUB_AMBIGUOUS when it may or may not have been made. */
  commit(wanted: CommitToMake): Promise<CommitAnswer>;
  /** Makes a branch at a commit, where there is none of its name yet; one that is there stays as it is. @returns Whether the App may. */
  createBranch(branch: string, at: Sha): Promise<boolean>;
  /** The newest pull request that our App opened from this branch into the base, whatever became of it; null when there is none. */
  pullRequestFrom(branch: string, base: string): Promise<number | null>;
  /** Throws GITHUB_AMBIGUOUS when it may or may not have been opened. @returns Its number. */
  openPullRequest(wanted: Pick<Extract<Effect, { kind: 'pull-request' }>, 'branch' | 'base' | 'title' | 'text'>): Promise<number>;
  /** The commit with this parent and message among the newest hundred that lead to `tip`, or null. */
  findCommit(wanted: { readonly tip: Sha; readonly parent: Sha; readonly message: string }): Promise<Sha | null>;
}
