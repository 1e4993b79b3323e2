import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { actionsOf, codesOf, deriveWith } from '../derive-with.ts';

type Change = Pick<FileInput, 'path' | 'base' | 'head'>;

function derive(files: readonly Change[], unlisted: World['unlisted'] = {}, world: World = {}) {
  return deriveWith(dependencyDeriver, { files, world: { unlisted, ...world } });
}

function told(files: readonly Change[], unlisted: World['unlisted'] = {}): readonly string[] {
  return actionsOf(derive(files, unlisted));
}

const digest = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
const npmLock = (versions: Readonly<Record<string, object>>, root: object = {}) => JSON.stringify({ lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(Object.entries(versions).map(([name, more]) => [`node_modules/${name}`, { version: '1.0.0', resolved: `https://index.example.test/${name}/-/${name}-1.0.0.tgz`, integrity: digest, ...more }])) } });
const asking = (...names: readonly string[]) => JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '^1'])) });
const both = npmLock({ a: {}, b: {} });

test('attack: a shrinkwrap that names less switches off the lock file beside it, which does not change', () => {
  for (const head of ['{"lockfileVersion": 3, "packages": {}}', npmLock({ a: {} })]) assert.ok(told([{ path: 'x/npm-shrinkwrap.json', base: null, head }], { 'x/package-lock.json': both }).includes('dependency.add 2 x/package-lock.json'));
  assert.deepEqual(derive([{ path: 'npm-shrinkwrap.json', base: null, head: '{}' }], { 'package-lock.json': both }).actions.map(({ why, paths }) => [why, paths]), [['"package-lock.json" is switched off by "npm-shrinkwrap.json", which does not name all that it does, so that versions, their content and where they come from are chosen anew by whoever installs.', ['npm-shrinkwrap.json']]]);
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: null, head: '{}' }, { path: 'package-lock.json', base: both, head: `${both}\n` }]), ['dependency.add 2 package-lock.json']);
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: null, head: '{}' }], { 'package-lock.json': 'not read' }), ['dependency.add 2 package-lock.json']);
});

test('a shrinkwrap that names all, stands alone or stood before switches nothing off', () => {
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: null, head: both }], { 'package-lock.json': both }), ['dependency.add 2 npm-shrinkwrap.json']);
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: null, head: '{}' }]), []);
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: '{}', head: '{"name": "x"}' }], { 'package-lock.json': both }), []);
});

const gone = (path: string, base: string): Change => ({ path, base, head: null });
const anew = (path: string, head: string): Change => ({ path, base: null, head });
const poetry = '[tool.poetry.dependencies]\na = "^1"\n';
const poetryLock = '[[package]]\nname = "a"\nversion = "1.0"\n';
const scriptLock = 'version = 1\n[[package]]\nname = "a"\nversion = "1.0"\nsource = {registry = "https://pypi.org/simple"}\n';

const moves: readonly (readonly [what: string, lock: Change, moved: readonly Change[]])[] = [
  ['into a folder', gone('package-lock.json', both), [gone('package.json', asking('a')), anew('sub/package.json', asking('a'))]],
  ['into another folder, with a byte more', gone('app/package-lock.json', both), [gone('app/package.json', asking('a')), anew('app2/package.json', `${asking('a')}\n`)]],
  ['into a manifest that stood', gone('app/package-lock.json', both), [gone('app/package.json', asking('a')), { path: 'package.json', base: asking('c'), head: asking('c', 'a') }]],
  ['beside a lock file without it', gone('app/package-lock.json', both), [gone('app/package.json', asking('a')), anew('app2/package.json', asking('a')), anew('app2/package-lock.json', npmLock({ b: {} }))]],
  ['without a package', gone('app/package-lock.json', both), [gone('app/package.json', '{"name": "x"}'), anew('app2/package.json', '{"name": "x"}')]],
  ['of Bun', gone('app/bun.lock', '{}'), [gone('app/package.json', asking('a')), anew('app2/package.json', asking('a'))]],
  ['of Poetry', gone('poetry.lock', poetryLock), [gone('pyproject.toml', poetry), anew('app/pyproject.toml', poetry)]],
  ['of a script', gone('s.py.lock', scriptLock), [gone('s.py', '# a\n'), anew('t.py', '# a\n')]],
  ['of a script that gets another ending', gone('s.py.lock', scriptLock), [gone('s.py', '# a\n'), anew('bin/t', '# a\n')]],
  ['of a script, beside a lock file without it', gone('s.py.lock', scriptLock), [gone('s.py', '# a\n'), anew('t.py', '# b\n'), anew('t.py.lock', scriptLock.replace('"a"', '"b"'))]],
  ['of a workspace of npm', gone('package-lock.json', both), [gone('package.json', '{"workspaces": ["p/*"]}')]],
  ['of a workspace of uv', gone('uv.lock', scriptLock), [gone('pyproject.toml', '[tool.uv.workspace]\nmembers = ["p/*"]\n')]],
];

for (const [what, lock, moved] of moves) {
  test(`attack: a project that moves ${what} leaves no lock file behind unseen`, () => assert.ok(told([lock, ...moved]).includes(`dependency.add 2 ${lock.path}`)));
}

test('attack: a workspace of pnpm without its own manifest is no project that is gone', () => {
  const files = [gone('pnpm-lock.yaml', 'packages: {}\n'), gone('package.json', '{}')];
  assert.deepEqual(told(files, { 'pnpm-workspace.yaml': 'packages: [p/*]\n' }), ['dependency.add 2 pnpm-lock.yaml']);
  assert.deepEqual(told(files), []);
});

test('a lock file that moves with its project, and one of a project that is gone beside others, are not told', () => {
  assert.deepEqual(told([gone('package-lock.json', both), gone('package.json', asking('a')), anew('sub/package.json', asking('a')), anew('sub/package-lock.json', both)]), []);
  assert.deepEqual(told([gone('app/package-lock.json', both), gone('app/package.json', asking('a')), anew('p/app/package.json', asking('a')), { path: 'package-lock.json', base: npmLock({ b: {} }), head: both }]), []);
  assert.deepEqual(told([gone('app/package-lock.json', both), gone('app/package.json', asking('a')), { path: 'package.json', base: asking('a', 'c'), head: `${asking('a')}\n` }]), []);
  assert.deepEqual(told([gone('s.py.lock', scriptLock), gone('s.py', '# a\n'), anew('t.py', '# a\n'), anew('t.py.lock', scriptLock)]), []);
  assert.deepEqual(told([gone('app/poetry.lock', poetryLock), gone('app/pyproject.toml', poetry), anew('web/package.json', asking())]), []);
});

test('attack: a lock file that moves with its project gets no package from elsewhere, and none of another content', () => {
  const moved = (head: string) => told([gone('package-lock.json', both), gone('package.json', asking('a')), anew('sub/package.json', asking('a')), anew('sub/package-lock.json', head)]);
  for (const more of [{ resolved: 'https://evil.example.test/a/-/a-1.0.0.tgz' }, { integrity: `sha512-${Buffer.alloc(64, 2).toString('base64')}` }, { integrity: '' }]) assert.deepEqual(moved(npmLock({ a: more, b: {} })), ['dependency.add 2 sub/package-lock.json']);
});

const pnpmLock = (importers: string, packages: readonly string[], snapshots = '') => `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n${importers}packages:\n${packages.map((one) => `  ${one}:\n    resolution: {integrity: ${digest}}\n`).join('')}${snapshots === '' ? '' : `snapshots:\n${snapshots}`}`;
const importerOf = (name: string, version = '1.0.0') => `      ${name}: {specifier: ^1.0.0, version: ${version}}\n`;
const yarnOld = (name: string, more = '') => `${name}@^1:\n  version "1.0.0"\n${more}`;
const yarnToday = (name: string, more = '') => `"${name}@npm:^1":\n  version: 1.0.0\n  resolution: "${name}@npm:1.0.0"\n${more}\n`;
const pythonLock = (name: string, more = '') => `[[package]]\nname = "${name}"\nversion = "1.0"\n${more}`;
const uvOwn = '[[package]]\nname = "own"\nversion = "0"\nsource = {virtual = "."}\ndependencies = [{name = "a"}]\n';

/** What stands in the lock file before and then; what beside it asks for the package that is gone. */
const thinned: readonly (readonly [what: string, path: string, base: string, head: string, unlisted: Readonly<Record<string, string>>])[] = [
  ['its manifest', 'p/package-lock.json', both, npmLock({ b: {} }), { 'p/package.json': asking('a') }],
  ['an entry', 'package-lock.json', npmLock({ a: {}, b: { dependencies: { a: '^1' } } }), npmLock({ b: { dependencies: { a: '^1' } } }), {}],
  ['its first entry', 'package-lock.json', npmLock({ a: {}, b: {} }, { devDependencies: { a: '^1' } }), npmLock({ b: {} }, { devDependencies: { a: '^1' } }), {}],
  ['its manifest by another name', 'package-lock.json', npmLock({ x: { name: 'a' }, b: {} }), npmLock({ b: {} }), { 'package.json': '{"dependencies": {"x": "npm:a@^1"}}' }],
  ['a manifest that can not be read', 'package-lock.json', both, npmLock({ b: {} }), { 'package.json': '{' }],
  ['its manifest', 'pnpm-lock.yaml', pnpmLock(importerOf('a'), ['a@1.0.0', 'b@1.0.0']), pnpmLock(importerOf('b'), ['b@1.0.0']), { 'package.json': asking('a') }],
  ['an importer', 'pnpm-lock.yaml', pnpmLock(importerOf('a'), ['a@1.0.0', 'b@1.0.0']), pnpmLock(importerOf('a'), ['b@1.0.0']), {}],
  ['a snapshot', 'pnpm-lock.yaml', pnpmLock(importerOf('b'), ['a@1.0.0', 'b@1.0.0'], '  b@1.0.0:\n    optionalDependencies: {a: 1.0.0}\n'), pnpmLock(importerOf('b'), ['b@1.0.0'], '  b@1.0.0:\n    optionalDependencies: {a: 1.0.0}\n'), {}],
  ['its manifest', 'yarn.lock', yarnOld('a') + yarnOld('b'), yarnOld('b'), { 'package.json': asking('a') }],
  ['an entry of old', 'yarn.lock', yarnOld('a') + yarnOld('b', '  dependencies:\n    a "^1"\n'), yarnOld('b', '  dependencies:\n    a "^1"\n'), {}],
  ['an entry of today', 'yarn.lock', yarnToday('a') + yarnToday('b', '  dependencies:\n    a: "npm:^1"\n'), yarnToday('b', '  dependencies:\n    a: "npm:^1"\n'), {}],
  ['an entry of today by its version', 'yarn.lock', yarnToday('a') + yarnToday('b', '  dependencies:\n    a: "npm:1.0.0"\n'), yarnToday('b', '  dependencies:\n    a: "npm:1.0.0"\n'), {}],
  ['its manifest', 'poetry.lock', pythonLock('a') + pythonLock('b'), pythonLock('b'), { 'pyproject.toml': poetry }],
  ['an entry', 'poetry.lock', pythonLock('a') + pythonLock('b', '[package.dependencies]\na = ">=1"\n'), pythonLock('b', '[package.dependencies]\na = ">=1"\n'), {}],
  ['an entry', 'pdm.lock', pythonLock('a') + pythonLock('b', 'dependencies = ["a>=1"]\n'), pythonLock('b', 'dependencies = ["a>=1"]\n'), {}],
  ['the project', 'uv.lock', `${uvOwn}${pythonLock('a')}${pythonLock('b')}`, `${uvOwn}${pythonLock('b')}`, {}],
  ['its manifest', 'uv.lock', pythonLock('a') + pythonLock('b'), pythonLock('b'), { 'pyproject.toml': '[dependency-groups]\ndev = ["A>=1"]\n' }],
  ['its manifest', 'Pipfile.lock', '{"_meta": {}, "default": {"a": {"version": "==1.0"}, "b": {"version": "==1.0"}}}', '{"_meta": {}, "default": {"b": {"version": "==1.0"}}}', { Pipfile: '[packages]\na = "*"\n' }],
];

for (const [what, path, base, head, unlisted] of thinned) {
  test(`attack: a package that ${what} still asks for does not go from a ${path} unseen`, () => {
    assert.deepEqual(derive([{ path, base, head }], unlisted).actions.map(({ subject, why, evidence }) => [subject.path, why.includes('does not name one package any more that something still asks for'), evidence['packages']].slice(0, 2)), [[path, true]]);
  });
}

const kept: readonly (readonly [what: string, path: string, base: string, head: string, unlisted: Readonly<Record<string, string>>])[] = [
  ['that nothing asks for any more', 'package-lock.json', npmLock({ a: {}, b: {} }, { dependencies: { a: '^1' } }), npmLock({ b: {} }, {}), { 'package.json': asking('b') }],
  ['that is optional, a peer or brought within', 'package-lock.json', both, npmLock({ b: { dependencies: { a: '^1' }, bundleDependencies: ['a'], peerDependencies: { a: '^1' } }, c: { dependencies: { a: '*' }, optionalDependencies: { a: '*' } }, b2: { inBundle: true, dependencies: { a: '^1' } } }), {}],
  ['that is optional to the project', 'package-lock.json', both, npmLock({ b: {} }), { 'package.json': '{"dependencies": {"a": "^1"}, "optionalDependencies": {"a": "^1"}, "peerDependencies": {"a": "*"}}' }],
  ['that is a member of the workspace now', 'package-lock.json', both, npmLock({ b: {}, a: { resolved: 'p/a', link: true, integrity: undefined } }), { 'package.json': asking('a') }],
  ['that is a member of the workspace now', 'pnpm-lock.yaml', pnpmLock(importerOf('a'), ['a@1.0.0', 'b@1.0.0']), pnpmLock(importerOf('a', 'link:p/a'), ['b@1.0.0']), { 'package.json': asking('a') }],
  ['that is a member of the workspace now', 'yarn.lock', yarnToday('a') + yarnToday('b'), `"a@^1, a@workspace:p/a":\n  version: 0.0.0-use.local\n  resolution: "a@workspace:p/a"\n\n${yarnToday('b')}`, { 'package.json': asking('a') }],
  ['that some systems need alone', 'poetry.lock', pythonLock('a') + pythonLock('b'), pythonLock('b', '[package.dependencies]\na = {version = ">=1", markers = "python_version < \'3.9\'"}\n'), { 'pyproject.toml': '[tool.poetry.dependencies]\na = {version = "^1", python = "<3.9"}\n' }],
  ['that some systems need alone', 'uv.lock', pythonLock('a') + pythonLock('b'), pythonLock('b', 'dependencies = [{name = "a", marker = "os_name == \'nt\'"}]\n'), { 'pyproject.toml': '[project]\ndependencies = ["a; python_version < \'3.9\'"]\n[build-system]\nrequires = ["a"]\n' }],
];

for (const [what, path, base, head, unlisted] of kept) {
  test(`a package ${what} may go from a ${path}`, () => assert.deepEqual(derive([{ path, base, head }], unlisted).actions.filter(({ evidence }) => evidence['gone'] === true), []));
}

test('what stands beside a lock file and could not be read leaves the change open', () => {
  const derived = derive([{ path: 'package-lock.json', base: both, head: npmLock({ b: {} }) }], {}, { unavailable: ({ kind }) => kind === 'file-at' });
  assert.deepEqual(codesOf(derived.findings), ['snapshot/unreadable unknown', 'snapshot/unreadable unknown', 'snapshot/unreadable unknown']);
});

test('attack: a list of pip-tools with digests is not deleted unseen while its source stands', () => {
  const list = { path: 'requirements/dev.txt', base: `a==1.0 --hash=sha256:${'0'.repeat(64)}\n`, head: null };
  assert.deepEqual(told([list], { 'requirements/dev.in': 'a\n' }), ['dependency.add 2 requirements/dev.txt']);
  assert.deepEqual(told([list, { path: 'requirements/dev.in', base: 'a\n', head: 'a>=1\n' }]), ['dependency.add 2 requirements/dev.txt']);
  assert.deepEqual([told([list]), told([list, gone('requirements/dev.in', 'a\n')]), told([{ ...list, base: 'a==1.0\n' }], { 'requirements/dev.in': 'a\n' })], [[], [], []]);
});

test('attack: a file whose name differs by its letters alone hides no manifest that asks for what is gone', () => {
  const thinner = { path: 'p/package-lock.json', base: both, head: npmLock({ b: {} }) };
  for (const other of [anew('p/PACKAGE.JSON', '{}'), { path: 'p/Package.json', base: '{}', head: '{"name": "x"}' }, gone('p/Package.json', '{}')]) {
    assert.deepEqual(told([thinner, other], { 'p/package.json': asking('a') }), ['dependency.add 2 p/package-lock.json']);
  }
  assert.deepEqual(told([gone('p/package-lock.json', both), gone('p/Package.json', '{}')], { 'p/package.json': asking('a') }), ['dependency.add 2 p/package-lock.json']);
});

test('attack: a manifest that is a link may ask for anything, and stands', () => {
  const world = { links: ['p/package.json', 'package-lock.json'] };
  const toldBeside = (...files: readonly Change[]) => actionsOf(derive(files, {}, world));
  assert.deepEqual(toldBeside({ path: 'p/package-lock.json', base: both, head: npmLock({ b: {} }) }), ['dependency.add 2 p/package-lock.json']);
  assert.deepEqual(toldBeside(gone('p/package-lock.json', both), gone('p/package.yaml', '{}')), ['dependency.add 2 p/package-lock.json']);
  assert.deepEqual(toldBeside(anew('npm-shrinkwrap.json', '{}')), ['dependency.add 2 package-lock.json']);
});

test('attack: a lock file is not hidden from a shrinkwrap by another one whose name differs by its letters alone', () => {
  assert.deepEqual(told([{ path: 'npm-shrinkwrap.json', base: null, head: '{}' }, { path: 'Package-lock.json', base: '{}', head: '{"name": "x"}' }], { 'package-lock.json': both }), ['dependency.add 2 package-lock.json']);
});
