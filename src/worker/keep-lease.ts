import { Failure, failureOf } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { JobQueue, LeasedJob } from '../flows/ports/job-queue.ts';
import type { Log } from '../flows/ports/log.ts';

export interface LeasePorts {
  readonly queue: Pick<JobQueue, 'renew'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Renews a lease three times per period until the returned function is called. A store that does not answer is asked again
 * until the period is over. When the lease is lost, the run is ended with LEASE_LOST: somebody else may have the job now.
 */
export function keepLease(ports: LeasePorts, job: LeasedJob, leaseMs: number, run: AbortController): () => void {
  let until = ports.clock.now().getTime() + leaseMs;
  let isRenewing = false;
  const renew = async (): Promise<void> => {
    if (isRenewing || run.signal.aborted) return;
    isRenewing = true;
    const next = ports.clock.now().getTime() + leaseMs;
    try {
      await ports.queue.renew(job, new Date(next));
      until = next;
    } catch (thrown) {
      const failure = failureOf(thrown, 'STORE_UNAVAILABLE');
      ports.log.warn('lease not renewed', { job: job.key, code: failure.code });
      if (failure.code === 'LEASE_LOST') run.abort(failure);
      else if (ports.clock.now().getTime() >= until) run.abort(new Failure('LEASE_LOST', `Cannot keep the lease of ${job.key}: the store did not answer in time`, { cause: failure }));
    } finally {
      isRenewing = false;
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  return () => clearInterval(timer);
}
