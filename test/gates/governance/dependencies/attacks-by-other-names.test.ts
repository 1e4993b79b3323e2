import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function derive(path: string, base: string, head: string) {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] });
}

const npm = (name: string, of = name) => ({ [`node_modules/${name}`]: { ...(of === name ? {} : { name: of }), version: '1.0.0', integrity: `sha512-${of}` } });
const npmLock = (...entries: readonly object[]) => JSON.stringify({ packages: Object.assign({}, ...entries) });
const firstForm = (a: object) => JSON.stringify({ dependencies: { a, b: { version: '1.0.0', integrity: 'sha512-b' } } });
const yarnOld = (key: string, of: string) => `"${key}@^1":\n  version "1.0.0"\n  resolved "https://index.example.test/${of}/-/${of}-1.0.0.tgz#1"\n  integrity sha512-${of}\n`;
const yarn = (key: string, of: string) => `"${key}":\n  version: 1.0.0\n  resolution: "${of}@npm:1.0.0"\n  checksum: 10c0/${of}\n\n`;
const pnpm = (version: string, snapshot = '{}') => `importers:\n  .:\n    dependencies:\n      a: {specifier: ^1.0.0, version: ${version}}\npackages:\n  a@1.0.0:\n    resolution: {integrity: sha512-a}\n  b@1.0.0:\n    resolution: {integrity: sha512-b}\nsnapshots:\n  b@1.0.0: ${snapshot}\n`;
const pnpmOld = (version: string) => `lockfileVersion: 5.4\nspecifiers: {a: ^1.0.0}\ndependencies:\n  a: ${version}\npackages:\n  /a/1.0.0_c@2.0.0:\n    resolution: {integrity: sha512-a}\n  /b/1.0.0:\n    resolution: {integrity: sha512-b}\n`;

const locks: readonly (readonly [what: string, path: string, base: string, head: string])[] = [
  ['of npm', 'package-lock.json', npmLock(npm('a'), npm('b')), npmLock(npm('a', 'b'), npm('b'))],
  ['of npm in its first form', 'package-lock.json', firstForm({ version: '1.0.0', integrity: 'sha512-a' }), firstForm({ version: 'npm:b@1.0.0', integrity: 'sha512-b' })],
  ['of Yarn of old', 'yarn.lock', yarnOld('a', 'a') + yarnOld('b', 'b'), yarnOld('a@npm:b', 'b') + yarnOld('b', 'b')],
  ['of Yarn of today', 'yarn.lock', yarn('a@npm:^1', 'a') + yarn('b@npm:^1', 'b'), yarn('a@npm:^1', 'b') + yarn('b@npm:^1', 'b')],
  ['of Yarn of today, beside others', 'yarn.lock', yarn('a@npm:^1', 'a') + yarn('b@npm:^1', 'b'), yarn('b@npm:^1, a@npm:^1', 'b')],
  ['of pnpm', 'pnpm-lock.yaml', pnpm('1.0.0'), pnpm('b@1.0.0')],
  ['of pnpm, with a peer', 'pnpm-lock.yaml', pnpm('1.0.0'), pnpm('b@1.0.0(c@1.0.0)')],
  ['of pnpm in a snapshot', 'pnpm-lock.yaml', pnpm('1.0.0', '{dependencies: {a: 1.0.0}}'), pnpm('1.0.0', '{dependencies: {a: b@1.0.0}}')],
  ['of pnpm of old', 'pnpm-lock.yaml', pnpmOld('1.0.0_c@2.0.0'), pnpmOld('/b/1.0.0')],
  ['of a manifest', 'package.json', '{"dependencies": {"a": "^1", "b": "^1"}}', '{"dependencies": {"a": "npm:b@1.0.0", "b": "^1"}}'],
  ['of an override', 'package.json', '{"dependencies": {"a": "^1", "b": "^1"}}', '{"dependencies": {"a": "^1", "b": "^1"}, "overrides": {"a": "npm:b@1.0.0"}}'],
];

for (const [what, path, base, head] of locks) {
  test(`attack: another known package that answers to a name ${what} is told by that name`, () => {
    const found = derive(path, base, head).actions;
    assert.deepEqual(found.map(({ action, subject, why }) => [action, subject.package, why]), [['dependency.add', 'npm:a', 'The package "a" is added ("npm:b@1.0.0").']]);
    assert.deepEqual([actionsOf(derive(path, head, `${head}\n`)), actionsOf(derive(path, base, `${base}\n`))], [[], []]);
  });
}

for (const [what, head] of [['out of the repository', pnpm('link:../../evil')], ['to the root of the machine', pnpm('link:/evil')], ['to nothing that it has', pnpm('evil@1.0.0')], ['to an archive', pnpm('https://evil.example.test/a.tgz')]] as const) {
  test(`attack: a name of a pnpm-lock.yaml that leads ${what} is told`, () => assert.ok(derive('pnpm-lock.yaml', pnpm('1.0.0'), head).actions.some(({ action, why }) => action === 'dependency.add' && (why.includes('"a"') || why.includes('from elsewhere')))));
}

test('a name of a pnpm-lock.yaml that leads to a folder of the repository is told by nothing', () => {
  const member = (path: string) => `importers:\n  p/x:\n    dependencies:\n      a: {specifier: ^1.0.0, version: ${path}}\npackages:\n  b@1.0.0:\n    resolution: {integrity: sha512-b}\n`;
  assert.deepEqual(actionsOf(derive('pnpm-lock.yaml', member('link:../y'), member('link:../../z'))), []);
});

test('attack: a folder that no manifest asks for is none of the repository in a yarn.lock', () => {
  const [base, rest] = [yarn('a@npm:^1', 'a') + yarn('b@npm:^1', 'b'), yarn('b@npm:^1', 'b')];
  for (const resolution of ['a@portal:/evil', 'a@link:../../evil', 'a@workspace:../evil']) assert.deepEqual(actionsOf(derive('yarn.lock', base, `"a@npm:^1":\n  version: 0.0.0-use.local\n  resolution: "${resolution}"\n\n${rest}`)).includes('dependency.add 2 yarn.lock'), true, resolution);
});
