/** Runs in a worker thread: schemas come from pull requests, and what is compiled from them runs nowhere else. */
import { parentPort } from 'node:worker_threads';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { compileSchema } from './compile-schema.ts';
import type { CompiledSchema } from './compile-schema.ts';
import { loadDialect } from './load-dialect.ts';
import { loadDialects } from './load-dialects.ts';
import { answersInOrder } from '../worker-threads/answers-in-order.ts';
import { phases } from '../worker-threads/thread-protocol.ts';
import type { ToWorker } from '../worker-threads/thread-protocol.ts';
import { workerSide } from '../worker-threads/worker-side.ts';

const { show, send, isStopped } = workerSide<ValidationAnswer>();
const texts = new Map<string, string>();
const compiled = new Map<string, CompiledSchema>();
let last: { readonly text: string; readonly value: unknown } = { text: 'null', value: null };

parentPort?.on('message', (message: ToWorker) => void run(message));
send({ kind: 'ready' });
// The dialect of most schemas: loaded while nobody waits for it.
await loadDialect('draft-07');

async function run(message: ToWorker): Promise<void> {
  if (message.forget) {
    compiled.clear();
    texts.clear();
  }
  for (const schema of message.schemas) texts.set(schema.key, schema.text);
  const finished = answersInOrder(send);
  for (const [index, document] of message.documents.entries()) {
    finished.add(await answer(document.schema, document.text, index));
    if (isStopped()) break;
  }
  show(phases.idle, message.documents.length);
  finished.flush();
  send({ kind: 'done' });
}

async function answer(key: string, text: string, index: number): Promise<ValidationAnswer> {
  const schema = compiled.get(key) ?? (await compiledAnew(texts.get(key) ?? '', index));
  compiled.set(key, schema);
  show(phases.validating, index);
  return schema.kind === 'unusable' ? schema : schema.validate(parsed(text));
}

async function compiledAnew(text: string, index: number): Promise<CompiledSchema> {
  show(phases.loading, index);
  await loadDialects([JSON.parse(text)]);
  show(phases.compiling, index);
  return await compileSchema(text);
}

/** A document stands beside itself for each of its schemas, and validating changes nothing in it. */
function parsed(text: string): unknown {
  if (text !== last.text) last = { text, value: JSON.parse(text) };
  return last.value;
}
