import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';

function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base, head }] }).actions.map(({ action, tier, subject }) => `${action} ${tier} ${subject.package ?? subject.path}`);
}

const manifest = (spec: string) => JSON.stringify({ dependencies: { x: spec } });

for (const spec of [
  'HTTPS://evil.example.test/x.tgz', 'Git+ssh://git@evil.example.test/x.git', 'GITHUB:evil/x', 'exec:./gen.js', 'deploy@evil.example.test:x/y.git', 'jsr:@evil/x@1', 'evil/x', '@evil/x', 'evil.example.test:x', 'WORKSPACE:*', 'FILE:../evil',
  'file://evil.example.test/x', 'https:evil.example.test/x.tgz', '\\\\evil.example.test\\x', 'npm:x@https://evil.example.test/x.tgz', 'patch:evil@npm%3A1.0.0#./a.patch', `patch:x@${encodeURIComponent('https://evil.example.test/x.tgz')}#./a.patch`, 'x#evil', 'ftp://evil.example.test/x', '^1.0.0\u00a0evil/x',
]) {
  test(`attack: ${JSON.stringify(spec)} is no range of a package of the index`, () => {
    for (const before of ['latest', '*', '']) assert.deepEqual(told('package.json', manifest(before), manifest(spec)), ['dependency.add 2 npm:x'], before);
  });
}

for (const [spec, name] of [['NPM:evil@1', 'evil'], ['Npm:evil', 'evil'], ['npm:evil@latest', 'evil'], ['npm:7zip-bin', '7zip-bin'], ['npm:1evil@1', '1evil'], ['npm:@7s/evil', '@7s/evil'], ['npm:1.0.0', '1.0.0']] as const) {
  test(`attack: ${JSON.stringify(spec)} is another package`, () => assert.deepEqual(told('package.json', manifest('*'), manifest(spec)), [`dependency.add 2 npm:${name}`]));
}

for (const spec of ['file:../../../../elsewhere/evil.tgz', 'file:/elsewhere/evil', 'link:../../..', 'portal:~/evil', 'file:C:\\\\evil', 'file:..\\\\..\\\\..\\\\evil', 'file:a/../../../../evil', 'file:%2e%2e/%2e%2e/%2e%2e/evil']) {
  test(`attack: ${JSON.stringify(spec)} lies outside of the repository`, () => {
    assert.deepEqual(told('a/b/package.json', manifest('*'), manifest(spec)), ['dependency.add 2 npm:x']);
    assert.deepEqual(told('a/b/package.json', JSON.stringify({ overrides: {} }), JSON.stringify({ overrides: { x: spec } })), ['dependency.add 2 npm:x']);
  });
}

test('what lies in the repository is no package from elsewhere, from the folder of its manifest', () => {
  for (const spec of ['file:../../x', 'link:../../x', 'portal:../../x/../y', 'workspace:../../../x']) assert.deepEqual(told('a/b/package.json', manifest('*'), manifest(spec)), [], spec);
});

test('attack: an address in place of a version of package-lock.json is a source', () => {
  const lock = (version: string, more: object = {}) => JSON.stringify({ lockfileVersion: 1, dependencies: { x: { version, ...more } } });
  for (const [version, more] of [['https://evil.example.test/x.tgz', {}], ['github:evil/x#1', {}], ['https://evil.example.test/x.tgz', { resolved: 'https://index.example.test/x/-/x-1.0.0.tgz' }], ['npm:x@https://evil.example.test/x.tgz', {}]] as const) assert.ok(told('package-lock.json', lock('1.0.0', more), lock(version, more)).includes('dependency.add 2 package-lock.json'), version);
});

test('a range, a tag, a catalog, a patch of a package of the index, and what lies in the repository are from nowhere else', () => {
  for (const spec of ['^1.0.0', '>=1 <2 || 3.x', '1 - 2', 'v1.0.0-rc.1+b', 'next', '~1', 'npm:^1', 'npm:x@^1', 'catalog:', 'catalog:old', 'workspace:^', 'file:./x', 'link:./x', 'portal:x', 'patch:x@npm%3A1.0.0#./a.patch']) assert.deepEqual(told('package.json', manifest('*'), manifest(spec)), [], spec);
});
