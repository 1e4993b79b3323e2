import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { deriveWith } from '../derive-with.ts';

function derive(...files: readonly Pick<FileInput, 'path' | 'base' | 'head'>[]) {
  return deriveWith(dependencyDeriver, { files }).actions;
}

test('attack: a lock file that is deleted lets anything be chosen anew, and is told', () => {
  assert.deepEqual(derive({ path: 'a/package-lock.json', base: '{}', head: null }), [{
    action: 'dependency.add',
    tier: 2,
    subject: { path: 'a/package-lock.json' },
    paths: ['a/package-lock.json'],
    why: '"a/package-lock.json" is gone, so that versions, their content and where they come from are chosen anew by whoever installs.',
    evidence: { gone: true },
    place: null,
    finding: null,
    remedy: 'Keep the lock file, or delete it together with the manifest that it is for.',
  }]);
  for (const path of ['yarn.lock', 'pnpm-lock.yaml', 'npm-shrinkwrap.json', 'bun.lock', 'bun.lockb', 'poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock', 'x.py.lock']) assert.deepEqual(derive({ path, base: 'never read', head: null }).map(({ subject }) => subject), [{ path }]);
});

const lock = { path: 'a/package-lock.json', base: '{}', head: null };
const manifest = { path: 'a/package.json', base: '{}', head: null };

test('a lock file that goes with its manifest is of a project that is no more', () => {
  assert.deepEqual(derive(lock, manifest), []);
  assert.deepEqual(derive({ ...lock, path: 'a/Pipfile.lock' }, { path: 'a/Pipfile', base: '', head: null }), []);
  assert.deepEqual(derive({ ...lock, path: 'tool.py.lock' }, { path: 'tool.py', base: '', head: null }), []);
  assert.deepEqual(derive({ ...lock, path: 'uv.lock' }, { path: 'pyproject.toml', base: '', head: null }), []);
});

test('attack: another manifest, or one that stands elsewhere, takes no lock file with it', () => {
  for (const other of [{ path: 'a/package.yaml', base: null, head: '{}' }, { path: 'a/pyproject.toml', base: '', head: '[project]\n' }]) assert.deepEqual(derive(lock, manifest, other).map(({ subject }) => subject.path), [lock.path]);
  assert.deepEqual(derive(lock, { ...manifest, path: 'b/package.json' }).map(({ subject }) => subject.path), [lock.path]);
  assert.deepEqual(derive(lock, { ...manifest, path: 'a/pyproject.toml', base: '' }).map(({ subject }) => subject.path), [lock.path]);
  assert.deepEqual(derive(lock, { path: 'a/package.json', base: '{}', head: '{"name": "x"}' }).map(({ subject }) => subject.path), [lock.path]);
  assert.deepEqual(derive({ ...lock, path: 'node_modules/a/package-lock.json' }, { path: 'docs/lock.json', base: '{}', head: null }), []);
});

test('a lock of a script goes with the script, whatever stands beside it', () => {
  const beside = { path: 'pyproject.toml', base: '[project]\nname = "a"\n', head: '[project]\nname = "b"\n' };
  assert.deepEqual(derive({ ...lock, path: 'tool.py.lock' }, { path: 'tool.py', base: '', head: null }, beside), []);
  assert.deepEqual(derive({ ...lock, path: 'tool.py.lock' }, { path: 'other.py', base: '', head: null }, beside).map(({ subject }) => subject.path), ['tool.py.lock']);
});

const digest = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
const locked: readonly (readonly [path: string, full: string, empty: string])[] = [
  ['package-lock.json', `{"packages": {"": {}, "node_modules/a": {"version": "1.0.0", "integrity": "${digest}"}}}`, '{"packages": {"": {}}}'],
  ['yarn.lock', '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n', '# yarn lockfile v1\n'],
  ['pnpm-lock.yaml', `lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: ${digest}}\n`, "lockfileVersion: '9.0'\n"],
  ['poetry.lock', '[[package]]\nname = "a"\nversion = "1.0"\n', ''],
  ['uv.lock', 'version = 1\n[[package]]\nname = "a"\nversion = "1.0"\nsource = {registry = "https://pypi.org/simple"}\n', 'version = 1\n[[package]]\nname = "own"\nversion = "1.0"\nsource = {virtual = "."}\n'],
  ['Pipfile.lock', '{"_meta": {}, "default": {"a": {"version": "==1.0"}}}', '{"_meta": {}, "default": {}}'],
];

for (const [path, full, empty] of locked) {
  test(`attack: a ${path} that is emptied lets anything be chosen anew as one that is deleted does, and is told once`, () => {
    assert.deepEqual(derive({ path, base: full, head: empty }).map(({ action, why }) => [action, why]), [['dependency.add', `"${path}" names no package any more, so that versions, their content and where they come from are chosen anew by whoever installs.`]]);
    assert.equal(derive({ path, base: full, head: null }).length, 1);
    assert.deepEqual([derive({ path, base: empty, head: `${empty}\n` }), derive({ path, base: full, head: `${full}\n` })], [[], []]);
  });
}

test('attack: a lock file that is emptied may have named anything where it can not be read at the base', () => {
  const empty = "lockfileVersion: '9.0'\n";
  const derived = derive({ path: 'pnpm-lock.yaml', base: `${empty}unknown: {}\npackages: {}\n`, head: empty });
  assert.deepEqual(derived.map(({ action, why }) => [action, why]), [['dependency.add', '"pnpm-lock.yaml" names no package any more, so that versions, their content and where they come from are chosen anew by whoever installs.']]);
});
