import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { isContentDigest } from '../../../../src/domain/dependency/is-content-digest.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, subject }) => `${action} ${subject.package ?? subject.path}`);
}

const index = 'https://index.example.test';

/** One package with its version and what stands as its digest. */
const locks: readonly (readonly [path: string, digest: string, lock: (version: string, digest: string) => string])[] = [
  ['package-lock.json', 'sha512-', (version, digest) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': { version, resolved: `${index}/x/-/x-${version}.tgz`, integrity: digest } } })],
  ['yarn.lock', 'sha512-', (version, digest) => `x@^1.0.0:\n  version "${version}"\n  resolved "${index}/x/-/x-${version}.tgz#1"\n  integrity "${digest}"\n`],
  ['yarn.lock', '10c0/', (version, digest) => `"x@npm:^1.0.0":\n  version: ${version}\n  resolution: "x@npm:${version}"\n  checksum: "${digest}"\n`],
  ['pnpm-lock.yaml', 'sha512-', (version, digest) => `packages:\n\n  x@${version}:\n    resolution: {integrity: "${digest}"}\n`],
];

for (const [path, digest, lock] of locks) {
  test(`attack: what is no digest in ${path} counts as none: ${lock('1', digest).slice(0, 60).replaceAll('\n', ' ')}`, () => {
    const base = lock('1.0.0', `${digest}a`);
    for (const other of ['', 'none', digest, `${digest}A/A`, `${digest}${'z'.repeat(300)}`, 'a'.repeat(127), 'sha512', `sha0-${'a'.repeat(88)}`]) {
      assert.deepEqual(told(path, base, lock('1.0.1', other)), [`dependency.add ${path}`], other);
      assert.deepEqual(told(path, base, lock('1.0.0', other)), [`dependency.add ${path}`], other);
    }
    assert.deepEqual(told(path, base, lock('1.0.1', `${digest}b`)), []);
  });
}

test('a digest is one by its algorithm and all of its bytes, in the letters that each program writes', () => {
  const hex = (bytes: number) => 'aF'.repeat(bytes);
  for (const text of [`sha1-${Buffer.alloc(20).toString('base64')}`, `sha384-${Buffer.alloc(48).toString('base64')}`, `sha512-${Buffer.alloc(64).toString('base64')}?opt`, `sha512-${hex(64)}`, `sha256:${hex(32)}`, `md5:${hex(16)}`, `sha224.${hex(28)}`, `blake2b:${hex(64)}`, 'a'.repeat(128), `10c0/${'0'.repeat(128)}`, '0'.repeat(64)]) assert.equal(isContentDigest(text), true, text);
  for (const text of [`sha1-${Buffer.alloc(21).toString('base64')}`, `sha256:${hex(31)}`, `sha256:${hex(32)} evil`, `sha256:${hex(32)}\n`, `SHA256:${hex(32)}`, `sha256 ${hex(32)}`, `sha256:${'g'.repeat(64)}`, '0'.repeat(63), `../${'0'.repeat(128)}`]) assert.equal(isContentDigest(text), false, text);
});

test('attack: what stands in place of a digest is another content where it changes, whatever its form', () => {
  for (const [path, , lock] of locks) assert.deepEqual(told(path, lock('1.0.0', 'blake9-a/b'), lock('1.0.0', 'blake9-a/c')), [`dependency.add ${path}`], path);
});

test('attack: what is no digest behind the version of the package manager counts as none', () => {
  const manifest = (text: string) => JSON.stringify({ packageManager: text });
  for (const head of ['pnpm@9.1.1+sha512.', 'pnpm@9.1.1+sha512.a/b', 'pnpm@9.1.1']) assert.notDeepEqual(told('package.json', manifest('pnpm@9.1.0+sha512.a'), manifest(head)), [], head);
});
