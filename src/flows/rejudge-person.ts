import type { Decision } from '../domain/decision.ts';
import { foldedLogin, isSameLogin } from '../domain/people/contributor.ts';
import { contributorsTold } from '../domain/people/contributors-told.ts';
import { isSamePerson } from '../domain/people/is-same-person.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob } from './job-requests.ts';
import type { ChangedPerson } from './job-requests.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/** Looked at in one transaction. */
const pageSize = 100;

/** Judged at once; the next ones become due a minute later, so that events of the day get their turn in between. */
const mostAtOnce = 500;
const pause = 60_000;

/**
 * Somebody joined or left a team, an organisation or a repository, or may do something else there now: open pull requests whose
 * newest decision counted them, or could count them now, are judged again. Who belongs where is asked anew then, so that
 * events that come late, twice or in another order change nothing.
 */
export async function rejudgePerson(ports: FlowPorts, person: ChangedPerson): Promise<void> {
  const start = ports.clock.now().getTime();
  let after: PullRequestRecord | null = null;
  let found = 0;
  do {
    const page = await enqueuePage(ports, person, { after, found, start });
    ({ after, found } = page);
  } while (after !== null);
}

interface Place {
  /** The last one of the page before. */
  readonly after: PullRequestRecord | null;
  /** Enqueued so far. */
  readonly found: number;
}

async function enqueuePage({ store }: FlowPorts, person: ChangedPerson, place: Place & { readonly start: number }): Promise<Place> {
  return store.transaction(async (transaction) => {
    const page = await transaction.openPullRequestsOfAccount(person.account, { after: place.after, limit: pageSize });
    let { found } = place;
    for (const pullRequest of page) {
      const { repository, facts } = pullRequest;
      if ((person.repository ?? repository.id) !== repository.id || !(await isConcerned(transaction, pullRequest, person))) continue;
      await transaction.enqueue(evaluateJob(repository, facts.number, new Date(place.start + Math.floor(found / mostAtOnce) * pause)));
      found += 1;
    }
    return { after: page.length < pageSize ? null : (page.at(-1) ?? null), found };
  });
}

/** One that is being judged right now may have been told what was true before. */
async function isConcerned(transaction: StoreTransaction, { repository, facts: { number } }: PullRequestRecord, person: ChangedPerson): Promise<boolean> {
  const subject = pullRequestSubject(number);
  if ((await transaction.unfinishedEvaluations(repository.id, subject)).length > 0) return true;
  const newest = await transaction.newestDecision(repository.id, subject);
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
