import type { NextStep, Step } from '../../domain/remediation/step.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendWriting, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

/** Opens again what we closed, at exactly our commit. What GitHub does not open again is not tried a second time: the next generation is opened then. */
export async function reopenRemediation(run: RemediationRun, read: ReadState, next: NextStep, { number, at, restores }: Extract<Step, { kind: 'reopen' }>): Promise<StepOutcome> {
  if (!(await intendWriting(run, next, read.reservation))) return moved;
  if (restores) {
    const restored = await write(run, () => run.github.createBranch(at.branch, at.tip));
    if (restored.kind === 'moved') return moved;
    if (restored.kind === 'refused') return await giveUp(run, number);
  }
  const reopened = await write(run, () => run.github.reopen(number));
  if (reopened.kind === 'moved') return moved;
  if (reopened.kind === 'refused') return await giveUp(run, number);
  await settleStep(run, next, async () => {});
  return done;
}

async function giveUp({ ports, key }: RemediationRun, number: number): Promise<StepOutcome> {
  await ports.store.transaction((transaction) => transaction.recordRemediationPull(key, number, { canReopen: false }));
  return moved;
}
