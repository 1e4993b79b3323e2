import { Failure, failureOf } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { JobKind, JobQueue, LeasedJob } from '../flows/ports/job-queue.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Dispatch } from './dispatch.ts';
import { keepLease } from './keep-lease.ts';
import { nextStep } from './retry-policy.ts';

export interface RunPorts {
  readonly queue: Pick<JobQueue, 'renew' | 'complete' | 'retry' | 'bury'>;
  readonly dispatch: Dispatch;
  /** Tells whoever waits for the job that it will not be done. Throws when that could not be kept: then the job is not buried yet. */
  readonly onBuried: (job: LeasedJob, failure: Failure) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

export interface RunLimits {
  readonly leaseMs: number;
  readonly deadlines: { readonly [Kind in JobKind]: number };
}

/**
 * Runs a leased job to its end: completed, to be retried, or buried. Never throws; what it can not settle, the lease's expiry does.
 * @param run Aborted, with a Failure as reason, when the result is no longer wanted.
 */
export async function runJob(ports: RunPorts, job: LeasedJob, limits: RunLimits, run: AbortController): Promise<void> {
  const stopLease = keepLease(ports, job, limits.leaseMs, run);
  const deadlineMs = limits.deadlines[job.kind];
  const deadline = setTimeout(() => run.abort(new Failure('JOB_TIMED_OUT', `Cannot finish ${job.key}: no end after ${deadlineMs / 1000} s`)), deadlineMs);
  try {
    if (job.lostRuns >= mostLostRuns && job.kind !== 'schedule') return await conclude(ports, job, killer(job));
    const failure = await attempt(ports.dispatch, job, run.signal);
    if (failure?.code === 'LEASE_LOST') ports.log.info('job left to its next lease', { job: job.key, why: failure.message });
    else await settle(ports, job, failure);
  } catch (thrown) {
    ports.log.error('job not settled', { job: job.key, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
  } finally {
    clearTimeout(deadline);
    stopLease();
  }
}

/** Runs in a row that nobody ended. Such a job may kill whatever process takes it, and with it what else runs there. */
export const mostLostRuns = 10;

function killer(job: LeasedJob): Failure {
  return new Failure('JOB_TIMED_OUT', `Cannot finish ${job.key}: its last ${job.lostRuns} runs had no end, expected one to. They may have killed their processes.`);
}

/** Buries the job once whoever waits for it was told. Until that is kept its lease runs out, and is taken again for the same. */
async function conclude(ports: RunPorts, job: LeasedJob, failure: Failure): Promise<void> {
  await ports.onBuried(job, failure);
  await ports.queue.bury(job, ports.clock.now(), failure);
}

/** The failure of this run, null when it did what it was asked. Ends with the signal even if the job itself hangs. */
async function attempt(dispatch: Dispatch, job: LeasedJob, signal: AbortSignal): Promise<Failure | null> {
  try {
    await Promise.race([dispatch[job.kind](job, signal), aborted(signal)]);
    return null;
  } catch (thrown) {
    // Whatever a job says once it was told to end, the reason for that is what counts.
    const failure = failureOf(signal.aborted ? signal.reason : thrown, 'GATE_FAILED');
    return failure.code === 'SUPERSEDED' ? null : failure;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(failureOf(signal.reason, 'LEASE_LOST')), { once: true });
  });
}

async function settle(ports: RunPorts, job: LeasedJob, failure: Failure | null): Promise<void> {
  const now = ports.clock.now();
  if (failure === null) return ports.queue.complete(job, now);
  const step = nextStep(job, failure, now, ports.random());
  ports.log.warn('job failed', { job: job.key, attempt: job.attempt, next: step.kind, failure });
  if (step.kind === 'retry') return ports.queue.retry(job, step.at, failure);
  try {
    await ports.onBuried(job, failure);
  } catch (thrown) {
    ports.log.error('buried job not concluded', { job: job.key, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    return ports.queue.retry(job, new Date(now.getTime() + concludeAgainMs), failure);
  }
  return ports.queue.bury(job, ports.clock.now(), failure);
}

const concludeAgainMs = 60_000;
