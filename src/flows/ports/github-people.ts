import type { ApprovingReview } from '../../domain/people/approving-review.ts';
import type { CommitPeople } from '../../domain/people/commit-people.ts';
import type { PeopleAsked, PeopleTold } from '../../domain/people/people-told.ts';
import type { Permission } from '../../domain/people/permission.ts';
import type { QueuedPullRequest } from '../../domain/people/queued-pull-request.ts';

/** What GitHub tells of people around one repository. Nothing is kept: it is asked at the moment at which it counts. What can not be read throws. */
export interface GitHubPeople {
  /** Of M..H. The first hundred commits come along with `pullRequest`; asked before the head moves, nothing more is read of them. */
  commitPeople(number: number): Promise<CommitPeople>;
  permission(login: string): Promise<Permission>;
  canWrite(login: string): Promise<boolean>;
  /** In one call; of whom nothing is told `permission`, `loginOf` and `hasAccount` tell. `beside`: a pull request of which `currentHead` is told in the same call. */
  people(asked: PeopleAsked, beside: number | null): Promise<PeopleTold>;
  /** Whether somebody owns the organisation, or administers the repository of a user account. */
  isOwner(login: string): Promise<boolean>;
  /** What an account is called now; null: there is no such account, or it is shown to nobody. */
  loginOf(id: number): Promise<string | null>;
  /** Whether anybody has a login now who is shown. */
  hasAccount(login: string): Promise<boolean>;
  reviews(number: number): Promise<readonly ApprovingReview[]>;
  /** What waits in the merge queue of a branch, first in the queue first; null where there is none, or it may not be read. MUST throw where it is too long to list. */
  mergeQueue(branch: string): Promise<readonly QueuedPullRequest[] | null>;
}
