import { generationOf } from '../../domain/remediation/branch-name.ts';
import type { RecordedHead, RemediationPullRequest } from '../../domain/remediation/remediation-state.ts';
import type { NextStep, Step } from '../../domain/remediation/step.ts';
import { armRemediation, leaveUnarmed } from './arm-remediation.ts';
import type { PullRequestToArm } from './arm-remediation.ts';
import { keepOpened } from './open-pull.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

/** One comment, edited in place, then on record for this head. */
export async function freezeRemediation(run: RemediationRun, next: NextStep, { number, head }: Extract<Step, { kind: 'freeze' }>): Promise<StepOutcome> {
  await intendStep(run, next);
  await write(run, () => run.github.say(number, run.ports.texts.note({ kind: 'frozen', behavior: run.record.behavior, head })));
  await settleStep(run, next, (transaction) => transaction.recordRemediationPull(run.key, number, { toldHead: head }), { detail: { head } });
  return done;
}

/** Learns of what a lost answer left behind. What should have been armed with it is armed now, where that is still wanted. */
export async function adoptRemediation(run: RemediationRun, read: ReadState, next: NextStep, step: Extract<Step, { kind: 'adopt' }>): Promise<StepOutcome> {
  const { number, generation, head, mayArm } = step;
  const recorded = recordedAt(read, step);
  if (recorded === null) return moved;
  const intent = read.intents.find((one) => one.generation === generation);
  const pull = read.state.pullRequests.find((one) => one.number === number);
  const isUnarmed = pull?.recorded === null && pull.state.kind === 'open' && pull.state.mergesBy === null;
  let armed: string | null = null;
  if (isUnarmed && intent?.mode === 'auto' && intent.head === head) {
    await intendStep(run, next);
    const wanted = { number, url: pull.url, head, text: textOf(read, pull) };
    armed = mayArm ? await armRemediation(run, read, wanted) : await leaveUnarmed(run, read, wanted);
  }
  await settleStep(run, next, (transaction) => keepOpened(transaction, run, number, recorded), armed === null ? {} : { detail: { autoMerge: armed } });
  return done;
}

/** What its text was made of, as far as that is still so, and the text ours. */
function textOf({ plan, state }: ReadState, { number, branch, trailer: reading }: RemediationPullRequest): PullRequestToArm['text'] {
  if (plan === null || reading.kind !== 'trailer' || reading.theirs !== null || reading.trailer.plan !== plan.digest) return null;
  const generation = (one: RemediationPullRequest): number => (one.openedByUs && !one.fromFork ? (generationOf(one.branch, state.fingerprint) ?? 0) : 0);
  const own = generationOf(branch, state.fingerprint) ?? 1;
  const before = state.pullRequests.filter((one) => one.number < number && generation(one) > 0).at(-1);
  return { plan, generation: own, follows: before?.number ?? null, trailer: reading.trailer };
}

/** Commits of others that stand below stay known. */
function recordedAt({ state, intents }: ReadState, { number, generation, head }: Extract<Step, { kind: 'adopt' }>): RecordedHead | null {
  const pending = state.pending.find((one) => one.head === head);
  const plan = pending?.plan ?? intents.find((one) => one.generation === generation && one.head === head)?.plan;
  if (plan === undefined) return null;
  const before = state.pullRequests.find((one) => one.number === number)?.recorded;
  return { head, plan, holdsOthersCommits: before?.holdsOthersCommits === true || pending?.onOthersCommits === true };
}

/** A close of somebody else stands as a decision, also of one for the same drift on a former base. */
export async function suppressRemediation(run: RemediationRun, next: NextStep, { number, until, alerts }: Extract<Step, { kind: 'suppress' }>): Promise<StepOutcome> {
  await settleStep(run, next, (transaction) => transaction.suppress(run.key, { number, until }), { detail: { until } });
  if (alerts) run.ports.log.warn('a remediation was closed by nobody known', { pullRequest: next.pullRequest });
  return done;
}

/** The drift was seen gone after the merge. */
export async function verifyRemediation(run: RemediationRun, next: NextStep, { number }: Extract<Step, { kind: 'verify' }>): Promise<StepOutcome> {
  await settleStep(run, next, (transaction) => transaction.recordRemediationPull(run.key, number, { verifiedAt: run.ports.clock.now().toISOString() }));
  return done;
}

/** It was merged: told once, whatever comes of it. */
export async function tellMerge(run: RemediationRun, next: NextStep, { number }: Extract<Step, { kind: 'tell_merge' }>): Promise<StepOutcome> {
  await settleStep(run, next, (transaction) => transaction.recordRemediationPull(run.key, number, { mergeToldAt: run.ports.clock.now().toISOString() }));
  return done;
}
