import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { deriveWith } from '../derive-with.ts';

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
  const { actions } = deriveWith(dependencyDeriver, { files: [{ path, base, head }] });
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
