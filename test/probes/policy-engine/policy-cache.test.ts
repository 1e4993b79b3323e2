import assert from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { compiledPolicies } from '../../../src/probes/policy-engine/compiled-policies-of.ts';
import { policyCacheIn } from '../../../src/probes/policy-engine/policy-cache.ts';
import type { PolicyCache } from '../../../src/probes/policy-engine/policy-cache.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';

const [strict, lenient] = [digestOfBytes('strict'), digestOfBytes('lenient')];
const kept = compiledPolicies(new Uint8Array([1]), '{}', ['t/a'], [{ rule: 't/a', title: 'A', remedy: null, resources: [], effectiveOn: '2027-01-31T00:00:00.000Z' }]);

/** With policies for one key. */
async function aCache(context: TestContext): Promise<{ readonly cache: PolicyCache; readonly folder: string; readonly file: string }> {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  const folder = join(path, 'cache');
  const cache = policyCacheIn(folder);
  await cache.keep(lenient, kept);
  assert.deepEqual(await cache.find(lenient), kept);
  return { cache, folder, file: join(folder, `${lenient.slice('sha256:'.length)}.policies`) };
}

test('kept policies that are copied to the name of others are not taken for them', async (context) => {
  const { cache, folder, file } = await aCache(context);
  copyFileSync(file, join(folder, `${strict.slice('sha256:'.length)}.policies`));
  assert.equal(await cache.find(strict), null);
});

for (const mode of [0o666, 0o777, 0o620]) {
  test(`kept policies with the mode ${mode.toString(8)} are not taken: others could have written them`, async (context) => {
    const { cache, file } = await aCache(context);
    chmodSync(file, mode);
    assert.equal(await cache.find(lenient), null);
  });
}

test('a folder that others can write to is neither read nor filled', async (context) => {
  const { cache, folder } = await aCache(context);
  chmodSync(folder, 0o777);
  assert.equal(await cache.find(lenient), null);
  await cache.keep(strict, kept);
  assert.equal(readdirSync(folder).length, 1);
});

test('a folder or a file of another user is not taken', { skip: process.getuid?.() !== 0 }, async (context) => {
  const { cache, folder, file } = await aCache(context);
  chownSync(file, 12_345, 12_345);
  assert.equal(await cache.find(lenient), null);
  chownSync(file, 0, 0);
  chownSync(folder, 12_345, 12_345);
  assert.equal(await cache.find(lenient), null);
});

test('a link in the place of kept policies, or of their folder, is not followed', async (context) => {
  const { cache, folder, file } = await aCache(context);
  renameSync(file, `${folder}.policies`);
  symlinkSync(`${folder}.policies`, file);
  assert.equal(await cache.find(lenient), null);
  mkdirSync(`${folder}-elsewhere`, { mode: 0o700 });
  renameSync(folder, `${folder}-moved`);
  symlinkSync(`${folder}-elsewhere`, folder);
  await cache.keep(lenient, kept);
  assert.deepEqual([await cache.find(lenient), readdirSync(`${folder}-elsewhere`)], [null, []]);
});

test('without a folder nothing is kept', async () => {
  const cache = policyCacheIn(null);
  await cache.keep(strict, kept);
  assert.equal(await cache.find(strict), null);
});
