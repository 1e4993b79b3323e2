import type { Configuration } from '../domain/configuration/configuration.ts';
import { lacksAnswer } from '../domain/decision.ts';
import type { RecordState } from '../domain/release.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { Sha } from '../domain/tree.ts';
import { hasChangedInputs, isOwnPath } from './changed-inputs.ts';
import { evaluateJob, recordPushJob } from './job-requests.ts';
import { knownRecords } from './known-records.ts';
import type { DecisionRecord, PullRequestRecord } from './ports/decision-store.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { StoreTransaction } from './ports/store.ts';
import { namedBetween } from './named-by-behaviors.ts';
import { treeDifferences } from './tree-differences.ts';

export interface PushedRange {
  readonly repository: RepositoryRef;
  readonly branch: string;
  /** Whether the branch configures the others too. */
  readonly isDefault: boolean;
  readonly configuration: Configuration | null;
  /** How far the branch was looked at before the push. */
  readonly before: RecordState | null;
  readonly tip: Sha;
}

/** Enqueues what a push changed the inputs of, in the transaction that keeps how far the branch was looked at: nothing can come between. */
export type Rejudge = (transaction: StoreTransaction, isGrown: boolean) => Promise<void>;

/**
 * Finds exactly the open pull requests into the branch whose inputs changed; where that can not be told, all of them.
 * What the default branch configures concerns pull requests into every branch, and what their records cover. So does, where
 * contracts or schemas are judged, a record that has grown (`isGrown`): versions, forks and lifecycles are judged by those of
 * all branches of the entry, and one version has one content in all entries.
 */
export async function rejudgeAfterPush(github: GitHubRepository, push: PushedRange): Promise<Rejudge> {
  const touched = await touchedPaths(github, push);
  const named = touched === null ? new Set<string>() : await namedHere(github, push);
  const isAbove = push.isDefault && (touched === null || [...touched].some((path) => isOwnPath(push.configuration, path)));
  return async (transaction, isGrown) => {
    for (const pullRequest of await concernedBy(transaction, push, { touched, named, isAbove, isGrown })) {
      await transaction.enqueue(evaluateJob(pullRequest.repository, pullRequest.facts.number));
      const { baseBranch } = pullRequest.facts;
      if (isAbove && baseBranch !== push.branch) await transaction.enqueue(recordPushJob(push.repository, `refs/heads/${baseBranch}`));
    }
  };
}

/** Paths that the push changed; null when the range is unknown: then everything may have changed. */
async function touchedPaths(github: GitHubRepository, { before, tip }: PushedRange): Promise<ReadonlySet<string> | null> {
  if (before?.kind !== 'complete') return null;
  try {
    const differences = await treeDifferences(github, before.upTo, tip);
    return differences === null ? null : new Set(differences.keys());
  } catch {
    return null;
  }
}

/** What behaviours of the branch named before the push, and after it. */
async function namedHere(github: GitHubRepository, { before, tip, configuration }: PushedRange): Promise<ReadonlySet<string>> {
  return before?.kind === 'complete' ? await namedBetween(github, [before.upTo, tip], configuration) : new Set();
}

interface Pushed {
  readonly touched: ReadonlySet<string> | null;
  /** Paths that behaviours name. */
  readonly named: ReadonlySet<string>;
  /** Whether it configures other branches anew. */
  readonly isAbove: boolean;
  readonly isGrown: boolean;
}

async function concernedBy(transaction: StoreTransaction, push: PushedRange, { touched, named, isAbove, isGrown }: Pushed): Promise<readonly PullRequestRecord[]> {
  const { id } = push.repository;
  const open = isAbove || isGrown ? await transaction.openPullRequests(id) : await transaction.openPullRequestsInto(id, push.branch);
  const recorded = new Set(isGrown ? knownRecords(await transaction.recordStates(id)).map((one) => one.branch) : []);
  const concerned: PullRequestRecord[] = [];
  for (const pullRequest of open) {
    const decision = await transaction.decisionAbout(id, pullRequestSubject(pullRequest.facts.number), pullRequest.facts.head);
    const isHere = pullRequest.facts.baseBranch === push.branch;
    if (isHere ? isConcerned(push, { touched, named }, decision) : isAbove || (recorded.has(pullRequest.facts.baseBranch) && judgesContracts(decision))) concerned.push(pullRequest);
  }
  return concerned;
}

/** One that is not judged yet may be so right now, by what the record had before. */
function judgesContracts(decision: DecisionRecord | null): boolean {
  return decision === null || decision.decision.verdicts.some((verdict) => verdict.gate === 'contracts' && verdict.applies);
}

function isConcerned(push: PushedRange, { touched, named }: Pick<Pushed, 'touched' | 'named'>, decision: DecisionRecord | null): boolean {
  const isRecordOnly = push.before?.kind !== 'complete' || push.before.upTo === push.tip;
  if (isRecordOnly) return waitsForRecord(push, decision);
  return touched === null || decision === null || lacksAnswer(decision.decision) || hasChangedInputs(decision.decision, touched, push.configuration, named);
}

/** Where only the record grew, nothing changes for who has every answer at this very tip. */
function waitsForRecord(push: PushedRange, decision: DecisionRecord | null): boolean {
  return decision === null || lacksAnswer(decision.decision) || decision.decision.base !== push.tip;
}
