import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import type { KeptIntent } from '../../domain/remediation/remediation-record.ts';
import type { RecordedHead } from '../../domain/remediation/remediation-state.ts';
import type { NextStep, Opening, Step } from '../../domain/remediation/step.ts';
import type { Sha } from '../../domain/tree.ts';
import { evaluateJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { armRemediation } from './arm-remediation.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendWriting, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { remediationText } from './remediation-text.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

/**
 * From nothing to an open pull request: what is meant, tree and commit, the commit on record, its branch where there is none, the pull
 * request. Whatever interrupts it, the next look finds the branch by the commit on record and goes on from there.
 */
export async function createRemediation(run: RemediationRun, read: ReadState, next: NextStep, { opening }: Extract<Step, { kind: 'create' }>): Promise<StepOutcome> {
  const { plan } = read;
  if (plan === null || plan.digest !== opening.plan) return moved;
  const meant: KeptIntent = { generation: opening.generation, head: null, plan: opening.plan, mode: opening.mode };
  const isMeant = await intendWriting(run, next, read.reservation, async (transaction) => {
    await transaction.intend(run.key, meant);
    await transaction.keepPlannedPaths(run.key.repositoryId, { plan: plan.digest, paths: plan.files.map(({ path }) => path) });
  });
  if (!isMeant) return moved;
  const intent = await intentWithCommit(run, { plan, intents: read.intents }, opening, meant);
  const made = await write(run, () => run.github.createBranch(opening.branch, intent.head));
  if (made.kind !== 'written') return made;
  return openPull(run, read, next, opening, { head: intent.head, plan: intent.plan, holdsOthersCommits: false });
}

/** The branch is there: the pull request is opened from it. */
export async function createPullFromBranch(run: RemediationRun, read: ReadState, next: NextStep, { opening, at }: Extract<Step, { kind: 'create_pull_request' }>): Promise<StepOutcome> {
  if (!(await intendWriting(run, next, read.reservation))) return moved;
  return openPull(run, read, next, opening, { head: at.tip, plan: opening.plan, holdsOthersCommits: false });
}

/** A commit that is on record already is taken as it is, whoever made it. */
async function intentWithCommit(run: RemediationRun, { plan, intents }: { readonly plan: RemediationPlan; readonly intents: readonly KeptIntent[] }, { base, generation }: Opening, meant: KeptIntent): Promise<{ readonly head: Sha; readonly plan: KeptIntent['plan'] }> {
  const known = intents.find((one) => one.generation === generation);
  if (known !== undefined && known.head !== null) return { head: known.head, plan: known.plan };
  const message = run.ports.texts.commitMessage({ behavior: run.record.behavior, plan });
  const head = await write(run, () => run.github.makeCommit({ parents: [base], onto: base, files: plan.files, message }));
  await run.lease.hold();
  return run.ports.store.transaction((transaction) => transaction.setIntentHead(run.key, { ...meant, head }));
}

async function openPull(run: RemediationRun, read: ReadState, next: NextStep, opening: Opening, recorded: RecordedHead): Promise<StepOutcome> {
  const { plan } = read;
  if (plan === null) return moved;
  const { branch, mode, generation, follows, base } = opening;
  const text = { plan, generation, follows, trailer: { plan: recorded.plan, head: recorded.head, base } };
  const told = remediationText(run, read, { ...text, merging: mode !== 'auto' ? 'by_person' : read.mergesByItself ? 'by_itself' : 'not_armed' });
  const opened = await write(run, () => run.github.openPullRequest({ branch, base: run.record.baseBranch, ...told }));
  if (opened.kind !== 'opened') return opened;
  const { number, url } = opened;
  const armed = mode === 'auto' ? await armRemediation(run, read, { number, url, head: recorded.head, text }) : null;
  await settleStep(run, next, (transaction) => keepOpened(transaction, run, number, recorded), { pullRequest: url, ...(armed === null ? {} : { detail: { autoMerge: armed } }) });
  return done;
}

/** When it was opened is when our record learns of it. Whoever asked has a hand in it. */
export async function keepOpened(transaction: StoreTransaction, { key, ports, record, asked }: RemediationRun, number: number, recorded: RecordedHead): Promise<void> {
  const known = (await transaction.remediationPulls(key)).find((one) => one.number === number);
  await transaction.recordRemediationPull(key, number, { recorded, openedAt: known?.openedAt ?? ports.clock.now().toISOString(), ...(recorded.holdsOthersCommits ? { takenOverAt: recorded.head } : {}) });
  for (const { askedBy, key: effect } of asked) await transaction.recordContribution({ repositoryId: key.repositoryId, pullRequest: number, commit: recorded.head, person: askedBy, effect });
  // Its own event may have been judged before it was known who asked.
  if (asked.length > 0) await transaction.enqueue(evaluateJob(record.repository, number));
}
