import { isFlapping } from '../../domain/drift/fold-measurement.ts';
import { branchName, generationOf } from '../../domain/remediation/branch-name.ts';
import type { BehaviorDrift, PlanNow, RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import { closingDays } from '../../domain/remediation/closing-days.ts';
import { Failure } from '../../domain/failure.ts';
import { daysAfter } from '../../domain/instant.ts';
import { fingerprintOf } from '../../domain/remediation/fingerprint.ts';
import { readTrailer } from '../../domain/remediation/read-trailer.ts';
import type { KeptIntent, PathReservation, RemediationPullRecord, Suppression } from '../../domain/remediation/remediation-record.ts';
import type { RemediationQuestion, RemediationReading, SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import type { DriftNow, FormerBase, Hold, PullRequestState, ReadName, ReadOutcome, RemediationPullRequest, RemediationState } from '../../domain/remediation/remediation-state.ts';
import { unrecordedPull } from '../../domain/remediation/unrecorded-pull.ts';
import { driftIssueKey } from './drift-issue-key.ts';
import { askedOfFormer, formerBases } from './former-bases.ts';
import type { RecordedRemediation } from './former-bases.ts';
import { isWrittenByOthers } from './is-written-by-others.ts';
import { pathsToReserve } from './paths-to-reserve.ts';
import { readRecords } from './read-records.ts';
import type { Records } from './read-records.ts';
import type { ReadableRun } from './remediation-run.ts';

/** Everything that a step is chosen by, and what it is performed with. */
export interface ReadState {
  readonly state: RemediationState;
  readonly drift: BehaviorDrift | null;
  /** What mends it at the tip of the base; null where it is not known. */
  readonly plan: RemediationPlan | null;
  /** Why something that is wanted can not be planned; null where it can, or nothing is wanted. */
  readonly unplannable: string | null;
  readonly intents: readonly KeptIntent[];
  /** Whether the repository lets pull requests merge by themselves. */
  readonly mergesByItself: boolean;
  /** The files that would be open after a write. */
  readonly reservation: PathReservation;
  /** Open pull requests of ours for another drift of the behaviour. */
  readonly others: readonly number[];
  /** Steps that had been begun or settled before anything was read. */
  readonly steps: number;
  /** Why it could not be read whole; null when it was. */
  readonly failure: Failure | null;
}

/** New pull requests of an account within an hour: GitHub's 500 contents, shared with people. */
const mostOpenedByHour = 150;

/** Reads all of it, our own record first. What can not be read makes the state unreadable, and is told beside it. */
export async function readRemediationState(run: ReadableRun): Promise<ReadState> {
  const records = await readRecords(run);
  try {
    const drift = await run.ports.sources.driftNow(run.record.repository, run.record.behavior);
    const formers = await formerBases(run, drift);
    const reading = await readGitHub(run, records, { baseBranch: measuredBranch(run, drift), ...askedOfFormer(formers) });
    const { plan, refused } = reading.base === null || drift?.seen.kind !== 'drift' ? unplanned : await run.ports.sources.planFor(run.record.repository, run.record.behavior, reading.base);
    const reservation = await pathsToReserve(run, reading, records, plan);
    const isTaken = records.reserved.paths.some((path) => reservation.newly.includes(path)) || (await isWrittenByOthers(run, reading, reservation.newly));
    return stateOf(run, { records, formers, drift, reading, plan, refused, toldBy: await toldBy(run, drift), reservation, isTaken });
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code === 'LEASE_LOST') throw thrown;
    return { state: unreadState(run, records), drift: null, plan: null, unplannable: null, intents: records.intents, mergesByItself: false, reservation: { paths: [], newly: [], since: 0 }, others: [], steps: records.steps, failure: thrown };
  }
}

/** What was opened for a branch that is not the default one any more is looked at from the one that is. */
function measuredBranch({ record }: ReadableRun, drift: BehaviorDrift | null): string {
  return drift?.baseBranch ?? record.baseBranch;
}

/** Rounds in which pull requests of generations turn up that our record does not know. */
const mostRounds = 5;

/** By the head of every generation up to the first that nothing is known of. */
async function readGitHub({ record, github }: ReadableRun, { intents, pulls }: Records, asked: RemediationQuestion): Promise<RemediationReading> {
  const { target, fingerprint } = record;
  const numbers = [...pulls.map(({ number }) => number), ...asked.numbers];
  let newest = Math.max(0, ...intents.map(({ generation }) => generation));
  for (let round = 0; round < mostRounds; round += 1) {
    const heads = Array.from({ length: newest + 1 }, (_, index) => branchName(target, fingerprint, index + 1));
    const question: RemediationQuestion = { ...asked, heads: [...heads, ...asked.heads], numbers };
    const reading = await github.read(question);
    const found = Math.max(0, ...reading.pullRequests.filter((one) => one.openedByUs && !one.fromFork).map(({ branch }) => generationOf(branch, fingerprint) ?? 0));
    if (found <= newest) return reading;
    newest = found;
  }
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot read the pull requests of a remediation: new generations turned up ${mostRounds} times, expected an end`);
}

/** Number of the open issue about another drift of the behaviour; null for none. */
async function toldBy({ ports, record }: ReadableRun, drift: BehaviorDrift | null): Promise<number | null> {
  if (drift?.seen.kind !== 'drift' || fingerprintOf(drift.seen.identity) === record.fingerprint) return null;
  const key = driftIssueKey({ repository: record.repository, fingerprint: fingerprintOf(drift.seen.identity) });
  const issue = await ports.store.transaction((transaction) => transaction.issueRecord(key));
  return issue?.isOpen === true ? issue.number : null;
}

interface Read {
  readonly records: Records;
  readonly formers: readonly RecordedRemediation[];
  readonly drift: BehaviorDrift | null;
  readonly reading: RemediationReading;
  readonly plan: RemediationPlan | null;
  readonly refused: string | null;
  readonly toldBy: number | null;
  readonly reservation: PathReservation;
  /** Whether another behaviour has one of the files open, or is about to. */
  readonly isTaken: boolean;
}

function stateOf(run: ReadableRun, read: Read): ReadState {
  const { records, drift, reading, plan } = read;
  const hasOpen = reading.pullRequests.some((one) => isOwnOpen(one, run.record.fingerprint));
  const state: RemediationState = {
    reads: { ...allRead, base: reading.base === null ? 'partial' : 'complete' },
    now: run.ports.clock.now().toISOString(),
    target: run.record.target,
    ...known({ record: run.record, records }, reading),
    formerBases: read.formers.map((former) => known(former, reading)),
    measuredBranch: measuredBranch(run, drift),
    isFlapping: drift?.seen.kind === 'drift' && isFlapping(drift.seen.told.record, run.ports.clock.now().toISOString()),
    drift: driftOf(run, read, hasOpen),
    branches: reading.branches,
    mode: modeOf(run, read),
    heldBy: [...(drift?.heldBy ?? []), ...limits(run, records), ...(read.isTaken ? ['same_files' as const] : [])],
    verificationWindow: drift?.verificationWindow ?? 0,
  };
  return { state, drift, plan, unplannable: isWanted(run, drift) ? read.refused : null, intents: records.intents, mergesByItself: reading.mergesByItself, reservation: read.reservation, others: othersOpen(run, reading), steps: records.steps, failure: null };
}

const unplanned: PlanNow = { plan: null, refused: null };

/** Whether anything is to be proposed. */
function isWanted({ asked }: ReadableRun, drift: BehaviorDrift | null): boolean {
  return drift !== null && (drift.mode !== 'report' || asked.length > 0);
}

const allRead: { readonly [Name in ReadName]: ReadOutcome } = { pull_requests_by_head: 'complete', pull_requests_by_trailer: 'complete', branches: 'complete', base: 'complete', drift: 'complete', records: 'complete' };

/** What is known of one fingerprint. */
function known({ record, records }: RecordedRemediation, { pullRequests }: Pick<RemediationReading, 'pullRequests'>): FormerBase {
  const { fingerprint, baseBranch } = record;
  const { intents, pending, suppressions, unsuppressedAt } = records;
  return { fingerprint, baseBranch, pullRequests: pullRequests.map((one) => withRecord(one, records)), intents, pending, decisions: { recorded: suppressions.map(({ number }) => number), unsuppressedAt } };
}

function unreadState({ ports, record }: ReadableRun, records: Records): RemediationState {
  return { reads: {}, now: ports.clock.now().toISOString(), target: record.target, ...known({ record, records }, { pullRequests: [] }), formerBases: [], measuredBranch: record.baseBranch, drift: { kind: 'error' }, branches: [], mode: 'report', heldBy: [], isFlapping: false, verificationWindow: 0 };
}

/** Something wanted that can not be planned, or not as files, is not known: what is open stays as it is. */
function driftOf({ record }: ReadableRun, { drift, reading, plan, toldBy: issue }: Read, hasOpen: boolean): DriftNow {
  const seen = drift?.seen ?? { kind: 'inconclusive' as const };
  if (seen.kind !== 'drift') return seen;
  const { confirmations } = seen;
  const fingerprint = fingerprintOf(seen.identity);
  if (hasOpen && (plan === null || (plan.files.length === 0 && fingerprint === record.fingerprint))) return { kind: 'inconclusive' };
  const successors = reading.pullRequests.filter((one) => isOwnOpen(one, fingerprint)).map(({ number }) => number);
  return { kind: 'drift', confirmations, fingerprint, plan: plan?.digest ?? fingerprint, base: reading.base ?? '', successor: successors.length === 0 ? issue : successors.length === 1 ? (successors[0] ?? null) : null };
}

/** What nothing can be planned for is reported, and what has no file to write is told by an issue. */
function modeOf({ asked }: ReadableRun, { drift, plan }: Read): RemediationState['mode'] {
  if (drift === null || (drift.seen.kind === 'drift' && (plan === null || (plan.files.length === 0 && plan.issue === null)))) return 'report';
  const mode = drift.mode === 'report' && asked.length > 0 ? 'propose' : drift.mode;
  return drift.seen.kind === 'drift' && plan?.files.length === 0 && mode !== 'report' ? 'issue' : mode;
}

function limits({ github }: ReadableRun, { openedByHour }: Records): readonly Hold[] {
  return openedByHour >= mostOpenedByHour || !github.hasRoom() ? ['limit'] : [];
}

function isOwnOpen({ openedByUs, fromFork, branch, state }: SeenPullRequest, fingerprint: RemediationState['fingerprint']): boolean {
  return openedByUs && !fromFork && state.kind === 'open' && generationOf(branch, fingerprint) !== null;
}

/** Those of our record for other drifts of the same target, by the branch's folder. */
function othersOpen({ record }: ReadableRun, { pullRequests }: RemediationReading): readonly number[] {
  const folder = branchName(record.target, record.fingerprint, 1).split('/').slice(0, 2).join('/');
  return pullRequests.filter((one) => one.openedByUs && !one.fromFork && one.state.kind === 'open' && one.branch.startsWith(`${folder}/`) && generationOf(one.branch, record.fingerprint) === null).map(({ number }) => number);
}

function withRecord(one: SeenPullRequest, { pulls, suppressions }: Records): RemediationPullRequest {
  const { body, state, ...seen } = one;
  const recorded = pulls.find(({ number }) => number === one.number) ?? unrecordedPull(one.number);
  return { ...seen, trailer: readTrailer(body, one.openedByUs), state: stateWith(state, recorded, suppressions), recorded: recorded.recorded, toldHead: recorded.toldHead, takenOverAt: recorded.takenOverAt };
}

function stateWith(state: SeenPullRequest['state'], { number, whyClosed, canReopen, mergeToldAt, verifiedAt }: RemediationPullRecord, suppressions: Records['suppressions']): PullRequestState {
  const rolledBack = whyClosed === 'rolled_back' ? rolledBackState(state, suppressions.find((one) => one.number === number)) : null;
  if (rolledBack !== null) return rolledBack;
  switch (state.kind) {
    case 'open':
      return state;
    case 'closed':
      return { ...state, why: state.by === 'us' && whyClosed !== 'rolled_back' ? whyClosed : null, canReopen };
    case 'merged':
      return { ...state, told: mergeToldAt !== null, verified: verifiedAt !== null };
  }
}

/** Whoever had us take it back decided as if they had closed it: then, or when the pull request that undoes its merge was opened. Null while neither was done. */
function rolledBackState(state: SeenPullRequest['state'], suppression: Suppression | undefined): PullRequestState | null {
  const closed = { kind: 'closed', by: 'human', why: null, canReopen: false } as const;
  if (state.kind === 'merged') return suppression === undefined ? null : { ...closed, at: daysAfter(suppression.until, -closingDays.human) };
  return state.kind === 'closed' && state.by === 'us' ? { ...closed, at: state.at } : null;
}
