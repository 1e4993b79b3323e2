import { Failure } from '../../domain/failure.ts';
import { nextStep } from '../../domain/remediation/next-step.ts';
import { factsOf } from '../../domain/remediation/facts.ts';
import type { Again, NextStep } from '../../domain/remediation/step.ts';
import { performStep } from './perform-step.ts';
import { readRemediationState } from './read-remediation-state.ts';
import type { ReadState } from './read-remediation-state.ts';
import type { RefusalCause } from '../../domain/refusal.ts';
import type { RemediationRun } from './remediation-run.ts';
import { sayOnce, sayRefused } from './say-once.ts';

/** How a remediation came to rest. */
export interface Look {
  /** The row that spoke last. */
  readonly next: NextStep;
  readonly again: Again;
  /** The number of its open pull request; null for none. */
  readonly open: number | null;
  /** What GitHub refused; null for nothing. */
  readonly refused: RefusalCause | null;
  /** Why its playbook makes no plan of it, where that is why nothing is proposed; null else. */
  readonly unplannable: string | null;
}

/** Steps of one remediation in one run; from nothing to an open pull request it is one. */
const mostSteps = 8;

/**
 * Reads everything, performs the one step that the table tells, and reads again, until nothing is left to do.
 * @returns What came of it, and what was read last.
 * @throws Failure when something could not be read, or does not come to rest: the queue tries again later.
 */
export async function settleRemediation(run: RemediationRun): Promise<Look & { readonly read: ReadState }> {
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const read = await readRemediationState(run);
    const next = nextStep(read.state);
    const open = factsOf(read.state).open[0]?.number ?? null;
    if (isRest(next)) {
      const unplannable = next.reason === 'report_only' ? read.unplannable : null;
      await sayOnce(run, read, next, read.failure?.code ?? unplannable ?? '');
      if (read.failure !== null) throw read.failure;
      if (next.reason === 'reads_disagree') continue;
      return { next, again: 'again' in next.step ? next.step.again : { kind: 'person' }, open, refused: null, unplannable, read };
    }
    const outcome = await performStep(run, read, next);
    if (outcome.kind !== 'refused') continue;
    await sayRefused(run, read, next, outcome);
    return { next, again: { kind: 'person' }, open, refused: outcome.refusal.cause, unplannable: null, read };
  }
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot bring the remediation of ${run.record.behavior} to rest: something changed at each of ${mostSteps} looks, expected it to stand still. Nothing of it is lost, and it is looked at again.`);
}

/** Whether nothing is written. */
function isRest({ step }: NextStep): boolean {
  return step.kind === 'nothing' || step.kind === 'digest' || step.kind === 'alert';
}
