import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

/** What one file is told to get from elsewhere; packages that it adds by `add`. */
function told(path: string, base: string | null, head: string | null): readonly string[] {
  const { actions } = deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] });
  return actions.flatMap(({ action, subject, evidence }) => {
    assert.equal(action, 'dependency.add');
    return subject.package === undefined ? [JSON.parse(JSON.stringify(evidence['elsewhere'] ?? null))?.names ?? ['unread']].flat() : [`add ${subject.package}`];
  });
}

const [ours, open] = ['https://ours.example.test/simple', 'https://open.example.test/simple'];

type Lines = Readonly<Record<string, unknown>>;

function tables(name: string, ...all: readonly Lines[]): string {
  return all.map((one) => `[[${name}]]\n${Object.entries(one).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join('')}`).join('');
}

const named: readonly (readonly [path: string, file: (...all: readonly Lines[]) => string])[] = [
  ...['tool.uv.index', 'tool.poetry.source', 'tool.pdm.source', 'tool.rye.sources'].map((name) => ['pyproject.toml', (...all: readonly Lines[]) => `[tool.uv.sources]\nx = {index = "a"}\n[tool.poetry.dependencies]\ny = {version = "1", source = "a"}\n${tables(name, ...all)}`] as const),
  ['Pipfile', (...all) => `${tables('source', ...all)}[packages]\nx = {version = "*", index = "a"}\n`],
  ['Pipfile.lock', (...all) => JSON.stringify({ _meta: { sources: all }, default: { x: { version: '==1.0', index: 'a', hashes: ['sha256:1'] } } })],
];

for (const [path, file] of named) {
  const [first, second] = [{ name: 'a', url: ours }, { name: 'b', url: open }];
  const at = `${path}: ${file({})}`.slice(0, 160).replaceAll('\n', ' ');
  test(`attack: indexes of other names, in another order, with other settings, or gone, are told in ${at}`, () => {
    const base = file(first, second);
    for (const head of [file({ ...first, name: 'b' }, { ...second, name: 'a' }), file(second, first), file(first), file(second), file({ ...first, verify_ssl: false }, second), file({ ...first, explicit: true }, second), file(first, { ...second, default: true }), file(first, { ...second, priority: 'primary' }), file()]) {
      assert.notDeepEqual(told(path, base, head), [], head);
      assert.notDeepEqual(told(path, head, base), [], head);
    }
    assert.deepEqual(told(path, base, `${base}\n`), []);
  });
}

test('attack: indexes that go with their table are told, and so are those that go to another program', () => {
  const index = { name: 'a', url: ours };
  assert.deepEqual(told('pyproject.toml', tables('tool.uv.index', index), ''), [`without index ${ours} name = "a" (tool.uv.index)`]);
  assert.deepEqual(told('pyproject.toml', tables('tool.uv.index', index), tables('tool.rye.sources', index)), [`index ${ours} name = "a" (tool.rye.sources)`, `without index ${ours} name = "a" (tool.uv.index)`]);
  assert.deepEqual(told('requirements.txt', `-i ${ours}\nx\n`, null), [`without index ${ours}`]);
});

test('an index that goes with its file has no place at the head', () => {
  const { actions } = deriveWith(dependencyDeriver, { files: [{ path: 'requirements.txt', base: `-i ${ours}\nx\n`, head: null }] });
  assert.deepEqual(actions.map(({ place, paths }) => [place, paths]), [[null, ['requirements.txt']]]);
});

for (const [table, line] of [
  ['tool.uv', 'allow-insecure-host = ["index.example.test"]'], ['tool.uv', 'index-strategy = "unsafe-best-match"'], ['tool.uv', 'no-index = true'], ['tool.uv', 'no-sources = true'], ['tool.uv', `extra-index-url = ["${open}"]`], ['tool.uv', 'find-links = ["wheels"]'],
  ['tool.uv', 'torch-backend = "cpu"'], ['tool.uv', `https-proxy = "${open}"`], ['tool.uv', 'not-known-today = 1'], ['tool.uv.pip', 'index-strategy = "unsafe-best-match"'], ['tool.uv.pip', 'no-verify-hashes = true'], ['tool.pdm.resolution', 'respect-source-order = true'],
] as const) {
  test(`attack: a setting that moves packages to another index is told in pyproject.toml: [${table}] ${line}`, () => {
    assert.notDeepEqual(told('pyproject.toml', `[${table}]\n`, `[${table}]\n${line}\n`), []);
    assert.notDeepEqual(told('pyproject.toml', `[${table}]\n${line}\n`, `[${table}]\n`), []);
  });
}

test('settings of uv that move no package are no action', () => {
  assert.deepEqual(told('pyproject.toml', '', '[tool.uv]\nmanaged = true\nrequired-version = ">=0.5"\ndefault-groups = ["dev"]\nlink-mode = "copy"\n[tool.uv.workspace]\nmembers = ["a"]\n[tool.uv.pip]\ngenerate-hashes = true\n'), []);
});

test('attack: settings of Pipenv are told but those that move no package', () => {
  const file = (line: string) => `[pipenv]\n${line}\n[packages]\nx = "*"\n`;
  assert.deepEqual(told('Pipfile', file(''), file('install_search_all_sources = true')), ['index (pipenv.install_search_all_sources = true)']);
  assert.deepEqual(told('Pipfile', file('install_search_all_sources = true'), file('')), ['without index (pipenv.install_search_all_sources = true)']);
  assert.deepEqual(told('Pipfile', file(''), file('allow_prereleases = true\nsort_pipfile = true')), []);
});

test('attack: options of pip that go, change places or stand in another order are told', () => {
  const [main, extra] = [`--index-url ${ours}\n`, `--extra-index-url ${open}\n`];
  for (const [base, head, what] of [
    [`${main}x==1.0\n`, 'x==1.0\n', [`without index ${ours}`]],
    ['--no-index\n-f w\nx==1.0\n', '-f w\nx==1.0\n', ['without index (no-index)']],
    ['-f w\nx==1.0\n', '--no-index\n-f w\nx==1.0\n', ['index (no-index)']],
    [`${main}${extra}x\n`, `--index-url ${open}\n--extra-index-url ${ours}\nx\n`, [`index ${open}`, `index ${ours} (extra-index-url)`, `without index ${open} (extra-index-url)`, `without index ${ours}`]],
    [`-i ${ours}\n-i ${open}\nx\n`, `-i ${open}\n-i ${ours}\nx\n`, ['indexes in another order']],
    [`-i ${ours}\n-i ${open}\nx\n`, `-i ${ours}\n-i ${open}\n-i ${ours}\nx\n`, ['indexes in another order']],
    [`${main}${extra}x\n`, `${extra}\n# why\n-i ${ours}\nx\n`, []],
  ] as const) assert.deepEqual(told('requirements.txt', base, head), what, head);
});

test('a password in an index that goes is told nowhere', () => {
  assert.deepEqual(told('requirements.txt', '-i https://me:hidden@ours.example.test/simple\nx\n', 'x\n'), [`without index ${ours}`]);
});

test('attack: a new version without the digest that every version before had is told in requirements and for the package manager', () => {
  for (const head of ['x==1.1\n', 'x==1.0.1\n', 'x==1.1 --hash=sha256:b\nx==1.2\n']) assert.equal(told('requirements.txt', 'x==1.0 --hash=sha256:a\n', head).length, 1, head);
  assert.deepEqual(told('requirements.txt', 'x==1.0 --hash=sha256:a\n', 'x==1.1\n'), ['x ==1.1 without a digest']);
  assert.deepEqual(told('package.json', '{"packageManager":"pnpm@9.1.0+sha512.a"}', '{"packageManager":"pnpm@9.1.1"}'), ['pnpm 9.1.1 without a digest']);
  for (const [base, head] of [['x==1.0 --hash=sha256:a\n', 'x==1.1 --hash=sha256:b\n'], ['x==1.0\n', 'x==1.1\n']] as const) assert.deepEqual(told('requirements.txt', base, head), []);
});
