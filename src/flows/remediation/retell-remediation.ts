import { bodyOf } from '../../domain/remediation/trailer.ts';
import type { NextStep, Step } from '../../domain/remediation/step.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { remediationText } from './remediation-text.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

type Retell = Extract<Step, { kind: 'retell' }>;

/** The text as it would be written today, after a commit of ours was appended. Written twice it is the same. */
export async function retellRemediation(run: RemediationRun, read: ReadState, next: NextStep, step: Retell): Promise<StepOutcome> {
  const text = textOf(run, read, step);
  if (text === null) return moved;
  await intendStep(run, next);
  const edited = await write(run, () => run.github.editText(step.number, text));
  if (edited.kind !== 'written') return edited;
  await settleStep(run, next, async () => {}, { detail: { head: step.head } });
  return done;
}

/** Where a person wrote into it, only our last lines are other ones. Null where what it tells of is not known any more. */
function textOf(run: RemediationRun, read: ReadState, { number, generation, head, plan: digest, base, follows }: Retell): string | null {
  const { plan, state, intents } = read;
  const reading = state.pullRequests.find((one) => one.number === number)?.trailer;
  if (plan === null || plan.digest !== digest || reading?.kind !== 'trailer') return null;
  const trailer = { plan: digest, head, base };
  if (reading.theirs !== null) return bodyOf(reading.theirs, { ...reading.trailer, ...trailer });
  // What is armed is in row 2, where nothing is written.
  const merging = intents.find((one) => one.generation === generation)?.mode === 'auto' ? 'not_armed' : 'by_person';
  return remediationText(run, read, { plan, merging, generation, follows, trailer }).text;
}
