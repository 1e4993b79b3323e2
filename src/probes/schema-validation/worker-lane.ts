import type { ValidationAnswer } from '../../domain/evidence.ts';
import { WorkerThread } from './worker-thread.ts';
import type { Attempt } from './worker-thread.ts';

export interface LaneLimits {
  readonly timeoutMs: number;
  readonly compileTimeoutMs: number;
  readonly batchTimeoutMs: number;
}

export interface PreparedDocument {
  readonly kind: 'document';
  readonly schema: string;
  readonly schemaText: string;
  readonly text: string;
}

/** Compiled schemas that one worker keeps. */
const keptSchemas = 100;

/** One worker at a time, replaced when it hangs or breaks. Shares are answered in the order in which they came. */
export class WorkerLane {
  readonly #limits: LaneLimits;
  #thread: WorkerThread | null = null;
  #known = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  waiting = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  async run(documents: readonly PreparedDocument[]): Promise<readonly ValidationAnswer[]> {
    this.waiting += 1;
    const before = this.#last;
    const turn = (async () => {
      await before.catch(() => {});
      return await this.#answerAll(documents);
    })();
    this.#last = turn;
    return await turn.finally(() => (this.waiting -= 1));
  }

  prepare(): void {
    this.#thread ??= new WorkerThread(this.#limits);
  }

  async close(): Promise<void> {
    await this.#replace();
  }

  /** Each attempt answers at least one document, so this ends; what hung or broke is `undecided`, the rest is tried again. */
  async #answerAll(documents: readonly PreparedDocument[]): Promise<readonly ValidationAnswer[]> {
    const answers = new Map<number, ValidationAnswer>();
    const deadline = performance.now() + this.#limits.batchTimeoutMs;
    for (let open = [...documents.keys()]; open.length > 0; open = open.filter((index) => !answers.has(index))) {
      const attempt = performance.now() > deadline ? null : await this.#attempt(open.flatMap((index) => documents[index] ?? []));
      for (const [place, index] of open.entries()) {
        const answer = attempt === null ? overdue(this.#limits.batchTimeoutMs) : attempt.answers.get(place);
        if (answer !== undefined) answers.set(index, answer);
      }
      if (attempt?.broken !== undefined) this.#blame(attempt.broken, open, documents, answers);
    }
    return documents.map((_, index) => answers.get(index) ?? overdue(this.#limits.batchTimeoutMs));
  }

  /** A schema that can not be compiled in time is so for all of its documents; a document only for itself. */
  #blame(broken: NonNullable<Attempt['broken']>, open: readonly number[], documents: readonly PreparedDocument[], answers: Map<number, ValidationAnswer>): void {
    const guilty = open[broken.place];
    const schema = guilty === undefined ? undefined : documents[guilty]?.schema;
    for (const index of open) {
      const shares = broken.phase === 'compiling' ? documents[index]?.schema === schema : index === guilty;
      if (shares && !answers.has(index)) answers.set(index, { kind: 'undecided', why: broken.why });
    }
  }

  async #attempt(documents: readonly PreparedDocument[]): Promise<Attempt> {
    const thread = this.#thread ?? new WorkerThread(this.#limits);
    this.#thread = thread;
    const forget = this.#known.size > keptSchemas;
    if (forget) this.#known.clear();
    const fresh = new Map(documents.filter((one) => !this.#known.has(one.schema)).map((one) => [one.schema, one.schemaText]));
    for (const key of fresh.keys()) this.#known.add(key);
    try {
      const attempt = await thread.run({ forget, schemas: [...fresh].map(([key, text]) => ({ key, text })), documents: documents.map(({ schema, text }) => ({ schema, text })) });
      if (attempt.broken !== undefined) await this.#replace();
      return attempt;
    } catch (error) {
      await this.#replace();
      throw error;
    }
  }

  async #replace(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    this.#known = new Set();
    await thread?.stop();
  }
}

function overdue(batchTimeoutMs: number): ValidationAnswer {
  return { kind: 'undecided', why: `validation of the change took longer than ${batchTimeoutMs} ms` };
}
