import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, tier, subject }) => `${action} ${tier} ${subject.package ?? subject.path}`);
}

const index = 'https://index.example.test';

/** One package by the version that its entry says, and the one that is fetched. */
const locks: readonly (readonly [form: string, path: string, lock: (version: string, fetched: string) => string])[] = [
  ['of npm', 'package-lock.json', (version, fetched) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': { version, resolved: `${index}/x/-/x-${fetched}.tgz`, integrity: `sha512-${fetched}` } } })],
  ['of npm in its first form', 'package-lock.json', (version, fetched) => JSON.stringify({ lockfileVersion: 1, dependencies: { x: { version, resolved: `${index}/x/-/x-${fetched}.tgz`, integrity: `sha512-${fetched}` } } })],
  ['of a registry with a folder for each version', 'package-lock.json', (version, fetched) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@s/x': { version, resolved: `${index}/download/@s/x/${fetched}/abc`, integrity: `sha512-${fetched}` } } })],
  ['of a registry with versions alone', 'package-lock.json', (version, fetched) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/@s/x': { version, resolved: `${index}/~/11/@s/x/${fetched}.tgz`, integrity: `sha512-${fetched}` } } })],
  ['of Yarn of old', 'yarn.lock', (version, fetched) => `x@^1.0.0:\n  version "${version}"\n  resolved "${index}/x/-/x-${fetched}.tgz#1"\n  integrity sha512-${fetched}\n`],
  ['of Yarn of today', 'yarn.lock', (version, fetched) => `"x@npm:^1.0.0":\n  version: ${version}\n  resolution: "x@npm:${fetched}"\n  checksum: 10c0/${fetched}\n`],
  ['of Yarn with a patch', 'yarn.lock', (version, fetched) => `"x@npm:^1.0.0":\n  version: ${version}\n  resolution: "x@patch:x@npm%3A${fetched}#./a.patch::version=${version}&hash=1"\n  checksum: 10c0/${fetched}\n`],
  ['of Yarn with an address', 'yarn.lock', (version, fetched) => `"x@npm:^1.0.0":\n  version: ${version}\n  resolution: "x@npm:${version}::__archiveUrl=${encodeURIComponent(`${index}/x/-/x-${fetched}.tgz`)}"\n  checksum: 10c0/${fetched}\n`],
  ['of pnpm', 'pnpm-lock.yaml', (version, fetched) => `packages:\n\n  x@${version}:\n    resolution: {integrity: sha512-${fetched}, tarball: ${index}/x/-/x-${fetched}.tgz}\n`],
];

for (const [form, path, lock] of locks) {
  test(`attack: a lock file ${form} that fetches another version than its entry says is from elsewhere`, () => {
    for (const fetched of ['9.9.9', '0.0.1', '9.9.9-1.0.1', '1.0.10', '1.0.1-evil']) assert.deepEqual(told(path, lock('1.0.0', '1.0.0'), lock('1.0.1', fetched)), [`dependency.add 2 ${path}`], fetched);
  });

  test(`a lock file ${form} that fetches what its entry says is from nowhere else`, () => {
    assert.deepEqual(told(path, lock('1.0.0', '1.0.0'), lock('1.0.1', '1.0.1')), []);
    assert.deepEqual(told(path, lock('1.0.0-rc.1', '1.0.0-rc.1'), lock('1.0.0-rc.2', '1.0.0-rc.2')), []);
  });
}

test('attack: a patch of another package is no patch of this one in yarn.lock', () => {
  const lock = (version: string, of: string) => `"x@npm:^1.0.0":\n  version: ${version}\n  resolution: "x@patch:${of}@npm%3A${version}#./a.patch"\n  checksum: 10c0/${version}\n`;
  assert.deepEqual(told('yarn.lock', lock('1.0.0', 'x'), lock('1.0.1', 'evil')), ['dependency.add 2 yarn.lock']);
});

test('attack: another file in the folder of a package is not its version', () => {
  const lock = (version: string, file: string) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': { version, resolved: `${index}/x/-/${file}-${version}.tgz` } } });
  assert.deepEqual(told('package-lock.json', lock('1.0.0', 'x'), lock('1.0.1', 'evil')), ['dependency.add 2 package-lock.json']);
});

test('attack: a new version without the digest that the one before had is unchecked', () => {
  const lock = (version: string, more: object) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': { version, resolved: `${index}/x/-/x-${version}.tgz`, ...more } } });
  assert.deepEqual(told('package-lock.json', lock('1.0.0', { integrity: 'sha512-a' }), lock('1.0.1', {})), ['dependency.add 2 package-lock.json']);
  for (const more of [{}, { integrity: 'sha512-b' }]) assert.deepEqual(told('package-lock.json', lock('1.0.0', {}), lock('1.0.1', more)), []);
});
