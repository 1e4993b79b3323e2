import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { aRepository } from '../builders/a-repository.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { runPlumbline } from './run-plumbline.ts';

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

test('audit tail, export and verify read the log of the embedded store that DATA_DIR names', async (t) => {
  const { directory } = aRepository(t);
  await layEmptyStore(join(directory, 'kept'));
  const store = await openStore({ databaseUrl: null, directory: join(directory, 'kept'), log: quiet, clock: { now: () => new Date() } });
  await store.transaction(async (transaction) => {
    for (const subject of ['one', 'two']) await transaction.append(aFittingDraft('config.seen', { account: 3, repository: null, subject: `configuration:${subject}`, actor: 'system' }));
  });
  await store.close();
  const run = async (...words: string[]) => await runPlumbline(directory, words, { environment: { DATA_DIR: 'kept' } });
  const tail = await run('audit', 'tail', '--count', '1');
  assert.deepEqual([tail.code, /two/.test(tail.stdout), /one/.test(tail.stdout)], [0, true, false]);
  assert.equal((await run('audit', 'export', 'log.ndjson')).code, 0);
  assert.equal(statSync(join(directory, 'log.ndjson')).mode & 0o077, 0);
  assert.equal(readFileSync(join(directory, 'log.ndjson'), 'utf8').trim().split('\n').length, 3);
  // Nothing is sealed yet: neither source may be called verified.
  assert.deepEqual([(await run('audit', 'verify', 'log.ndjson')).code, (await run('audit', 'verify', 'store')).code], [3, 3]);
  assert.equal(existsSync(join(directory, 'data')), false);
});

test('doctor and audit say that a store is in use instead of opening it twice', async (t) => {
  const { directory } = aRepository(t);
  await layEmptyStore(join(directory, 'data'));
  const store = await openStore({ databaseUrl: null, directory: join(directory, 'data'), log: quiet, clock: { now: () => new Date() } });
  t.after(async () => await store.close());
  const { code, stderr } = await runPlumbline(directory, ['audit', 'tail']);
  assert.equal(code, 3);
  assert.match(stderr, /STORE_LOCKED/);
});
