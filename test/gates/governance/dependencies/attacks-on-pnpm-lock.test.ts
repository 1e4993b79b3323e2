import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function told(base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path: 'pnpm-lock.yaml', base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, tier, evidence }) => `${action} ${tier}${evidence['unread'] === undefined ? '' : ' unread'}`);
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
  `    resolution: {integrity: sha512-y}\n    resolution: {tarball: ${address}}\n`, `    resolution:\n      integrity: sha512-y\n      <<: *a\n`,
  `    <<: {resolution: {tarball: ${address}}}\n`, `    '<<': {resolution: {tarball: ${address}}}\n`, `    engines: &a {resolution: {tarball: ${address}}}\n    <<: *a\n`, '    engines: {node: a}\n', `    engines: {node: a}\r  evil@1.0.0: {}\r${plain}`,
  `    resolution: {integrity: sha512-y, integrity: sha512-z}\n`, `    resolution:\n        integrity: sha512-y\n      type: binary\n`,
]) {
  test(`attack: ${JSON.stringify(fields)} leads past no reader of pnpm-lock.yaml`, () => assert.deepEqual(told(base, lock('1.0.1', fields)), ['dependency.add 2 unread']));
}

for (const fields of [`    resolution: {integrity: sha512-y,tarball: ${address}}\n`, `    resolution:\n      {tarball: ${address}}\n`, `    resolution:\n      "url": ${address}\n`, `${plain}  evil@1.0.0: {resolution: {tarball: ${address}}}\n`]) {
  test(`attack: ${JSON.stringify(fields)} is read in a pnpm-lock.yaml as pnpm reads it`, () => assert.deepEqual(told(base, lock('1.0.1', fields)), ['dependency.add 2']));
}

const evil = `  evil@6.6.6:\n    resolution: {integrity: sha512-z, tarball: ${address}}\n`;
for (const fields of ['    deprecated: "old\ntime:\n  a"\n', "    deprecated: 'old\ntime:\n  a'\n", "    engines: {node: '>=1', a:\ntime:\n  }\n", '    peerDependencies:\n      a: "\ntime:\n  "\n', '    deprecated: old\n      time: a\n', '    deprecated: |2\n    time:\n']) {
  test(`attack: ${JSON.stringify(fields)} hides no package of a pnpm-lock.yaml that stands behind it`, () => assert.equal(told(base, lock('1.0.1', `${plain}${fields}${evil}`)).filter((one) => one.startsWith('dependency.add 2')).length, 1));
}

test('a package is found in whichever document of a pnpm-lock.yaml it stands', () => {
  assert.deepEqual(told(`---\n${base}`, `---\nlockfileVersion: '9.0'\n\npackages:\n\n${evil}\n---\n${base}`), ['dependency.add 2']);
  assert.deepEqual(told(base, `---\n${base}---\n# nothing\n`), []);
});

const next = lock('1.0.1', plain);
for (const [name, head] of [
  ['in several lines', next.replace('snapshots:\n', `snapshots:\n\n  evil@6.6.6:\n    resolution: {integrity: sha512-z, tarball: ${address}}\n`)],
  ['in one', next.replace('snapshots:\n', `snapshots:\n\n  evil@6.6.6: {resolution: {integrity: sha512-z, tarball: ${address}}}\n`)],
  ['before its section', `snapshots: {evil@6.6.6: {resolution: {tarball: ${address}}}}\n${next}`],
  ['merged in', next.replace('  x@1.0.1: {}\n', '  x@1.0.1:\n    <<: *a\n')],
  ['of a version of its own', next.replace('  x@1.0.1: {}\n', '  x@1.0.1:\n    version: 6.6.6\n')],
  ['in a section that pnpm does not write', `evil: &a {resolution: {tarball: ${address}}}\n${next}`],
] as const) {
  test(`attack: a resolution in the snapshots of a pnpm-lock.yaml, ${name}, is not passed over`, () => assert.deepEqual(told(base, head), ['dependency.add 2 unread']));
}

for (const said of ['version: 6.6.6', 'name: evil', "name: '@evil/x'", 'id: evil/6.6.6']) {
  test(`attack: what pnpm asks for in place of x@1.0.1 by "${said}" is from elsewhere`, () => assert.deepEqual(told(base, lock('1.0.1', `${plain}    ${said}\n`)), ['dependency.add 2']));
}

for (const fields of ['    version:\n      6.6.6\n', '    version: &a 6.6.6\n', '    version: "6.6.6"\n', '    version: 1.0.1\n      -6\n']) {
  test(`attack: ${JSON.stringify(fields)} beside a resolution is what pnpm asks for, however it is written`, () => assert.deepEqual(told(base, lock('1.0.1', `${plain}${fields}`)), ['dependency.add 2']));
}

for (const fields of ['    version: 1.0.1\n    version: 6.6.6\n', '    unknown: evil\n']) {
  test(`attack: ${JSON.stringify(fields)} beside a resolution leads past no reader of pnpm-lock.yaml`, () => assert.deepEqual(told(base, lock('1.0.1', `${plain}${fields}`)), ['dependency.add 2 unread']));
}

test('what pnpm says of a package that has its version from its content, and in snapshots of what a package needs, is passed over', () => {
  const at = (version: string) => lock(version, `    resolution: {integrity: sha512-${version}}\n    name: x\n    version: ${version}\n`).replace('{}\n', "\n    dependencies:\n      y: 1.0.0\n    transitivePeerDependencies:\n      - z\n    optional: true\n").replace(': \n', ':\n');
  assert.deepEqual(told(at('1.0.0'), at('1.0.1')), []);
  const directory = (version: string) => `packages:\n\n  file:x:\n    resolution: {directory: x, type: directory}\n    name: x\n    version: ${version}\n`;
  assert.deepEqual(told(directory('1.0.0'), directory('2.0.0')), []);
});

test('a new version of a package of the index is from nowhere else, whatever pnpm says of it beside its resolution', () => {
  assert.deepEqual(told(base, lock('1.0.1', `${plain}    engines: {node: '>=18', tarball: a}\n    deprecated: |-\n      tarball: "evil"\n    cpu: [x64]\n    hasBin: true\n    peerDependencies:\n      '@s/y': '*'\n`)), []);
  const at = (version: string) => lock(version, `    resolution: {integrity: sha512-${version}, tarball: https://index.example.test/x/-/x-${version}.tgz}\n`);
  assert.deepEqual(told(at('1.0.0'), at('1.0.1')), []);
});
