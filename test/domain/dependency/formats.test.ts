import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyFileOf } from '../../../src/domain/dependency/dependency-file.ts';
import { readDependencies } from '../../../src/domain/dependency/read-dependencies.ts';
import { withDigests } from '../../gates/governance/dependencies/with-digests.ts';

/** `name wanted`, with the source behind it, and `!` before what the project itself asks for; in the end the indexes and the files that are named. */
function read(path: string, text: string): readonly string[] | string {
  const file = dependencyFileOf(path);
  assert.ok(file !== null, path);
  const reading = readDependencies(withDigests(text), file.format);
  if (reading.kind === 'unread') return reading.why;
  const { dependencies, indexes, included = [] } = reading.facts;
  return [...dependencies.map(({ name, wanted, source, hashes, isDirect }) => `${isDirect ? '!' : ''}${name} ${wanted}${source === null ? '' : ` <${source}>`}${hashes.length === 0 ? '' : ` #${hashes.length}`}`), ...indexes.map((index) => `index ${index}`), ...included.map((name) => `includes ${name}`)];
}

test('package.json names by every list, alias, path, address and override', () => {
  const text = JSON.stringify({
    dependencies: { a: '^1', alias: 'npm:@s/real@^2', repo: 'owner/repo#v1', tar: 'https://example.test/x.tgz', own: 'workspace:*', near: 'file:../near', ranged: '>=1 <2 || 3' },
    devDependencies: { b: 'latest' },
    optionalDependencies: { c: '*' },
    peerDependencies: { d: '1' },
    overrides: { e: { '.': '1', f: 'npm:evil@3', 'g@^2': '2' }, h: '$a' },
    resolutions: { 'x/**/@s/i': '4', 'j@npm:1': '5' },
    pnpm: { overrides: { 'k>l@1': '6' } },
  });
  assert.deepEqual(read('package.json', text), ['!a ^1', '!@s/real ^2', '!repo owner/repo#v1 <owner/repo#v1>', '!tar https://example.test/x.tgz <https://example.test/x.tgz>', '!own workspace:* <workspace:*>', '!near file:../near <file:../near>', '!ranged >=1 <2 || 3', '!b latest', '!c *', '!d 1', '!e 1', '!evil 3', '!g 2', '!h ^1', '!@s/i 4', '!j 5', '!l 6']);
});

test('package.json names the package manager, what pnpm installs first, and what extensions and catalogs bring', () => {
  const text = (more: object) => read('package.json', JSON.stringify(more));
  assert.deepEqual(text({ packageManager: 'pnpm@9.1.0+sha512.aa' }), ['!pnpm 9.1.0 #1']);
  assert.deepEqual(text({ packageManager: 'yarn@https://example.test/y.tgz#x' }), ['!yarn https://example.test/y.tgz#x <https://example.test/y.tgz#x>']);
  assert.deepEqual(text({ devEngines: { packageManager: [{ name: 'npm', version: '^11' }, { name: 'pnpm' }] } }), ['!npm ^11', '!pnpm *']);
  assert.deepEqual(text({ pnpm: { configDependencies: { a: '1.0.0+sha512-x', b: { integrity: '2.0.0+sha512-y', tarball: 'https://example.test/b.tgz' } } } }), ['!a 1.0.0 #1', '!b 2.0.0 <https://example.test/b.tgz> #1']);
  assert.deepEqual(text({ pnpm: { packageExtensions: { 'react@1': { dependencies: { c: '1' }, peerDependencies: { d: '*' } } } } }), ['!c 1', '!d *']);
  assert.deepEqual(text({ workspaces: { packages: ['a/*'], catalog: { e: '1' }, catalogs: { old: { f: '2' } } }, catalog: { g: '3' } }), ['!g 3', '!e 1', '!f 2']);
});

test('package.yaml is read as package.json is', () => {
  assert.deepEqual(read('package.yaml', 'name: shop\ndependencies: {a: 1.10}\npnpm: {overrides: {b: "2"}}\n'), ['!a 1.10', '!b 2']);
  assert.deepEqual(read('package.yaml', 'dependencies:\n  - base >= 4.9\n'), []);
});

test('manifests and lock files without a reader are not read', () => {
  for (const path of ['package.json5', 'bun.lock', 'bun.lockb']) assert.equal(read(path, '{}'), 'files of its kind are not read', path);
});

test('package-lock.json is read in all three versions, names by folder or by alias', () => {
  const third = JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { a: '^1' } }, 'packages/own': { devDependencies: { '@s/b': '1' } }, 'node_modules/own': { link: true, resolved: 'packages/own' }, 'node_modules/a': { version: '1.0.0', resolved: 'https://u:p@h.example.test/npm/a/-/a-1.0.0.tgz', integrity: 'sha512-x' }, 'node_modules/a/node_modules/@s/b': { version: '2.0.0' }, 'node_modules/c': { name: 'real', version: '3.0.0' } } });
  assert.deepEqual(read('package-lock.json', third), ['own  <packages/own>', '!a 1.0.0 <https://u:p@h.example.test/npm> #1', '!@s/b 2.0.0', 'real 3.0.0']);
  const first = JSON.stringify({ lockfileVersion: 1, dependencies: { a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } }, c: { version: 'npm:real@3.0.0' } } });
  assert.deepEqual(read('npm-shrinkwrap.json', first), ['a 1.0.0', 'b 2.0.0', 'real 3.0.0']);
});

test('yarn.lock is read in its old form and in that of today', () => {
  const old = '# yarn lockfile v1\n\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.2.0"\n  resolved "https://h.example.test/@s/a/-/a-1.2.0.tgz#abc"\n  integrity sha512-x\n  dependencies:\n    b "^2.0.0"\n\nb@^2.0.0:\n  version "2.1.0"\n\n"alias@npm:real@^1":\n  version "1.0.0"\n';
  assert.deepEqual(read('yarn.lock', old), ['@s/a 1.2.0 <https://h.example.test> #1', 'b 2.1.0', 'real 1.0.0']);
  const today = '__metadata:\n  version: 8\n  cacheKey: 10\n\n"@s/a@npm:^1.0.0, @s/a@npm:^1.1.0":\n  version: 1.2.0\n  resolution: "@s/a@npm:1.2.0"\n  dependencies:\n    b: "npm:^2.0.0"\n  checksum: 10/abc\n  languageName: node\n  linkType: hard\n\n"alias@npm:real@^1":\n  version: 1.0.0\n  resolution: "real@npm:1.0.0"\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n\n"git@https://example.test/x.git#commit=1":\n  version: 1.0.0\n  resolution: "git@https://example.test/x.git#commit=1"\n';
  assert.deepEqual(read('yarn.lock', today), ['@s/a 1.2.0 #1', 'real 1.0.0', 'shop 0.0.0-use.local <workspace:.>', 'git 1.0.0 <https://example.test/x.git#commit=1>']);
});

test('yarn.lock with a line of no entry is not read', () => {
  assert.match(String(read('yarn.lock', 'a@1: {version: 1}\n')), /a line that is of no entry/);
});

test('pnpm-lock.yaml is read in its forms from 5 to 9, with what the project asks for', () => {
  const today = "lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n\nimporters:\n\n  .:\n    dependencies:\n      '@s/a':\n        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n\n  '@s/a@1.0.0':\n    resolution: {integrity: sha512-x}\n    engines: {node: '>=18'}\n\n  b@2.0.0(peer@1.0.0):\n    resolution:\n      integrity: sha512-y\n      tarball: https://h.example.test/b.tgz\n\nsnapshots:\n\n  '@s/a@1.0.0': {}\n";
  assert.deepEqual(read('pnpm-lock.yaml', today), ['!@s/a 1.0.0 #1', 'b 2.0.0 <https://h.example.test/b.tgz> #1']);
  const older = 'lockfileVersion: 5.4\n\ndependencies:\n  a: 1.0.0\n\npackages:\n\n  /a/1.0.0:\n    resolution: {integrity: sha512-x}\n    dev: false\n\n  /@s/b/2.0.0_peer@1.0.0:\n    resolution: {integrity: sha512-y}\n';
  assert.deepEqual(read('pnpm-lock.yaml', older), ['!a 1.0.0 #1', '@s/b 2.0.0 #1']);
});

test('pnpm-lock.yaml with a package that pnpm would not write is not read, and one that names none has none', () => {
  for (const text of ['packages: {a@1.0.0: {}}\n', '"packages":\n  a@1.0.0: {}\n', 'packages:\n a@1.0.0: {}\n', 'packages:\n  ? a@1.0.0\n', 'packages:\n  {a@1.0.0: {}}\n']) {
    assert.match(String(read('pnpm-lock.yaml', text)), /pnpm would not write/, text);
  }
  for (const text of ['packages: &x\n', '{packages: {}}\n']) assert.deepEqual(read('pnpm-lock.yaml', text), []);
});

test('pnpm-workspace.yaml names by its catalogs and overrides', () => {
  assert.deepEqual(read('pnpm-workspace.yaml', 'packages: [a/*]\ncatalog: {a: ^1, b: npm:real@2}\ncatalogs:\n  old:\n    c: "3"\noverrides: {d: 4.10}\n'), ['!a ^1', '!real 2', '!c 3', '!d 4.10']);
});

test('pnpm-workspace.yaml names what pnpm installs first and what extensions bring, and overrides by the package that they are for', () => {
  assert.deepEqual(read('pnpm-workspace.yaml', "configDependencies:\n  evil: '1.0.0+sha512-x'\npackageExtensions: {a: {dependencies: {b: '1'}}}\noverrides: {'c>d@1': '2'}\n"), ['!d 2', '!b 1', '!evil 1.0.0 #1']);
});

test('requirements name by pins, hashes, markers, extras and addresses; included files are judged for themselves', () => {
  const text = `# all of it
--index-url https://index.example.test/simple
-i https://other.example.test/simple
-r base.txt
-c constraints.txt
Django[argon2]>=4.2,<5 ; python_version >= "3.10"  # why
typing_Extensions==4.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
pkg @ https://example.test/pkg-1.0.zip
-e git+https://example.test/repo.git@v1#egg=My.Editable
-e .
./local
https://example.test/x-1.0-py3-none-any.whl
`;
  assert.deepEqual(read('requirements-dev.txt', text), [
    '!django >=4.2,<5', '!typing-extensions ==4.1 #2', '!pkg https://example.test/pkg-1.0.zip <https://example.test/pkg-1.0.zip>', '!./local ./local <./local>',
    '!https://example.test/x-1.0-py3-none-any.whl https://example.test/x-1.0-py3-none-any.whl <https://example.test/x-1.0-py3-none-any.whl>',
    '!my-editable git+https://example.test/repo.git@v1#egg=My.Editable <git+https://example.test/repo.git@v1#egg=My.Editable>', '!. . <.>',
    'index https://index.example.test/simple', 'index https://other.example.test/simple', 'includes base.txt', 'includes constraints.txt',
  ]);
});

test('requirements are read line by line as pip reads them, whatever else ends a line and wherever a comment stands', () => {
  assert.deepEqual(read('requirements.txt', '# why \\\nevil==1\n'), ['!evil ==1']);
  for (const end of ['\r', '\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029']) assert.deepEqual(read('requirements.txt', `# why${end}evil==1`), ['!evil ==1'], JSON.stringify(end));
  assert.deepEqual(read('requirements.txt', 'a==1 \\\n# why\nb==1 \\\n  --hash=sha256:x\nc\\\nd\n'), ['!a ==1', '!b ==1 #1', '!cd ']);
  assert.match(String(read('requirements.txt', '#!x\n# vim: set fileencoding=utf-7 :\n# +AAo-evil\n')), /another encoding/);
  assert.deepEqual(read('requirements.txt', '# -*- coding: UTF-8 -*-\na==1\n'), ['!a ==1']);
});

test('pyproject.toml names by the project, groups, the build, Poetry and uv', () => {
  const text = `
[project]
dependencies = ["Foo_Bar>=1", "b[x] (>=2,<3)"]
[project.optional-dependencies]
dev = ["c~=1.4"]
[dependency-groups]
test = ["d", {include-group = "dev"}]
[build-system]
requires = ["hatchling"]
[tool.poetry.dependencies]
python = "^3.11"
e = "^1.0"
f = {git = "https://example.test/f.git", tag = "v1"}
g = [{version = "<2", python = "<3.9"}, {version = ">=2"}]
near = {path = "../near"}
[tool.poetry.group.docs.dependencies]
h = "*"
[[tool.poetry.source]]
name = "x"
url = "https://index.example.test/simple"
[tool.uv]
dev-dependencies = ["i==1"]
[tool.uv.sources]
d = {url = "https://example.test/d.zip"}
j = {workspace = true}
`;
  assert.deepEqual(read('pyproject.toml', text), [
    '!foo-bar >=1', '!b >=2,<3', '!c ~=1.4', '!d ', '!hatchling ', '!e ^1.0', '!f https://example.test/f.git@v1 <https://example.test/f.git>', '!g <2', '!g >=2', '!near ../near <../near>', '!h *', '!i ==1', '!d https://example.test/d.zip <https://example.test/d.zip>', 'index https://index.example.test/simple name = "x" (tool.poetry.source)',
  ]);
});

test('pyproject.toml names by the environments, plugins and overrides of its tools, and the files that they take packages from', () => {
  const text = (toml: string) => read('pyproject.toml', toml);
  assert.deepEqual(text('[tool.hatch.envs.a]\ndependencies = ["b"]\nextra-dependencies = ["c==1"]\n[tool.hatch.envs.a.overrides]\nmatrix.v.dependencies = [{value = "d", if = ["1"]}]\n[tool.hatch.env]\nrequires = ["e"]\n[tool.hatch.build.targets.wheel.hooks.x]\ndependencies = ["f"]\n'), ['!b ', '!c ==1', '!d ', '!e ', '!f ']);
  assert.deepEqual(text('[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["a.list"]\noptional-dependencies.x = ["b.list"]\n'), ['includes a.list', 'includes b.list']);
  assert.deepEqual(text('[tool.setuptools.dynamic]\nversion = {file = "VERSION"}\ndependencies = {file = ["a.list"]}\noptional-dependencies.x = {file = "b.list"}\n'), ['includes a.list', 'includes b.list']);
  assert.deepEqual(text('[tool.uv]\nbuild-constraint-dependencies = ["a"]\nexclude-dependencies = ["no"]\nextra-build-dependencies = {x = ["b", {requirement = "c", match-runtime = true}]}\n[[tool.uv.dependency-metadata]]\nname = "y"\nrequires-dist = ["d"]\n'), ['!a ', '!b ', '!c ', '!d ']);
  assert.deepEqual(text('[tool.pdm]\nplugins = ["a"]\n[tool.pdm.dev-dependencies]\nx = ["b"]\n[tool.pdm.resolution.overrides]\nc = "1"\nd = "https://example.test/d.whl"\n'), ['!a ', '!b ', '!c 1', '!d https://example.test/d.whl <https://example.test/d.whl>']);
  assert.deepEqual(text('[tool.poetry.requires-plugins]\na = ">=1"\n[tool.rye]\ndev-dependencies = ["b"]\n[[tool.rye.sources]]\nurl = "https://index.example.test/simple"\n[tool.flit.metadata]\nrequires = ["c"]\nrequires-extra.x = ["d"]\n'), ['!a >=1', '!b ', '!c ', '!d ', 'index https://index.example.test/simple (tool.rye.sources)']);
  assert.deepEqual(read('hatch.toml', '[envs.a]\ndependencies = ["b"]\n'), ['!b ']);
});

test('pdm.lock and a pylock.toml with a name are read', () => {
  assert.deepEqual(read('pdm.lock', '[metadata]\ngroups = ["default"]\n[[package]]\nname = "a"\nversion = "1"\nfiles = [{file = "a-1-py3-none-any.whl", hash = "sha256:x"}]\n[[package]]\nname = "b"\nversion = "2"\ngit = "https://example.test/b.git"\n[[package]]\nname = "c"\nversion = "3"\npath = "./c"\n'), ['a 1 #1', 'b 2 <https://example.test/b.git>', 'c 3 <./c>']);
  assert.deepEqual(read('pylock.dev.toml', '[[packages]]\nname = "a"\nversion = "1"\n[[packages]]\nname = "own"\ndirectory = {path = "."}\n'), ['a 1', 'own  <.>']);
});

test('attack: a package of poetry.lock does not hide behind what uv writes of the project itself', () => {
  assert.deepEqual(read('poetry.lock', '[[package]]\nname = "evil"\nversion = "1"\n[package.source]\neditable = "."\n'), ['evil 1']);
  assert.deepEqual(read('uv.lock', '[[package]]\nname = "evil"\nversion = "1"\nsource = {editable = ".", registry = "https://index.example.test/simple"}\n'), ['evil 1 <https://index.example.test/simple>']);
});

test('poetry.lock, uv.lock and pylock.toml are read with source and hashes', () => {
  assert.deepEqual(read('poetry.lock', '[[package]]\nname = "A.b"\nversion = "1.0"\nfiles = [{file = "a_b-1.0-py3-none-any.whl", hash = "sha256:x"}]\n\n[[package]]\nname = "c"\nversion = "2.0"\n[package.source]\ntype = "git"\nurl = "https://example.test/c.git"\n'), ['a-b 1.0 #1', 'c 2.0 <https://example.test/c.git>']);
  const uv = 'version = 1\n[[package]]\nname = "shop"\nversion = "0.1.0"\nsource = {editable = "."}\ndependencies = [{name = "a"}]\n[package.dev-dependencies]\ndev = [{name = "b"}]\n\n[[package]]\nname = "a"\nversion = "1.0"\nsource = {registry = "https://index.example.test/simple"}\nsdist = {url = "https://files.example.test/packages/a-1.0.tar.gz", hash = "sha256:1"}\nwheels = [{url = "https://files.example.test/packages/a-1.0-py3-none-any.whl", hash = "sha256:2"}]\n\n[[package]]\nname = "c"\nversion = "3"\nsource = {registry = "https://index.example.test/simple"}\n';
  assert.deepEqual(read('uv.lock', uv), ['shop 0.1.0 <.>', '!a 1.0 <https://index.example.test/simple https://files.example.test/packages> #2', 'c 3 <https://index.example.test/simple>']);
  assert.deepEqual(read('pylock.toml', 'lock-version = "1.0"\n[[packages]]\nname = "a"\nversion = "1"\nindex = "https://index.example.test/simple"\nwheels = [{name = "a-1-py3-none-any.whl", hashes = {sha256 = "x"}}]\n'), ['a 1 <https://index.example.test/simple> #1']);
});

test('Pipfile and Pipfile.lock are read in every group', () => {
  assert.deepEqual(read('Pipfile', '[[source]]\nurl = "https://index.example.test/simple"\n[packages]\nA_b = "*"\nc = {version = ">=1", extras = ["x"]}\n[dev-packages]\nd = "==1"\n[requires]\npython_version = "3"\n'), ['!a-b *', '!c >=1', '!d ==1', 'index https://index.example.test/simple']);
  assert.deepEqual(read('Pipfile.lock', JSON.stringify({ _meta: {}, default: { a: { version: '==1.0', hashes: ['sha256:x'], index: 'main' } }, develop: { own: { path: '.' }, b: { git: 'https://example.test/b.git' } } })), ['a 1.0 <main> #1', 'own  <.>', 'b  <https://example.test/b.git>']);
});

test('setup.cfg names by what is installed and by extras', () => {
  assert.deepEqual(read('setup.cfg', '[metadata]\nname = x\n[options]\npackages = find:\ninstall_requires =\n  A>=1 # not told\n  b; python_version < "3"\n[options.extras_require]\ndev = c==1\ntest =\n    d\n'), ['!a >=1 # not told', '!b ', '!c ==1', '!d ']);
});

test('setup.cfg is read with the blanks, the spellings and the files that setuptools takes', () => {
  assert.deepEqual(read('setup.cfg', '[options]\n  install-requires = a\n    b\nsetup_requires = file: c.list, d.list\ndependency_links = https://index.example.test/simple\n'), ['!a ', '!b ', 'index https://index.example.test/simple', 'includes c.list', 'includes d.list']);
});

test('a text that is no file of its kind is not read, and nothing of it is quoted', () => {
  for (const path of ['package.json', 'package-lock.json', 'Pipfile.lock', 'pyproject.toml', 'uv.lock', 'Pipfile']) {
    const why = String(read(path, `[[[ ${['s', 'ecret'].join('')}`));
    assert.match(why, /^it is no/, path);
    assert.doesNotMatch(why, /secret/);
  }
  assert.equal(read('package.json', '[]'), 'it is no JSON object');
});
