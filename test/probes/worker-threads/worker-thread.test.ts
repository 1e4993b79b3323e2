import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ownThreads } from '../../../src/probes/worker-threads/thread-source.ts';
import { WorkerThread } from '../../../src/probes/worker-threads/worker-thread.ts';
import type { Attempt } from '../../../src/probes/worker-threads/worker-thread.ts';

async function attemptAt(context: TestContext, timeoutMs: number, waits: readonly string[]): Promise<Attempt<string>> {
  const thread = new WorkerThread<string>({ timeoutMs, compileTimeoutMs: timeoutMs }, { file: '../../../test/probes/worker-threads/waiting-worker', piece: 'document', done: 'validated', source: 'schema', kept: 100 }, ownThreads);
  context.after(async () => await thread.stop());
  return await thread.run(waits.map((text) => ({ kind: 'document', schema: '', schemaText: '', text })), () => false);
}

test('run() blames no document for the time that a busy machine gave to others', async (t) => {
  const { answers, broken } = await attemptAt(t, 200, ['600', '1']);
  assert.deepEqual([[...answers.values()], broken], [['600', '1'], undefined]);
});

test('run() gives up a document that is not done after many times its limit, also where it did not work', async (t) => {
  const { answers, broken } = await attemptAt(t, 50, ['1', '600000']);
  assert.deepEqual([[...answers.values()], broken], [['1'], { kind: 'hung', place: 1, phase: 'validating', why: 'the document took longer than 50 ms' }]);
});
