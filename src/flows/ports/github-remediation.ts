import type { FileToWrite } from '../../domain/remediation/file-to-write.ts';
import type { RemediationQuestion, RemediationReading } from '../../domain/remediation/remediation-reading.ts';
import type { OpenAnswer, WriteAnswer } from '../../domain/remediation/write-answer.ts';
import type { Sha } from '../../domain/tree.ts';

export interface CommitToBuild {
  readonly parents: readonly Sha[];
  /** The commit whose tree it begins with. */
  readonly onto: Sha;
  readonly files: readonly FileToWrite[];
  readonly message: string;
}

/**
 * What remediation does to one repository. Every write is one request that compares what it changes, or that adds an object nobody sees
 * yet. A write throws GITHUB_AMBIGUOUS when it may or may not have been performed: it MUST NOT be repeated before what stands was read.
 */
export interface GitHubRemediation {
  /** In as few calls as can be: one, where a page holds what is there. MUST throw when a part can not be read. */
  read(question: RemediationQuestion): Promise<RemediationReading>;
  /** Whether this installation has room for one more pull request and all that belongs to it. Asks nobody. */
  hasRoom(): boolean;
  /** A commit that no branch holds yet. Making it twice does no harm. */
  makeCommit(wanted: CommitToBuild): Promise<Sha>;
  /** A branch where there MUST be none of its name. */
  createBranch(branch: string, at: Sha): Promise<WriteAnswer>;
  /** Only from exactly one commit to another that follows it. */
  moveBranch(branch: string, from: Sha, to: Sha): Promise<WriteAnswer>;
  /** Only at exactly this commit. */
  deleteBranch(branch: string, at: Sha): Promise<WriteAnswer>;
  openPullRequest(wanted: { readonly branch: string; readonly base: string; readonly title: string; readonly text: string }): Promise<OpenAnswer>;
  /** A text in the place of the one that is there; the title stays. It can not be compared: read `textNow` right before it. */
  editText(number: number, text: string): Promise<WriteAnswer>;
  /** Lets GitHub merge it once everything required is green, and only while it is at this head. */
  armAutoMerge(number: number, head: Sha): Promise<WriteAnswer>;
  /** Closing what is closed is no error. A close can not be compared: read `headNow` right before it. */
  close(number: number): Promise<WriteAnswer>;
  reopen(number: number): Promise<WriteAnswer>;
  /** Its text, read anew; null where there is none. */
  textNow(number: number): Promise<string | null>;
  /** Its head, read anew; null when it is not open any more. */
  headNow(number: number): Promise<Sha | null>;
  /** Our one comment about remediation, edited in place. @param text Below it stands a marker, by which it is found. */
  say(number: number, text: string): Promise<void>;
}
