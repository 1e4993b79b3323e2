import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, tier, subject }) => `${action} ${tier} ${subject.path}`);
}

const index = 'https://index.example.test';

/** One package with its version and the address of its file, a backslash of which is written as the format writes it. */
const locks: readonly (readonly [path: string, lock: (version: string, at: string) => string])[] = [
  ['package-lock.json', (version, at) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': { version, resolved: `${at}/x/-/x-${version}.tgz`, integrity: `sha512-${version}` } } })],
  ['yarn.lock', (version, at) => `x@^1.0.0:\n  version "${version}"\n  resolved ${JSON.stringify(`${at}/x/-/x-${version}.tgz#1`)}\n  integrity sha512-${version}\n`],
  ['pnpm-lock.yaml', (version, at) => `packages:\n\n  x@${version}:\n    resolution: {integrity: sha512-${version}, tarball: ${at}/x/-/x-${version}.tgz}\n`],
  ['uv.lock', (version, at) => `[[package]]\nname = "x"\nversion = "${version}"\nsource = {registry = "${index}/simple"}\nsdist = {url = ${JSON.stringify(`${at}/packages/x-${version}.tar.gz`)}, hash = "sha256:${version}"}\n`],
  ['uv.lock', (version, at) => `[[package]]\nname = "x"\nversion = "${version}"\nsource = {registry = ${JSON.stringify(`${at}/simple`)}}\n`],
  ['pdm.lock', (version, at) => `[[package]]\nname = "x"\nversion = "${version}"\nfiles = [{url = ${JSON.stringify(`${at}/x-${version}.tar.gz`)}, hash = "sha256:${version}"}]\n`],
  ['poetry.lock', (version, at) => `[[package]]\nname = "x"\nversion = "${version}"\nfiles = []\n[package.source]\ntype = "legacy"\nurl = ${JSON.stringify(`${at}/simple`)}\nreference = "r"\n`],
  ['pylock.toml', (version, at) => `[[packages]]\nname = "x"\nversion = "${version}"\nindex = ${JSON.stringify(`${at}/simple`)}\n`],
  ['Pipfile.lock', (version, at) => JSON.stringify({ default: { x: { version: `==${version}`, file: `${at}/x.tar.gz` } } })],
];

for (const [path, lock] of locks) {
  test(`attack: what hides the host of an address from its reader is another source in ${path}: ${JSON.stringify(lock('1.0.0', index).slice(-60))}`, () => {
    const base = lock('1.0.0', index);
    for (const at of ['https://evil.example.test\\@index.example.test', 'https://evil.example.test\t@index.example.test', 'https://evil.example.test\\/@index.example.test', 'https://somebody@index.example.test', 'https:\\\\evil.example.test//index.example.test']) {
      assert.deepEqual(told(path, base, lock('1.0.1', at)), [`dependency.add 2 ${path}`], at);
    }
    assert.deepEqual(told(path, base, lock('1.0.1', index)), []);
  });

  test(`attack: a password in an address of ${path} is told nowhere: ${JSON.stringify(lock('1.0.0', index).slice(-60))}`, () => {
    const { actions } = deriveWith(dependencyDeriver, { files: [{ path, base: lock('1.0.0', index), head: lock('1.0.1', 'https://me:hidden@evil.example.test') }] });
    assert.equal(actions.length, 1);
    assert.doesNotMatch(JSON.stringify(actions), /hidden/);
  });
}

test('attack: a password in a line that is not read is told nowhere', () => {
  for (const [path, head] of [['yarn.lock', 'x@1:\n  a "//me:hidden@evil.example.test"\n'], ['pnpm-lock.yaml', 'packages:\n  x@1:\n    resolution:\n      a: "//me:hidden@evil.example.test"\n']] as const) {
    const { actions } = deriveWith(dependencyDeriver, { files: [{ path, head }] });
    assert.equal(actions.length, 1);
    assert.doesNotMatch(JSON.stringify(actions), /hidden/);
  }
});
