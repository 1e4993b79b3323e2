import type { NextStep, Closing, Step } from '../../domain/remediation/step.ts';
import type { RemediationNote } from '../../render/remediation/remediation-texts.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';
import { done, moved } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';

/** The drift is gone, or its behaviour: said, closed, and the branch deleted at exactly our commit. */
export function closeClean(run: RemediationRun, next: NextStep, { closing, why }: Extract<Step, { kind: 'close' }>): Promise<StepOutcome> {
  return close(run, next, [closing], { note: { kind: 'closed', why }, deletes: true, keep: null });
}

/** Another drift's pull request is open. */
export function closeSuperseded(run: RemediationRun, next: NextStep, { closing, by }: Extract<Step, { kind: 'supersede' }>): Promise<StepOutcome> {
  return close(run, next, [closing], { note: { kind: 'closed', why: 'superseded', by }, deletes: true, keep: null });
}

/** Two were open for one drift, and one of them still is. Their branches stay. */
export function closeDuplicates(run: RemediationRun, next: NextStep, { close: closings, keep }: Extract<Step, { kind: 'close_duplicates' }>): Promise<StepOutcome> {
  return close(run, next, closings, { note: { kind: 'closed', why: 'duplicate', by: keep }, deletes: false, keep });
}

/** The rest of a close that was interrupted. */
export async function deleteLeftBranch(run: RemediationRun, next: NextStep, { at }: Extract<Step, { kind: 'delete_branch' }>): Promise<StepOutcome> {
  await intendStep(run, next);
  const deleted = await write(run, () => run.github.deleteBranch(at.branch, at.tip));
  if (deleted.kind !== 'written') return deleted;
  await settleStep(run, next, async () => {}, { detail: { deleted: at.branch } });
  return done;
}

async function close(run: RemediationRun, next: NextStep, closings: readonly Closing[], { note, ...how }: Omit<HowToClose, 'text'> & { readonly note: Extract<RemediationNote, { kind: 'closed' }> }): Promise<StepOutcome> {
  await intendStep(run, next, async (transaction) => {
    for (const { number } of closings) await transaction.recordRemediationPull(run.key, number, { whyClosed: note.why });
  });
  for (const closing of closings) {
    const closed = await closeOne(run, closing, { text: run.ports.texts.note(note), ...how });
    if (closed.kind !== 'done') return closed;
  }
  await settleStep(run, next, async () => {}, { detail: { closed: closings.map(({ number }) => number) } });
  return done;
}

interface HowToClose {
  /** Said in it first. */
  readonly text: string;
  /** Whether its branch goes, too. */
  readonly deletes: boolean;
  /** Another that has to be open, or nothing is closed; null for none. */
  readonly keep: number | null;
}

/** A close can not be compared: what it rests on is read right before it. */
export async function closeOne(run: RemediationRun, { number, branch, tip }: Closing, { text, deletes, keep }: HowToClose): Promise<StepOutcome> {
  await write(run, () => run.github.say(number, text));
  await run.lease.hold();
  if (keep !== null && (await run.github.headNow(keep)) === null) return moved;
  if ((await run.github.headNow(number)) !== tip) return moved;
  const closed = await run.github.close(number);
  if (closed.kind !== 'written') return closed;
  if (!deletes) return done;
  const deleted = await write(run, () => run.github.deleteBranch(branch, tip));
  // A branch that may not be deleted is no reason to open what is closed.
  return deleted.kind === 'moved' ? moved : done;
}
