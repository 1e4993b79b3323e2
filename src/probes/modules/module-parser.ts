import type { ModuleReading } from '../../domain/module/module-facts.ts';
import { ownThreads } from '../worker-threads/thread-source.ts';
import type { ThreadSource } from '../worker-threads/thread-source.ts';
import type { LaneAnswer, SpentTime } from '../worker-threads/worker-lane.ts';
import { WorkerPool } from '../worker-threads/worker-pool.ts';

export interface TextOfModule {
  readonly path: string;
  readonly text: string;
}

export interface ModuleParser {
  /**
   * One answer per text, in order. One that takes too long, or more memory than is allowed, is `undecided`, one of which trouble of the
   * machine left none `unanswered`; the others are answered.
   * @param time Of all batches for one change, which have the time of one batch together.
   */
  parse(batch: readonly TextOfModule[], time?: SpentTime): Promise<readonly LaneAnswer<ModuleReading>[]>;
  close(): Promise<void>;
}

export interface ParserOptions {
  /** For one text. */
  readonly timeoutMs?: number;
  /** For all texts of one batch, or of all that share a time. */
  readonly batchTimeoutMs?: number;
  readonly threads?: ThreadSource;
}

/** Parses in a worker thread, which starts with the first batch. */
export function createModuleParser({ timeoutMs = 2_000, batchTimeoutMs = 60_000, threads = ownThreads }: ParserOptions = {}): ModuleParser {
  const work = { file: '../modules/module-worker', piece: 'module', done: 'parsed', source: 'parser', kept: 1 };
  const pool = new WorkerPool<ModuleReading>({ timeoutMs, compileTimeoutMs: timeoutMs, batchTimeoutMs, hangTimeoutMs: 10_000 }, 1, work, threads);
  return {
    parse: async (batch, time) => await pool.run(batch.map(({ path, text }) => ({ kind: 'document', schema: '', schemaText: '', text: `${JSON.stringify(path)}\n${text}` })), time),
    close: async () => await pool.close(),
  };
}
