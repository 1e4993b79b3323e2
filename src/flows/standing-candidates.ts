import type { Configuration } from '../domain/configuration/configuration.ts';
import { entryOf } from '../domain/configuration/entry-of.ts';
import type { Decision } from '../domain/decision.ts';
import { finding } from '../domain/finding.ts';
import type { Standing } from '../domain/strictest.ts';
import { pullRequestNumber, pullRequestSubject } from '../domain/subject.ts';
import { verdictOf } from '../domain/verdict.ts';
import type { DecisionRecord, PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/**
 * Everything whose decision may stand on this head in this entry: the newest of each subject and base branch, the given
 * one first. An open pull request that was not judged yet, or whose job was buried, counts as inconclusive: else the lax
 * one of two could show green for both.
 */
export async function standingCandidates(transaction: StoreTransaction, record: DecisionRecord, configuration: Configuration | null): Promise<readonly Standing[]> {
  const records = await transaction.standingDecisions(record.repository.id, record.entry, record.decision.head);
  const others = records.filter((one) => one.subject !== record.subject || one.baseBranch !== record.baseBranch);
  const judged = await Promise.all([record, ...others].map((one) => standingOf(transaction, one)));
  const open = await transaction.openPullRequestsAt(record.repository.id, record.decision.head);
  const unjudged = open.filter((one) => isOfEntry(one, record.entry, configuration) && !judged.some((other) => isAbout(other, one)));
  return [...judged, ...unjudged.map((one) => unjudgedStanding(one, record.decision))];
}

function isOfEntry({ facts }: PullRequestRecord, entry: string, configuration: Configuration | null): boolean {
  return configuration !== null && entryOf(configuration, facts.baseBranch)?.entry === entry;
}

function isAbout(standing: Standing, { facts }: PullRequestRecord): boolean {
  return standing.subject === pullRequestSubject(facts.number) && standing.baseBranch === facts.baseBranch;
}

function unjudgedStanding(pullRequest: PullRequestRecord, like: Decision): Standing {
  const { facts, authorCanWrite } = pullRequest;
  const waiting = finding({
    code: 'engine/failed',
    message: `Pull request #${facts.number} has the same head and no decision yet, so nothing can be said about this commit.`,
    next: 'It is judged by itself; if this stays, re-run its check or close it.',
    subject: pullRequestSubject(facts.number),
  });
  const verdict = verdictOf({ gate: 'change', applies: true, findings: [waiting], evaluated: [], skipped: [], covered: [] });
  const decision: Decision = { ...like, gates: ['change'], decision: 'deny', cause: 'inconclusive', wouldBe: null, validUntil: null, base: facts.base, verdicts: [verdict], held: [], uncovered: [] };
  return { subject: pullRequestSubject(facts.number), decision, baseBranch: facts.baseBranch, base: facts.base, fork: isFork(pullRequest), authorCanWrite, createdAt: facts.createdAt, open: true };
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
