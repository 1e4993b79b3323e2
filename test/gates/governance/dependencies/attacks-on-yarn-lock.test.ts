import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

function told(base: string, head: string): readonly string[] {
  return deriveWith(dependencyDeriver, { files: [{ path: 'yarn.lock', base: withDigests(base), head: withDigests(head) }] }).actions.map(({ action, tier, evidence }) => `${action} ${tier}${evidence['unread'] === undefined ? '' : ' unread'}`);
}

const old = (version: string, more = '', header = 'x@^1.0.0') => `# yarn lockfile v1\n\n\n${header}:\n  version "${version}"\n  resolved "https://index.example.test/x/-/x-${version}.tgz#1"\n${more}  integrity sha512-${version}\n`;
const today = (version: string, more = '', header = '"x@npm:^1.0.0"') => `__metadata:\n  version: 8\n\n${header}:\n  version: ${version}\n  resolution: "x@npm:${version}"\n${more}  checksum: 10c0/${version}\n`;
const address = 'https://evil.example.test/x.tgz';

for (const [form, lock, lines, headers] of [
  ['of old', old, [
    `  "resol\\u0076ed" "${address}"\n`, `  resolved "${address}"\n`, `  "resolved" "${address}"\n`, `  name,resolved "${address}"\n`, `  name x resolved "${address}"\n`, `  name "x" resolved "${address}"\n`,
    `  resolution: "x@${address}"\n`, `  resolved\n    "${address}"\n`, `  name x\r  resolved "${address}"\n`, `  dependencies:\n    y "1"\r  resolved "${address}"\n`, `  unknown "${address}"\n`, `  conditions: a resolved evil\n`,
  ], [`"\\u0065vil@1"`, `"x@^1.0.0" "evil@1"`, `'evil@1'`, `x@^1.0.0 evil@1`]],
  ['of today', today, [
    `  "resol\\u0075tion": "x@${address}"\n`, `  resolution: "x@${address}"\n`, `  "resolution": "x@${address}"\n`, `  'resolution': "x@${address}"\n`, `  ? resolution\n  : "x@${address}"\n`, `  resolved: "${address}"\n`, `  resolution:\n    "x@${address}"\n`,
    `  linkType: hard\r  resolution: "x@${address}"\n`, `  dependencies:\n    y: "npm:1"\r  resolution: "x@${address}"\n`, `  <<: *a\n`, `  dependencies: &a\n    y: "npm:1"\n`, `  dependencies: {y: "npm:1"}\n`, `  linkType: |\n    hard\n`,
  ], [`"\\u0065vil@npm:1"`, `? "evil@npm:1"`, `&a "evil@npm:1"`, `{"evil@npm:1": 1}`]],
] as const) {
  for (const more of lines) {
    test(`attack: ${JSON.stringify(more)} in a yarn.lock ${form} is no line to pass over`, () => assert.deepEqual(told(lock('1.0.0'), lock('1.0.1', more)), ['dependency.add 2 unread']));
  }
  for (const header of headers) {
    test(`attack: ${JSON.stringify(header)} in a yarn.lock ${form} is no header to read in two ways`, () => assert.deepEqual(told(lock('1.0.0'), lock('1.0.1', '', header)), ['dependency.add 2 unread']));
  }
}

for (const resolution of [`x@npm:1.0.1::__archive%55rl=${encodeURIComponent(address)}`, `x@npm:1.0.1::a=b&__archiveUrl=${encodeURIComponent(address)}`, `x@patch:x@${encodeURIComponent(address)}#./a.patch`, `x@NPM:1.0.1`, `x@exec:./a.js`]) {
  test(`attack: ${JSON.stringify(resolution)} in yarn.lock is from elsewhere`, () => assert.deepEqual(told(today('1.0.0'), today('1.0.1').replace('x@npm:1.0.1', resolution)), ['dependency.add 2']));
}

test('attack: another package beside the first key of an entry of a yarn.lock of old is added', () => {
  assert.deepEqual(told(old('1.0.0'), old('1.0.1', '', 'x@^1.0.0, evil@^1.0.0')), ['dependency.add 2']);
});

test('attack: what a yarn.lock of old fetches from an address is in no folder of the repository', () => {
  assert.deepEqual(told(old('1.0.0'), old('1.0.1', '', '"x@file:./x"').replace('index.', 'evil.')), ['dependency.add 2']);
});

test('what Yarn writes beside source and content is passed over', () => {
  const rest = '  bin:\n    x: ./x.js\n  peerDependencies:\n    y: "*"\n  peerDependenciesMeta:\n    y:\n      optional: true\n  conditions: (os=darwin | os=linux) & cpu=!x64\n  languageName: node\n  linkType: hard\n';
  assert.deepEqual(told(today('1.0.0'), today('1.0.1', rest)), []);
  assert.deepEqual(told(old('1.0.0'), old('1.0.1', '  dependencies:\n    y "^1"\n    "@s/z" "1 || 2"\n', '"x@^1.0.0 || ^1.1.0", x@^1.0.0').replaceAll('\n', '\r\n')), []);
  const patched = (version: string) => today(version).replace(`x@npm:${version}`, `x@patch:x@npm%3A${version}#./a.patch::version=${version}&hash=1`);
  assert.deepEqual(told(patched('1.0.0'), patched('1.0.1')), []);
});

const builtin = (version: string, patch: string, of = 'x', checksum = '') => `${today(version)}\n"x@patch:${of}@npm%3A^1.0.0#${patch}":\n  version: ${version}\n  resolution: "x@patch:${of}@npm%3A${version}#${patch}"\n${checksum}  conditions: os=darwin\n  languageName: node\n  linkType: hard\n`;
const filled = '  checksum: 10c0/patched\n';

test('a patch that Yarn has in itself is of no content of its own: its digest comes, goes and changes', () => {
  for (const patch of ['optional!builtin<compat/x>', '~builtin<compat/x>', 'builtin<compat/x>', '~builtin<compat/x>::version=1.0.1&hash=18f3a7']) {
    for (const [before, head] of [['', filled], [filled, ''], ['  checksum: 10c0/other\n', filled]] as const) {
      assert.deepEqual(told(builtin('1.0.1', patch, 'x', before), builtin('1.0.1', patch, 'x', head)), [], patch);
      assert.deepEqual(told(builtin('1.0.0', patch, 'x', before), builtin('1.0.1', patch, 'x', head)), [], patch);
    }
    assert.deepEqual(told(today('1.0.0'), builtin('1.0.1', patch, 'x', filled)), []);
  }
});

test('attack: what only looks like a patch of Yarn itself counts as before', () => {
  for (const [patch, of] of [['optional!builtin<compat/evil>', 'x'], ['optional!builtin<compat/x>', 'evil'], ['./builtin<compat/x>', 'x'], ['builtin<compat/x>&./evil.patch', 'x'], ['builtin<compat/x>::version=1.0.1&hash=1&locator=evil', 'x']] as const) assert.deepEqual(told(builtin('1.0.1', patch, of), builtin('1.0.1', patch, of, filled)), ['dependency.add 2'], `${patch} ${of}`);
  assert.deepEqual(told(today('1.0.0'), today('1.0.1').replace('x@npm:1.0.1', 'x@patch:x@npm%3A1.0.1#optional!builtin<compat/x>').replace('  checksum: 10c0/1.0.1\n', '')), ['dependency.add 2']);
});
