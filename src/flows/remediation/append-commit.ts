import { Failure } from '../../domain/failure.ts';
import type { FileToWrite } from '../../domain/remediation/file-to-write.ts';
import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import type { Digest } from '../../domain/digest.ts';
import type { NextStep, Step } from '../../domain/remediation/step.ts';
import type { Sha } from '../../domain/tree.ts';
import { keepOpened } from './open-pull.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendWriting, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

type Append = Extract<Step, { kind: 'append' }>;

/** One commit on exactly the tip that was read: written ahead, pushed by comparing, recorded. */
export async function appendCommit(run: RemediationRun, read: ReadState, next: NextStep, step: Append): Promise<StepOutcome> {
  const { plan } = read;
  const { number, onto, as, base, onOthersCommits } = step;
  if (plan === null || plan.digest !== step.plan) return moved;
  const isMeant = await intendWriting(run, next, read.reservation, (transaction) => transaction.keepPlannedPaths(run.key.repositoryId, { plan: plan.digest, paths: plan.files.map(({ path }) => path) }));
  if (!isMeant) return moved;
  const message = run.ports.texts.commitMessage({ behavior: run.record.behavior, plan });
  const files = as === 'merge' ? plan.files : [...plan.files, ...(await takenBack(run, read, step, plan))];
  const head = await write(run, () => run.github.makeCommit({ parents: as === 'merge' ? [onto.tip, base] : [onto.tip], onto: as === 'merge' ? base : onto.tip, files, message }));
  await run.ports.store.transaction((transaction) => transaction.writeAhead(run.key, { branch: onto.branch, head, plan: plan.digest, onOthersCommits }));
  const pushed = await write(run, () => run.github.moveBranch(onto.branch, onto.tip, head));
  if (pushed.kind !== 'written') return pushed;
  await settleStep(run, next, async (transaction) => {
    if (number !== null) await keepOpened(transaction, run, number, { head, plan: plan.digest, holdsOthersCommits: onOthersCommits });
  }, { detail: { head } });
  return done;
}

/** What the plan before wrote and this one does not: as it stands in the base. */
async function takenBack(run: RemediationRun, read: ReadState, { onto, base }: Append, plan: RemediationPlan): Promise<readonly FileToWrite[]> {
  const before = planAt(read, onto);
  if (before === null || before === plan.digest) return [];
  const paths = await run.ports.store.transaction((transaction) => transaction.plannedPaths(run.key.repositoryId, before));
  const left = (paths ?? []).filter((path) => plan.files.every((file) => file.path !== path));
  if (left.length === 0) return [];
  const objects = run.ports.github.repository(run.record.repository);
  const [inBase, atTip] = await Promise.all([objects.tree(base), objects.tree(onto.tip)]);
  const partial = [inBase, atTip].find(({ complete }) => !complete);
  if (partial !== undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot take back files of a remediation: the tree of ${partial.commit} could not be read whole. Nothing was written.`);
  return left.flatMap((path): readonly FileToWrite[] => {
    const entry = inBase.entries.find((one) => one.path === path);
    if (entry !== undefined) return [{ path, blob: entry.blob, mode: entry.mode }];
    return atTip.entries.some((one) => one.path === path) ? [{ path, text: null, mode: '100644' }] : [];
  });
}

/** The plan that the commit at the tip holds, as our record says. */
function planAt({ state, intents }: ReadState, { branch, tip }: { readonly branch: string; readonly tip: Sha }): Digest | null {
  const recorded = state.pullRequests.find((one) => one.branch === branch)?.recorded?.plan;
  return state.pending.find((one) => one.head === tip)?.plan ?? recorded ?? intents.find((one) => one.head === tip)?.plan ?? null;
}
