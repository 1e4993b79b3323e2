import type { Sha } from '../tree.ts';
import type { KnownPerson } from './known-person.ts';
import type { VotedItem } from './vote.ts';

/** What a person said about a pull request, as it was said. What stands of it follows from all of them: `standingVotes`. */
export interface VoteRecord {
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly person: KnownPerson;
  /** `withdraw` takes back what the person said earlier, approvals and rejections: `takesBack`. */
  readonly says: 'approve' | 'reject' | 'withdraw';
  /** As it was written: `all`, a finding code or an action. */
  readonly scope: string;
  /** The head that was named. */
  readonly head: Sha;
  /** What the scope meant there. */
  readonly items: readonly VotedItem[];
  readonly reason: string | null;
  /** Where it was said: `comment:<id>`, or `api:<digest>`. One source says one thing. */
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}
