import type { Standing } from '../domain/strictest.ts';
import { pullRequestNumber } from '../domain/subject.ts';
import type { DecisionRecord, PullRequestRecord, StoreTransaction } from './ports.ts';

/** Everything whose decision may stand on this head in this entry: the newest of each subject and base branch, the given one first. */
export async function standingCandidates(transaction: StoreTransaction, record: DecisionRecord): Promise<readonly Standing[]> {
  const records = await transaction.standingDecisions(record.repository.id, record.entry, record.decision.head);
  const others = records.filter((one) => one.subject !== record.subject || one.baseBranch !== record.baseBranch);
  return Promise.all([record, ...others].map((one) => standingOf(transaction, one)));
}

async function standingOf(transaction: StoreTransaction, record: DecisionRecord): Promise<Standing> {
  const number = pullRequestNumber(record.subject);
  const pullRequest = number === null ? null : await transaction.pullRequestRecord(record.repository.id, number);
  return {
    subject: record.subject,
    decision: record.decision,
    baseBranch: record.baseBranch,
    base: record.decision.base,
    fork: pullRequest !== null && isFork(pullRequest),
    authorCanWrite: pullRequest?.authorCanWrite ?? true,
    createdAt: pullRequest?.facts.createdAt ?? record.decidedAt.toISOString(),
    open: pullRequest === null || standsFor(pullRequest, record),
  };
}

/** Still open with this very head into this very branch: a decision about what it left behind speaks for nobody. */
function standsFor({ facts }: PullRequestRecord, record: DecisionRecord): boolean {
  return facts.state === 'open' && facts.head === record.decision.head && facts.baseBranch === record.baseBranch;
}

export function isFork(pullRequest: PullRequestRecord): boolean {
  return pullRequest.facts.headRepositoryId !== pullRequest.repository.id;
}
