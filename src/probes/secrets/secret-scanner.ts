import type { SecretsAnswer } from '../../domain/probe-answer.ts';
import type { LaneAnswer } from '../worker-threads/worker-lane.ts';
import { ownThreads } from '../worker-threads/thread-source.ts';
import type { ThreadSource } from '../worker-threads/thread-source.ts';
import { WorkerPool } from '../worker-threads/worker-pool.ts';

export type SecretsScanned = Extract<SecretsAnswer, { readonly kind: 'scanned' }>;

export interface TextToScan {
  readonly path: string;
  readonly text: string;
}

export interface SecretScanner {
  /**
   * One answer per text, in order. One that takes too long is `undecided`, one of which trouble of the machine left none
   * `unanswered`; the others are answered.
   */
  scan(batch: readonly TextToScan[]): Promise<readonly LaneAnswer<SecretsScanned>[]>;
  /** Starts the thread ahead of the first batch, where one is sure to come. */
  prepare(): void;
  close(): Promise<void>;
}

export interface ScannerOptions {
  /** For one text. */
  readonly timeoutMs?: number;
  /** For all texts of one batch: usual ones, as many as are asked for, take a tenth of it. */
  readonly batchTimeoutMs?: number;
  readonly threads?: ThreadSource;
}

/** Looks for secrets in a worker thread, which starts with the first batch. */
export function createSecretScanner({ timeoutMs = 2_000, batchTimeoutMs = 120_000, threads = ownThreads }: ScannerOptions = {}): SecretScanner {
  const work = { file: '../secrets/secret-worker', piece: 'text', done: 'scanned', source: 'pattern', kept: 1 };
  const pool = new WorkerPool<SecretsScanned>({ timeoutMs, compileTimeoutMs: timeoutMs, batchTimeoutMs, hangTimeoutMs: 10_000 }, 1, work, threads);
  return {
    scan: async (batch) => await pool.run(batch.map(({ path, text }) => ({ kind: 'document', schema: '', schemaText: '', text: `${JSON.stringify(path)}\n${text}` }))),
    prepare: () => pool.prepare(),
    close: async () => await pool.close(),
  };
}
