import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { entryOf } from '../domain/configuration/entry-of.ts';
import { lacksAnswer } from '../domain/decision.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { RecordState } from '../domain/release.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob, recordPushJob } from './job-requests.ts';
import { isWhole, knownRecords, lookedUpKey } from './known-records.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { StoreTransaction } from './ports/store.ts';
import { recordKey } from './record-key.ts';

export interface Governance {
  /** As the default branch configures them. */
  readonly branches: readonly BranchEntry[];
  readonly defaultBranch: string;
}

/**
 * Asks the default branch's job to look up which branches are governed, where that was not done for these entries. Until it is
 * done, nobody knows what they released.
 * @returns Whether it was.
 */
export async function askForBranches(transaction: StoreTransaction, repository: RepositoryRef, asked: Governance): Promise<boolean> {
  if (!hasOthers(asked)) return true;
  const mark = markOf(asked.branches);
  if (isLookedUp(await transaction.recordState(repository.id, lookedUpKey), mark)) return true;
  const state = await transaction.holdRecord(repository.id, lookedUpKey);
  if (isLookedUp(state, mark)) return true;
  if (state?.kind !== 'filling') await saveState(transaction, repository, { kind: 'filling', done: 0, total: null, upTo: null });
  await transaction.enqueueMissing(recordPushJob(repository, `refs/heads/${asked.defaultBranch}`));
  return false;
}

/**
 * Looks up once for each set of entries which branches they govern, and begins the record of those that have none: what was
 * released there before Plumbline saw a push counts too. Later ones come with their first push.
 */
export async function lookUpBranches(ports: FlowPorts, github: GitHubRepository, repository: RepositoryRef, governance: Governance): Promise<void> {
  const mark = markOf(governance.branches);
  const before = await ports.store.transaction((transaction) => transaction.recordState(repository.id, lookedUpKey));
  if (isLookedUp(before, mark) || (before === null && !hasOthers(governance))) return;
  const found = hasOthers(governance) ? await governedBranches(github, governance) : [];
  await ports.store.transaction(async (transaction) => {
    const held = await transaction.holdRecord(repository.id, lookedUpKey);
    const known = new Set((await transaction.recordStates(repository.id)).map(({ key }) => key));
    for (const { key, branch } of found.filter((one) => !known.has(one.key))) {
      await transaction.recordReleases(repository, [], { key, record: { kind: 'filling', done: 0, total: null, upTo: null } });
      await transaction.enqueueMissing(recordPushJob(repository, `refs/heads/${branch}`));
    }
    await saveState(transaction, repository, { kind: 'complete', upTo: mark });
    if (held?.kind === 'filling') await evaluateWaiting(transaction, repository);
  });
}

/**
 * Forgets a record of the branch that was begun and will never be whole: the branch is gone, or governed by another entry, or
 * by none. One that was whole stands as it is, and waits no more. Whoever waits for it is judged.
 * @param key Of the record that goes on; null: of none.
 */
export async function forgetUnfinished(ports: FlowPorts, repository: RepositoryRef, branch: string, key: string | null): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    await transaction.holdRecord(repository.id, lookedUpKey);
    const lost = knownRecords(await transaction.recordStates(repository.id)).filter((one) => one.branch === branch && one.key !== key && !isWhole(one.state));
    for (const { key: lostKey, state } of lost) {
      if (state.kind === 'complete') await transaction.recordReleases(repository, [], { key: lostKey, record: { kind: 'complete', upTo: state.upTo } });
      else await transaction.forgetRecord(repository.id, lostKey);
    }
    if (lost.length > 0) await evaluateWaiting(transaction, repository);
  });
}

/** Pull requests into governed branches that were not judged, or lack an answer: it may be there. */
async function evaluateWaiting(transaction: StoreTransaction, repository: RepositoryRef): Promise<void> {
  for (const { facts } of await transaction.openPullRequests(repository.id)) {
    const decision = await transaction.decisionAbout(repository.id, pullRequestSubject(facts.number), facts.head);
    if (decision === null || lacksAnswer(decision.decision)) await transaction.enqueue(evaluateJob(repository, facts.number));
  }
}

/** Where the one governed branch is the default one, there is nothing to look up. */
function hasOthers({ branches, defaultBranch }: Governance): boolean {
  return branches.flatMap((entry) => entry.names).some((name) => name !== defaultBranch);
}

async function governedBranches(github: GitHubRepository, { branches, defaultBranch }: Governance): Promise<readonly { readonly key: string; readonly branch: string }[]> {
  const found = (await github.branches()).filter((branch) => branch !== defaultBranch);
  return found.flatMap((branch) => {
    const entry = entryOf({ branches }, branch);
    return entry === null ? [] : [{ key: recordKey(entry.entry, branch), branch }];
  });
}

function markOf(branches: readonly BranchEntry[]): string {
  return digestOfValue(branches.map(({ entry, names }) => [entry, [...names]]));
}

function isLookedUp(state: RecordState | null, mark: string): boolean {
  return state?.kind === 'complete' && state.upTo === mark;
}

function saveState(transaction: StoreTransaction, repository: RepositoryRef, record: RecordState): Promise<void> {
  return transaction.recordReleases(repository, [], { key: lookedUpKey, record });
}
