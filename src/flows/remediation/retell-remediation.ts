import { bodyOf } from '../../domain/remediation/trailer.ts';
import type { NextStep, Step } from '../../domain/remediation/step.ts';
import type { ReadState } from './read-remediation-state.ts';
import { intendStep, settleStep } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { remediationText } from './remediation-text.ts';
import { rewriteText } from './rewrite-text.ts';
import type { OurText } from './rewrite-text.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

type Retell = Extract<Step, { kind: 'retell' }>;

/** The text as it would be written today, after a commit of ours was appended. Written twice it is the same. */
export async function retellRemediation(run: RemediationRun, read: ReadState, next: NextStep, step: Retell): Promise<StepOutcome> {
  if (read.plan?.digest !== step.plan) return moved;
  await intendStep(run, next);
  const edited = await rewriteText(run, step.number, (now) => textOf(run, read, step, now));
  if (edited.kind !== 'written') return edited;
  await settleStep(run, next, async () => {}, { detail: { head: step.head } });
  return done;
}

/** Where a person wrote into it, only our last lines are other ones. Null where what it tells of is not known any more. */
function textOf(run: RemediationRun, read: ReadState, { generation, head, plan: digest, base, follows }: Retell, now: OurText): string | null {
  const { plan, intents } = read;
  if (plan === null) return null;
  const trailer = { plan: digest, head, base };
  if (now.theirs !== null) return bodyOf(now.theirs, { ...now.trailer, ...trailer });
  // What is armed is in row 2, where nothing is written.
  const merging = intents.find((one) => one.generation === generation)?.mode === 'auto' ? 'not_armed' : 'by_person';
  return remediationText(run, read, { plan, merging, generation, follows, trailer }).text;
}
