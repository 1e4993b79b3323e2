import { loadBuiltinValidator } from './builtin-validator.ts';
import type { BuiltinValidator } from './builtin-validator.ts';
import type { Comparison } from '../../domain/compatibility/comparison.ts';
import type { SchemaSource, SchemasToCompare } from '../../domain/probe-request.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import { excessOf } from './measure-value.ts';
import type { Compared } from '../schema-comparison/compare-in-workers.ts';
import { compareInWorkers } from '../schema-comparison/compare-in-workers.ts';
import type { PreparedDocument } from '../worker-threads/thread-protocol.ts';
import { ownThreads } from '../worker-threads/thread-source.ts';
import type { ThreadSource } from '../worker-threads/thread-source.ts';
import type { LaneAnswer, Unanswered } from '../worker-threads/worker-lane.ts';
import { WorkerPool } from '../worker-threads/worker-pool.ts';

export interface DocumentToValidate {
  readonly schema: SchemaSource;
  readonly value: JsonValue;
}

export interface SchemaValidator {
  /**
   * One answer per document, in order. One that is over a limit or takes too long is `undecided`, one of which trouble of
   * the machine left none `unanswered`; the others are answered.
   */
  validate(batch: readonly DocumentToValidate[]): Promise<readonly LaneAnswer<ValidationAnswer>[]>;
  /** One answer per pair, in order, as above. */
  compare(pairs: readonly SchemasToCompare[]): Promise<readonly (Comparison | Unanswered)[]>;
  /** Starts a worker ahead of the first batch with a schema of a repository, where one is sure to come. */
  prepare(): void;
  close(): Promise<void>;
}

export interface ValidatorOptions {
  /** For one document. */
  readonly timeoutMs?: number;
  /** For compiling one schema. */
  readonly compileTimeoutMs?: number;
  /** Of its own turns, for one batch: what is not answered by then is `undecided`. */
  readonly batchTimeoutMs?: number;
  /** For all documents and schemas of one batch that take too long, together: the rest is `undecided` then. */
  readonly hangTimeoutMs?: number;
  readonly workers?: 1 | 2;
  /** For one pair of schemas. */
  readonly comparisonTimeoutMs?: number;
  readonly threads?: ThreadSource;
}

/** Validates in worker threads, where what a schema makes run can be stopped. Workers start at the first batch. */
export function createValidator(options: ValidatorOptions = {}): SchemaValidator {
  const threads = options.threads ?? ownThreads;
  const wait = { compileTimeoutMs: options.compileTimeoutMs ?? 5_000, batchTimeoutMs: options.batchTimeoutMs ?? 30_000 };
  const validation = { file: '../schema-validation/validation-worker', piece: 'document', done: 'validated', source: 'schema', kept: 100 };
  const pool = new WorkerPool<ValidationAnswer>({ ...wait, timeoutMs: options.timeoutMs ?? 1_000, hangTimeoutMs: options.hangTimeoutMs ?? 5_000 }, options.workers ?? 2, validation, threads);
  const comparison = { file: '../schema-comparison/comparison-worker', piece: 'comparison', done: 'compared', source: 'schema', kept: 100 };
  const comparing = new WorkerPool<Compared>({ ...wait, timeoutMs: options.comparisonTimeoutMs ?? 5_000, hangTimeoutMs: options.hangTimeoutMs ?? 15_000 }, 1, comparison, threads);
  return {
    async validate(batch) {
      const prepared = prepare(batch, await loadBuiltinValidator());
      const answers = (await pool.run(prepared.filter((one) => one.kind === 'document'))).values();
      return prepared.map((one) => (one.kind === 'document' ? (answers.next().value ?? { kind: 'unanswered', why: 'it was not validated' }) : one));
    },
    compare: async (pairs) => await compareInWorkers(comparing, pairs),
    prepare: () => pool.prepare(),
    close: async () => void (await Promise.all([pool.close(), comparing.close()])),
  };
}

/** Our own schemas answer at once. The others are turned into text once each, however many documents they are for; documents too. */
function prepare(batch: readonly DocumentToValidate[], validateBuiltin: BuiltinValidator): readonly (PreparedDocument | ValidationAnswer)[] {
  const schemas = new Map<string, PreparedSchema>();
  const texts = new Map<JsonValue, PreparedText>();
  return batch.map(({ schema, value }) => {
    if (schema.kind === 'builtin') return validateBuiltin(schema.name, value);
    const prepared = schemas.get(schema.blob) ?? prepareSchema(schema.value);
    schemas.set(schema.blob, prepared);
    if (prepared.kind === 'unusable') return prepared;
    const document = texts.get(value) ?? prepareText(value);
    texts.set(value, document);
    if (document.kind === 'undecided') return document;
    return { kind: 'document', schema: schema.blob, schemaText: prepared.text, text: document.text };
  });
}

type PreparedText = { readonly kind: 'text'; readonly text: string } | Extract<ValidationAnswer, { readonly kind: 'undecided' }>;

/** Once for each value, however many schemas it is held against. */
function prepareText(value: JsonValue): PreparedText {
  const excess = excessOf(value);
  return excess === null ? { kind: 'text', text: JSON.stringify(value) } : { kind: 'undecided', why: `the document has ${excess}` };
}

type PreparedSchema = { readonly kind: 'text'; readonly text: string } | Extract<ValidationAnswer, { readonly kind: 'unusable' }>;

function prepareSchema(value: JsonValue): PreparedSchema {
  const excess = excessOf(value);
  if (excess !== null) return { kind: 'unusable', why: `it has ${excess}` };
  const text = JSON.stringify(value);
  // The validator passes over a member of this name in silence.
  if (text.includes('"__proto__"')) return { kind: 'unusable', why: 'it names a member "__proto__", which can not be checked' };
  return text.length > limits.fileBytes ? { kind: 'unusable', why: `it is longer than ${limits.fileBytes} characters` } : { kind: 'text', text };
}
