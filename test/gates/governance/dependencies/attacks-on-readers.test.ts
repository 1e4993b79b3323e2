import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

/** Actions on a file that gets lines: their packages, or their files with what stands of unread ones. */
function told(path: string, base: string, head: string): readonly string[] {
  const { actions } = deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }, { path: 'evil.more', base: null, head: 'evil\n' }] });
  return actions.map(({ subject, paths, evidence }) => subject.package ?? (evidence['unread'] === undefined ? paths.join(' ') : 'unread'));
}

const included = ['evil.more requirements.txt'];

for (const [line, expected] of [
  ['--pre -r evil.more', included],
  ['-r evil.more --pre', included],
  ['-c evil.more --prefer-binary', included],
  ['--pre -- -r evil.more', ['unread']],
  ['--pre why -r evil.more', ['unread']],
  ['-i https://index.example.test/simple --extra-index-url https://evil.example.test/simple', ['requirements.txt']],
  ['--pre -e git+https://evil.example.test/x.git#egg=x', ['pypi:x']],
  ['-e . ; -r evil.more', ['unread']],
  ['a -r evil.more', ['unread']],
  ['--pypi-url https://evil.example.test/simple', ['requirements.txt']],
  ['--"requirement" evil.more', included],
  ["-r 'evil.more'", included],
  ['-\\r evil.more', ['unread']],
  ['-r "evil.more', ['unread']],
  ['\\-r evil.more\\\n', included],
  ['--pre\u00a0-r evil.more', ['unread']],
  ['\u001f-r evil.more', ['unread']],
  ['-i https://index.example.test/\ufeff# --extra-index-url https://evil.example.test/simple', ['unread']],
  ['-r=evil.more', ['unread']],
  ['-r file:evil.more', ['unread']],
  ['-r ${PWD}/requirements.txt', ['unread']],
  ['--re evil.more', ['unread']],
  ['--unknown evil.more', ['unread']],
  ['--pre=1', ['unread']],
  ['-r', ['unread']],
  ['-i -r evil.more', ['unread']],
  ['-e "x @ git+https://evil.example.test/x.git"', ['pypi:x']],
  ['-e bzr+lp:evil#egg=x', ['pypi:x']],
  ['bzr+lp:evil', ['pypi:bzr+lp:evil']],
  ['a evil', ['pypi:a evil']],
  ['a @ https://index.example.test/a.zip;/../../evil.zip', ['pypi:a']],
] as const) {
  test(`attack: ${JSON.stringify(line)} in requirements is no line to pass over`, () => {
    const base = 'a\nbzr\na @ https://index.example.test/a.zip\n-i https://index.example.test/simple\n';
    assert.deepEqual(told('requirements.txt', base, `${base}${line}\n`), expected);
  });
}

test('options that bring no packages, and conditions of what is editable, are read as nothing', () => {
  const line = (text: string) => told('requirements.txt', 'a\n', `${text}\na --config-settings "b=c d" --hash=sha256:x\n`);
  for (const text of ['--pre --no-binary :all: --only-binary=b', '--require-hashes', "-e ./x ; python_version < '3'", '-e .[dev]', '--hash sha256:x']) assert.deepEqual(line(text), [], text);
});

test('attack: requirements behind a lone CR are of no other encoding', () => {
  assert.deepEqual(told('requirements.txt', 'a\n', '#\r#\n# coding: utf-7\n#+AAo-evil\na\n'), ['unread']);
});

for (const [name, head, expected] of [
  ['several requirements in one line', 'install_requires = a; evil', ['pypi:evil']],
  ['several requirements in one line before a comment', 'install_requires = a; evil\n  # why\n', ['pypi:evil']],
  ['several requirements in one line of an extra', '[options.extras_require]\nz = a; evil', ['pypi:evil']],
  ['files on several lines', 'install_requires = file: requirements.txt,\n  evil.more', ['evil.more setup.cfg']],
  ['files behind the first line', 'install_requires =\n  file: requirements.txt,\n  evil.more', ['evil.more setup.cfg']],
  ['a line that setuptools divides', 'install_requires = a\u2028evil', ['unread']],
  ['a line that setuptools goes on with', 'install_requires =\n  a \\\n  -a', ['unread']],
] as const) {
  test(`attack: ${name} of setup.cfg hide nothing`, () => {
    assert.deepEqual(told('setup.cfg', '[options]\ninstall_requires = a\n', `[options]\n${head}\n`), expected);
  });
}

test('a condition in setup.cfg is one where a line holds one requirement', () => {
  assert.deepEqual(told('setup.cfg', '[options]\ninstall_requires = a\n', '[options]\ninstall_requires =\n  a; python_version < "3"\n'), []);
});

for (const kind of ['git', 'hg', 'svn', 'bzr', 'file', 'path']) {
  test(`attack: what Pipenv takes from an address by ${kind} is not in the repository`, () => {
    const table = `{${kind === 'path' ? '' : 'path = "./x", '}${kind} = "https://evil.example.test/x"}`;
    assert.deepEqual(told('Pipfile', '[packages]\na = "*"\n', `[packages]\na = ${table}\n`), ['pypi:a']);
    assert.deepEqual(told('Pipfile.lock', '{"default":{}}', `{"default":{"evil":${table.replaceAll(/(\w+) = /g, '"$1":')}}}`), ['Pipfile.lock']);
  });
}

test('attack: a package of a Pipfile is of no workspace', () => {
  assert.deepEqual(told('Pipfile', '[packages]\n', '[packages]\nevil = {version = "*", workspace = true}\n'), ['pypi:evil']);
});

for (const [path, base, entry] of [
  ['pylock.toml', 'lock-version = "1.0"\n', '[[packages]]\nname = "evil"\nversion = "1"\nsource = {type = "directory"}\n[[packages.wheels]]\nurl = "https://evil.example.test/evil-1-py3-none-any.whl"\n'],
  ['pylock.toml', 'lock-version = "1.0"\n', '[[packages]]\nname = "evil"\ndirectory = {path = "."}\nvcs = {type = "git", url = "https://evil.example.test/x.git"}\n'],
  ['pylock.toml', 'lock-version = "1.0"\n', '[[packages]]\nname = "evil"\nversion = "1"\npath = "."\n'],
  ['pdm.lock', '[metadata]\n', '[[package]]\nname = "evil"\nversion = "1"\nsource = {type = "directory"}\n'],
  ['pdm.lock', '[metadata]\n', '[[package]]\nname = "evil"\nversion = "1"\npath = "."\nhg = "https://evil.example.test/x"\n'],
  ['poetry.lock', '[metadata]\n', '[[package]]\nname = "evil"\nversion = "1"\npath = "."\ndirectory = {path = "."}\n'],
] as const) {
  test(`attack: ${JSON.stringify(entry.slice(25))} does not make a package of ${path} one of the repository`, () => {
    assert.deepEqual(told(path, base, `${base}${entry}`), [path]);
  });
}
