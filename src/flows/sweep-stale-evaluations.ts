import { failureOf } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import { renderStale } from '../render/check-state.ts';
import { requestEnd } from './check-effects.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';

export interface WatchdogPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Concludes roll-ups that stayed open for longer than an evaluation can take, as blocked with cause inconclusive: nobody waits for ever.
 * Where samples are awaited the time begins when that wait is over.
 * A run that is still on its way finds its evaluation ended and opens a new one.
 * @returns How many.
 */
export async function sweepStaleEvaluations(ports: WatchdogPorts, longestMs: number): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - longestMs);
  const stale = await ports.store.transaction((transaction) => transaction.staleEvaluations(before));
  let concluded = 0;
  for (const evaluation of stale) if (await concludeSafely(ports, evaluation, longestMs)) concluded += 1;
  return concluded;
}

/** Trouble with one account, such as a log that is blocked, leaves its evaluation to the next sweep and ends no other's. */
async function concludeSafely(ports: WatchdogPorts, evaluation: EvaluationRecord, longestMs: number): Promise<boolean> {
  const fields = { evaluation: evaluation.id, repository: fullNameOf(evaluation.repository), subject: evaluation.subject, head: evaluation.head };
  try {
    const isConcluded = await conclude(ports, evaluation, longestMs);
    if (isConcluded) ports.log.error('evaluation did not end', fields);
    return isConcluded;
  } catch (thrown) {
    const failure = failureOf(thrown, 'STORE_UNAVAILABLE');
    ports.log.error('evaluation not concluded', { ...fields, code: failure.code, failure });
    return false;
  }
}

/** False when it ended after all: then its own decision is what stands. */
async function conclude(ports: WatchdogPorts, evaluation: EvaluationRecord, longestMs: number): Promise<boolean> {
  const { repository } = evaluation;
  return ports.store.transaction(async (transaction) => {
    if (!(await transaction.finishEvaluation(evaluation.id, ports.clock.now()))) return false;
    await requestEnd(transaction, evaluation, renderStale());
    await transaction.append({
      account: repository.account.id,
      repository: { id: repository.id, name: fullNameOf(repository) },
      subject: evaluation.subject,
      event: 'failure.recorded',
      actor: 'system',
      rationale: `The evaluation of ${evaluation.head} did not end within ${longestMs / 1000} s`,
      outcome: 'JOB_TIMED_OUT',
      links: [evaluation.id],
    });
    return true;
  });
}
