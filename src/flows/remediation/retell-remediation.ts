import type { NextStep, Step } from '../../domain/remediation/step.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { remediationText } from './remediation-text.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

/** Title and text as they would be written today, after a commit of ours was appended. Written twice it is the same. */
export async function retellRemediation(run: RemediationRun, read: ReadState, next: NextStep, { number, generation, head, plan: digest, base, follows }: Extract<Step, { kind: 'retell' }>): Promise<StepOutcome> {
  const { plan } = read;
  if (plan === null || plan.digest !== digest) return moved;
  // What is armed is in row 2, where nothing is written.
  const merging = read.intents.find((one) => one.generation === generation)?.mode === 'auto' ? 'not_armed' : 'by_person';
  await intendStep(run, next);
  const edited = await write(run, () => run.github.editPullRequest(number, remediationText(run, read, { plan, merging, generation, follows, trailer: { plan: digest, head, base } })));
  if (edited.kind !== 'written') return edited;
  await settleStep(run, next, async () => {}, { detail: { head } });
  return done;
}
