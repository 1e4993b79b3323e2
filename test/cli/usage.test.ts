import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chargeOf } from '../../src/domain/usage/charge-of.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aRepository } from '../builders/a-repository.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { runPlumbline } from './run-plumbline.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test('usage shows and exports what the embedded store that DATA_DIR names has counted', async (t) => {
  const { directory } = aRepository(t);
  await layEmptyStore(join(directory, 'data'));
  const store = await openStore({ databaseUrl: null, directory: join(directory, 'data'), log: quiet, clock: { now: () => new Date() } });
  const usage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 80, outputTokens: 20, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
  await store.transaction(async (transaction) => {
    await transaction.append(aFittingDraft('config.seen', { account: 3, repository: null, subject: 'configuration:one', actor: 'system' }));
    for (const agent of ['robot[bot]', 'second']) await transaction.addUsage({ accountId: 3, repositoryId: 100, agent, usage, charge: chargeOf(usage), at: new Date('2026-11-20T12:00:00.000Z') });
  });
  await store.close();
  const run = async (...words: string[]) => await runPlumbline(directory, words);
  const time = ['--from', '2026-11-01', '--to', '2026-12-01'];
  const shown = await run('usage', ...time, '--agent', 'robot[bot]');
  assert.deepEqual([shown.code, shown.stderr], [0, '']);
  assert.match(shown.stdout, /^account 3 {2}from 2026-11-01T00:00:00\.000Z to 2026-12-01T00:00:00\.000Z: 100 tokens, \$0\.00032 \(proxy 100 tokens, \$0\.00032\)\nagents\n {2}robot\[bot\] /);
  const json = JSON.parse((await run('usage', ...time, '--format', 'json')).stdout) as { readonly account: number; readonly agents: readonly { readonly agent: string }[] };
  assert.deepEqual([json.account, json.agents.map(({ agent }) => agent)], [3, ['robot[bot]', 'second']]);
  assert.equal((await run('usage', 'export', 'usage.csv', ...time)).code, 0);
  const file = join(directory, 'usage.csv');
  assert.deepEqual([statSync(file).mode & 0o077, readFileSync(file, 'utf8').split('\r\n').length], [0, 4]);
  assert.equal((await run('usage', 'export', 'usage.csv', ...time)).code, 64);
  assert.equal((await run('usage', 'export', '--agent', 'second', ...time)).stdout.split('\r\n').length, 3);
  assert.deepEqual([(await run('usage', 'export', ...time, '--source', 'self')).stdout.split('\r\n').length, (await run('usage', '--agent', 'second', 'export', ...time)).stdout.split('\r\n').length], [2, 3]);
});

test('usage of no time, of no repository and of nothing is wrong usage, and leaves no file', async (t) => {
  const { directory } = aRepository(t);
  await layEmptyStore(join(directory, 'data'));
  const store = await openStore({ databaseUrl: null, directory: join(directory, 'data'), log: quiet, clock: { now: () => new Date() } });
  await store.transaction((transaction) => transaction.append(aFittingDraft('config.seen', { account: 3, repository: null, subject: 'configuration:one', actor: 'system' })));
  await store.close();
  const codeOf = async (...words: string[]): Promise<number | null> => (await runPlumbline(directory, words)).code;
  assert.deepEqual([await codeOf('usage', 'export', 'a.csv'), await codeOf('usage', 'export', 'a.csv', '--from', '2026-12-01', '--to', '2026-11-01'), await codeOf('usage', '--from', 'yesterday'), await codeOf('usage', '--repository', '../x/y')], [64, 64, 64, 64]);
  assert.deepEqual([await codeOf('usage', '--repository', 'acme/none'), existsSync(join(directory, 'a.csv'))], [3, false]);
});
