import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';

function told(base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path: 'pnpm-lock.yaml', base, head }] }).actions.map(({ action, tier, evidence }) => `${action} ${tier}${evidence['unread'] === undefined ? '' : ' unread'}`);
}

const lock = (version: string, fields: string) => `lockfileVersion: '9.0'\n\npackages:\n\n  x@${version}:\n${fields}\nsnapshots:\n\n  x@${version}: {}\n`;
const base = lock('1.0.0', '    resolution: {integrity: sha512-x}\n');
const address = 'https://evil.example.test/x.tgz';

for (const members of [`type: binary, archive: tarball, url: ${address}, integrity: sha512-y`, 'type: git, integrity: sha512-y', 'directory: evil, type: directory', `url: ${address}`, `gitHosted: true, tarball: ${address}`, 'path: evil', `integrity: sha512-y, tarball: ${address}`]) {
  for (const [form, fields] of [['in one line', `    resolution: {${members}}\n`], ['in several', `    resolution:\n${members.split(', ').map((one) => `      ${one}\n`).join('')}`]] as const) {
    test(`attack: {${members}} ${form} of a pnpm-lock.yaml is no content of the index`, () => assert.deepEqual(told(base, lock('1.0.1', fields)), ['dependency.add 2']));
  }
}

const plain = '    resolution: {integrity: sha512-y}\n';
for (const fields of [
  `    resolution: {integrity: sha512-y}\n    resolution: {tarball: ${address}}\n`, `    resolution: {integrity: sha512-y,tarball: ${address}}\n`, `    resolution:\n      {tarball: ${address}}\n`, `    resolution:\n      "url": ${address}\n`, `    resolution:\n      integrity: sha512-y\n      <<: *a\n`,
  `    <<: {resolution: {tarball: ${address}}}\n`, `    '<<': {resolution: {tarball: ${address}}}\n`, `    engines: &a {resolution: {tarball: ${address}}}\n    <<: *a\n`, '    engines: {node: a}\n', `    engines: {node: a}\r  evil@1.0.0: {}\r${plain}`, `${plain}  evil@1.0.0: {resolution: {tarball: ${address}}}\n`,
  `    resolution: {integrity: sha512-y, integrity: sha512-z}\n`, `    resolution:\n        integrity: sha512-y\n      type: binary\n`,
]) {
  test(`attack: ${JSON.stringify(fields)} leads past no reader of pnpm-lock.yaml`, () => assert.deepEqual(told(base, lock('1.0.1', fields)), ['dependency.add 2 unread']));
}

test('a new version of a package of the index is from nowhere else, whatever pnpm says of it beside its resolution', () => {
  assert.deepEqual(told(base, lock('1.0.1', `${plain}    engines: {node: '>=18', tarball: a}\n    deprecated: |-\n      tarball: "evil"\n    cpu: [x64]\n    hasBin: true\n    peerDependencies:\n      '@s/y': '*'\n`)), []);
  const at = (version: string) => lock(version, `    resolution: {integrity: sha512-${version}, tarball: https://index.example.test/x/-/x-${version}.tgz}\n`);
  assert.deepEqual(told(at('1.0.0'), at('1.0.1')), []);
});
