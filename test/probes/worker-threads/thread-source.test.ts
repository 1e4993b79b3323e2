import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';
import { keptThreads, ownThreads } from '../../../src/probes/worker-threads/thread-source.ts';
import type { StartedThread, ThreadSource } from '../../../src/probes/worker-threads/thread-source.ts';

/** A source that tells what was taken of it. */
function watched(source: ThreadSource): ThreadSource & { readonly taken: StartedThread[] } {
  const taken: StartedThread[] = [];
  return {
    taken,
    take(file) {
      const thread = source.take(file);
      taken.push(thread);
      return thread;
    },
    giveBack: async (thread) => await source.giveBack(thread),
  };
}

/** What a validator of its own says of `1`, before it leaves. */
async function answerBy(threads: ThreadSource, schema: string, blob: string): Promise<string | undefined> {
  const validator = createValidator({ workers: 1, threads, timeoutMs: 500 });
  const [answer] = await validator.validate([{ schema: { kind: 'document', blob, value: JSON.parse(schema) }, value: 1 }]);
  await validator.close();
  return answer?.kind;
}

test('kept threads serve whoever asks next, who is answered by its own schemas', async (t) => {
  const source = watched(keptThreads());
  t.after(async () => await Promise.all(source.taken.map(async ({ worker }) => await worker.terminate())));
  assert.deepEqual([await answerBy(source, '{"type":"string"}', 'a'), await answerBy(source, '{"type":"number"}', 'b'), await answerBy(source, '{"type":"string"}', 'a')], ['violations', 'valid', 'violations']);
  assert.equal(new Set(source.taken).size, 1);
});

test('kept threads are kept apart by what they run, and two that ask at once get one each', (t) => {
  const source = keptThreads();
  const taken = ['../schema-validation/validation-worker', '../schema-validation/validation-worker', '../secrets/secret-worker'].map((file) => source.take(file));
  t.after(async () => await Promise.all(taken.map(async ({ worker }) => await worker.terminate())));
  assert.equal(new Set(taken).size, 3);
});

test('a thread that ended while it was kept is given to nobody', async () => {
  const source = watched(keptThreads());
  await answerBy(source, '{"type":"string"}', 'a');
  await source.taken[0]?.worker.terminate();
  assert.equal(await answerBy(source, '{"type":"string"}', 'a'), 'violations');
  assert.equal(new Set(source.taken).size, 2);
  await source.taken[1]?.worker.terminate();
});

test('a thread that a document hung is not kept', async (t) => {
  const source = watched(keptThreads());
  t.after(async () => await Promise.all(source.taken.map(async ({ worker }) => await worker.terminate())));
  const validator = createValidator({ workers: 1, threads: source, timeoutMs: 100 });
  const slow = { kind: 'document', blob: 'slow', value: { pattern: '^(a+)+$' } } as const;
  const [answer] = await validator.validate([{ schema: slow, value: `${'a'.repeat(40)}!` }]);
  assert.equal(answer?.kind, 'undecided');
  await validator.close();
  assert.equal(await answerBy(source, '{"type":"string"}', 'a'), 'violations');
  assert.equal(new Set(source.taken).size, 2);
});

test('own threads end when they are given back', async () => {
  const source = watched(ownThreads);
  await answerBy(source, '{"type":"string"}', 'a');
  assert.equal(source.taken[0]?.worker.threadId, -1);
});

test('a thread that ended between two batches is replaced', async (t) => {
  const source = watched(ownThreads);
  const validator = createValidator({ workers: 1, threads: source });
  t.after(async () => await validator.close());
  const ask = async () => (await validator.validate([{ schema: { kind: 'document', blob: 'a', value: { type: 'string' } }, value: 1 }]))[0]?.kind;
  assert.equal(await ask(), 'violations');
  await source.taken[0]?.worker.terminate();
  assert.equal(await ask(), 'violations');
  assert.equal(source.taken.length, 2);
});
