import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

/** What a file gets from elsewhere. */
function elsewhere(path: string, base: string, head: string): readonly unknown[] {
  return deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, subject, evidence }) => [action, subject.path, JSON.parse(JSON.stringify(evidence['elsewhere'] ?? null))?.names]);
}

const npmLock = (resolved: string, version = '1.0.0') => JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/@s/x': { version, resolved, integrity: 'sha512-x' } } });
const yarnLock = (resolved: string) => `x@org/x:\n  version "1.0.0"\n  resolved "${resolved}"\n`;

for (const [path, lock] of [
  ['uv.lock', (at, commit) => `[[package]]\nname = "x"\nversion = "1.0"\nsource = {git = "https://github.com/${at}?rev=v1#${commit}"}\n`],
  ['uv.lock', (at, commit) => `[[package]]\nname = "x"\nversion = "1.0"\nsource = {url = "https://github.com/${at}/${commit}.zip"}\n`],
  ['poetry.lock', (at, commit) => `[[package]]\nname = "x"\nversion = "1.0"\nfiles = []\n[package.source]\ntype = "git"\nurl = "https://github.com/${at}.git"\nreference = "main"\nresolved_reference = "${commit}"\n`],
  ['pylock.toml', (at, commit) => `[[packages]]\nname = "x"\nversion = "1.0"\nvcs = {type = "git", url = "https://github.com/${at}", commit-id = "${commit}"}\n`],
  ['pylock.toml', (at, commit) => `[[packages]]\nname = "x"\nversion = "1.0"\narchive = {url = "https://github.com/${at}/archive/${commit}.zip"}\n`],
  ['pdm.lock', (at, commit) => `[[package]]\nname = "x"\nversion = "1.0"\ngit = "https://github.com/${at}"\nrevision = "${commit}"\n`],
  ['pdm.lock', (at, commit) => `[[package]]\nname = "x"\nversion = "1.0"\nhg = "https://github.com/${at}"\nrevision = "${commit}"\n`],
  ['Pipfile.lock', (at, commit) => JSON.stringify({ default: { x: { git: `https://github.com/${at}.git`, ref: commit } } })],
  ['package-lock.json', (at, commit) => npmLock(`git+ssh://git@github.com/${at}.git#${commit}`)],
  ['package-lock.json', (at, commit) => npmLock(`https://codeload.github.com/${at}/tar.gz/${commit}`)],
  ['yarn.lock', (at, commit) => yarnLock(`git+https://github.com/${at}.git#${commit}`)],
  ['yarn.lock', (at, commit) => yarnLock(`https://codeload.github.com/${at}/tar.gz/${commit}`)],
  ['yarn.lock', (at, commit) => `__metadata:\n  version: 8\n\n"x@${at}":\n  version: 1.0.0\n  resolution: "x@https://github.com/${at}.git#commit=${commit}"\n`],
  ['yarn.lock', (at, commit) => `__metadata:\n  version: 8\n\n"x@npm:^1":\n  version: 1.0.0\n  resolution: "x@npm:1.0.0::__archiveUrl=https%3A%2F%2Fgithub.com%2F${at}%2F${commit}.tgz"\n`],
  ['pnpm-lock.yaml', (at, commit) => `packages:\n\n  x@https://codeload.github.com/${at}/tar.gz/${commit}:\n    resolution: {tarball: https://codeload.github.com/${at}/tar.gz/${commit}}\n    version: 1.0.0\n`],
  ['pnpm-lock.yaml', (at, commit) => `packages:\n\n  x@1.0.0:\n    resolution: {commit: ${commit}, repo: https://github.com/${at}, type: git}\n`],
  ['pnpm-lock.yaml', (at, commit) => `packages:\n\n  x@1.0.0:\n    resolution:\n      commit: ${commit}\n      repo: https://github.com/${at}\n      type: git\n`],
] as readonly (readonly [string, (at: string, commit: string) => string])[]) {
  test(`attack: another repository or commit of the same host is told in ${path}: ${JSON.stringify(lock('org/x', 'c1').slice(-70))}`, () => {
    const told = (head: string) => elsewhere(path, lock('org/x', 'c1'), head).map((one) => JSON.stringify(one));
    for (const head of [lock('evil/x', 'c1'), lock('org/x', 'c2')]) {
      const [only = '', ...others] = told(head);
      assert.deepEqual(others, []);
      assert.match(only, new RegExp(`^\\["dependency.add","${path}",\\["x .*(?:evil|c2)|^\\["dependency.add","${path}",\\["@s/x .*(?:evil|c2)`));
    }
    assert.deepEqual(told(`${lock('org/x', 'c1')}\n`), []);
  });
}

const index = 'https://npm.example.test/npm';

test('attack: the file of another package, or of another registry of the same host, is told in package-lock.json', () => {
  const told = (resolved: string) => elsewhere('package-lock.json', npmLock(`${index}/@s/x/-/x-1.0.0.tgz`), npmLock(resolved, '1.0.1')).length;
  for (const address of [`${index}/evil/-/evil-1.0.1.tgz`, 'https://npm.example.test/evil/@s/x/-/x-1.0.1.tgz', `${index}/@s/x/-/../../../evil/-/evil-1.0.1.tgz`, `${index}/@s/x/-/..\\..\\evil.tgz`, `${index}/@s/x/-/archive/evil/x.tgz`, `${index}/@s/x/-/`]) assert.equal(told(address), 1, address);
});

/** The packages x and y of a lock file, each with its version and where it comes from. */
const twoPackages: readonly (readonly [path: string, lock: (...all: readonly (readonly [version: string, at: string])[]) => string])[] = [
  ['package-lock.json', (...all) => JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries([['', {}], ...all.map(([version, at], one) => [`node_modules/${'xy'[one]}`, { version, resolved: `https://${at}/${'xy'[one]}/-/${'xy'[one]}-${version}.tgz` }])]) })],
  ['yarn.lock', (...all) => all.map(([version, at], one) => `${'xy'[one]}@^1:\n  version "${version}"\n  resolved "https://${at}/${'xy'[one]}/-/${'xy'[one]}-${version}.tgz#${version}"\n`).join('\n')],
  ['pnpm-lock.yaml', (...all) => `packages:\n${all.map(([version, at], one) => `\n  ${'xy'[one]}@${version}:\n    resolution: {tarball: https://${at}/${'xy'[one]}/-/${'xy'[one]}-${version}.tgz}\n`).join('')}`],
  ['uv.lock', (...all) => all.map(([version, at], one) => `[[package]]\nname = "${'xy'[one]}"\nversion = "${version}"\nsource = {registry = "https://${at}/simple"}\n`).join('\n')],
  ['poetry.lock', (...all) => all.map(([version, at], one) => `[[package]]\nname = "${'xy'[one]}"\nversion = "${version}"\nfiles = []\n[package.source]\ntype = "legacy"\nurl = "https://${at}/simple"\nreference = "r"\n`).join('\n')],
  ['Pipfile.lock', (...all) => JSON.stringify({ default: Object.fromEntries(all.map(([version, at], one) => ['xy'[one], { version: `==${version}`, index: at }])) })],
];

for (const [path, lock] of twoPackages) {
  const [ours, open] = ['ours.example.test', 'open.example.test'];
  const base = lock(['1.0.0', ours], ['1.0.0', open]);
  const namesFrom = (before: string, head: string): readonly string[] => elsewhere(path, before, head).flatMap((one) => (Array.isArray(one) && Array.isArray(one[2]) ? one[2].map(String) : []));
  test(`attack: a package that a new version of ${path} takes from where another package comes from is told as from there`, () => {
    for (const version of ['1.0.1', '2.0.0', '0.9.0']) {
      const [told, ...others] = namesFrom(base, lock([version, open], ['1.0.0', open]));
      assert.deepEqual(others, [], version);
      assert.match(told ?? '', new RegExp(`^x ${version} from .*${open}`));
    }
  });
  test(`a new version of ${path} from where the package came from is from nowhere else, and neither is a new package from an index in use`, () => {
    assert.deepEqual(namesFrom(base, lock(['1.0.1', ours], ['1.0.1', open])), []);
    assert.deepEqual(namesFrom(lock(['1.0.0', ours]), lock(['1.0.0', ours], ['1.0.0', ours])), []);
    assert.equal(namesFrom(lock(['1.0.0', ours]), lock(['1.0.0', ours], ['1.0.0', open])).length, 1);
  });
}

test('another version from the registry that a lock file used is from nowhere else', () => {
  for (const at of [(version: string) => `${index}/@s/x/-/x-${version}.tgz`, (version: string) => `${index}/@s%2fx/-/x-${version}.tgz#${version}`, (version: string) => `${index}/@s/x/-/@s/x-${version}.tgz`, (version: string) => `https://npm.pkg.github.com/download/@s/x/${version}/0a1b${version}`, (version: string) => `https://npm.example.test/~/11/@s/x/${version}.tgz`]) {
    assert.deepEqual(elsewhere('package-lock.json', npmLock(at('1.0.0')), npmLock(at('1.0.1'), '1.0.1')), [], at('1.0.0'));
  }
});

test('attack: a registry and a repository beside each other are both told', () => {
  const lock = (rest: string) => `[[package]]\nname = "x"\nversion = "1.0"\nsource = {registry = "https://index.example.test/simple"${rest}}\n`;
  assert.deepEqual(elsewhere('uv.lock', lock(''), lock(', git = "https://me:hidden@github.com/evil/x"')), [['dependency.add', 'uv.lock', ['x 1.0 from https://index.example.test/simple https://github.com/evil/x']]]);
});

test('attack: a field beside the one that pnpm fetches from hides it not', () => {
  const lock = (fields: string) => `packages:\n\n  x@1.0.0:\n    resolution: {${fields}}\n`;
  for (const fields of ['repo: https://h.example.test/x, tarball: https://evil.example.test/x', "xtarball: https://h.example.test/x, 'tarball':   https://evil.example.test/x"]) assert.equal(elsewhere('pnpm-lock.yaml', lock('tarball: https://h.example.test/x'), lock(fields)).length, 1, fields);
});

test('attack: a resolution that pnpm would not write is not read', () => {
  const lock = (line: string) => `packages:\n\n  x@1.0.0:\n    resolution: {integrity: sha512-x}\n    ${line}\n`;
  for (const line of ['resolution: {integrity: sha512-x, "tarball": "https://evil.example.test/x.tgz"}', 'resolution: &a {integrity: sha512-x}', '"resolution": {integrity: sha512-x}', 'resolution: *a']) {
    assert.deepEqual(elsewhere('pnpm-lock.yaml', 'packages:\n', lock(line)), [['dependency.add', 'pnpm-lock.yaml', undefined]], line);
  }
});

const hex = (digit: string) => `${digit.repeat(2)}/${digit.repeat(2)}/${digit.repeat(60)}`;

for (const [path, lock] of [
  ['uv.lock', (version, wheels, sdist) => `[[package]]\nname = "my-x"\nversion = "${version}"\nsource = {registry = "https://index.example.test/simple"}\nsdist = {url = "${sdist}", hash = "sha256:${version}"}\nwheels = [{url = "${wheels}", hash = "sha256:w${version}"}]\n`],
  ['pylock.toml', (version, wheels, sdist) => `[[packages]]\nname = "my-x"\nversion = "${version}"\nindex = "https://index.example.test/simple"\nwheels = [{url = "${wheels}", hashes = {sha256 = "w${version}"}}]\n[packages.sdist]\nurl = "${sdist}"\nhashes = {sha256 = "${version}"}\n`],
  ['pdm.lock', (version, wheels, sdist) => `[[package]]\nname = "my-x"\nversion = "${version}"\nfiles = [{url = "${wheels}", hash = "sha256:w${version}"}, {url = "${sdist}", hash = "sha256:${version}"}]\n`],
] as readonly (readonly [string, (version: string, wheels: string, sdist: string) => string])[]) {
  const [wheel, sdist] = [(version: string, digit = '1') => `https://files.example.test/packages/${hex(digit)}/my_x-${version}-py3-none-any.whl`, (version: string) => `https://files.example.test/packages/${hex('2')}/My.X-${version}.tar.gz`];
  const base = lock('1.0', wheel('1.0'), sdist('1.0'));

  test(`attack: a file of a package that ${path} fetches from elsewhere is told, whatever the index`, () => {
    for (const address of ['https://evil.example.test/my_x-1.1-py3-none-any.whl', `https://files.example.test/packages/${hex('3')}/evil-1.1-py3-none-any.whl`, `https://files.example.test/packages/${hex('3')}/my_x-1.1..\\..\\evil.whl`, `https://files.example.test/packages/${hex('3')}/../../../../evil/my_x-1.1-py3-none-any.whl`, `https://files.example.test\\@evil.example.test/packages/${hex('3')}/my_x-1.1-py3-none-any.whl`]) {
      assert.equal(elsewhere(path, base, lock('1.1', address, sdist('1.1'))).length, 1, address);
      assert.equal(elsewhere(path, base, lock('1.1', wheel('1.1'), address)).length, 1, address);
      assert.equal(elsewhere(path, base, lock('1.0', address, sdist('1.0'))).length, 1, address);
    }
  });

  test(`files of another version of ${path} from where they came before are from nowhere else`, () => {
    assert.deepEqual(elsewhere(path, base, lock('1.1', wheel('1.1', '3'), `${sdist('1.1')}#sha256=x`)), []);
    const [nexus, gitlab, releases] = [(version: string) => `https://h.example.test/repository/pypi/packages/my-x/${version}/my_x-${version}-py3-none-any.whl`, (version: string) => `https://h.example.test/api/v4/projects/1/packages/pypi/files/${'4'.repeat(62)}${version.replace('.', '')}/my_x-${version}-py3-none-any.whl`, (version: string) => `https://h.example.test/org/my_x/releases/download/v${version}/my_x-${version}-py3-none-any.whl`];
    for (const at of [nexus, gitlab, releases]) assert.deepEqual(elsewhere(path, lock('1.0', at('1.0'), at('1.0')), lock('1.1', at('1.1'), at('1.1'))), [], at('1.0'));
    assert.equal(elsewhere(path, lock('1.0', releases('1.0'), releases('1.0')), lock('1.1', releases('1.1').replace('org', 'evil'), releases('1.1'))).length, 1);
  });
}

for (const [name, lines] of [
  ['an index', '[easy_install]\nindex_url = https://me:hidden@evil.example.test/simple'],
  ['an index in another spelling', '[easy_install]\n  Index-URL : https://evil.example.test/simple'],
  ['links on a line', '[easy_install]\nfind_links = https://h.example.test/a https://evil.example.test/simple'],
  ['links on several lines', '[easy_install]\nfind_links =\n  https://h.example.test/a,\n  https://evil.example.test/simple'],
  ['an index of what is developed', '[develop]\nindex_url = https://evil.example.test/simple'],
  ['links of every section', '[DEFAULT]\nfind_links = https://evil.example.test/simple'],
] as const) {
  test(`attack: ${name} that setuptools takes packages from is told in setup.cfg`, () => {
    const told = JSON.stringify(elsewhere('setup.cfg', '[metadata]\nname = x\n', `[metadata]\nname = x\n${lines}\n`));
    assert.match(told, /^\[\["dependency.add","setup.cfg",\[.*"index https:\/\/evil.example.test\/simple"[,\]]/);
    assert.doesNotMatch(told, /hidden/);
    assert.deepEqual(elsewhere('setup.cfg', `${lines}\n`, `# why\n${lines}\n`), []);
  });
}
