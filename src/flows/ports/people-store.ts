import type { Arrival } from '../../domain/people/arrival.ts';
import type { Contribution } from '../../domain/people/contribution.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';

/** What a store keeps of people, within its transactions. */
export interface PeopleStore {
  /** Keeps, for ever, who asked our App for a commit. Keeping it again changes nothing. */
  recordContribution(contribution: Contribution): Promise<void>;
  /** Of a pull request, in the order of their recording. */
  contributions(repositoryId: number, pullRequest: number): Promise<readonly Contribution[]>;
  /** Keeps, for ever, who brought a head to a pull request. Keeping it again changes nothing. */
  recordArrival(arrival: Arrival): Promise<void>;
  /** Of a pull request, in no order. */
  arrivals(repositoryId: number, pullRequest: number): Promise<readonly Arrival[]>;
  /** Keeps, for ever, what somebody said. A source says one thing: what was kept first of it stands. @returns Whether this is what was kept first. */
  recordVote(vote: VoteRecord): Promise<boolean>;
  /** Of a pull request, in no order. */
  voteRecords(repositoryId: number, pullRequest: number): Promise<readonly VoteRecord[]>;
}
