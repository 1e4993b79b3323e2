import { commentMarker } from '../../domain/effect.ts';
import { Failure } from '../../domain/failure.ts';
import { noIssue } from '../../domain/issue/issue-record.ts';
import type { IssueRecord } from '../../domain/issue/issue-record.ts';
import { isConfirmedPass, isGone, otherDrift, ownDrift } from '../../domain/remediation/drift-facts.ts';
import { factsOf } from '../../domain/remediation/facts.ts';
import { issueStep } from '../../domain/remediation/issue-step.ts';
import type { IssueState, StandingIssue } from '../../domain/remediation/issue-step.ts';
import type { RemediationState } from '../../domain/remediation/remediation-state.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import type { IssueText, SeenIssue } from '../../domain/issue/seen-issue.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { driftIssueKey } from './drift-issue-key.ts';
import type { IssueRun } from './issue-run.ts';
import { performIssueStep, sayOfIssue } from './perform-issue-step.ts';
import type { ReadState } from './read-remediation-state.ts';
import type { RemediationRun } from './remediation-run.ts';

/** Steps of one issue in one run; from nothing to an issue that was opened before and not recorded it is three. */
const mostSteps = 5;

/**
 * Brings the issue about a drift to where it belongs: reads it, performs one step, and reads again. What GitHub refuses, as where the
 * permission was not granted, is told once and breaks nothing. @param said By the table, about its pull request. @throws Failure for what is tried again later.
 */
export async function settleIssue(run: RemediationRun, read: ReadState, said: Pick<NextStep, 'row'>): Promise<void> {
  const key = driftIssueKey(run.record);
  const kept = await run.ports.store.transaction((transaction) => takeIssueAlong(transaction, run, read.state));
  const wanted = wantedText(run, read);
  if (kept === null && wanted === null) return;
  const issueRun: IssueRun = { ...run, issues: run.ports.github.issues(run.record.repository), wanted, keep: (transaction, record) => transaction.saveIssueRecord(key, record) };
  try {
    await settle(issueRun, read, said);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.refusal === undefined || (thrown.code !== 'GITHUB_REFUSED' && thrown.code !== 'NOT_FOUND')) throw thrown;
    const record = await run.ports.store.transaction((transaction) => transaction.issueRecord(key));
    const { cause, owner, next } = thrown.refusal;
    await sayOfIssue(issueRun, record ?? noIssue, { about: cause, rationale: `${thrown.message} ${next}`, detail: { cause, owner } });
  }
}

/** An issue belongs to no branch: that about the same drift on a former base is ours from here on, with what people made of it, and says what is so now. @returns What is on record; null for none. */
async function takeIssueAlong(transaction: StoreTransaction, { record: { repository, fingerprint } }: RemediationRun, { formerBases }: RemediationState): Promise<IssueRecord | null> {
  const key = driftIssueKey({ repository, fingerprint });
  const own = await transaction.issueRecord(key);
  if (own !== null && own.number !== null) return own;
  for (const former of formerBases.toReversed()) {
    const before = driftIssueKey({ repository, fingerprint: former.fingerprint });
    const found = await transaction.issueRecord(before);
    if (found === null || found.number === null) continue;
    await transaction.saveIssueRecord(before, { ...noIssue, newest: found.newest });
    await transaction.saveIssueRecord(key, { ...found, content: null });
    return found;
  }
  return own;
}

async function settle(run: IssueRun, read: ReadState, said: Pick<NextStep, 'row'>): Promise<void> {
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const { record, issue } = await readIssue(run);
    const step = issueStep(await stateOf(run, { ...read, said }, issue));
    if (step.kind === 'nothing') return;
    if (await performIssueStep(run, { record, step, content: read.plan?.digest ?? null })) return;
  }
}

/** As it is on record, and as GitHub shows it: somebody may have closed it. */
async function readIssue(run: IssueRun): Promise<{ readonly record: IssueRecord; readonly issue: StandingIssue | null }> {
  const { store } = run.ports;
  const record = (await store.transaction((transaction) => transaction.issueRecord(driftIssueKey(run.record)))) ?? noIssue;
  const { number, content } = record;
  if (number === null) return { record, issue: null };
  const seen: SeenIssue | null = await run.issues.read(number);
  const isOpen = seen?.state.kind === 'open';
  const current = { ...record, isOpen, url: seen?.url ?? record.url };
  if (isOpen !== record.isOpen || current.url !== record.url) await store.transaction((transaction) => run.keep(transaction, current));
  return { record: current, issue: { number, content, state: seen?.state ?? { kind: 'gone' } } };
}

function wantedText(run: RemediationRun, { state, plan, drift }: ReadState): IssueText | null {
  if (plan === null || plan.issue === null || ownDrift(state) === null) return null;
  const told = drift?.seen.kind === 'drift' ? drift.seen.told : null;
  const text = run.ports.texts.issue({ behavior: run.record.behavior, drift: told, plan, pullRequest: factsOf(state).open[0]?.url ?? null });
  return text === null ? null : { ...text, marker: commentMarker(driftIssueKey(run.record).topic) };
}

async function stateOf({ ports, key, wanted }: IssueRun, { state, plan, said }: ReadState & { readonly said: Pick<NextStep, 'row'> }, issue: StandingIssue | null): Promise<IssueState> {
  const { suppressions, unsuppressedAt } = await ports.store.transaction(async (transaction) => ({ suppressions: await transaction.suppressions(key), unsuppressedAt: await transaction.unsuppressedAt(key) }));
  return {
    now: state.now,
    standing: standingOf(state),
    wanted: wanted === null ? null : (plan?.digest ?? null),
    // A close of the pull request stands for the drift, not for how it is told.
    isHeld: state.mode === 'report' || state.heldBy.length > 0 || said.row === 9 || said.row === 11,
    successor: otherDrift(state)?.successor ?? null,
    issue,
    suppressions,
    unsuppressedAt,
    isFlapping: state.isFlapping,
  };
}

function standingOf(state: RemediationState): IssueState['standing'] {
  if (ownDrift(state) !== null) return 'drifts';
  if (otherDrift(state) !== null) return 'other';
  if (isGone(state)) return 'gone';
  return isConfirmedPass(state) ? 'clean' : 'unknown';
}
