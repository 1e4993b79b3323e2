import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { withDigests } from './with-digests.ts';

interface Source {
  readonly name: string;
  readonly url: string;
  readonly verify_ssl?: boolean | string;
}

const files: readonly (readonly [path: string, file: (sources: readonly Source[], version: string) => string])[] = [
  ['Pipfile', (sources, version) => `${sources.map((source) => `[[source]]\n${Object.entries(source).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join('')}`).join('')}[packages]\nx = {version = "==${version}", index = "main"}\n`],
  ['Pipfile.lock', (sources, version) => JSON.stringify({ _meta: { sources }, default: { x: { version: `==${version}`, index: 'main', hashes: [`sha256:${version}`] } } })],
];

/** What comes from elsewhere, and packages that are added. */
function told(path: string, base: string, head: string): readonly string[] {
  const { actions } = deriveWith(dependencyDeriver, { files: [{ path, base: withDigests(base), head: withDigests(head) }] });
  return actions.flatMap(({ action, tier, subject, evidence }) => [`${action} ${tier} ${subject.package ?? ''}`, ...[JSON.parse(JSON.stringify(evidence['elsewhere'] ?? null))?.names ?? []].flat()]);
}

const ours: Source = { name: 'main', url: 'https://index.example.test/simple', verify_ssl: true };
const evil: Source = { name: 'main', url: 'https://me:hidden@evil.example.test/simple', verify_ssl: true };

for (const [path, file] of files) {
  test(`attack: another index under the same name of ${path} is told`, () => {
    const actions = told(path, file([ours], '1.0'), file([evil], '1.1'));
    assert.ok(actions.includes('index https://evil.example.test/simple'), JSON.stringify(actions));
    assert.doesNotMatch(JSON.stringify(actions), /hidden/);
    assert.ok(actions.some((one) => one.startsWith('dependency.add 2')));
  });

  test(`attack: an index that ${path} takes packages from unchecked is another one`, () => {
    for (const value of [false, 'false', '${CHECKED}']) {
      assert.ok(told(path, file([ours], '1.0'), file([{ ...ours, verify_ssl: value }], '1.0')).includes(`index ${ours.url} verify_ssl = ${JSON.stringify(value)}`));
    }
    assert.deepEqual(told(path, file([ours], '1.0'), file([{ name: 'main', url: ours.url }], '1.0')), []);
  });

  test(`attack: two indexes of ${path} that change their names change where packages come from`, () => {
    const sources = (first: string, second: string) => [{ ...ours, name: first }, { ...evil, name: second }];
    assert.notDeepEqual(told(path, file(sources('main', 'other'), '1.0'), file(sources('other', 'main'), '1.0')), []);
    assert.deepEqual(told(path, file(sources('main', 'other'), '1.0'), file(sources('main', 'another'), '1.0')), []);
  });
}

test('attack: sources of a Pipfile that are no list of tables are an index of their own', () => {
  assert.notDeepEqual(told('Pipfile', '[packages]\n', 'source = "https://evil.example.test/simple"\n[packages]\n'), []);
  assert.notDeepEqual(told('Pipfile', '[packages]\n', '[source]\nurl = "https://evil.example.test/simple"\n[packages]\n'), []);
});

const lockOf = (x: unknown, more: object = {}) => JSON.stringify({ _meta: { sources: [ours] }, default: { x, ...more } });
const locked = { version: '==1.0', hashes: ['sha256:1'] };

test('attack: a package of Pipfile.lock that is a text, which Pipenv installs unchecked, is told', () => {
  for (const text of ['6.6.6', '==6.6.6', '*', '@ https://evil.example.test/e.whl']) assert.ok(told('Pipfile.lock', lockOf(locked), lockOf(locked, { evil: text })).some((one) => one.startsWith('dependency.add 2')), text);
  for (const text of ['1.0', '==1.0', '==1.1 @ https://evil.example.test/x.whl']) assert.notDeepEqual(told('Pipfile.lock', lockOf(locked), lockOf(text)), [], text);
});

test('attack: what Pipenv would not write into Pipfile.lock may name any package', () => {
  const injected = 'python_version > "3"\nevil==6.6.6';
  for (const head of [lockOf(locked, { evil: ['6.6.6'] }), lockOf(locked, { evil: null }), lockOf({ ...locked, markers: injected }), lockOf({ ...locked, version: '==1.0,\revil==1' }), lockOf({ ...locked, extras: [`a]\nevil`] }), JSON.stringify({ _meta: { sources: [ours] }, default: [{ evil: locked }] })]) {
    const [only, ...others] = deriveWith(dependencyDeriver, { files: [{ path: 'Pipfile.lock', base: withDigests(lockOf(locked)), head: withDigests(head) }] }).actions;
    assert.deepEqual([only?.action, typeof only?.evidence['unread'], others], ['dependency.add', 'string', []], head);
  }
});

test('attack: a package of a Pipfile that is called as Python is told', () => {
  for (const line of ['python = {git = "https://evil.example.test/e.git"}', 'Python = {file = "https://evil.example.test/e.whl"}', 'python = "*"']) assert.deepEqual(told('Pipfile', '[packages]\n', `[packages]\n${line}\n`), ['dependency.add 2 pypi:python'], line);
  assert.deepEqual(told('pyproject.toml', '', '[tool.poetry.dependencies]\npython = "^3.12"\n[tool.poetry.group.dev.dependencies]\npython = "^3.12"\n'), []);
  for (const table of ['tool.uv.sources', 'tool.pdm.resolution.overrides']) assert.deepEqual(told('pyproject.toml', '', `[${table}]\npython = {url = "https://evil.example.test/e.whl"}\n`), ['dependency.add 2 pypi:python'], table);
});
