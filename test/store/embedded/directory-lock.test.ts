import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { lockDirectory } from '../../../src/store/embedded/directory-lock.ts';
import type { DirectoryLock } from '../../../src/store/embedded/directory-lock.ts';
import { ownHolder } from '../../../src/store/embedded/holder.ts';
import { listen } from '../../../src/store/embedded/presence.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { startHolder } from './start-holder.ts';

function aDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-lock-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function write(directory: string, holder: unknown): void {
  writeFileSync(join(directory, 'holder-0123456789abcdef.json'), JSON.stringify(holder));
}

test('lockDirectory() makes the directory and leaves it empty at the end', async (context) => {
  const directory = join(aDirectory(context), 'deep', 'data');
  const lock = await lockDirectory(directory);
  await lock.release();
  assert.deepEqual(readdirSync(directory), []);
});

test('lockDirectory() refuses within two seconds what a living process holds, and names it', async (context) => {
  const directory = aDirectory(context);
  const holder = await startHolder(context, directory, 'lock');
  const begin = performance.now();
  await assert.rejects(lockDirectory(directory), isFailure('STORE_LOCKED', new RegExp(`process ${holder.pid} `)));
  assert.ok(performance.now() - begin < 2_000);
});

test('lockDirectory() takes over from a killed process and clears what it left', async (context) => {
  const directory = aDirectory(context);
  const holder = await startHolder(context, directory, 'lock');
  await holder.kill();
  const lock = await lockDirectory(directory);
  assert.equal(readdirSync(directory).filter((name) => name.startsWith('holder-')).length, 1);
  await lock.release();
  assert.deepEqual(readdirSync(directory), []);
});

test('of ten that take over from a killed process at once at most one succeeds, and one can afterwards', async (context) => {
  const directory = aDirectory(context);
  await (await startHolder(context, directory, 'lock')).kill();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(directory)));
  const held = results.flatMap((result): DirectoryLock[] => (result.status === 'fulfilled' ? [result.value] : []));
  assert.ok(held.length <= 1);
  for (const lock of held) await lock.release();
  await (await lockDirectory(directory)).release();
});

test('lockDirectory() takes over from a process whose number another one has now', async (context) => {
  const directory = aDirectory(context);
  write(directory, { ...(await ownHolder(null)), startedAt: '1' });
  await (await lockDirectory(directory)).release();
});

test('lockDirectory() takes over what was held before the machine was started again', async (context) => {
  const directory = aDirectory(context);
  write(directory, { ...(await ownHolder(null)), boot: 'another boot' });
  await (await lockDirectory(directory)).release();
});

test('lockDirectory() refuses while somebody answers, though the process number says nothing: a holder in another container', async (context) => {
  const directory = aDirectory(context);
  const presence = await listen(directory, 'fedcba9876543210');
  write(directory, { ...(await ownHolder(presence.name)), startedAt: '1' });
  await assert.rejects(lockDirectory(directory), isFailure('STORE_LOCKED'));
  await presence.leave();
  await (await lockDirectory(directory)).release();
});

test('lockDirectory() refuses a lock that nobody can read, and says which file it is', async (context) => {
  const directory = aDirectory(context);
  for (const content of ['', '{"pid":"1"}', '{"pid":1,"startedAt":null,"boot":null,"presence":"../../etc/passwd"}']) {
    writeFileSync(join(directory, 'holder-0123456789abcdef.json'), content);
    await assert.rejects(lockDirectory(directory), isFailure('STORE_LOCKED', /holder-0123456789abcdef\.json/));
  }
});

test('a lock in a path too long for a socket works by process numbers', async (context) => {
  const directory = join(aDirectory(context), 'x'.repeat(120));
  mkdirSync(directory);
  const lock = await lockDirectory(directory);
  const [name = ''] = readdirSync(directory);
  assert.match(readFileSync(join(directory, name), 'utf8'), /"presence":null/);
  await assert.rejects(lockDirectory(directory), isFailure('STORE_LOCKED'));
  await lock.release();
});
