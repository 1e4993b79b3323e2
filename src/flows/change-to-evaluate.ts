import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Change, ConfigurationState } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import type { GroupRange } from '../domain/group-range.ts';
import type { JudgedMember } from './people-of.ts';
import type { JobRequest } from './ports/job-queue.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';

/** Everything known about a change before its content is read. */
export interface ChangeToEvaluate {
  readonly repository: RepositoryRef;
  /** `pull-request:<n>` or `merge-group:<ref>`. */
  readonly subject: string;
  readonly change: Change;
  readonly base: Sha;
  readonly head: Sha;
  readonly entry: BranchEntry;
  readonly configuration: ConfigurationState;
  /** The pull request as read just now; null for a merge group. */
  readonly pullRequest: PullRequestRecord | null;
  /** Null for a pull request. */
  readonly group: GroupRange | null;
  /** The pull requests that it stands for; null for a merge group of which they are not known. */
  readonly members: readonly JudgedMember[] | null;
  /** Where the base branch stands now. */
  readonly tip: Sha;
  /** Whether the release record of the base branch reaches from its adoption commit to its tip. */
  readonly isRecorded: boolean;
  /** The job that judges it again, not before an instant. */
  again(runAt: Date): JobRequest;
  /** Whether the head is still the one to judge: asked again right before the decision is kept. */
  isCurrent(): Promise<boolean>;
}
