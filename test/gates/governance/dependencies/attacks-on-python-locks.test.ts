import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

/** Actions of a change of one file; `unread` behind those of a file that is not read. */
function told(path: string, base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, subject, evidence }) => `${action} ${subject.package ?? subject.path}${evidence['unread'] === undefined ? '' : ' unread'}`);
}

const folder = (digit: string) => `https://files.example.test/packages/${digit.repeat(2)}/${digit.repeat(2)}/${digit.repeat(60)}`;

/** The package my.x with its version, the name of its file, and a digit of its digest. */
const locks: readonly (readonly [path: string, lock: (version: string, file: string, digit: string) => string])[] = [
  ['uv.lock', (version, file, digit) => `version = 1\n[[package]]\nname = "my-x"\nversion = "${version}"\nsource = {registry = "https://index.example.test/simple"}\nsdist = {url = "${folder(digit)}/${file}", hash = "sha256:${digit}"}\n`],
  ['uv.lock', (version, file, digit) => `version = 1\n[[package]]\nname = "my-x"\nversion = "${version}"\nsource = {registry = "wheels"}\nwheels = [{path = "all/${file}", hash = "sha256:${digit}"}]\n`],
  ['pylock.toml', (version, file, digit) => `lock-version = "1.0"\n[[packages]]\nname = "my-x"\nversion = "${version}"\n[packages.sdist]\nurl = "${folder(digit)}/${file}"\nhashes = {sha256 = "${digit}"}\n`],
  ['pylock.toml', (version, file, digit) => `lock-version = "1.0"\n[[packages]]\nname = "my-x"\nversion = "${version}"\nindex = "https://index.example.test/simple"\nwheels = [{name = "${file}", hashes = {sha256 = "${digit}"}}]\n`],
  ['pdm.lock', (version, file, digit) => `[[package]]\nname = "my-x"\nversion = "${version}"\nfiles = [{url = "${folder(digit)}/${file}", hash = "sha256:${digit}"}]\n`],
  ['poetry.lock', (version, file, digit) => `[[package]]\nname = "my-x"\nversion = "${version}"\nfiles = [{file = "${file}", hash = "sha256:${digit}"}]\n`],
];

for (const [path, lock] of locks) {
  const at = JSON.stringify(lock('1', '', '').slice(-60));
  const base = lock('2.32.0', 'my_x-2.32.0.tar.gz', '1');

  test(`attack: a file of another package, or of another version, is told in ${path}: ${at}`, () => {
    for (const file of ['my_x_evil-6.6.6.tar.gz', 'my-x-evil-2.32.1.tar.gz', 'my_x-1.0.0.tar.gz', 'my_x-2.32.1-1.tar.gz', 'my-x-2-32.1.tar.gz', 'my_x_evil-2.32.1-py3-none-any.whl', 'my_x-2.32.0-py3-none-any.whl', 'my_x-2.32.1-2.32.1-py3-none-any.whl.exe', 'my_x-2.32.1+evil.tar.gz', 'my_x-2.32.1.post1.tar.gz', 'evil.tar.gz', '']) {
      assert.deepEqual(told(path, base, lock('2.32.1', file, '2')), [`dependency.add ${path}`], file);
    }
  });

  test(`files of another version by the names that programs give them are from nowhere else in ${path}: ${at}`, () => {
    for (const [version, file] of [
      ['2.32.1', 'my_x-2.32.1.tar.gz'], ['2.32.1', 'My.X-2.32.1.zip'], ['2.32.1', 'my_x-2.32.1-py2.py3-none-any.whl'], ['2.32.1', 'my_x-2.32.1-1local-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'], ['2.32', 'my_x-2.32.0.tar.gz'], ['2.32.1', 'my_x-2.32.01.tar.gz'],
      ['2.33.0b1', 'my_x-2.33.0.beta1.tar.gz'], ['2.33rc1', 'my_x-2.33c1.tar.gz'], ['2.32.1.post1', 'my_x-2.32.1.post1.tar.gz'], ['2.32.1.dev3', 'my_x-2.32.1dev3.tar.gz'], ['2.32.1+cu118', 'my_x-2.32.1%2Bcu118-cp311-cp311-linux_x86_64.whl'], ['2.32.1+cu.118', 'my_x-2.32.1+cu_118-cp311-cp311-linux_x86_64.whl'],
    ] as const) assert.deepEqual(told(path, base, lock(version, file, '2')), [], file);
  });
}

test('attack: packages of uv.lock by the other name that uv knows for them are told', () => {
  const lock = (list: string, name: string) => `version = 1\n[[${list}]]\nname = "${name}"\nversion = "1.0"\nsource = {registry = "https://index.example.test/simple"}\n`;
  assert.deepEqual(told('uv.lock', lock('package', 'x'), lock('distribution', 'evil')), ['dependency.add uv.lock']);
  assert.deepEqual(told('uv.lock', lock('package', 'x'), lock('distribution', 'x')), []);
});

test('attack: a lock file with a part that its program is not known to write is not read', () => {
  for (const [path, list] of [['uv.lock', 'package'], ['poetry.lock', 'package'], ['pdm.lock', 'package'], ['pylock.toml', 'packages']] as const) {
    const base = `[[${list}]]\nname = "x"\nversion = "1.0"\n`;
    for (const head of [base.replace(list, 'others'), `${base}[[others]]\nname = "evil"\n`, `${list} = ["x"]\n`, `[[${list}]]\nname = ["x"]\n`]) assert.deepEqual(told(path, base, head), [`dependency.add ${path} unread`], head);
  }
});

test('attack: digests and addresses that stand in the metadata of a lock file of an older form count', () => {
  const lock = (key: string, file: string) => `[[package]]\nname = "x"\nversion = "1.0"\n[metadata]\nlock-version = "1.1"\n[metadata.files]\n${key} = [{${file}}]\n`;
  const ours = 'file = "x-1.0.tar.gz", hash = "sha256:1"';
  for (const [path, key] of [['poetry.lock', 'x'], ['pdm.lock', '"x 1.0"']] as const) {
    for (const file of ['file = "x-1.0.tar.gz", hash = "sha256:2"', `${ours}, url = "https://evil.example.test/x-1.0.tar.gz"`, 'file = "evil-1.0.tar.gz", hash = "sha256:1"']) assert.deepEqual(told(path, lock(key, ours), lock(key, file)), [`dependency.add ${path}`], file);
    assert.deepEqual(told(path, lock(key, ours), `${lock(key, ours)}y = []\n`), [], path);
  }
});

test('attack: digests of a lock file of Poetry in its first form count', () => {
  const lock = (digest: string) => `[[package]]\nname = "x"\nversion = "1.0"\n[metadata.hashes]\nx = ["${digest.repeat(64)}"]\n`;
  assert.deepEqual(told('poetry.lock', lock('a'), lock('b')), ['dependency.add poetry.lock']);
  assert.deepEqual(told('poetry.lock', lock('a'), lock('a').replace('1.0', '1.1').replace('aa', 'bb')), []);
});

test('attack: a file without a digest beside one that has it leaves the package unchecked', () => {
  const lock = (version: string, digest: string, more = '') => `[[package]]\nname = "x"\nversion = "${version}"\nsource = {registry = "https://index.example.test/simple"}\nsdist = {url = "${folder('1')}/x-${version}.tar.gz"${digest}}\n${more}`;
  const base = lock('1.0', ', hash = "sha256:a"');
  for (const head of [lock('1.1', ''), lock('1.1', ', hash = ""'), lock('1.1', ', hash = "sha256:"'), lock('1.1', ', hash = "sha256:b"', `wheels = [{url = "${folder('2')}/x-1.1-py3-none-any.whl"}]\n`)]) assert.deepEqual(told('uv.lock', base, head), ['dependency.add uv.lock'], head);
  assert.deepEqual(told('uv.lock', base, lock('1.1', ', hash = ["sha256:b"]')), ['dependency.add uv.lock unread']);
  assert.deepEqual(told('uv.lock', base, lock('1.1', ', hash = "sha256:b"', `wheels = [{url = "${folder('2')}/x-1.1-py3-none-any.whl", hash = "sha256:c"}]\n`)), []);
});

test('attack: the lock file of a script is read as uv writes it', () => {
  const lock = (name: string) => `version = 1\n[[package]]\nname = "${name}"\nversion = "1.0"\nsource = {registry = "https://index.example.test/simple"}\n`;
  assert.deepEqual(told('tools/release.py.lock', lock('x'), lock('evil')), ['dependency.add tools/release.py.lock']);
});
