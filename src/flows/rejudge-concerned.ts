import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob } from './job-requests.ts';
import type { ChangedPlace } from './job-requests.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/** Looked at in one transaction. */
const pageSize = 100;

/** Judged at once; the next ones become due a minute later, so that events of the day get their turn in between. */
const mostAtOnce = 500;
const pause = 60_000;

/** Whether a pull request has to be judged again. */
export type IsConcerned = (transaction: StoreTransaction, pullRequest: PullRequestRecord) => Promise<boolean>;

/** Judges those open pull requests of a place again that are concerned, and those that are being judged right now: they may have been told what was true before. */
export async function rejudgeConcerned(ports: FlowPorts, place: ChangedPlace, isConcerned: IsConcerned): Promise<void> {
  const start = ports.clock.now().getTime();
  let after: PullRequestRecord | null = null;
  let found = 0;
  do {
    const page = await enqueuePage(ports, { place, isConcerned, start }, { after, found });
    ({ after, found } = page);
  } while (after !== null);
}

interface Search {
  readonly place: ChangedPlace;
  readonly isConcerned: IsConcerned;
  readonly start: number;
}

interface Progress {
  /** The last one of the page before. */
  readonly after: PullRequestRecord | null;
  /** Enqueued so far. */
  readonly found: number;
}

async function enqueuePage({ store }: FlowPorts, { place, isConcerned, start }: Search, { after, found: before }: Progress): Promise<Progress> {
  return store.transaction(async (transaction) => {
    const page = await transaction.openPullRequestsOfAccount(place.account, { after, limit: pageSize });
    let found = before;
    for (const pullRequest of page) {
      const { repository, facts } = pullRequest;
      if ((place.repository ?? repository.id) !== repository.id || !((await isJudgedNow(transaction, pullRequest)) || (await isConcerned(transaction, pullRequest)))) continue;
      await transaction.enqueue(evaluateJob(repository, facts.number, new Date(start + Math.floor(found / mostAtOnce) * pause)));
      found += 1;
    }
    return { after: page.length < pageSize ? null : (page.at(-1) ?? null), found };
  });
}

async function isJudgedNow(transaction: StoreTransaction, { repository, facts }: PullRequestRecord): Promise<boolean> {
  return (await transaction.unfinishedEvaluations(repository.id, pullRequestSubject(facts.number))).length > 0;
}
