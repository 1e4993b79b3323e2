import { Failure, failureOf } from '../../domain/failure.ts';
import { phases, progress } from './thread-protocol.ts';
import type { FromWorker, PreparedDocument, ToWorker } from './thread-protocol.ts';
import type { StartedThread, ThreadSource } from './thread-source.ts';

export interface ThreadLimits {
  readonly timeoutMs: number;
  readonly compileTimeoutMs: number;
}

/** What runs in the thread, and what one piece of its work is called in words. */
export interface ThreadWork {
  /** From this folder, without its extension. */
  readonly file: string;
  readonly piece: string;
  readonly done: string;
  /** What is compiled once for many pieces, in words. */
  readonly source: string;
  /** Of these, how many one thread keeps compiled. */
  readonly kept: number;
}

/** Answers by place in what was sent, and where the thread hung or broke, if it did. */
export interface Attempt<Answer> {
  readonly answers: ReadonlyMap<number, Answer>;
  readonly broken?: Broken;
}

/** `hung`: over its time limit. `starved`: the thread was out of memory. `died`: it ended, and nothing tells why. */
export interface Broken {
  readonly kind: 'hung' | 'starved' | 'died';
  readonly place: number;
  readonly phase: 'compiling' | 'validating';
  readonly why: string;
}

const startTimeoutMs = 15_000;
/** How long a thread goes on with one batch while others wait. */
const turnMs = 250;
const lookEveryMs = 20;
/** A look that comes later than this was kept from coming: by a busy main thread, or by a machine that stood still. */
const longestLookMs = 100;
/** Times its limit that a piece may take by the clock: a busy machine gives a thread a part of the time. */
const patience = 6;

/** One worker thread, for one lane. After a broken attempt or a throw it is of no more use. */
export class WorkerThread<Answer> {
  readonly #limits: ThreadLimits;
  readonly #work: ThreadWork;
  readonly #threads: ThreadSource;
  readonly #started: StartedThread;
  #isRunning = false;

  constructor(limits: ThreadLimits, work: ThreadWork, threads: ThreadSource) {
    this.#limits = limits;
    this.#work = work;
    this.#threads = threads;
    this.#started = threads.take(work.file);
  }

  /** @param areOthersWaiting Asked now and then; once a turn is over and they are, what was not begun is left without an answer. */
  async run(documents: readonly PreparedDocument[], areOthersWaiting: () => boolean): Promise<Attempt<Answer>> {
    const { worker, shared } = this.#started;
    const answers = new Map<number, Answer>();
    const { promise, resolve, reject } = Promise.withResolvers<Attempt<Answer>>();
    const onMessage = (message: FromWorker<Answer>): void => {
      if (message.kind === 'answers') for (const [index, answer] of message.answers.entries()) answers.set(message.from + index, answer);
      if (message.kind === 'done') resolve({ answers });
    };
    const onEnd = (cause: unknown): void => this.#settleBroken(answers, cause, resolve, reject);
    this.#isRunning = true;
    worker.ref();
    worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd);
    Atomics.store(shared, progress.stop, 0);
    const watch = this.#watch((why) => resolve({ answers, broken: { kind: 'hung', ...this.#place(), why } }), reject, areOthersWaiting);
    worker.postMessage(this.#batchOf(documents), []);
    try {
      return await promise;
    } finally {
      clearInterval(watch);
      worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd);
      worker.unref();
      this.#isRunning = false;
    }
  }

  /** Nothing can be asked of it any more: it ended while it was at nothing. */
  get isOver(): boolean {
    return this.#started.isOver;
  }

  async stop(): Promise<void> {
    await this.#started.worker.terminate();
  }

  /** It is not used any more: back to where it came from, or stopped in the middle of what it is at. */
  async leave(): Promise<void> {
    await (this.#isRunning ? this.stop() : this.#threads.giveBack(this.#started));
  }

  /** Each schema is sent once for as long as the thread keeps it. */
  #batchOf(documents: readonly PreparedDocument[]): ToWorker {
    const { known } = this.#started;
    const forget = known.size > this.#work.kept;
    if (forget) known.clear();
    const fresh = new Map(documents.filter(({ schema }) => !known.has(schema)).map(({ schema, schemaText }) => [schema, schemaText]));
    for (const key of fresh.keys()) known.add(key);
    return { forget, schemas: [...fresh].map(([key, text]) => ({ key, text })), documents: documents.map(({ schema, text }) => ({ schema, text })) };
  }

  /**
   * Calls when the thread has been at one thing for longer than it may, and ends its turn. Time is counted look by look:
   * a busy main thread only notices later, and a machine that stood still blames no document for it. What counts is the time
   * that this process worked, which is the thread's or more: what a busy machine gives to others is nobody's fault.
   */
  #watch(onHang: (why: string) => void, onDead: (failure: Failure) => void, areOthersWaiting: () => boolean): NodeJS.Timeout {
    let steps = Atomics.load(this.#started.shared, progress.steps);
    let last = performance.now();
    let lastWorked = workedMs();
    let [stuckMs, stuckWorkedMs, heldMs] = [0, 0, 0];
    return setInterval(() => {
      const [now, worked] = [performance.now(), workedMs()];
      const passed = Math.min(now - last, longestLookMs);
      const seen = Atomics.load(this.#started.shared, progress.steps);
      stuckMs = seen === steps ? stuckMs + passed : 0;
      stuckWorkedMs = seen === steps ? stuckWorkedMs + Math.min(worked - lastWorked, passed) : 0;
      [last, lastWorked] = [now, worked];
      heldMs += passed;
      steps = seen;
      if (heldMs > turnMs && areOthersWaiting()) Atomics.store(this.#started.shared, progress.stop, 1);
      const phase = Atomics.load(this.#started.shared, progress.phase);
      const budget = phase === phases.compiling ? this.#limits.compileTimeoutMs : this.#limits.timeoutMs;
      const isLoading = !this.#started.isReady || phase === phases.loading;
      if (isLoading && stuckMs > startTimeoutMs) onDead(new Failure('PROBE_TIMED_OUT', `Cannot have the ${this.#work.piece} ${this.#work.done}: the worker did not start within ${startTimeoutMs} ms, expected it to. Try again.`));
      else if (!isLoading && phase !== phases.idle && (stuckWorkedMs > budget || stuckMs > patience * budget)) onHang(`the ${phase === phases.compiling ? this.#work.source : this.#work.piece} took longer than ${budget} ms`);
    }, Math.min(lookEveryMs, this.#limits.timeoutMs));
  }

  #settleBroken(answers: ReadonlyMap<number, Answer>, cause: unknown, resolve: (attempt: Attempt<Answer>) => void, reject: (failure: Failure) => void): void {
    const phase = Atomics.load(this.#started.shared, progress.phase);
    if (phase === phases.idle || phase === phases.loading) return reject(failureOf(cause instanceof Error ? cause : new Error('the worker ended'), 'PROBE_FAILED'));
    const isStarved = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const said = isStarved ? { kind: 'starved' as const, why: 'it needs more memory than is allowed' } : { kind: 'died' as const, why: 'the worker broke on it' };
    resolve({ answers, broken: { ...said, ...this.#place() } });
  }

  #place(): { readonly place: number; readonly phase: 'compiling' | 'validating' } {
    const phase = Atomics.load(this.#started.shared, progress.phase) === phases.compiling ? 'compiling' : 'validating';
    return { place: Atomics.load(this.#started.shared, progress.document), phase };
  }
}

/** CPU time of all threads of this process. */
function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
