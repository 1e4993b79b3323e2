import type { PreparedDocument } from './thread-protocol.ts';
import type { ThreadSource } from './thread-source.ts';
import { WorkerThread } from './worker-thread.ts';
import type { Attempt, Broken, ThreadWork } from './worker-thread.ts';

export interface LaneLimits {
  readonly timeoutMs: number;
  readonly compileTimeoutMs: number;
  readonly batchTimeoutMs: number;
  /** What documents and schemas over their own limits may cost one batch together. */
  readonly hangTimeoutMs: number;
}

/** Trouble of the machine, which says nothing about the document. */
export interface Unanswered {
  readonly kind: 'unanswered';
  readonly why: string;
}

/** Not to be told within the limits, and asking again would not change that. */
export interface Undecided {
  readonly kind: 'undecided';
  readonly why: string;
}

export type LaneAnswer<Answer> = Answer | Undecided | Unanswered;

/** What batches took of the worker so far: of those with one of these the limits hold for all together. Changes with each turn. */
export interface SpentTime {
  spentMs: number;
  /** Of it, at what went over its own limit. */
  hungMs: number;
}

/** A batch on its way: it has its turns with the worker, and only those count as its time. */
interface Progress<Answer> {
  readonly documents: readonly PreparedDocument[];
  readonly answers: Map<number, LaneAnswer<Answer>>;
  /** Documents at which a worker broke once: what others left in it may have been to blame. */
  readonly triedAgain: Set<number>;
  readonly time: SpentTime;
}

/** Characters of documents that one worker is sent at once: far less than its memory, and so much that it need not wait for a busy main thread. */
const charactersAtOnce = 8 * 1024 * 1024;

/** One worker at a time, replaced when it hangs or breaks. Batches that come at once take turns: a slow one holds up no other for long. */
export class WorkerLane<Answer> {
  readonly #limits: LaneLimits;
  readonly #work: ThreadWork;
  readonly #threads: ThreadSource;
  #thread: WorkerThread<Answer> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  waiting = 0;

  constructor(limits: LaneLimits, work: ThreadWork, threads: ThreadSource) {
    this.#limits = limits;
    this.#work = work;
    this.#threads = threads;
  }

  /** @param time Left out: the limits hold for this batch alone. */
  async run(documents: readonly PreparedDocument[], time: SpentTime = { spentMs: 0, hungMs: 0 }): Promise<readonly LaneAnswer<Answer>[]> {
    this.waiting += 1;
    try {
      return await this.#answerAll({ documents, answers: new Map(), triedAgain: new Set(), time });
    } finally {
      this.waiting -= 1;
    }
  }

  prepare(): void {
    this.#ready();
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.leave();
  }

  /** Each attempt answers at least one document, or is the second at one, so this ends. */
  async #answerAll(batch: Progress<Answer>): Promise<readonly LaneAnswer<Answer>[]> {
    for (let open = [...batch.documents.keys()]; open.length > 0; open = open.filter((index) => !batch.answers.has(index))) {
      const why = this.#excessOf(batch);
      if (why !== null) for (const index of open) batch.answers.set(index, { kind: 'undecided', why });
      else await this.#inTurn(async () => await this.#advance(batch, sentAtOnce(batch.documents, open)));
    }
    return batch.documents.map((_, index) => batch.answers.get(index) ?? { kind: 'unanswered', why: `it was not ${this.#work.done}` });
  }

  #excessOf({ time: { spentMs, hungMs } }: Progress<Answer>): string | null {
    if (hungMs > this.#limits.hangTimeoutMs) return `others of this change that could not be ${this.#work.done} took longer than ${this.#limits.hangTimeoutMs} ms together`;
    return spentMs > this.#limits.batchTimeoutMs ? `to have all of the change ${this.#work.done} took longer than ${this.#limits.batchTimeoutMs} ms` : null;
  }

  /** After whoever asked before. A batch with several turns goes to the end of the line after each. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const before = this.#last;
    const turn = (async () => {
      await before.catch(() => {});
      await work();
    })();
    this.#last = turn;
    await turn;
  }

  async #advance(batch: Progress<Answer>, open: readonly number[]): Promise<void> {
    const begun = performance.now();
    const attempt = await this.#attempt(open.flatMap((index) => batch.documents[index] ?? []));
    const tookMs = performance.now() - begun;
    batch.time.spentMs += tookMs;
    for (const [place, index] of open.entries()) {
      const answer = attempt.answers.get(place);
      if (answer !== undefined) batch.answers.set(index, answer);
    }
    if (attempt.broken === undefined) return;
    batch.time.hungMs += Math.min(tookMs, attempt.broken.phase === 'compiling' ? this.#limits.compileTimeoutMs : this.#limits.timeoutMs);
    blame(batch, attempt.broken, open);
  }

  async #attempt(documents: readonly PreparedDocument[]): Promise<Attempt<Answer>> {
    try {
      const attempt = await this.#ready().run(documents, () => this.waiting > 1);
      if (attempt.broken !== undefined) await this.#discard();
      return attempt;
    } catch (error) {
      await this.#discard();
      throw error;
    }
  }

  #ready(): WorkerThread<Answer> {
    if (this.#thread === null || this.#thread.isOver) this.#thread = new WorkerThread<Answer>(this.#limits, this.#work, this.#threads);
    return this.#thread;
  }

  async #discard(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    await thread?.stop();
  }
}

/** The first of the open documents, and as many more as there is room for. */
function sentAtOnce(documents: readonly PreparedDocument[], open: readonly number[]): readonly number[] {
  let room = charactersAtOnce;
  const end = open.findIndex((index, place) => {
    room -= documents[index]?.text.length ?? 0;
    return room < 0 && place > 0;
  });
  return end < 0 ? open : open.slice(0, end);
}

/** A schema that can not be compiled within its limits is so for all of its documents; a document only for itself. */
function blame<Answer>({ documents, answers, triedAgain }: Progress<Answer>, broken: Broken, open: readonly number[]): void {
  const guilty = open[broken.place];
  if (guilty === undefined) return;
  if (broken.kind !== 'hung' && !triedAgain.has(guilty)) {
    triedAgain.add(guilty);
    return;
  }
  const answer: LaneAnswer<Answer> = { kind: broken.kind === 'died' ? 'unanswered' : 'undecided', why: broken.why };
  for (const index of documents.keys()) {
    const shares = broken.phase === 'compiling' ? documents[index]?.schema === documents[guilty]?.schema : index === guilty;
    if (shares && !answers.has(index)) answers.set(index, answer);
  }
}
