import { Failure } from '../../domain/failure.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import { appendCommit } from './append-commit.ts';
import { closeClean, closeDuplicates, closeSuperseded, deleteLeftBranch } from './close-remediation.ts';
import { createPullFromBranch, createRemediation } from './open-pull.ts';
import type { ReadState } from './read-remediation-state.ts';
import { adoptRemediation, freezeRemediation, suppressRemediation, tellMerge, verifyRemediation } from './record-step.ts';
import type { RemediationRun } from './remediation-run.ts';
import { retellRemediation } from './retell-remediation.ts';
import { reopenRemediation } from './reopen-remediation.ts';
import { done } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';
import type { NotWritten } from '../../domain/remediation/write-answer.ts';

/** Performs one step. In doubt about a write nothing is repeated: everything is read again. */
export async function performStep(run: RemediationRun, read: ReadState, next: NextStep): Promise<StepOutcome> {
  return answered(() => perform(run, read, next));
}

/** What came of requests to GitHub. In doubt about one everything is read again. */
export async function answered<Answer>(requests: () => Promise<Answer>): Promise<Answer | NotWritten> {
  try {
    return await requests();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'GITHUB_AMBIGUOUS') return { kind: 'moved' };
    if (thrown instanceof Failure && (thrown.code === 'GITHUB_REFUSED' || thrown.code === 'NOT_FOUND') && thrown.refusal !== undefined) return { kind: 'refused', refusal: thrown.refusal, why: thrown.message };
    throw thrown;
  }
}

async function perform(run: RemediationRun, read: ReadState, next: NextStep): Promise<StepOutcome> {
  const { step } = next;
  switch (step.kind) {
    case 'nothing':
    case 'digest':
    case 'alert':
      return done;
    case 'create':
      return createRemediation(run, read, next, step);
    case 'create_pull_request':
      return createPullFromBranch(run, read, next, step);
    case 'append':
      return appendCommit(run, read, next, step);
    case 'retell':
      return retellRemediation(run, read, next, step);
    case 'reopen':
      return reopenRemediation(run, read, next, step);
    case 'close':
      return closeClean(run, next, step);
    case 'supersede':
      return closeSuperseded(run, next, step);
    case 'close_duplicates':
      return closeDuplicates(run, next, step);
    case 'delete_branch':
      return deleteLeftBranch(run, next, step);
    case 'freeze':
      return freezeRemediation(run, next, step);
    case 'adopt':
      return adoptRemediation(run, read, next, step);
    case 'suppress':
      return suppressRemediation(run, next, step);
    case 'verify':
      return verifyRemediation(run, next, step);
    case 'tell_merge':
      return tellMerge(run, next, step);
  }
}
