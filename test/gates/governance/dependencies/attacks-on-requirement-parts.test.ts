import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

/** Actions of a change of one file; `unread` for those of a file that is not read. */
function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, subject, evidence }) => `${action} ${subject.package ?? subject.path}${evidence['unread'] === undefined ? '' : ' unread'}`);
}

const pipenvLock = (x: object, more: object = {}) => JSON.stringify({ _meta: { sources: [] }, default: { x: { version: '==1.0.0', hashes: ['sha256:a'], ...x }, ...more } });
const evil = 'https://evil.example.test/x-1.0.0-py3-none-any.whl';

for (const x of [
  { path: 'evil==6.6.6' }, { path: 'evil' }, { path: '-r evil.txt' }, { path: '-rx/evil.txt' }, { path: './x\n-r evil.txt' }, { path: './x -r evil.txt' }, { path: ['evil==6.6.6'] }, { file: 'evil==6.6.6' },
  { extras: [`z] @ ${evil} #`] }, { extras: [['z\nevil==6']] }, { extras: 'z' }, { extras: ['z,y'] }, { markers: { a: '\nevil==6' } }, { markers: "python_version > '3'\u2028evil==6.6.6" }, { markers: "python_version > '3'\u000bevil==6.6.6" }, { markers: "python_version > '3' -r evil.txt" }, { markers: `python_version > '3' # @ ${evil}` },
  { hashes: ['sha256:a', 'sha256:b\u2028evil==6'] }, { hashes: ['sha256:a --index-url x'] }, { hashes: [''] }, { hashes: 'sha256:a' }, { version: '==1.0.0 #' }, { version: ['==1.0.0'] }, { index: 'x\ny' }, { editable: 'yes' }, { ref: '-e evil' }, { sys_platform: "== 'linux'\nevil" }, { unknown: 'evil' },
]) test(`attack: ${JSON.stringify(x)} in Pipfile.lock is no part of a line for pip, so the file may name any package`, () => assert.deepEqual(told('Pipfile.lock', pipenvLock({}), pipenvLock(x)), ['dependency.add Pipfile.lock unread']));

test('attack: a name in Pipfile.lock that is no name may name any package', () => {
  for (const name of ['x\u2028evil==6', 'x @ https://evil.example.test/x.whl #', '-r x', '']) assert.deepEqual(told('Pipfile.lock', pipenvLock({}), pipenvLock({}, { [name]: { version: '==1' } })), ['dependency.add Pipfile.lock unread'], name);
});

test('what Pipenv writes into Pipfile.lock is read in all its forms', () => {
  for (const x of [
    { extras: ['socks', 'a.b_c'] }, { markers: "python_version >= '3.7' and (sys_platform == 'win32' or platform_python_implementation != \"PyPy\") and python_version not in '3.0, 3.1'" }, { sys_platform: "== 'win32'" }, { editable: true }, { hashes: ['sha256:a'] }, { version: '==1.0.1+cu118.post1.dev2' },
  ]) assert.deepEqual(told('Pipfile.lock', pipenvLock({}), pipenvLock(x)), [], JSON.stringify(x));
  for (const y of [{ editable: true, path: '.' }, { editable: true, file: '.' }, { path: './libs/y' }, { path: 'libs/y-1.0.tar.gz', extras: ['a'] }]) assert.deepEqual(told('Pipfile.lock', pipenvLock({}), pipenvLock({}, { y })), [], JSON.stringify(y));
});

test('attack: a folder that lies outside of the repository is a package from elsewhere', () => {
  for (const path of ['../../elsewhere/evil', '/elsewhere/evil', '~/evil']) {
    assert.deepEqual(told('Pipfile.lock', pipenvLock({}), pipenvLock({}, { y: { path, editable: true } })), ['dependency.add Pipfile.lock'], path);
    assert.deepEqual(told('a/requirements.txt', '', `${path}\n`).slice(0, 1).map((one) => one.split(' ')[0]), ['dependency.add'], path);
    assert.deepEqual(told('a/requirements.txt', '', `-e ${path}\n`).map((one) => one.split(' ')[0]), ['dependency.add'], path);
    for (const [file, toml] of [['pyproject.toml', `[tool.uv.sources]\ny = {path = "${path}"}\n`], ['pyproject.toml', `[tool.poetry.dependencies]\ny = {path = "${path}", develop = true}\n`], ['Pipfile', `[packages]\ny = {path = "${path}", editable = true}\n`]] as const) assert.deepEqual(told(`a/${file}`, '', toml), ['dependency.add pypi:y'], toml);
    for (const [file, toml] of [['uv.lock', `[[package]]\nname = "y"\nversion = "1"\nsource = {editable = "${path}"}\n`], ['poetry.lock', `[[package]]\nname = "y"\nversion = "1"\n[package.source]\ntype = "directory"\nurl = "${path}"\n`], ['pdm.lock', `[[package]]\nname = "y"\nversion = "1"\npath = "${path}"\n`], ['pylock.toml', `[[packages]]\nname = "y"\ndirectory = {path = "${path}"}\n`]] as const) assert.deepEqual(told(`a/${file}`, '', toml), [`dependency.add a/${file}`], toml);
  }
});

test('a folder of the repository is no package from elsewhere, from the folder of the file that names it', () => {
  for (const path of ['../libs/y', './y', '../../../libs/y']) {
    for (const [file, text] of [['pyproject.toml', `[tool.uv.sources]\ny = {path = "${path}", editable = true}\n`], ['pyproject.toml', `[tool.poetry.group.dev.dependencies]\ny = {path = "${path}", extras = ["a"]}\n`], ['Pipfile', `[packages]\ny = {path = "${path}"}\n`], ['requirements.txt', `${path}\n-e ${path}\n${path}[a, b] ; python_version > "3"\n`], ['uv.lock', `[[package]]\nname = "y"\nversion = "1"\nsource = {directory = "${path}"}\n`]] as const) assert.deepEqual(told(`a/b/c/${file}`, '', text), [], text);
  }
  assert.deepEqual(told('pyproject.toml', '', '[tool.poetry.dependencies]\ny = {path = "y"}\n[tool.uv.sources]\nz = {workspace = true}\n'), []);
  assert.deepEqual(told('Pipfile', '[packages]\n', '[packages]\ny = {path = "evil"}\n'), ['dependency.add pypi:y']);
});

test('attack: a path with more behind it is no folder of the repository', () => {
  for (const line of ['./x -r evil.txt', './..[a]/../..', './x ; evil==1\\', './x[a] evil', './x#a', './${HOME}']) assert.notDeepEqual(told('requirements.txt', '', `${line}\n`), [], line);
});

const fields: readonly (readonly [path: string, file: (fields: string) => string])[] = [
  ['Pipfile', (all) => `[packages]\nx = {${all}}\n`], ['pyproject.toml', (all) => `[tool.poetry.dependencies]\nx = {${all}}\n`], ['pyproject.toml', (all) => `[tool.uv.sources]\nx = {${all}}\n`],
];

for (const [path, file] of fields) {
  test(`attack: another folder of the same repository, and any field that is not known, is from elsewhere in ${path}: ${file('')}`, () => {
    const git = 'git = "https://g.example.test/m.git", rev = "a"';
    for (const [before, head] of [[`${git}, subdirectory = "x"`, `${git}, subdirectory = "evil"`], [git, `${git}, subdirectory = "evil"`], [git, `${git}, unknown = "evil"`], ['index = "a"', 'index = "a", unknown = "evil"'], ['index = "a"', 'index = "a", markers = "python_version > \'3\'\\nevil==6.6.6"'], ['index = "a"', 'index = "a", extras = ["z] @ https://evil.example.test/x.whl #"]'], ['index = "a"', 'index = "a", markers = ["evil"]'], ['index = "a", version = "*"', 'index = "a", version = "*\\nevil==6.6.6"']] as const) {
      assert.deepEqual(told(path, file(before), file(head)), ['dependency.add pypi:x'], head);
    }
  });
}

test('fields that lead to no other package are no action', () => {
  const git = 'git = "https://g.example.test/m.git"';
  for (const [path, file] of fields) assert.deepEqual(told(path, file(git), file(`${git}, markers = "python_version > '3' and sys_platform == 'linux'", optional = true, editable = false`)), [], path);
  assert.deepEqual(told('pyproject.toml', '[tool.poetry.dependencies]\nx = "^1"\n', '[tool.poetry.dependencies]\nx = {version = "^1.2", python = ">=3.8,<4.0", platform = "linux", allow-prereleases = true}\n'), []);
});

test('attack: a range that goes on in another line is from elsewhere', () => {
  assert.deepEqual(told('Pipfile', '[packages]\nx = "*"\n', '[packages]\nx = "*\\nevil==6.6.6"\n'), ['dependency.add pypi:x']);
  assert.deepEqual(told('pyproject.toml', '[project]\ndependencies = ["x"]\n', '[project]\ndependencies = ["x>1\\nevil"]\n'), ['dependency.add pypi:x>1\nevil']);
});

test('attack: a part of a package that brings others is told', () => {
  for (const [path, without, other] of [['requirements.txt', 'x==1.0\n', 'x[Evil_A]==1.0\n'], ['pyproject.toml', '[project]\ndependencies = ["x[b]"]\n', '[project]\ndependencies = ["x[b, evil.a]"]\n'], ['pyproject.toml', '[tool.poetry.dependencies]\nx = "1"\n', '[tool.poetry.dependencies]\nx = {version = "1", extras = ["evil-a"]}\n'], ['Pipfile', '[packages]\nx = "*"\n', '[packages]\nx = {extras = ["evil-a"]}\n']] as const) {
    assert.deepEqual(told(path, without, other), ['dependency.add pypi:x[evil-a]'], path);
    assert.deepEqual(told(path, other, without), [], path);
  }
  assert.deepEqual(told('requirements.txt', 'x[a]==1.0\n', 'x[a]==1.1\n'), []);
  assert.deepEqual(told('requirements.txt', '', 'x[a]==1.0\n'), ['dependency.add pypi:x']);
});
