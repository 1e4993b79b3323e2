import { Failure, failureOf } from '../domain/failure.ts';
import type { JobQueue, LeasedJob } from '../flows/ports/job-queue.ts';
import { deadlines } from './dispatch.ts';
import { runJob } from './run-job.ts';
import type { RunLimits, RunPorts } from './run-job.ts';

export interface WorkerPorts extends RunPorts {
  readonly queue: JobQueue;
  /** The clock was set back: what waits for its old times would wait for long. */
  readonly onSetBack?: () => Promise<void>;
}

export interface WorkerOptions {
  /** Names this process in leases. */
  readonly owner: string;
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  /** How long running jobs may go on after `stop`. */
  readonly stopMs: number;
  readonly deadlines?: RunLimits['deadlines'];
}

export interface Worker {
  start(): void;
  /** Something was enqueued here: look now instead of at the next poll. */
  wake(): void;
  /** Whether it still turns: false when the store has not answered a lease for long. */
  isAlive(): boolean;
  running(): number;
  /** Leases nothing more, waits for what runs, and gives back the leases of what does not end in time. */
  stop(): Promise<void>;
}

export function createWorker(ports: WorkerPorts, options: WorkerOptions): Worker {
  return new LeaseLoop(ports, options);
}

const silentMs = 30_000;

/** Less is a clock that is being corrected. */
const setBackMs = 60_000;

class LeaseLoop implements Worker {
  readonly #ports: WorkerPorts;
  readonly #options: WorkerOptions;
  readonly #limits: RunLimits;
  readonly #running = new Map<LeasedJob, { readonly run: AbortController; readonly end: Promise<void> }>();
  #isStopping = false;
  #isWoken = false;
  #endPause: () => void = () => undefined;
  #lastTurn: number | null = null;
  #newest = Number.NEGATIVE_INFINITY;
  #loop: Promise<void> = Promise.resolve();

  constructor(ports: WorkerPorts, options: WorkerOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#limits = { leaseMs: options.leaseMs, deadlines: options.deadlines ?? deadlines };
  }

  start(): void {
    this.#lastTurn = performance.now();
    this.#loop = this.#turn();
  }

  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  isAlive(): boolean {
    return this.#lastTurn !== null && !this.#isStopping && performance.now() - this.#lastTurn < silentMs + this.#options.pollMs;
  }

  running(): number {
    return this.#running.size;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.wake();
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, this.#options.stopMs);
    await Promise.race([this.#loop.then(() => Promise.allSettled([...this.#running.values()].map((one) => one.end))), deadline.promise]);
    clearTimeout(timer);
    for (const [job, { run }] of this.#running) {
      run.abort(new Failure('LEASE_LOST', 'the server stops'));
      await this.#release(job);
    }
  }

  /** Never throws: a store that is away is asked again. */
  async #turn(): Promise<void> {
    while (!this.#isStopping) {
      this.#isWoken = false;
      await this.#lookAtClock();
      const room = this.#options.concurrency - this.#running.size;
      const leased = room > 0 ? await this.#lease(room) : [];
      for (const job of leased) await this.#begin(job);
      if (leased.length === 0) await this.#pause(this.#options.pollMs);
    }
  }

  async #lookAtClock(): Promise<void> {
    const now = this.#ports.clock.now().getTime();
    const isSetBack = now < this.#newest - setBackMs;
    if (!isSetBack) {
      this.#newest = Math.max(this.#newest, now);
      return;
    }
    this.#ports.log.warn('the clock was set back', { byMs: this.#newest - now });
    try {
      await this.#ports.onSetBack?.();
      this.#newest = now;
    } catch (thrown) {
      // Asked again at the next turn.
      this.#ports.log.error('not caught up after the clock was set back', { failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    }
  }

  async #lease(limit: number): Promise<readonly LeasedJob[]> {
    const now = this.#ports.clock.now();
    try {
      const leased = await this.#ports.queue.lease({ owner: this.#options.owner, now, until: new Date(now.getTime() + this.#options.leaseMs), limit });
      this.#lastTurn = performance.now();
      return leased;
    } catch (thrown) {
      this.#ports.log.error('no lease', { failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
      return [];
    }
  }

  async #begin(job: LeasedJob): Promise<void> {
    if (this.#isStopping) return this.#release(job);
    const run = new AbortController();
    const end = runJob(this.#ports, job, this.#limits, run).finally(() => {
      this.#running.delete(job);
      this.wake();
    });
    this.#running.set(job, { run, end });
  }

  async #release(job: LeasedJob): Promise<void> {
    try {
      await this.#ports.queue.release(job);
    } catch (thrown) {
      this.#ports.log.warn('lease not given back', { job: job.key, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    }
  }

  /** Ends early when woken: something was enqueued, or a job ended and made room. */
  async #pause(ms: number): Promise<void> {
    if (this.#isWoken || this.#isStopping) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endPause = resolve;
    await promise;
    clearTimeout(timer);
  }
}
