import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestRepository } from '../builders/a-repository.ts';
import { plantTraps } from '../builders/plant-traps.ts';
import { aContractRepository, configuration, contractText, mergeOnMain } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';

const path = 'contracts/checkout.yaml';

/** Exit code and what the contracts gate and the change gate found beyond notices, in a repository of real git. */
async function judged(made: TestRepository, ...words: readonly string[]): Promise<readonly unknown[]> {
  const { code, stdout } = await runPlumbline(made.directory, ['check', '--format', 'json', '--gate', 'change', 'contracts', ...words]);
  const verdicts: readonly { readonly findings: readonly { readonly code: string; readonly severity: string }[] }[] = JSON.parse(stdout).verdicts;
  return [code, ...verdicts.flatMap(({ findings }) => findings.filter(({ severity }) => severity !== 'notice').map((one) => one.code)).toSorted()];
}

function hashOf(made: TestRepository): Promise<string> {
  return hashAt(made, path);
}

async function hashAt(made: TestRepository, file: string): Promise<string> {
  return (await runPlumbline(made.directory, ['contract', 'hash', file])).stdout.trim();
}

/** Releases 1.1.0 on main, brings a branch off it up to date, and gives the commit that changed the contract. */
async function bumpOnMain(made: TestRepository): Promise<string> {
  mergeOnMain(made, { [path]: contractText({ version: '1.1.0', previous: await hashOf(made), spec: '{promise: two}' }) });
  made.git('checkout', '-q', '-B', 'topic');
  return made.git('rev-parse', 'merged');
}

test('attack: .gitattributes filters that would show the released content hide no edit, and none of them runs', async (t) => {
  const made = aContractRepository(t);
  made.commit({ [path]: contractText({ spec: '{promise: edited}' }), '.gitattributes': '* filter=evil diff=evil merge=evil text=auto eol=crlf export-subst ident\ncontracts/** linguist-generated -diff\n' });
  const trap = plantTraps(made);
  assert.deepEqual(await judged(made), [1, 'contract/immutable_changed']);
  assert.deepEqual(await judged(made, '--worktree'), [1, 'contract/immutable_changed']);
  assert.equal(existsSync(trap), false);
});

test('attack: a keyword that git would expand is content like any other', async (t) => {
  const made = aContractRepository(t, { [path]: contractText({ spec: '{promise: "$Id$"}' }) });
  made.write({ [path]: contractText({ spec: '{promise: "$Id: 1 $"}' }), '.gitattributes': '* ident\n' });
  const blob = made.git('hash-object', '-w', '--no-filters', path);
  made.git('add', '.gitattributes');
  made.git('update-index', '--cacheinfo', `100644,${blob},${path}`);
  made.git('commit', '-q', '-m', 'Expand by hand');
  assert.deepEqual(await judged(made), [1, 'contract/immutable_changed']);
});

test('attack: the revert of a bump is refused', async (t) => {
  const made = aContractRepository(t);
  await bumpOnMain(made);
  made.git('revert', '--no-edit', '-m', '1', 'HEAD');
  assert.deepEqual(await judged(made), [1, 'contract/version_not_increased']);
});

test('attack: a chain of reverts is refused wherever it ends on something else than the release, and passes where it ends there', async (t) => {
  const made = aContractRepository(t);
  await bumpOnMain(made);
  made.git('revert', '--no-edit', '-m', '1', 'HEAD');
  made.git('revert', '--no-edit', 'HEAD');
  assert.deepEqual(await judged(made), [0]);
  made.git('revert', '--no-edit', 'HEAD');
  assert.deepEqual(await judged(made), [1, 'contract/version_not_increased']);
});

test('attack: after a revert that somebody pushed to main, a new version can not follow the older one as if the bump had never been', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  await bumpOnMain(made);
  made.git('revert', '--no-edit', '-m', '1', 'HEAD');
  made.git('branch', '-f', 'main', 'topic');
  made.commit({ [path]: contractText({ version: '1.2.0', previous: first, spec: '{promise: three}' }) });
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

test('attack: after a revert that somebody pushed to main, the reverted version can not come back with another content', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  await bumpOnMain(made);
  made.git('revert', '--no-edit', '-m', '1', 'HEAD');
  made.git('branch', '-f', 'main', 'topic');
  made.commit({ [path]: contractText({ version: '1.1.0', previous: first, spec: '{promise: other}' }) });
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

test('attack: a direct push that mutates a release on main is found, whatever a change then builds on it', async (t) => {
  const made = aContractRepository(t);
  mergeOnMain(made, { 'README.md': 'reviewed\n' });
  made.commit({ [path]: contractText({ spec: '{promise: mutated}' }) });
  made.git('checkout', '-q', '-B', 'topic');
  made.commit({ [path]: contractText({ version: '1.1.0', previous: await hashOf(made), spec: '{promise: two}' }) });
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

const bumped = (version: string, previous: string, promise: string) => ({ [path]: contractText({ version, previous, spec: `{promise: ${promise}}` }) });

test('attack: where git does not tell which of two contents on main was released, neither is built on or restored with a pass', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  made.git('checkout', '-q', 'main');
  const evil = made.commit(bumped('1.1.0', first, 'evil'));
  made.commit(bumped('1.1.0', first, 'good'));
  made.git('checkout', '-q', '-B', 'topic');
  made.commit(bumped('1.2.0', await hashOf(made), 'next'));
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
  made.git('checkout', '-q', '-B', 'topic', 'main');
  made.git('checkout', evil, '--', path);
  made.git('commit', '-q', '-m', 'Restore');
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

test('contract bump follows what stands at the base, not what only stood in the middle of a run of commits', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  made.git('checkout', '-q', 'main');
  made.commit(bumped('3.0.0', first, 'tried'));
  made.commit(bumped('2.0.0', first, 'good'));
  const second = await hashOf(made);
  made.git('checkout', '-q', '-B', 'topic');
  made.write(bumped('2.0.0', first, 'next'));
  await runPlumbline(made.directory, ['contract', 'bump', path]);
  assert.equal(readFileSync(join(made.directory, path), 'utf8'), contractText({ version: '2.1.0', previous: second, spec: '{promise: next}' }));
});

test('attack: a merge on the line proves nothing: it may be one of main into a branch that was put forward as it is', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  made.commit(bumped('1.1.0', first, 'evil'));
  made.git('checkout', '-q', 'main');
  made.commit({ 'README.md': 'meanwhile\n' });
  made.git('checkout', '-q', 'topic');
  made.git('merge', '-q', '--no-ff', '-m', 'Update the branch', 'main');
  made.commit(bumped('1.1.0', first, 'good'));
  made.git('branch', '-f', 'main', 'topic');
  made.commit(bumped('1.2.0', await hashOf(made), 'next'));
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

test('attack: a state that a version had only in the middle of a run of commits leads to no other one with a pass', async (t) => {
  const made = aContractRepository(t);
  made.git('checkout', '-q', 'main');
  for (const lifecycle of ['deprecated', 'active']) made.commit({ [path]: contractText({ lifecycle }) });
  made.git('checkout', '-q', '-B', 'topic');
  made.commit({ [path]: contractText({ lifecycle: 'retired' }) });
  assert.deepEqual(await judged(made), [1, 'contract/lifecycle_forbidden', 'contract/record_incomplete']);
});

test('attack: in versioned paths a version that stood only in the middle of a run of commits does not come back with a pass', async (t) => {
  const made = aContractRepository(t, { '.github/plumbline.yml': configuration.replace('paths:', 'layout: versioned\n    paths:') });
  const first = await hashOf(made);
  const between = { 'contracts/v1.5.yaml': contractText({ version: '1.5.0', previous: first, spec: '{promise: evil}' }) };
  made.git('checkout', '-q', 'main');
  made.commit(between);
  made.git('rm', '-q', 'contracts/v1.5.yaml');
  made.commit({ 'contracts/v2.yaml': contractText({ version: '2.0.0', previous: first, spec: '{promise: two}' }) });
  made.git('checkout', '-q', '-B', 'topic');
  made.commit(between);
  assert.deepEqual(await judged(made), [1, 'contract/fork', 'contract/record_incomplete', 'contract/version_not_increased']);
  made.git('checkout', '-q', '-B', 'topic', 'main');
  made.commit({ 'contracts/v3.yaml': contractText({ version: '3.0.0', previous: await hashAt(made, 'contracts/v2.yaml'), spec: '{promise: three}' }) });
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
});

test('a version that a run of commits replaced by a lower one may not have been released; what a later release follows is certain', async (t) => {
  const made = aContractRepository(t);
  const first = await hashOf(made);
  made.git('checkout', '-q', 'main');
  made.commit(bumped('2.0.0', first, 'tried'));
  made.commit(bumped('1.1.0', first, 'good'));
  made.git('checkout', '-q', '-B', 'topic');
  made.commit(bumped('1.2.0', await hashOf(made), 'next'));
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
  made.git('checkout', '-q', '-B', 'main', 'topic');
  made.git('checkout', '-q', '-B', 'topic');
  made.commit(bumped('3.0.0', await hashOf(made), 'later'));
  assert.deepEqual(await judged(made), [3, 'contract/record_incomplete']);
  made.git('checkout', '-q', '-B', 'main', 'topic');
  made.git('checkout', '-q', '-B', 'topic');
  made.commit(bumped('3.1.0', await hashOf(made), 'last'));
  assert.deepEqual(await judged(made), [0]);
});

test('attack: an edit in a merge commit, which neither parent has, is refused', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'README.md': 'topic\n' });
  made.git('checkout', '-q', 'main');
  made.commit({ 'notes.md': 'main\n' });
  made.git('checkout', '-q', 'topic');
  made.git('merge', '-q', '--no-commit', '--no-ff', 'main');
  made.commit({ [path]: contractText({ spec: '{promise: smuggled}' }) }, 'Merge main');
  assert.deepEqual(await judged(made), [1, 'contract/immutable_changed']);
});

test('attack: a forced push of a topic branch leaves nothing behind that would be judged instead of its head', async (t) => {
  const made = aContractRepository(t);
  made.commit({ 'README.md': 'harmless\n' });
  assert.deepEqual(await judged(made), [0]);
  made.git('reset', '-q', '--hard', 'main');
  made.commit({ [path]: contractText({ spec: '{promise: forced}' }) });
  assert.deepEqual(await judged(made), [1, 'contract/immutable_changed']);
});

for (const [form, name] of [['NFD beside NFC', 'caf\u0065\u0301'], ['another case', 'CAF\u00c9']] as const) {
  test(`attack: a path twin, ${form}, is refused`, async (t) => {
    const made = aContractRepository(t, { 'contracts/caf\u00e9.yaml': contractText({ id: 'cafe' }) });
    const blob = made.git('hash-object', '-w', path);
    made.git('update-index', '--add', '--cacheinfo', `100644,${blob},contracts/${name}.yaml`);
    made.git('-c', 'core.precomposeunicode=false', 'commit', '-q', '-m', 'Add a twin');
    const [code, ...codes] = await judged(made);
    assert.deepEqual([code, codes.includes('snapshot/path_twin')], [1, true]);
  });
}

for (const [swap, mode] of [['symlink', '120000'], ['submodule', '160000']] as const) {
  test(`attack: a contract that becomes a ${swap} is refused`, async (t) => {
    const made = aContractRepository(t);
    const object = mode === '160000' ? made.git('rev-parse', 'HEAD') : made.git('hash-object', '-w', path);
    made.git('update-index', '--cacheinfo', `${mode},${object},${path}`);
    made.git('commit', '-q', '-m', 'Swap');
    const [code, ...codes] = await judged(made);
    assert.deepEqual([code, [...new Set(codes)]], [1, ['snapshot/not_a_file']]);
  });
}
