import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { connectOperator } from '../../../src/cli/compose/operator-client.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Operations } from '../../../src/flows/operations.ts';
import { openOperatorDoor } from '../../../src/web/operator-door.ts';
import { account, exportOf } from '../../builders/a-log.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aDirectory } from '../../builders/server-process.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { anOperatedStore, repository } from '../../web/operator-fixture.ts';

/** The operations of a server, and the same through its door. */
async function bothSides(context: TestContext, changes: Partial<Operations> = {}, entries?: number) {
  const { store, operations } = await anOperatedStore(entries);
  const directory = aDirectory(context);
  const door = await openOperatorDoor({ directory, operations: { ...operations, ...changes }, log: fakeLog() });
  context.after(() => door?.stop());
  const served = await connectOperator(directory);
  assert.ok(served !== null);
  return { store, operations, served };
}

/** Something else that answers in the door's place. */
async function anImpostor(context: TestContext, listener: RequestListener): Promise<string> {
  const directory = aDirectory(context);
  const server = createServer(listener).listen(join(directory, 'operator.sock'));
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return directory;
}

test('a log reads the same through the door as from the store, byte for byte', async (context) => {
  const { operations, served } = await bothSides(context, {}, 450);
  await served.seal(null);
  for (const read of [
    (from: Operations) => from.audit.accounts(),
    (from: Operations) => from.audit.size(account),
    (from: Operations) => from.audit.size(7),
    (from: Operations) => from.audit.entries(account, 1, 2),
    (from: Operations) => from.audit.entries(account, 0, 0),
    (from: Operations) => from.audit.entries(account, 9_999, 10),
    (from: Operations) => from.audit.checkpoints(account),
    (from: Operations) => from.audit.checkpoints(account, 451),
    (from: Operations) => from.audit.blocked(account),
  ]) assert.deepEqual(plain(await read(served)), plain(await read(operations)));
  assert.equal(await exportOf(served.audit), await exportOf(operations.audit));
});

test('entries() through the door gives a page of a few hundred at most, and whoever goes on gets them all', async (context) => {
  const { served } = await bothSides(context, {}, 450);
  assert.equal((await served.audit.entries(account, 0, 100_000)).length, 200);
});

test('seal() through the door covers every entry', async (context) => {
  const { store, served } = await bothSides(context);
  const [sealed] = await served.seal(account);
  assert.ok(sealed?.kind === 'done');
  assert.deepEqual([sealed.account, sealed.sealing.kind, sealed.sealing.size], [account, 'sealed', await store.audit.size(account)]);
});

test('trouble with one log comes through the door with its code and its text', async (context) => {
  const { store, served } = await bothSides(context);
  await store.audit.block(account, 'tampered');
  const [sealed] = await served.seal(null);
  assert.ok(sealed?.kind === 'failed');
  assert.deepEqual([sealed.failure.code, /it is blocked \(tampered\)/.test(sealed.failure.message)], ['AUDIT_BLOCKED', true]);
});

test('resume() through the door lifts a block from a log that verifies, and the server seals on', async (context) => {
  const { store, served } = await bothSides(context);
  await served.seal(account);
  await store.audit.block(account, 'tampered');
  const asked = { account, actor: 'user:olga', reason: 'Restored “Monday”' };
  assert.deepEqual(await served.resume(asked), { kind: 'resumed', entries: 4, sealed: 4 });
  assert.deepEqual(await served.resume(asked), { kind: 'not-blocked' });
  assert.equal((await served.seal(account))[0]?.kind, 'done');
});

test('resume() through the door is refused as the server refuses it', async (context) => {
  const { served } = await bothSides(context, { resume: async () => ({ kind: 'refused', failure: new Failure('AUDIT_TAMPERED', 'Cannot seal: changed') }) });
  const result = await served.resume({ account, actor: 'user:olga', reason: 'x' });
  assert.ok(result.kind === 'refused');
  assert.deepEqual([result.failure.code, result.failure.message], ['AUDIT_TAMPERED', 'Cannot seal: changed']);
});

test('detach() through the door forgets a configuration once and appends the entry about it', async (context) => {
  const { store, served } = await bothSides(context);
  const asked = { account, repository: { id: repository.id, name: 'acme/shop' }, by: 'olga' };
  assert.deepEqual([await served.detach(asked), await served.detach(asked)], [true, false]);
  const [entry] = await store.audit.entries(account, 3, 1);
  assert.match(Buffer.from(entry?.leaf ?? []).toString(), /"event":"config\.detached"/);
});

test('what the server throws is thrown by the client, with its code and its text', async (context) => {
  const { served } = await bothSides(context, { detach: () => Promise.reject(new Failure('AUDIT_BLOCKED', 'Cannot append: blocked')) });
  await assert.rejects(served.detach({ account, repository: null, by: 'olga' }), isFailure('AUDIT_BLOCKED', /^Cannot append: blocked$/));
});

test('connectOperator() is null where nobody answers', async (context) => {
  assert.equal(await connectOperator(aDirectory(context)), null);
  assert.equal(await connectOperator(join(aDirectory(context), 'd'.repeat(120))), null);
});

test('connectOperator() is null where the server hangs up without an answer', async (context) => {
  assert.equal(await connectOperator(await anImpostor(context, (incoming) => incoming.socket.destroy())), null);
});

test('connectOperator() refuses an answer of another form', async (context) => {
  for (const text of ['hello\n', '{"engine":1}\n', '', '{"engine":"x","publicKeys":["*"]}\n']) {
    const directory = await anImpostor(context, (_incoming, outgoing) => void outgoing.end(text));
    await assert.rejects(connectOperator(directory), isFailure('STORE_INCONSISTENT', /server's own version/));
  }
});

test('an answer that breaks off is a failure, never a shorter log', async (context) => {
  const hello = '{"engine":"x","publicKeys":[]}\n';
  const { served: real } = await bothSides(context);
  const [entry] = await real.audit.entries(account, 0, 1);
  const line = JSON.stringify({ sequence: 0, leaf: Buffer.from(entry?.leaf ?? []).toString('base64'), leafHash: null, openings: [] });
  let asked = 0;
  const directory = await anImpostor(context, (incoming, outgoing) => {
    asked += 1;
    if (asked === 1) return void outgoing.end(hello);
    outgoing.write(`${line}\n`, () => (asked === 2 ? incoming.socket.destroy() : outgoing.end('{"sequence":1,')));
  });
  const served = await connectOperator(directory);
  for (let time = 0; time < 2; time += 1) await assert.rejects(served?.audit.entries(account, 0, 10) ?? Promise.resolve(), isFailure('STORE_UNAVAILABLE'));
});

/** Bytes as they are, whichever class holds them. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_name, one: unknown) => (one instanceof Uint8Array ? [...one] : one)), (_name, one: unknown) => (typeof one === 'object' && one !== null && 'type' in one && 'data' in one ? one.data : one));
}

test('usage reads the same through the door as from the store, and an export breaks off where the server fails', async (context) => {
  const { store, operations, served } = await bothSides(context);
  const usage = { source: 'proxy', provider: 'openai', model: 'gpt \ud800', inputTokens: 9_007_199_254_740_991, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
  await store.transaction((transaction) => transaction.addUsage({ accountId: account, repositoryId: repository.id, agent: 'robot[bot]', usage, charge: { tokens: 10n ** 30n, cost: 10n ** 40n, isPriced: false }, at: new Date('2026-11-20T12:00:00.000Z') }));
  const asked = { account, repository: null, agent: 'Robot[bot]', from: new Date('2026-11-01T00:00:00.000Z'), to: new Date('2026-12-01T00:00:00.000Z') };
  assert.deepEqual(await served.usage(asked), await operations.usage(asked));
  assert.deepEqual(await served.usage({ ...asked, repository: { kind: 'name', name: 'acme/none' } }), { kind: 'unknown_repository' });
  const written = async (from: Operations): Promise<string> => {
    const found = await from.exportUsage({ ...asked, source: 'proxy' });
    let text = '';
    if (found.kind === 'rows') for await (const piece of found.pieces) text += piece;
    return text;
  };
  assert.deepEqual([await written(served), (await written(served)).includes('\r\n10000000000000000000000000000,')], [await written(operations), true]);
  assert.deepEqual(await served.exportUsage({ ...asked, source: null, to: asked.from }), { kind: 'no_time' });
  const failing = async function* (): AsyncGenerator<string, void> {
    yield 'BilledCost\r\n';
    throw new Failure('STORE_UNAVAILABLE', 'Cannot read: the store is gone.');
  };
  const { served: broken } = await bothSides(context, { exportUsage: async () => ({ kind: 'rows', pieces: failing() }) });
  await assert.rejects(written(broken), isFailure('STORE_UNAVAILABLE'));
});
