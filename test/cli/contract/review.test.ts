import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { TestRepository } from '../../builders/a-repository.ts';
import { aContractRepository, configuration, contractText } from '../contract-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

const file = 'contracts/checkout.yaml';

async function contract(made: TestRepository, ...words: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return await runPlumbline(made.directory, ['contract', ...words]);
}

/** Version 1.0.0 and its successor 1.1.0, both on main. */
async function twoVersions(t: TestContext): Promise<TestRepository> {
  const made = aContractRepository(t);
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  await contract(made, 'bump', file);
  made.commit({}, 'Bump');
  made.git('branch', '-f', 'main');
  return made;
}

interface Link {
  readonly version: string;
  readonly origin: string;
  readonly ok: boolean;
  readonly problem: string | null;
  readonly author: string;
}

async function linksOf(made: TestRepository, name = 'checkout'): Promise<readonly Link[]> {
  return JSON.parse((await contract(made, 'log', name, '--format', 'json')).stdout);
}

test('contract log prints the versions newest first, each with a link that holds', async (t) => {
  const made = await twoVersions(t);
  const { code, stdout } = await contract(made, 'log', file);
  assert.equal(code, 0);
  assert.match(stdout, /^checkout\n✓ 1\.1\.0 {2}active {2}sha256:[0-9a-f]{12} {2}[0-9a-f]{12} {2}2026-01-01 {2}Test\n✓ 1\.0\.0 {2}active {2}\S+ {2}\S+ {2}2026-01-01 {2}Test {2}adopted\n$/);
  assert.deepEqual((await linksOf(made)).map(({ version, ok, author }) => [version, ok, author]), [['1.1.0', true, 'Test'], ['1.0.0', true, 'Test']]);
});

test('contract log exits 1 and says why when a link does not hold', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  made.commit({ [file]: contractText({ version: '1.1.0', previous: `sha256:${'b'.repeat(64)}` }) }, 'Wrong link');
  assert.equal((await contract(made, 'log', 'checkout')).code, 1);
  assert.match((await linksOf(made))[0]?.problem ?? '', /^names sha256:bbbbbbbbbbbb…, but 1\.0\.0 is sha256:/);
});

test('contract log exits 1 when released content was changed by a push', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  made.commit({ [file]: contractText({ spec: '{promise: other}' }) }, 'Mutate');
  assert.equal((await contract(made, 'log', 'checkout')).code, 1);
  assert.match((await linksOf(made))[0]?.problem ?? '', /^another content .* stood under this version/);
});

test('contract log shows what stood there before adoption, and marks it', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', '--orphan', 'fresh');
  made.git('rm', '-rqf', '.');
  made.commit({ [file]: contractText({ version: '0.9.0' }) }, 'Before');
  const { stdout: hash } = await contract(made, 'hash', file);
  made.commit({ '.github/plumbline.yml': configuration, [file]: contractText({ previous: hash.trim() }) }, 'Adopt');
  made.git('branch', '-f', 'main');
  assert.deepEqual((await linksOf(made, file)).map(({ version, origin, ok }) => [version, origin, ok]), [['1.0.0', 'adopted', true], ['0.9.0', 'before adoption', true]]);
});

test('contract log refuses an id that has no version, and a branch that nothing governs', async (t) => {
  const made = aContractRepository(t);
  assert.equal((await contract(made, 'log', 'nobody')).code, 64);
  assert.match((await contract(made, 'log', 'checkout', '--base', 'topic')).stderr, /no entry of the configuration names the branch topic/);
});

test('contract diff compares the working tree with the newest release, and exits 1 when something differs', async (t) => {
  const made = await twoVersions(t);
  assert.deepEqual([(await contract(made, 'diff', file)).code, (await contract(made, 'diff', file)).stdout.split('\n').at(-2)], [0, 'Nothing differs.']);
  made.write({ [file]: contractText({ version: '1.1.0', spec: '{other: 1}' }) });
  const { code, stdout } = await contract(made, 'diff', file);
  assert.equal(code, 1);
  assert.match(stdout, /^checkout@1\.1\.0 → contracts\/checkout\.yaml \(checkout 1\.1\.0\)\n {2}\+ additive {2}\/spec\/other {4}1\n {2}- additive {2}\/spec\/promise {2}"two"\n/);
  assert.match(stdout, /\n2 changes, the strictest is additive: after 1\.1\.0 the smallest version is 1\.2\.0\.\n$/);
});

test('contract diff takes a release and a file of a commit, and gives JSON', async (t) => {
  const made = await twoVersions(t);
  const { code, stdout } = await contract(made, 'diff', 'checkout@1.0.0', `main:${file}`, '--format', 'json');
  const compared = JSON.parse(stdout);
  assert.deepEqual([code, compared.class, compared.smallestVersion, compared.changes], [1, 'additive', '1.1.0', [{ kind: 'changed', pointer: '/spec/promise', class: 'additive', before: 'one', after: 'two' }]]);
  assert.deepEqual(compared.fields.map((one: { field: string }) => one.field), ['contractVersion', 'previousContractRef']);
});

test('contract diff on a terminal is the same text in colour', async (t) => {
  const made = await twoVersions(t);
  made.write({ [file]: contractText({ version: '1.1.0', spec: '{other: 1}' }) });
  const [plain, colored] = [await contract(made, 'diff', file), await runPlumbline(made.directory, ['contract', 'diff', file], { isColored: true })];
  assert.equal(stripVTControlCharacters(colored.stdout), plain.stdout);
  for (const shown of ['\u001b[1mcheckout@1.1.0\u001b[22m', '\u001b[32m+\u001b[39m', '\u001b[31m-\u001b[39m', '\u001b[32madditive\u001b[39m', '\u001b[1m1.2.0\u001b[22m']) assert.ok(colored.stdout.includes(shown), shown);
  assert.ok(!plain.stdout.includes('\u001b'));
});

test('contract diff says that only the state differs', async (t) => {
  const made = await twoVersions(t);
  await contract(made, 'deprecate', file);
  const { stdout } = await contract(made, 'diff', file);
  assert.match(stdout, /lifecycle {2}"active" → "deprecated"\nThe promise is the same/);
});

test('contract diff without a schema names the smallest version that the gate takes, and not one for a breaking change', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': 'version: 1\ncontracts: [{name: bare, paths: ["contracts/**"], signatures: optional}]\n' });
  made.write({ [file]: contractText({ spec: '{promise: two}' }) });
  await contract(made, 'bump', file, '--level', 'patch');
  assert.match((await contract(made, 'diff', file)).stdout, /\n1 change, breaking for all that is known\. Without a schema any greater version is enough: after 1\.0\.0 the smallest version is 1\.0\.1\.\n$/);
  assert.equal(JSON.parse((await contract(made, 'diff', file, '--format', 'json')).stdout).smallestVersion, '1.0.1');
  assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
});

test('contract diff refuses what it can not find, and a contract without a release', async (t) => {
  const made = aContractRepository(t, { 'contracts/new.yaml': contractText({ id: 'new', lifecycle: 'draft' }) });
  for (const words of [['nothing@1.0.0'], [`nowhere:${file}`], ['contracts/new.yaml'], [`main:contracts/none.yaml`, file]]) assert.equal((await contract(made, 'diff', ...words)).code, 64, words.join(' '));
});
