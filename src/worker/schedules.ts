import { failureOf } from '../domain/failure.ts';
import { scheduleJob } from '../flows/job-requests.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { LeasedJob } from '../flows/ports/job-queue.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Store } from '../flows/ports/store.ts';

/** Work that is due every so often. Runs that overlap, or find nothing to do, are harmless. */
export interface Schedule {
  readonly name: string;
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}

export interface SchedulePorts {
  readonly store: Pick<Store, 'transaction' | 'queue'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Schedules {
  /**
   * Makes every schedule due now, also one whose next time, or whose lease, was written by a clock that was ahead. One row in the queue each:
   * with several replicas a run happens once.
   */
  start(): Promise<void>;
  run(job: LeasedJob, signal: AbortSignal): Promise<void>;
}

/** No lease is longer than half of it; the rest is for the clocks of replicas that are not quite together. */
const furthestLeaseMs = 20 * 60_000;

export function createSchedules(ports: SchedulePorts, schedules: readonly Schedule[]): Schedules {
  return {
    start: async () => {
      const now = ports.clock.now();
      const taken = await ports.store.queue.takeBack(new Date(now.getTime() + furthestLeaseMs), now);
      if (taken > 0) ports.log.warn('leases of a clock that was ahead taken back', { jobs: taken });
      await ports.store.transaction(async (transaction) => {
        for (const { name } of schedules) await transaction.enqueue(scheduleJob(name));
      });
    },
    run: async (job, signal) => {
      const schedule = schedules.find((one) => one.name === job.payload['schedule']);
      if (schedule === undefined) return ports.log.warn('schedule unknown to this version', { job: job.key });
      await runOnce(ports, schedule, signal);
      // Thrown on purpose when the store is away: then the job itself is retried, and no schedule is lost.
      const next = new Date(ports.clock.now().getTime() + schedule.everyMs);
      await ports.store.transaction((transaction) => transaction.enqueue(scheduleJob(schedule.name, next)));
    },
  };
}

/** A failed run is reported, not retried: the next one is due soon. */
async function runOnce(ports: SchedulePorts, schedule: Schedule, signal: AbortSignal): Promise<void> {
  try {
    await schedule.run(signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    ports.log.error('schedule failed', { schedule: schedule.name, failure: failureOf(thrown, 'GATE_FAILED') });
  }
}
