import type { Standing } from '../domain/strictest.ts';
import type { DecisionRecord, PullRequestRecord, StoreTransaction } from './ports.ts';

/**
 * Everything whose decision counts on this head in this entry: the newest of each open pull request and merge group,
 * the given one included. A decision for another base branch, of a pull request that was closed or retargeted since,
 * keeps counting while no current one speaks for that branch: else closing and reopening would show green in between.
 */
export async function standingCandidates(transaction: StoreTransaction, record: DecisionRecord): Promise<readonly Standing[]> {
  const records = await transaction.standingDecisions(record.repository.id, record.entry, record.decision.head);
  const others = records.filter((one) => one.subject !== record.subject || one.baseBranch !== record.baseBranch);
  const all = await Promise.all([record, ...others].map((one) => standingOf(transaction, one)));
  const spokenFor = new Set(all.filter((one) => one.open).map((one) => one.baseBranch));
  return all.filter((one) => one.open || !spokenFor.has(one.baseBranch)).map((one) => ({ ...one, open: true }));
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
    open: pullRequest === null || (pullRequest.facts.state === 'open' && pullRequest.facts.baseBranch === record.baseBranch),
  };
}

export function isFork(pullRequest: PullRequestRecord): boolean {
  return pullRequest.facts.headRepositoryId !== pullRequest.repository.id;
}

export function pullRequestNumber(subject: string): number | null {
  const match = /^pull-request:(\d+)$/.exec(subject);
  return match?.[1] === undefined ? null : Number(match[1]);
}
