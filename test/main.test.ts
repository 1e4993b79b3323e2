import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { chargeOf } from '../src/domain/usage/charge-of.ts';
import { openStore } from '../src/store/open-store.ts';
import { eventually } from './acceptance/eventually.ts';
import { aPayload } from './builders/a-payload.ts';
import { layEmptyStore } from './builders/empty-store.ts';
import { aFittingDraft } from './builders/fitting-drafts.ts';
import { anEnvironment } from './builders/server-environment.ts';
import { appKeyPem, webhookSecret } from './builders/server-keys.ts';
import { aDirectory, anOutage, aServerProcess } from './builders/server-process.ts';
import { fakeLog } from './fakes/fake-log.ts';
import { sign } from './web/web-fixture.ts';

/** Posts a signed delivery; the status, or null when nobody listens any more. */
async function deliver(address: string, index: number, number = index): Promise<{ readonly status: number; readonly text: string } | null> {
  const body = JSON.stringify(aPayload('pull_request', { action: 'opened', pull_request: { number } }));
  const headers = { 'content-type': 'application/json', 'x-github-event': 'pull_request', 'x-github-delivery': `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, 'x-hub-signature-256': sign(body) };
  try {
    const answer = await fetch(`${address}/api/github/webhooks`, { method: 'POST', headers, body });
    return { status: answer.status, text: (await answer.text()).trim() };
  } catch {
    return null;
  }
}

/** Where a store was begun already. That a server begins one is for the test of what is typed beside it. */
async function aBegunDirectory(context: TestContext): Promise<string> {
  const directory = aDirectory(context);
  await layEmptyStore(directory);
  return directory;
}

test('serve with wrong settings ends with 64 and names them all', async (context) => {
  const server = aServerProcess(context, { WEBHOOK_SECRET: 'development', DATABASE_URL: 'mysql://u:canary-password@h/d' });
  assert.equal(await server.exit, 64);
  assert.deepEqual(server.output().split('\n').map((line) => line.trim().split(' ')[0]), ['CONFIG_INVALID', 'APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'PUBLIC_URL', 'DATABASE_URL', 'LOG_KEY', '']);
  assert.doesNotMatch(server.output(), /canary/);
});

test('serve on a port that is in use ends with 3 and says so', async (context) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  context.after(() => other.close());
  const { port }: Pick<AddressInfo, 'port'> = other.address() as AddressInfo;
  const server = aServerProcess(context, anEnvironment({ DATA_DIR: await aBegunDirectory(context), PORT: String(port), GITHUB_API_URL: await anOutage(context) }));
  assert.equal(await server.exit, 3);
  assert.match(server.output(), /LISTEN_FAILED {2}Cannot listen on 127\.0\.0\.1 port \d+: another program listens there/);
});

test('serve takes deliveries, lets no second process at its data, and what it answered with 202 stands after SIGTERM in the middle of a burst, and after SIGKILL', async (context) => {
  const settings = anEnvironment({ DATA_DIR: await aBegunDirectory(context), GITHUB_API_URL: await anOutage(context) });
  const kept: number[] = [];
  const outputs: string[] = [];
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const server = aServerProcess(context, settings);
    const address = await server.address;
    const first = kept.length * 2 + 1;
    const answers = Array.from({ length: 60 }, (_, index) => deliver(address, first + index).then((answer) => {
      if (index === 20) server.kill(signal);
      return { index: first + index, status: answer?.status ?? null };
    }));
    for (const { index, status } of await Promise.all(answers)) {
      assert.ok(status === 202 || status === 503 || status === null, String(status));
      if (status === 202) kept.push(index);
    }
    assert.equal(await server.exit, signal === 'SIGTERM' ? 0 : null);
    outputs.push(server.output());
  }
  const server = aServerProcess(context, settings);
  const address = await server.address;
  assert.equal((await fetch(`${address}/readyz`)).status, 200);
  assert.deepEqual(await deliver(address, 9_998), { status: 202, text: 'new' });
  const second = aServerProcess(context, settings);
  assert.equal(await second.exit, 3);
  assert.match(second.output(), /^STORE_LOCKED {2}/);
  // Another body under a kept id is a conflict; under a lost one it would be new.
  for (const index of kept) assert.deepEqual(await deliver(address, index, 9_999), { status: 202, text: 'conflict' });
  assert.ok(kept.length > 20);
  server.kill('SIGINT');
  assert.equal(await server.exit, 0);
  for (const output of [outputs[0], server.output()]) assert.match(output ?? '', /"msg":"stopped"/);
  for (const canary of [webhookSecret, ...appKeyPem.split('\n').slice(1, 4)]) assert.ok(![...outputs, server.output()].join('').includes(canary));
});

test('an error that nobody caught is logged, the server drains and ends with 1', async (context) => {
  const fault = `data:text/javascript,process.on('SIGUSR2',()=>void Promise.reject(new Error('nobody caught this')))`;
  const server = aServerProcess(context, anEnvironment({ DATA_DIR: await aBegunDirectory(context), GITHUB_API_URL: await anOutage(context), NODE_OPTIONS: `--import "${fault}"` }));
  await server.address;
  server.kill('SIGUSR2');
  assert.equal(await server.exit, 1);
  assert.match(server.output(), /"msg":"stopping after an error that nobody caught"[\s\S]*"msg":"stopped"/);
});

test('serve tells metrics of usage to an SDK that is loaded before it', async (context) => {
  const directory = await aBegunDirectory(context);
  const store = await openStore({ databaseUrl: null, directory, log: fakeLog(), clock: { now: () => new Date() } });
  const usage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 80, outputTokens: 20, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
  await store.transaction(async (transaction) => {
    await transaction.append(aFittingDraft('config.seen', { account: 3, repository: null, subject: 'configuration:one', actor: 'system' }));
    await transaction.addUsage({ accountId: 3, repositoryId: 100, agent: 'robot[bot]', usage, charge: chargeOf(usage), at: new Date() });
  });
  await store.close();
  const sdk = new URL('builders/printing-metrics.ts', import.meta.url);
  const server = aServerProcess(context, anEnvironment({ DATA_DIR: directory, GITHUB_API_URL: await anOutage(context), NODE_OPTIONS: `--import "${sdk.href}"` }));
  await server.address;
  await eventually('metrics', async () => (server.output().includes('measured plumbline.usage.cost 0.00032') ? true : null));
  assert.match(server.output(), /measured plumbline\.usage\.tokens 80\nmeasured plumbline\.usage\.tokens 20\n/);
  server.kill('SIGTERM');
  assert.equal(await server.exit, 0);
});
