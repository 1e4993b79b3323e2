import { causeOfFailure } from '../../domain/cause-of-failure.ts';
import type { Behavior } from '../../domain/behavior/behavior.ts';
import type { DriftOutcome, DriftRecord } from '../../domain/drift/drift-record.ts';
import type { PlaybookRepairs } from '../../domain/drift/drift-digest.ts';
import { foldMeasurement } from '../../domain/drift/fold-measurement.ts';
import { leftToConfirm } from '../../domain/drift/left-to-confirm.ts';
import { observedOf } from '../../domain/drift/scanned-behavior.ts';
import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { dueAfterScan, nextLook } from '../../domain/scan/due-scan.ts';
import { scanSettingsOf } from '../../domain/scan/scan-settings.ts';
import type { ScanSettings } from '../../domain/scan/scan-settings.ts';
import type { Sha, Tree } from '../../domain/tree.ts';
import type { BehaviorVerdict } from '../../domain/behavior/behavior-verdict.ts';
import type { CapturedConfiguration } from '../capture-configuration.ts';
import { measureBehaviors } from '../measure-behaviors.ts';
import type { MeasuredNow } from '../measure-behaviors.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { withOrganizationMemo } from '../organization-memo.ts';
import { heldLease } from '../held-lease.ts';
import { scanOfJob } from '../job-reader.ts';
import { remediateJob, scanJob } from '../job-requests.ts';
import type { RepositoryToScan } from '../job-requests.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import type { People } from '../ports/prober.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { captureScanned } from './capture-scanned.ts';
import { appendBreach } from '../usage/append-breach.ts';
import { appendDriftChange } from './append-drift-change.ts';
import { appendSlowRepairs } from './append-slow-repairs.ts';
import { forgetBehaviors } from './forget-behaviors.ts';
import { forgetOtherBranch, holdScanned } from './hold-scanned.ts';
import { leaveRepository } from './leave-repository.ts';
import { keepLeftovers } from './keep-leftovers.ts';
import { readGrants } from './read-grants.ts';
import type { Grants } from './read-grants.ts';
import { settleMeasured, settleRepository } from './settle-repository.ts';
import { scannedBranch } from './scanned-branch.ts';
import type { ScannedBranch } from './scanned-branch.ts';
import { scannedBehaviorOf } from './scanned-behavior-of.ts';

/** Does one `scan` job. The signal fires when its result is not wanted any more. */
export type Scanner = (job: LeasedJob, signal: AbortSignal) => Promise<void>;

/** @param leaseMs As for `heldLease`. */
export function createScanner(ports: FlowPorts, leaseMs: number): Scanner {
  const remembering = withOrganizationMemo(ports, organizationMemoMs);
  return (job, signal) => {
    const lease = heldLease(ports, job, leaseMs);
    const hold = async (): Promise<void> => {
      signal.throwIfAborted();
      await lease.hold();
    };
    return unlessLeft(remembering, scanOfJob(job), (wanted) => scanRepository(remembering, wanted, { hold, isGivenUp: job.attempt >= mostTries }));
  };
}

/** What is archived or gone by now is not tried again: whoever waits for it waits no more. */
async function unlessLeft(ports: FlowPorts, wanted: RepositoryToScan, scan: (wanted: RepositoryToScan) => Promise<void>): Promise<void> {
  const { repository, confirming } = wanted;
  try {
    await scan(wanted);
  } catch (thrown) {
    if (!(await leaveRepository(ports, repository, causeOfFailure(thrown)))) throw thrown;
    const now = ports.clock.now();
    await ports.store.transaction((transaction) => settleRepository(transaction, repository, { from: confirming === null ? 'waiting' : 'confirming', outcome: 'failed', now }));
  }
}

/** Tries after which what could not be measured for trouble of our own is told as such. */
const mostTries = 4;

interface ScanRun {
  /** Throws where another run has the repository by now, or nobody waits for this one: what it measured is not kept then. */
  readonly hold: () => Promise<void>;
  /** Whether trouble of our own counts as no answer: else all of it is tried again. */
  readonly isGivenUp: boolean;
}

/** About as long as the scan of an account takes. */
const organizationMemoMs = 5 * 60_000;

/**
 * Measures the behaviours of a repository's default branch, as its configuration there says. What says something new is measured once
 * more after a while before it counts; then the scan is done with this repository. A repository in which nothing changed costs one
 * conditional request.
 * @throws Failure when GitHub or the store does not answer: it is tried again, and others go on.
 */
async function scanRepository(ports: FlowPorts, wanted: RepositoryToScan, run: ScanRun): Promise<void> {
  const { repository, confirming } = wanted;
  const github = ports.github.repository(repository);
  // Who begins one from here on waits for the next measurement.
  const scans = confirming === null ? await ports.store.transaction((transaction) => transaction.scansWaitingFor(repository.id)) : [];
  const found = await scannedBranch(ports, github, repository);
  const { branch, tip } = found;
  if (tip === null) return settleEmpty(ports, wanted, branch);
  const captured = await captureScanned(ports, repository, { branch, commit: tip });
  const measurement = await measure(ports, wanted, { branch, tip }, captured);
  await run.hold();
  const untold = measurement.measured.filter((one) => isUntold(one, run));
  await keep(ports, wanted, { ...found, ...measurement, scans, measured: measurement.measured.filter((one) => !untold.includes(one)), untold: untold.length });
  const [first] = untold;
  if (first !== undefined) throw new Failure('PROBE_FAILED', `Cannot measure ${first.path} and ${untold.length - 1} more behaviours of ${fullNameOf(repository)}: ${troubleOf(first)}. The others are kept, and these are tried again.`);
}

/** Whether nothing is known of a behaviour for what passes by itself, as a limit of GitHub: it is no word about the system. What stands in a file that is not read nobody can tell, however often it is tried. */
function isUntold(one: MeasuredNow, { isGivenUp }: ScanRun): boolean {
  return one.kind === 'broken' ? one.isUnread : one.trouble !== null && !isGivenUp;
}

function troubleOf(one: MeasuredNow): string {
  return one.kind === 'broken' ? one.why : (one.trouble ?? '');
}

interface Measurement {
  readonly tree: Tree;
  /** Looked at once in a scan: none where it only confirms. */
  readonly grants: readonly Grants[];
  readonly settings: ScanSettings;
  readonly measured: readonly MeasuredNow[];
}

/** Milliseconds after which no other behaviour is begun with: what is left has a minute until its run ends. */
const measuringMs = 210_000;

async function measure(ports: FlowPorts, { repository, confirming }: RepositoryToScan, { branch, tip }: { readonly branch: string; readonly tip: Sha }, { state, entry }: CapturedConfiguration): Promise<Measurement> {
  const settings = scanSettingsOf(state.effective?.document ?? { version: 1 });
  const github = ports.github.repository(repository);
  const tree = await github.tree(tip);
  if (!tree.complete) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot scan ${fullNameOf(repository)}: its tree at ${tip} could not be read whole`);
  const prober = ports.proberFor(github, repository, { branch, awaited: tip }, nobody);
  const grants = confirming === null ? await readGrants({ repository, tree, configuration: state, prober }) : [];
  if (entry === null) return { tree, grants, settings, measured: [] };
  const isWanted = ({ scope, name }: Behavior): boolean => scope === 'environment' && (confirming === null || confirming.includes(name));
  const silent = new Set((await ports.store.transaction((transaction) => transaction.driftsOf(repository.id))).flatMap(({ record }) => (record.last === 'error' ? [record.behavior] : [])));
  return { tree, grants, settings, measured: await measureBehaviors({ tree, configuration: state, prober, clock: ports.clock, isWanted, isLast: ({ name }) => silent.has(name), allMs: measuringMs }) };
}

/** No change is judged: there is nobody to ask about. */
const nobody: People = {
  contributors: () => Promise.reject(new Failure('PROBE_FAILED', 'Cannot tell who takes part: a scan is no change')),
  votes: async () => [],
  memberships: async (asked) => asked.map(() => ({ kind: 'unavailable', why: 'a scan asks nobody' })),
};

interface MeasuredFor {
  /** That waited for this measurement when it began. */
  readonly scans: readonly string[];
  /** Behaviours of which nothing is known for trouble of our own: all of it is tried again. */
  readonly untold: number;
}

async function keep(ports: FlowPorts, { repository, confirming }: RepositoryToScan, { branch, known: planned, tree, grants, settings, measured, untold, scans }: Measurement & ScannedBranch & MeasuredFor): Promise<void> {
  const now = ports.clock.now();
  const broken = measured.filter((one) => one.kind === 'broken');
  const told = measured.filter((one) => one.kind === 'measured').map(withoutFixture);
  for (const { path, why } of broken) ports.log.warn('behaviour not scanned', { repository: fullNameOf(repository), path, why });
  const slow: PlaybookRepairs[] = [];
  // By itself: others record matches while they wait for what a scan holds.
  if (grants.length > 0) await ports.store.transaction((transaction) => transaction.recordOpenMatches(repository.account.id, now));
  const found = await ports.store.transaction(async (transaction) => {
    const held = await holdScanned(transaction, repository);
    // The default branch is another one by now: nothing of what was measured is about it, or only what was to be confirmed of the one before.
    if ((held.plan?.branch ?? null) !== planned || (confirming !== null && branch !== planned)) {
      await transaction.enqueue(scanJob({ repository, confirming: null }));
      return 0;
    }
    const { plan, drifts: known } = await forgetOtherBranch(transaction, repository, { held, branch });
    let count = 0;
    for (const owned of grants) count += await keepLeftovers(transaction, repository, { grants: owned, now });
    // Behind a broken file stands one of the behaviours that are known: nobody can tell which.
    if (confirming === null && broken.length + untold === 0) await forgetBehaviors(transaction, repository, { known, there: told.map(({ behavior }) => behavior.name) });
    const records: DriftRecord[] = [];
    for (const one of told) records.push(await keepBehavior(transaction, repository, one, { tree, known, now: now.toISOString(), settings, slow }));
    const before = plan?.scanned ?? null;
    // What confirms asks for some of them only.
    const { behaviors, broken: paths } = confirming === null || before === null ? { behaviors: measured.length + untold, broken: broken.map(({ path }) => path).slice(0, mostBroken) } : before;
    const due = dueAfterScan({ known: plan?.due ?? null, schedule: settings.schedule, now, accountId: repository.account.id });
    await transaction.saveScanPlan({ repository, branch, due, nextAt: nextLook(due, now), scanned: { commit: tree.commit, behaviors, broken: paths, repairTarget: settings.repairTarget }, failedSince: null });
    const others = known.flatMap(({ record }) => (records.some(({ behavior }) => behavior === record.behavior) ? [] : [record]));
    const left = leftToConfirm([...records, ...others], { now, confirmAfter: settings.confirmAfter, isConfirming: confirming !== null });
    if (untold === 0) await transaction.noteMeasured(repository.id, scans);
    if (left !== null) await transaction.enqueue(scanJob({ repository, confirming: left.behaviors }, left.at));
    else if (untold === 0) await settleMeasured(ports, transaction, repository);
    return count;
  });
  if (found > 0) ports.log.warn('entries to clean up', { repository: fullNameOf(repository), found });
  for (const { playbook, time, target } of slow) ports.log.warn('repairs take longer than their target', { account: repository.account.login, playbook, mean: time.mean, target });
}

/** Broken behaviour files that are kept by their path. */
const mostBroken = 50;

interface Kept {
  readonly tree: Tree;
  readonly known: readonly KeptDrift[];
  readonly now: string;
  readonly settings: ScanSettings;
  /** What is to be told once all of it is kept. */
  readonly slow: PlaybookRepairs[];
}

async function keepBehavior(transaction: StoreTransaction, repository: RepositoryRef, one: Extract<MeasuredNow, { readonly kind: 'measured' }>, { tree, known, now, settings: { confirmAfter, remediation }, slow }: Kept): Promise<DriftRecord> {
  const before = known.find(({ record }) => record.behavior === one.behavior.name) ?? null;
  const outcome = outcomeOf(one.verdict);
  const { begunAt, behavior: { name, playbook } } = one;
  const scanned = scannedBehaviorOf(one, { known: before, tree, outcome, proposes: remediation !== 'report', now });
  const observed = outcome === 'drift' ? observedOf(scanned) : null;
  const folded = foldMeasurement(before?.record ?? null, { repositoryId: repository.id, behavior: name, playbook, outcome, agreed: scanned.agreed, observed, decides: scanned.decides, begunAt, at: now, confirmAfter, commit: tree.commit });
  const drift: KeptDrift = { record: folded.record, scanned };
  await transaction.saveDrift(repository.account.id, drift);
  if (folded.change?.kind === 'detected' || folded.change?.kind === 'changed') await appendBreach(transaction, repository, drift);
  if (folded.change !== null) await appendDriftChange(transaction, repository, drift, folded.change);
  if (folded.change?.kind === 'cleared' && folded.change.run !== null) {
    await transaction.recordDriftRun(repository.account.id, folded.change.run);
    const repairs = await appendSlowRepairs(transaction, repository, folded.change.run, new Date(now));
    if (repairs !== null) slow.push(repairs);
    await transaction.enqueue(remediateJob(repository, name));
  }
  return folded.record;
}

/** A fixture is no measurement: where it stands for an answer nothing is known of the system, and nothing of it is kept. */
function withoutFixture<Measured extends { readonly verdict: BehaviorVerdict }>(one: Measured): Measured {
  const { fixtureFor } = one.verdict;
  return fixtureFor.length === 0 ? one : { ...one, verdict: { ...one.verdict, kind: 'inconclusive', metrics: [], reasons: fixtureFor, fixtureFor: [] } };
}

/** What gave no answer at all is an error, what did not suffice is inconclusive. Neither is a pass, nor a drift. */
function outcomeOf({ kind, reasons }: BehaviorVerdict): DriftOutcome {
  return kind === 'inconclusive' && reasons.some(({ code }) => code === 'drift/no_signal') ? 'error' : kind;
}

/** Nothing was measured where there is nothing to measure: the listing tells the default branch anew. */
async function settleEmpty({ store, clock, log }: FlowPorts, { repository, confirming }: RepositoryToScan, branch: string): Promise<void> {
  const now = clock.now();
  log.info('repository without a default branch not scanned', { repository: fullNameOf(repository), branch });
  await store.transaction(async (transaction) => {
    const held = await holdScanned(transaction, repository);
    const { plan } = await forgetOtherBranch(transaction, repository, { held, branch });
    await settleRepository(transaction, repository, { from: confirming === null ? 'waiting' : 'confirming', outcome: 'failed', now });
    const before = held.plan?.failedSince ?? null;
    // One that had no behaviour lacks nothing. What was measured on another branch is forgotten, and that it is missed since then is not.
    const failedSince = (held.plan?.scanned?.behaviors ?? 0) > 0 ? (before ?? now.toISOString()) : plan?.scanned === null ? before : null;
    await transaction.saveScanPlan({ repository, branch, due: plan?.due ?? null, nextAt: nextLook(null, now), scanned: plan?.scanned ?? null, failedSince });
  });
}
