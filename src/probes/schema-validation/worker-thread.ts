import { Worker } from 'node:worker_threads';
import type { ValidationAnswer } from '../../domain/evidence.ts';
import { Failure, failureOf } from '../../domain/failure.ts';
import { phases, progress } from './validation-protocol.ts';
import type { FromWorker, ToWorker, WorkerSetting } from './validation-protocol.ts';

export interface ThreadLimits {
  readonly timeoutMs: number;
  readonly compileTimeoutMs: number;
}

/** Answers by place in what was sent, and where the thread hung or broke, if it did. */
export interface Attempt {
  readonly answers: ReadonlyMap<number, ValidationAnswer>;
  readonly broken?: { readonly place: number; readonly phase: 'compiling' | 'validating'; readonly why: string };
}

const startTimeoutMs = 15_000;
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, codeRangeSizeMb: 64, stackSizeMb: 4 };

/** One worker thread. After a broken attempt or a throw it is of no more use. */
export class WorkerThread {
  readonly #limits: ThreadLimits;
  readonly #shared = new Int32Array(new SharedArrayBuffer(progress.slots * Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  #ready = false;

  constructor(limits: ThreadLimits) {
    this.#limits = limits;
    const setting: WorkerSetting = { progress: this.#shared.buffer };
    // The same extension as this file: TypeScript in the sources, JavaScript once built. No environment, no output.
    const file = new URL(`./validation-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);
    this.#worker = new Worker(file, { workerData: setting, env: {}, execArgv: [], stdout: true, stderr: true, resourceLimits: memory });
    this.#worker.on('message', (message: FromWorker) => (this.#ready ||= message.kind === 'ready'));
    // Between attempts nobody listens; the next attempt meets the exit.
    this.#worker.on('error', () => {});
    this.#worker.unref();
  }

  async run(batch: ToWorker): Promise<Attempt> {
    const answers = new Map<number, ValidationAnswer>();
    const { promise, resolve, reject } = Promise.withResolvers<Attempt>();
    const onMessage = (message: FromWorker): void => {
      if (message.kind === 'answers') for (const [index, answer] of message.answers.entries()) answers.set(message.from + index, answer);
      if (message.kind === 'done') resolve({ answers });
    };
    const onEnd = (cause: unknown): void => this.#settleBroken(answers, cause, resolve, reject);
    this.#worker.ref();
    this.#worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
    const watch = this.#watch((why) => resolve({ answers, broken: { ...this.#place(), why } }), reject);
    this.#worker.postMessage(batch, []);
    try {
      return await promise;
    } finally {
      clearInterval(watch);
      this.#worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
      this.#worker.unref();
    }
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Calls when the thread has been at one thing for longer than it may. A busy main thread only notices later, never too early. */
  #watch(onHang: (why: string) => void, onDead: (failure: Failure) => void): NodeJS.Timeout {
    let steps = Atomics.load(this.#shared, progress.steps);
    let since = performance.now();
    return setInterval(() => {
      const now = performance.now();
      const seen = Atomics.load(this.#shared, progress.steps);
      if (seen !== steps) [steps, since] = [seen, now];
      const phase = Atomics.load(this.#shared, progress.phase);
      const budget = phase === phases.compiling ? this.#limits.compileTimeoutMs : this.#limits.timeoutMs;
      if (!this.#ready && now - since > startTimeoutMs) onDead(new Failure('PROBE_TIMED_OUT', `Cannot validate: the worker did not start within ${startTimeoutMs} ms, expected it to. Try again.`));
      else if (this.#ready && phase !== phases.idle && now - since > budget) onHang(`${phase === phases.compiling ? 'the schema took' : 'the document took'} longer than ${budget} ms`);
    }, Math.min(20, this.#limits.timeoutMs));
  }

  #settleBroken(answers: ReadonlyMap<number, ValidationAnswer>, cause: unknown, resolve: (attempt: Attempt) => void, reject: (failure: Failure) => void): void {
    const phase = Atomics.load(this.#shared, progress.phase);
    if (phase === phases.idle) return reject(failureOf(cause instanceof Error ? cause : new Error('the validation worker ended'), 'PROBE_FAILED'));
    const why = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs more memory than is allowed' : 'the validation worker broke on it';
    resolve({ answers, broken: { ...this.#place(), why } });
  }

  #place(): { readonly place: number; readonly phase: 'compiling' | 'validating' } {
    const phase = Atomics.load(this.#shared, progress.phase) === phases.compiling ? 'compiling' : 'validating';
    return { place: Atomics.load(this.#shared, progress.document), phase };
  }
}
