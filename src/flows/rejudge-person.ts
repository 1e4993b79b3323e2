import type { Decision } from '../domain/decision.ts';
import { foldedLogin, isSameLogin } from '../domain/people/contributor.ts';
import { contributorsTold } from '../domain/people/contributors-told.ts';
import { isSamePerson } from '../domain/people/is-same-person.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { ChangedPerson } from './job-requests.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';
import { rejudgeConcerned } from './rejudge-concerned.ts';

/**
 * Somebody joined or left a team, an organisation or a repository, or may do something else there now: open pull requests whose
 * newest decision counted them, or could count them now, are judged again. Who belongs where is asked anew then, so that
 * events that come late, twice or in another order change nothing.
 */
export async function rejudgePerson(ports: FlowPorts, person: ChangedPerson): Promise<void> {
  await rejudgeConcerned(ports, person, (transaction, pullRequest) => isConcerned(transaction, pullRequest, person));
}

async function isConcerned(transaction: StoreTransaction, { repository, facts: { number } }: PullRequestRecord, person: ChangedPerson): Promise<boolean> {
  const newest = await transaction.newestDecision(repository.id, pullRequestSubject(number));
  if (newest === null) return false;
  if (counts(newest.decision, person)) return true;
  const votes = await transaction.voteRecords(repository.id, number);
  const hands = [...(await transaction.arrivals(repository.id, number)), ...(await transaction.contributions(repository.id, number))];
  return [...votes, ...hands].some((one) => one.person.id === person.id) || hasUnknownApproval(newest.decision, votes);
}

/** Whether a yes counted that was given in a review: these are not kept, so that nobody knows which account had that login then. */
function hasUnknownApproval(decision: Decision, votes: readonly VoteRecord[]): boolean {
  const known = new Set(votes.map((vote) => foldedLogin(vote.person.login)));
  return approvedBy(decision).some((login) => !known.has(foldedLogin(login)));
}

/** Reviews are not kept: whoever may have given one, and may do more now, is looked for wherever people are waited for. */
function counts(decision: Decision, person: ChangedPerson): boolean {
  const isNamed = approvedBy(decision).some((login) => isSameLogin(login, person.login)) || contributorsTold(decision.verdicts).some((one) => isSamePerson(one, person));
  return isNamed || (person.mayGain && decision.held.some(({ waits }) => waits));
}

function approvedBy({ verdicts, held }: Decision): readonly string[] {
  const judged = verdicts.flatMap((verdict) => verdict.judged ?? []);
  return [...held.flatMap((item) => item.approvedBy), ...judged.flatMap(({ release }) => release?.approvedBy ?? [])];
}
