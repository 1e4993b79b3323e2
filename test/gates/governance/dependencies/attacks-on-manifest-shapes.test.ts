import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';

/** Actions of a change of one file; `unread` for those of a file that is not read. */
function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base, head }] }).actions.map(({ action, subject, evidence }) => `${action} ${subject.package ?? subject.path}${evidence['unread'] === undefined ? '' : ' unread'}`);
}

for (const more of [
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((list) => [['npm:evil@6.6.6'], 'evil', null, { evil: ['1'] }, { evil: { version: '1' } }].map((value) => ({ [list]: value }))),
  ...['overrides', 'resolutions', 'catalog', 'catalogs', 'pnpm'].flatMap((list) => [['npm:evil@6.6.6'], 'evil', { x: ['npm:evil'] }].map((value) => (list === 'pnpm' ? { pnpm: { overrides: value } } : { [list]: value }))),
  { pnpm: ['x'] }, { pnpm: { packageExtensions: { x: ['evil'] } } }, { pnpm: { packageExtensions: { x: { dependencies: ['evil'] } } } }, { pnpm: { configDependencies: { evil: ['1'] } } }, { pnpm: { configDependencies: { evil: { integrity: '1', tarball: ['x'] } } } },
  { workspaces: { catalog: ['evil'] } }, { packageManager: ['yarn@1'] }, { devEngines: ['x'] }, { devEngines: { packageManager: 'yarn@1' } }, { devEngines: { packageManager: { name: ['yarn'] } } }, { devEngines: { packageManager: [['yarn']] } },
]) {
  test(`attack: ${JSON.stringify(more)} in package.json has another form than it must, so the file may name any package`, () => assert.deepEqual(told('package.json', '{}', JSON.stringify(more)), ['dependency.add package.json unread']));
}

test('an empty list names no package', () => assert.deepEqual(told('package.json', '{}', '{"dependencies": [], "overrides": []}'), []));

test('attack: lists and texts of pnpm-workspace.yaml and package-lock.json that must be objects are not read', () => {
  for (const text of ['overrides: [npm:evil@1]\n', 'catalog: [npm:evil@1]\n', 'catalogs: {a: [npm:evil@1]}\n', 'configDependencies: [evil]\n', 'packageExtensions: {x: {dependencies: [evil]}}\n']) assert.deepEqual(told('pnpm-workspace.yaml', 'packages: [a]\n', text), ['dependency.add pnpm-workspace.yaml unread'], text);
  for (const lock of [{ packages: [{ version: '1' }] }, { dependencies: ['evil'] }]) assert.deepEqual(told('package-lock.json', '{}', JSON.stringify(lock)), ['dependency.add package-lock.json unread'], JSON.stringify(lock));
});

test('package.yaml of Haskell names no package of npm, and one with an address in its lists is not read', () => {
  assert.deepEqual(told('package.yaml', 'dependencies: [base]\n', 'dependencies:\n  - base >= 4.9 && < 5\n  - text\n'), []);
  for (const item of ['npm:evil@1', 'evil/x', 'https://evil.example.test/x.tgz', '{evil: "1"}', '[evil]']) assert.deepEqual(told('package.yaml', 'dependencies: [base]\n', `dependencies:\n  - base\n  - ${item}\n`), ['dependency.add package.yaml unread'], item);
});

test('attack: an override that stands for the range of another package counts with that range', () => {
  const manifest = (overrides: object) => JSON.stringify({ dependencies: { lodash: '^4', x: '^1' }, devDependencies: { y: 'github:evil/y' }, overrides });
  assert.deepEqual(told('package.json', manifest({}), manifest({ lodash: '$x' })), ['dependency.bump_major npm:lodash']);
  assert.deepEqual(told('package.json', manifest({}), manifest({ a: { lodash: '$y' } })), ['dependency.add npm:lodash']);
  assert.deepEqual(told('package.json', manifest({}), manifest({ lodash: '$unknown' })), ['dependency.add npm:lodash']);
  assert.deepEqual(told('package.json', manifest({}), manifest({ a: { lodash: '$lodash' }, 'x@1': '$x' })), []);
  assert.deepEqual(told('pnpm-workspace.yaml', 'overrides: {}\n', 'overrides: {lodash: $x, x: $x}\n'), ['dependency.add npm:lodash']);
});

test('attack: an engine that pnpm fetches and runs is told', () => {
  for (const list of ['devEngines', 'engines']) {
    const manifest = (version: string, onFail = 'download') => JSON.stringify({ [list]: { runtime: { name: 'node', version, onFail } } });
    assert.deepEqual(told('package.json', '{}', manifest('^24')), ['dependency.add npm:runtime:node'], list);
    assert.deepEqual(told('package.json', manifest('^24.0.0', 'error'), manifest('^24.0.0')), ['dependency.add npm:runtime:node'], list);
    assert.deepEqual(told('package.json', manifest('^24.0.0'), manifest('^24.1.0')), [], list);
    assert.deepEqual(told('package.json', '{}', manifest('^24', 'warn')), [], list);
  }
  assert.deepEqual(told('package.json', '{}', JSON.stringify({ engines: { node: '>=20' }, devEngines: { runtime: { name: 'node', version: '>=20' } } })), []);
  assert.deepEqual(told('package.json', '{}', JSON.stringify({ engines: ['node >= 0.6'] })), []);
});

for (const toml of ['[project]\ndependencies = "evil"\n', '[project]\ndependencies = [["evil"]]\n', '[project]\ndependencies = {evil = "1"}\n', '[project.optional-dependencies]\na = "evil"\n', '[project]\noptional-dependencies = ["evil"]\n', '[dependency-groups]\na = "evil"\n', '[dependency-groups]\na = [1]\n', '[build-system]\nrequires = "evil"\n', '[tool.poetry]\ndependencies = ["evil"]\n', '[tool.poetry]\ngroup = ["evil"]\n', '[tool.poetry.group.a]\ndependencies = ["evil"]\n', '[tool.uv]\nsources = ["evil"]\n', '[tool]\nuv = "evil"\n', '[[tool.pdm]]\nplugins = ["evil"]\n', '[[project]]\ndependencies = ["evil"]\n', 'project = "evil"\n', '[tool.setuptools]\ndynamic = ["evil"]\n']) {
  test(`attack: ${JSON.stringify(toml)} in pyproject.toml has another form than it must, so the file may name any package`, () => assert.deepEqual(told('pyproject.toml', '', toml), ['dependency.add pyproject.toml unread']));
}

test('attack: a requirement of a tool that is a text in place of a list is told', () => {
  for (const [path, toml] of [['hatch.toml', '[envs.a]\ndependencies = "evil"\n'], ['pyproject.toml', '[tool.pdm]\nplugins = "evil"\n'], ['pyproject.toml', '[tool.uv]\ndev-dependencies = "evil"\n']] as const) assert.deepEqual(told(path, '', toml), ['dependency.add pypi:evil'], toml);
});

test('groups that name others, and what tools say beside requirements, are read', () => {
  assert.deepEqual(told('pyproject.toml', '', '[project]\nname = "x"\ndynamic = ["dependencies"]\n[dependency-groups]\na = [{include-group = "b"}]\nb = []\n[tool.poetry.group.a]\noptional = true\n[tool.ruff]\nline-length = 100\n[tool.black]\ntarget = "x"\n'), []);
});

test('attack: a link of package-lock.json that leads out of the repository, and a folder that is fetched, are packages', () => {
  const lock = (more: object) => JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'packages/own': { version: '1.0.0' }, ...more } });
  for (const resolved of ['https://evil.example.test/e.tgz', '../../elsewhere', '/elsewhere']) assert.deepEqual(told('a/package-lock.json', lock({}), lock({ 'node_modules/evil': { link: true, resolved, integrity: 'x' } })), ['dependency.add a/package-lock.json'], resolved);
  for (const key of ['node_modules\\evil', 'Node_Modules/evil', 'packages/evil']) assert.deepEqual(told('package-lock.json', lock({}), lock({ [key]: { version: '1.0.0', resolved: 'https://evil.example.test/e.tgz' } })), ['dependency.add package-lock.json'], key);
  for (const entry of [{ version: ['1'] }, { resolved: {} }, ['x']]) assert.deepEqual(told('package-lock.json', lock({}), lock({ 'node_modules/evil': entry })), ['dependency.add package-lock.json unread'], JSON.stringify(entry));
  assert.deepEqual(told('a/package-lock.json', lock({}), lock({ 'node_modules/own': { link: true, resolved: 'packages/own' }, 'node_modules/near': { link: true, resolved: '../near' }, 'packages/other': { name: 'other', version: '1.0.0', dependencies: {} } })), []);
});
