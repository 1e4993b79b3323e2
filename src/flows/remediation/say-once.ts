import type { LastSaid } from '../../domain/remediation/remediation-record.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import type { NotWritten } from '../../domain/remediation/write-answer.ts';
import type { ReadState } from './read-remediation-state.ts';
import { appendEntry } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';

/** Tells in the log why nothing is written, when that is news. */
export async function sayOnce(run: RemediationRun, { steps, failure }: ReadState, next: NextStep, about: string): Promise<void> {
  const said: LastSaid = { row: next.row, reason: next.reason, pullRequest: next.pullRequest, about };
  const { step } = next;
  await run.ports.store.transaction(async (transaction) => {
    if (failure === null && next.row !== 0) await transaction.endReservation(run.key, steps);
    if (!(await transaction.sayOfRemediation(run.key, said, steps))) return;
    await appendEntry(transaction, run, next, next.event, step.kind === 'alert' ? { detail: { named: [...step.named] } } : about === '' ? {} : { rationale: about });
  });
  if (step.kind === 'alert') run.ports.log.warn('a remediation needs a person', { behavior: run.record.behavior, reason: next.reason, named: step.named });
}

/** Tells what GitHub refused, who can do something about it, and what. */
export async function sayRefused(run: RemediationRun, { steps }: ReadState, next: NextStep, { refusal, why }: Extract<NotWritten, { kind: 'refused' }>): Promise<void> {
  await run.ports.store.transaction(async (transaction) => {
    // Its intent alone was counted since: nothing of it is on its way any more.
    await transaction.endReservation(run.key, steps + 1);
    if (!(await transaction.sayOfRemediation(run.key, { row: next.row, reason: 'refused', pullRequest: next.pullRequest, about: refusal.cause }, await transaction.stepsOf(run.key)))) return;
    await appendEntry(transaction, run, next, 'remediation.error', { outcome: 'refused', rationale: `${why} ${refusal.next}`, detail: { cause: refusal.cause, owner: refusal.owner, retry: refusal.retry } });
  });
  run.ports.log.warn('GitHub refused a step of a remediation', { behavior: run.record.behavior, step: next.step.kind, cause: refusal.cause, owner: refusal.owner });
}
