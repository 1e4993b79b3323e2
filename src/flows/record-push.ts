import { Failure } from '../domain/failure.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import { captureConfiguration } from './capture-configuration.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import { forgetUnfinished, lookUpBranches } from './look-up-branches.ts';
import { recordPushJob } from './job-requests.ts';
import { knownRecords } from './known-records.ts';
import { recordBranch } from './record-branch.ts';
import type { GovernedPush } from './record-branch.ts';
import { recordKey } from './record-key.ts';
import { rejudgeAccount } from './rejudge-account.ts';
import { rejudgeAfterPush } from './rejudge-after-push.ts';
import { rejudgeFirstConfiguration } from './rejudge-first-configuration.ts';
import type { PushedRange } from './rejudge-after-push.ts';
import { followSchedule } from './scan/plan-scan.ts';
import { seeConfiguration } from './see-configuration.ts';

export interface PushToRecord {
  readonly repository: RepositoryRef;
  /** `refs/heads/<branch>`. Where it points is read now: coalesced pushes are recorded together. */
  readonly ref: string;
}

/**
 * Brings the release record of a governed branch up to its tip, appends what was merged with or without a valid
 * allow, and re-judges the open pull requests whose inputs the push changed. Without a record yet, this is the backfill.
 * What configures other branches or repositories is looked at even where it is not governed itself.
 */
export async function recordPush(ports: FlowPorts, push: PushToRecord): Promise<void> {
  const { repository } = push;
  const branch = push.ref.replace(/^refs\/heads\//, '');
  const github = ports.github.repository(repository);
  const [tip, defaultBranch] = [await github.branchTip(branch), await github.defaultBranch()];
  if (tip === null) {
    await recordGone(ports, github, { repository, branch, defaultBranch });
    return forgetUnfinished(ports, repository, branch, null);
  }
  const isDefault = branch === defaultBranch;
  if (isDefault) await rejudgeAccount(ports, github, { repository, tip });
  const { state: configuration, entry } = await seeConfiguration(ports, { repository, github, tip, branch, defaultBranch });
  const range = { repository, branch, isDefault, configuration: configuration.effective, tip };
  await forgetUnfinished(ports, repository, branch, entry === null ? null : recordKey(entry.entry, branch));
  if (entry === null) await lookAtUngoverned(ports, github, range, configuration);
  else await recordGoverned(ports, github, { ...range, entry, defaultBranch, state: configuration, isSettled: false });
  if (isDefault) await followSchedule(ports, { repository, branch, configuration });
  if (isDefault && configuration.effective !== null) await lookUpBranches(ports, github, repository, { branches: configuration.effective.branches, defaultBranch });
}

/** What stood on the branch when GitHub was first asked about it is recorded by itself, by what configures the branch now, and what came after that by the next job. */
async function recordGoverned(ports: FlowPorts, github: GitHubRepository, push: GovernedPush): Promise<void> {
  const first = await recordBranch(ports, github, push);
  if (first === null) return;
  const record = () => recordBranch(ports, github, { ...push, tip: first.tip, isSettled: true });
  await (first.isForced ? unlessGone(ports, { ...push, entry: push.entry.entry, tip: first.tip }, record) : record());
  await ports.store.transaction((transaction) => transaction.enqueue(recordPushJob(push.repository, `refs/heads/${push.branch}`)));
}

/** Records what is no longer on its branch. Where GitHub has it no more, nobody can tell what it was. */
async function unlessGone(ports: FlowPorts, { repository, entry, branch, tip }: Pick<GovernedPush, 'repository' | 'branch' | 'tip'> & { readonly entry: string }, record: () => Promise<unknown>): Promise<void> {
  try {
    await record();
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE')) throw thrown;
    ports.log.warn('what stood on a branch can not be recorded', { branch, commit: tip });
    await endWait(ports, repository, recordKey(entry, branch));
  }
}

async function endWait(ports: FlowPorts, repository: RepositoryRef, key: string): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    const state = await transaction.holdRecord(repository.id, key);
    if (state?.kind === 'complete') await transaction.recordReleases(repository, [], { key, record: { kind: 'complete', upTo: state.upTo } });
  });
}

/** What a branch had is told also where it is gone before the wait is over. */
async function recordGone(ports: FlowPorts, github: GitHubRepository, { repository, branch, defaultBranch }: Pick<GovernedPush, 'repository' | 'branch' | 'defaultBranch'>): Promise<void> {
  const known = knownRecords(await ports.store.transaction((transaction) => transaction.recordStates(repository.id)));
  for (const { entry: name, state } of known.filter((one) => one.branch === branch)) {
    if (state.kind !== 'complete' || state.waits === undefined) continue;
    const tip = state.waits.seen;
    await unlessGone(ports, { repository, entry: name, branch, tip }, async () => {
      const captured = await captureConfiguration(ports, { repository, github, commit: tip, branch, defaultBranch });
      if (captured.entry?.entry === name) await recordBranch(ports, github, { repository, branch, isDefault: false, configuration: captured.state.effective, tip, entry: captured.entry, defaultBranch, state: captured.state, isSettled: true });
    });
  }
}

/** Nothing is recorded for a branch that is not governed, but it may get its first configuration, and the default one may say how others are. */
async function lookAtUngoverned(ports: FlowPorts, github: GitHubRepository, range: Omit<PushedRange, 'before'>, configuration: ConfigurationState): Promise<void> {
  if (configuration.kind === 'none') await rejudgeFirstConfiguration(ports.store, range);
  if (!range.isDefault) return;
  const key = recordKey('', range.branch);
  const before = await ports.store.transaction((transaction) => transaction.recordState(range.repository.id, key));
  const isNothingNew = before === null ? configuration.kind === 'none' : before.upTo === range.tip;
  if (isNothingNew) return;
  const rejudge = await rejudgeAfterPush(github, { ...range, before });
  await ports.store.transaction(async (transaction) => {
    await transaction.recordReleases(range.repository, [], { key, record: { kind: 'complete', upTo: range.tip } });
    await rejudge(transaction, false);
  });
}
