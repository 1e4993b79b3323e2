import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../../src/domain/digest.ts';
import { limits } from '../../../../src/domain/limits.ts';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

const manifest = 'package.json';
const lock = 'package-lock.json';

function derive(files: readonly Partial<FileInput>[], world: World = {}) {
  return deriveWith(dependencyDeriver, { files: files.map(({ base, head, ...file }) => ({ path: manifest, ...(base === undefined ? {} : { base: sideOf(base) }), ...(head === undefined ? {} : { head: sideOf(head) }), ...file })), world });
}

function sideOf<Side>(side: Side): Side | string {
  return typeof side === 'string' ? withDigests(side) : side;
}

function packageJson(dependencies: object, rest: object = {}): string {
  return JSON.stringify({ name: 'shop', dependencies, ...rest }, null, 2);
}

/** `name: version`, each from the same registry; the project asks for those in `direct`. */
function packageLock(versions: Readonly<Record<string, string>>, direct: readonly string[] = [], change: object = {}): string {
  const packages = Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version, resolved: `https://index.example.test/${name}/-/${name}-${version}.tgz`, integrity: `sha512-${name}${version}`, ...change }]);
  return JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: Object.fromEntries(direct.map((name) => [name, '*'])) }, ...Object.fromEntries(packages) } });
}

test('a package that a manifest and its lock file name newly is one action with both files, and what comes along is another', () => {
  const { actions, findings } = derive([
    { base: packageJson({ left: '^1.0.0' }), head: packageJson({ left: '^1.0.0', right: '^2.1.0' }) },
    { path: lock, base: packageLock({ left: '1.0.0' }, ['left']), head: packageLock({ left: '1.0.0', right: '2.1.3', deep: '0.1.0', deeper: '3.0.0' }, ['left', 'right']) },
  ]);
  const names = ['npm:deep@0.1.0', 'npm:deeper@3.0.0'];
  assert.deepEqual(findings, []);
  assert.deepEqual(actions, [
    {
      action: 'dependency.add',
      tier: 2,
      subject: { package: 'npm:right', path: manifest },
      paths: [lock, manifest],
      why: 'The package "right" is added ("^2.1.0").',
      evidence: { from: [], to: ['^2.1.0', '2.1.3'], kinds: ['dependencies', 'lock'], sources: [] },
      place: { path: manifest, line: 5, column: 6 },
      finding: null,
      remedy: 'Leave the package out and use what the project has.',
    },
    {
      action: 'dependency.add',
      tier: 2,
      subject: { path: lock },
      paths: [lock],
      why: `"${lock}" brings in 2 packages that others need, or more than are told one by one.`,
      evidence: { packages: { count: 2, names, digest: digestOfValue(names) }, elsewhere: { count: 0, names: [], digest: digestOfValue([]) } },
      place: { path: lock, line: 1, column: 1 },
      finding: null,
      remedy: 'Leave out the packages that bring these in.',
    },
  ]);
});

test('a package that the lock file alone has newly is told by itself where the project asks for it', () => {
  const { actions } = derive([{ path: lock, base: packageLock({}), head: packageLock({ a: '1.0.0', b: '1.0.0' }, ['b']) }]);
  assert.deepEqual(actions.map(({ subject }) => subject), [{ package: 'npm:b', path: lock }, { path: lock }]);
});

test('a package that another changed manifest had already is not added, and one that goes is no action', () => {
  assert.deepEqual(derive([{ base: packageJson({ a: '^1.0.0' }), head: packageJson({}) }, { path: 'b/package.json', base: packageJson({}), head: packageJson({ a: '^1.2.0' }) }]).actions, []);
  assert.deepEqual(derive([{ base: packageJson({ a: '1' }), head: null }]).actions, []);
});

test('a package that many manifests name newly is one action', () => {
  const { actions } = derive(Array.from({ length: 30 }, (_, index) => ({ path: `p${index}/package.json`, base: packageJson({}), head: packageJson({ a: '1' }) })));
  assert.deepEqual(actions.map(({ subject, paths }) => [subject.package, paths.length]), [['npm:a', 30]]);
});

test('a version, a script or a name of the project is no action', () => {
  assert.deepEqual(derive([{ base: packageJson({ a: '^1.0.0' }), head: packageJson({ a: '^1.5.0' }, { version: '2.0.0', scripts: { test: 'node --test' } }) }]).actions, []);
});

test('a package of another major version is told with both versions, and what others need together', () => {
  const { actions } = derive([
    { base: packageJson({ a: '^1.0.0' }), head: packageJson({ a: '^2.0.0' }) },
    { path: lock, base: packageLock({ a: '1.4.0', b: '1.0.0', c: '1.0.0' }, ['a']), head: packageLock({ a: '2.0.1', b: '1.1.0', c: '3.0.0' }, ['a']) },
  ]);
  assert.deepEqual(actions.map(({ action, subject, evidence }) => [action, subject, evidence['from'] ?? evidence['packages']]), [
    ['dependency.bump_major', { package: 'npm:a', path: manifest }, ['^1.0.0', '1.4.0']],
    ['dependency.bump_major', { path: lock }, { count: 1, names: ['npm:c@3.0.0'], digest: digestOfValue(['npm:c@3.0.0']) }],
  ]);
});

test('a package of the same version from another host or with another content is told, and one more digest alone is not', () => {
  const base = packageLock({ a: '1.0.0', b: '1.0.0' });
  const elsewhere = (head: string) => derive([{ path: lock, base, head }]).actions.map(({ action, evidence }) => [action, evidence['elsewhere']]);
  const told = (names: readonly string[]) => [['dependency.add', { count: names.length, names, digest: digestOfValue(names) }]];
  assert.deepEqual(elsewhere(base.replace('index.example.test/a', 'evil.example.test/a')), told(['a 1.0.0 from https://evil.example.test']));
  assert.deepEqual(elsewhere(base.replace('sha512-a', 'sha512-x')), told(['a 1.0.0 from https://index.example.test']));
  assert.deepEqual(elsewhere(base.replace(/,"integrity":"sha512-a[^"]*"/, '')), told(['a 1.0.0 from https://index.example.test']));
  assert.deepEqual(elsewhere(base.replace('/a/-/a-1.0.0', '/a/-/1/a-1.0.0')), []);
});

test('a new version from a host that the lock file did not use is told twice: as what it is and as from elsewhere', () => {
  const head = packageLock({ a: '1.0.0', b: '1.0.1' }).replace('index.example.test/b', 'evil.example.test/b');
  const { actions } = derive([{ path: lock, base: packageLock({ a: '1.0.0', b: '1.0.0' }), head }]);
  assert.deepEqual(actions.map(({ evidence }) => evidence['elsewhere']), [{ count: 1, names: ['b 1.0.1 from https://evil.example.test'], digest: digestOfValue(['b 1.0.1 from https://evil.example.test']) }]);
});

test('a manifest that can not be read may name anything, whoever can read it', () => {
  assert.deepEqual(derive([{ base: packageJson({}), head: '{"dependencies": {' }]).actions.map(({ action, subject, evidence }) => [action, subject, evidence]), [['dependency.add', { path: manifest }, { unread: 'it is no file of its kind' }]]);
  assert.deepEqual(actionsOf(derive([{ base: packageJson({}), head: aSide('elsewhere', '120000') }])), [`dependency.add 2 ${manifest}`]);
  assert.deepEqual(actionsOf(derive([{ head: ' '.repeat(limits.fileBytes + 1) }])), [`dependency.add 2 ${manifest}`]);
});

test('a manifest that could not be read at the base names all anew', () => {
  assert.deepEqual(actionsOf(derive([{ base: '[]', head: packageJson({ a: '1' }) }])), ['dependency.add 2 npm:a']);
});

test('a manifest whose content is not known leaves the change open', () => {
  const { actions, findings } = derive([{ base: packageJson({}), head: packageJson({ a: '1' }) }], { unavailable: () => true });
  assert.deepEqual([actions, findings.map(({ code, severity }) => `${code} ${severity}`)], [[], ['snapshot/unreadable unknown', 'snapshot/unreadable unknown']]);
});

test('manifests beyond the limit together may name anything', () => {
  const side = (text: string) => ({ ...aSide(text), size: limits.fileBytes });
  const { actions } = derive(Array.from({ length: 20 }, (_, index) => ({ path: `p${String(index).padStart(2, '0')}/package.json`, head: side(packageJson({}, { version: `${index}` })) })), { contents: Array.from({ length: 20 }, (_, index) => packageJson({}, { version: `${index}` })) });
  assert.deepEqual(actions.map(({ subject }) => subject.path), ['p16/package.json', 'p17/package.json', 'p18/package.json', 'p19/package.json']);
});

test('more packages than anybody looks at one by one are told together', () => {
  const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`a${index}`, '1']));
  const { actions } = derive([{ base: packageJson({}), head: packageJson(many) }]);
  const last = actions.at(-1);
  assert.deepEqual([actions.length, last?.subject, last?.why], [101, { path: manifest }, '"package.json" brings in 30 packages that others need, or more than are told one by one.']);
});

test('what is installed already, and what only looks like a manifest, is no action', () => {
  const paths = ['node_modules/a/package.json', 'a/my-package.json', 'requirements.md', 'docs/lock.txt', 'package.json.bak'];
  assert.deepEqual(derive(paths.map((path) => ({ path, head: packageJson({ a: '1' }) }))).actions, []);
});

test('a file of another name that requirements newly take packages from may name anything', () => {
  const path = 'py/requirements.txt';
  const more = 'py/more.lst';
  const [action, ...others] = derive([{ path, base: 'a==1\n-r base/requirements.txt\n', head: 'a==1\n-r base/requirements.txt\n-r ./more.lst\n' }, { path: more, head: 'evil==1\n' }]).actions;
  assert.deepEqual([action?.action, action?.subject, action?.paths, others], ['dependency.add', { path: more }, [more, path], []]);
  const subjects = (head: string) => derive([{ path, base: '-r more.lst\n', head }]).actions.map(({ subject }) => subject.path);
  assert.deepEqual(subjects('-rmore.lst\n--constraint "../x.lst"\n--requirem=../../out.txt\n-c /etc/y.txt\n-r requirements-dev.txt\n'), ['x.lst', '../../out.txt', '/etc/y.txt']);
  assert.deepEqual(subjects(''), []);
});

test('attack: a file outside of the repository is judged by nobody, whatever its name', () => {
  const told = (path: string, head: string) => derive([{ path, base: '', head }]).actions.map(({ subject }) => subject.path);
  for (const name of ['../../requirements.txt', '/etc/requirements.txt', 'c:/requirements.txt', '../a/../../requirements.txt']) assert.deepEqual(told('py/requirements.txt', `-r ${name}\n`), [name]);
  assert.deepEqual(told('setup.cfg', '[options]\ninstall_requires = file: ../requirements.txt\n'), ['../requirements.txt']);
  assert.deepEqual(told('py/requirements.txt', '-r ../requirements.txt\n-r ./a/../../requirements.txt\n'), []);
});

test('attack: a yes to a file that a project takes packages from is bound to what stands in it, whatever names the file', () => {
  for (const [path, head] of [['setup.cfg', '[options]\ninstall_requires = file: deps.list\n'], ['pyproject.toml', '[tool.setuptools.dynamic]\ndependencies = {file = ["deps.list"]}\n']] as const) {
    const [action, ...others] = derive([{ path, head }, { path: 'deps.list', head: 'evil\n' }]).actions;
    assert.deepEqual([action?.action, action?.subject, action?.paths, others], ['dependency.add', { path: 'deps.list' }, ['deps.list', path], []]);
  }
});

test('a package manager with the same version and another content is told', () => {
  const manager = (hash: string) => packageJson({}, { packageManager: `pnpm@9.1.0+sha512.${hash}` });
  assert.deepEqual(derive([{ base: manager('a'), head: manager('b') }]).actions.map(({ evidence }) => evidence['elsewhere']), [{ count: 1, names: ['content of pnpm 9.1.0'], digest: digestOfValue(['content of pnpm 9.1.0']) }]);
  assert.deepEqual(actionsOf(derive([{ base: manager('a'), head: packageJson({}, { packageManager: 'pnpm@10.0.0' }) }])), ['dependency.bump_major 2 npm:pnpm']);
});

test('an index that hides in the spelling of its option is told, without its password', () => {
  const told = (line: string) => derive([{ path: 'requirements.txt', base: 'a==1\n', head: `a==1\n${line}\n` }]).actions.map(({ evidence }) => JSON.stringify(evidence['elsewhere']));
  for (const line of ['-ihttps://me:hidden@index.example.test/simple', '--index https://me:hidden@index.example.test/simple', '--extra=https://me:hidden@index.example.test/simple', '-r https://me:hidden@index.example.test/simple']) {
    assert.match(told(line).join(' '), /"names":\["index https:\/\/index.example.test\/simple(?: \(extra-index-url\))?"\]/, line);
  }
  const { actions } = derive([{ head: packageJson({ a: 'https://me:hidden@h.example.test/a.tgz' }) }, { path: 'requirements.txt', head: 'https://me:hidden@h.example.test/b.whl\n' }]);
  assert.equal(actions.length, 2);
  assert.doesNotMatch(JSON.stringify(actions), /hidden/);
});

test('a lock file of Bun may name any package', () => {
  assert.deepEqual(actionsOf(derive([{ path: 'bun.lock', base: '{}', head: '{"a": 1}' }, { path: 'x/bun.lockb', head: Uint8Array.of(0, 1) }])), ['dependency.add 2 bun.lock', 'dependency.add 2 x/bun.lockb']);
});
