import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { phases, progress } from '../../../src/probes/worker-threads/thread-protocol.ts';
import type { ToWorker, WorkerSetting } from '../../../src/probes/worker-threads/thread-protocol.ts';
import { ownSettings } from '../../builders/short-lived.ts';

/** Behind the worker's own slots: modules that were loaded while a document's or a schema's time ran. */
const loadedInTime = progress.slots;
const watch = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  import { workerData } from 'node:worker_threads';
  const shared = new Int32Array(workerData.progress);
  registerHooks({ load(url, context, next) {
    if ([${phases.compiling}, ${phases.validating}].includes(shared[${progress.phase}])) Atomics.add(shared, ${loadedInTime}, 1);
    return next(url, context);
  } });
`)}`;

/** How many modules a fresh worker loads within the time of what it is sent at once. */
async function loadedWithin(context: TestContext, file: string, sent: ToWorker): Promise<number> {
  const setting: WorkerSetting = { progress: new SharedArrayBuffer((progress.slots + 1) * Int32Array.BYTES_PER_ELEMENT) };
  const worker = new Worker(new URL(`../../../src/probes/${file}`, import.meta.url), { workerData: setting, env: ownSettings(), execArgv: ['--import', watch] });
  context.after(async () => await worker.terminate());
  worker.postMessage(sent, []);
  await new Promise<void>((resolve, reject) => worker.on('error', reject).on('message', ({ kind }: { readonly kind: string }) => (kind === 'done' ? resolve() : undefined)));
  return new Int32Array(setting.progress)[loadedInTime] ?? 0;
}

const dialects = ['http://json-schema.org/draft-04/schema#', 'http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema'];
const schemas = dialects.map(($schema) => ({ $schema, type: 'string', format: 'date' }));

test('a worker that validates loads what it needs for a dialect outside the time of the schema and the document', async (t) => {
  const sent = { schemas: schemas.map((schema) => ({ key: schema.$schema, text: JSON.stringify(schema) })), documents: dialects.map((schema) => ({ schema, text: '"2026-11-26"' })), forget: false };
  assert.equal(await loadedWithin(t, 'schema-validation/validation-worker.ts', sent), 0);
});

test('a worker that compares loads what it needs for a dialect outside the time of the pair', async (t) => {
  const documents = schemas.map((newer) => ({ schema: '', text: JSON.stringify({ older: { type: 'string' }, newer, mode: 'backward', preset: 'semantic' }) }));
  assert.equal(await loadedWithin(t, 'schema-comparison/comparison-worker.ts', { schemas: [], documents, forget: false }), 0);
});
