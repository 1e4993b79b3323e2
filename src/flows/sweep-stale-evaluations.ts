import { fullNameOf } from '../domain/repository.ts';
import { renderStale } from '../render/check-state.ts';
import { requestChecks } from './check-effects.ts';
import type { Clock, EvaluationRecord, Log, Store } from './ports.ts';

export interface WatchdogPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Concludes roll-ups that stayed open for longer than an evaluation can take, as blocked with cause inconclusive: nobody waits for ever.
 * A run that is still on its way finds its evaluation ended and opens a new one.
 * @returns How many.
 */
export async function sweepStaleEvaluations(ports: WatchdogPorts, longestMs: number): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - longestMs);
  const stale = await ports.store.transaction((transaction) => transaction.staleEvaluations(before));
  for (const evaluation of stale) await conclude(ports, evaluation, longestMs);
  return stale.length;
}

async function conclude(ports: WatchdogPorts, evaluation: EvaluationRecord, longestMs: number): Promise<void> {
  const { repository, subject } = evaluation;
  ports.log.error('evaluation did not end', { evaluation: evaluation.id, repository: fullNameOf(repository), subject, head: evaluation.head });
  await ports.store.transaction(async (transaction) => {
    await requestChecks(transaction, [{ evaluation, name: evaluation.rollUp, state: renderStale() }]);
    await transaction.finishEvaluation(evaluation.id, ports.clock.now());
    await transaction.append({
      account: repository.account.id,
      repository: { id: repository.id, name: fullNameOf(repository) },
      subject,
      event: 'failure.recorded',
      actor: 'system',
      rationale: `The evaluation of ${evaluation.head} did not end within ${longestMs / 1000} s`,
      outcome: 'JOB_TIMED_OUT',
      links: [evaluation.id],
    });
  });
}
