import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from '../../../src/domain/configuration/configuration.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { Release } from '../../../src/domain/release.ts';
import { releasedDifferences, standingRequests } from '../../../src/gates/contract/released-differences.ts';
import type { StandingComparison } from '../../../src/gates/contract/released-differences.ts';
import { aConfiguration, aContractSet, mainEntry } from '../../builders/a-configuration.ts';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { answersTo } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

const path = 'contracts/checkout.yaml';
const other = 'contracts/other.yaml';
const [v1, changed] = [aContract(), aContract({ spec: { limit: 999 } })];

interface Standing {
  /** Whether releases came past the checks. */
  readonly unjudged?: boolean;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly released: readonly (readonly [path: string, text: string])[];
  readonly world?: World;
  readonly configured?: Partial<Configuration>;
  readonly names?: readonly string[];
  readonly reached?: string;
}

function compare({ files, released, world, configured, names, reached, unjudged = false }: Standing): StandingComparison {
  const configuration = aConfiguration(configured);
  const releases: readonly Release[] = released.map(([at, text]) => ({ ...releaseOf(text, at, configuration), ...(reached === undefined ? {} : { lifecycle: reached }), ...(unjudged ? { decisionId: null } : {}) }));
  const snapshot = aSnapshot({ files: Object.entries(files).map(([at, text]) => aFile({ path: at, mergeBase: text, base: text, head: text })), ...(configured === undefined ? {} : { configured }) });
  const governed = { snapshot, entry: mainEntry, configuration };
  const ids = releases.map(({ contractId }) => contractId);
  const evidence = answersTo((known) => standingRequests(governed, ids, known), { contents: Object.values(files), releases, ...world });
  return releasedDifferences(governed, ids, names ?? null, evidence);
}

const told = (comparison: StandingComparison): readonly string[] => (comparison.kind === 'unknown' ? [comparison.why] : comparison.differences.map((one) => `${one.kind} ${one.contractId} ${one.version} ${one.released?.path ?? '-'} ${one.found?.path ?? '-'}`));

test('releasedDifferences() finds none where all stands as it was released', () => {
  assert.deepEqual(compare({ files: { [path]: v1 }, released: [[path, v1]] }), { kind: 'compared', differences: [] });
});

test('attack: of contracts that are too large together none is read, and nothing is told', () => {
  const files = Object.fromEntries(Array.from({ length: limits.standingBytes / limits.fileBytes + 1 }, (_, index) => [`contracts/${index}.yaml`, `${index}`.padEnd(limits.fileBytes, ' ')]));
  assert.deepEqual(told(compare({ files, released: [[path, v1]] })), ['the contracts are more than 33554432 bytes together']);
});

test('releasedDifferences() tells another content with what brings the released one back', () => {
  const { commit, blob } = releaseOf(v1, path);
  assert.deepEqual(compare({ files: { [path]: changed }, released: [[path, v1]] }), {
    kind: 'compared',
    differences: [{ kind: 'changed', contractId: 'checkout', version: '1.0.0', released: { path, commit, blob, contentHash: hashOf(), lifecycle: 'active' }, found: { path, contentHash: hashOf({ spec: { limit: 999 } }), lifecycle: 'active' } }],
  });
});

test('releasedDifferences() tells a released contract of which no file is left', () => {
  assert.deepEqual(told(compare({ files: {}, released: [[path, v1]] })), [`gone checkout 1.0.0 ${path} -`]);
});

test('a retired contract may be gone', () => {
  assert.deepEqual(told(compare({ files: {}, released: [[path, aContract({ lifecycle: 'retired' })]] })), []);
});

test('releasedDifferences() tells what stands as released and is not, but no draft', () => {
  assert.deepEqual(told(compare({ files: { [path]: v1, [other]: aContract({ id: 'draft', lifecycle: 'draft' }) }, released: [] })), [`unreleased checkout 1.0.0 - ${path}`]);
});

test('a second file of a released version with another content was not released', () => {
  assert.deepEqual(told(compare({ files: { [path]: v1, [other]: changed }, released: [[path, v1]] })), [`unreleased checkout 1.0.0 - ${other}`]);
});

test('releasedDifferences() tells a state that the version has left', () => {
  assert.deepEqual(told(compare({ files: { [path]: v1 }, released: [[path, v1]], reached: 'deprecated' })), [`set-back checkout 1.0.0 ${path} ${path}`]);
});

test('a released version that is a draft by now is set back', () => {
  assert.deepEqual(told(compare({ files: { [path]: aContract({ lifecycle: 'draft' }) }, released: [[path, v1]] })), [`set-back checkout 1.0.0 ${path} ${path}`]);
});

test('releasedDifferences() tells a newest release that got past the checks and names another version than the one before it', () => {
  const wrong = aContract({ version: '1.1.0', previous: `sha256:${'0'.repeat(64)}` });
  const right = aContract({ version: '1.1.0', previous: hashOf() });
  const compareNewest = (newest: string, unjudged = true): readonly string[] => told(compare({ files: { [path]: newest }, released: [[path, v1], [path, newest]], unjudged }));
  assert.deepEqual([compareNewest(wrong), compareNewest(right), compareNewest(wrong, false)], [[`mislinked checkout 1.1.0 ${path} ${path}`], [], []]);
  assert.deepEqual(told(compare({ files: { [path]: aContract({ previous: `sha256:${'0'.repeat(64)}` }) }, released: [[path, aContract({ previous: `sha256:${'0'.repeat(64)}` })]], unjudged: true })), [`mislinked checkout 1.0.0 ${path} ${path}`]);
});

test('a wrong link is told no more once the next version has the right one', () => {
  const wrong = aContract({ version: '1.1.0', previous: `sha256:${'0'.repeat(64)}` });
  const repaired = aContract({ version: '1.1.1', previous: hashOf({ version: '1.1.0', previous: `sha256:${'0'.repeat(64)}` }) });
  assert.deepEqual(told(compare({ files: { [path]: repaired }, released: [[path, v1], [path, wrong], [path, repaired]], unjudged: true })), []);
});

test('attack: a released file overwritten with what is no contract is gone', () => {
  assert.deepEqual(told(compare({ files: { [path]: 'no: contract\n' }, released: [[path, v1]] })), [`gone checkout 1.0.0 ${path} -`]);
});

const silent: Readonly<Record<string, [Standing, string]>> = {
  'a record that is being filled': [{ files: { [path]: v1 }, released: [[path, v1]], world: { record: { kind: 'filling', done: 1, total: 2, upTo: null } } }, 'the record of releases is not whole, or not that of this commit'],
  'a record of another commit': [{ files: {}, released: [[path, v1]], world: { record: { kind: 'complete', upTo: 'e'.repeat(40) } } }, 'the record of releases is not whole, or not that of this commit'],
  'a file that could not be read': [{ files: { [path]: v1 }, released: [[path, v1]], world: { unavailable: ({ kind }) => kind === 'blob' } }, 'what the comparison rests on could not be read (blob)'],
  'releases that could not be read': [{ files: { [path]: v1 }, released: [[path, v1]], world: { unavailable: ({ kind }) => kind === 'releases' } }, 'what the comparison rests on could not be read (releases)'],
  'a set that is not configured': [{ files: { [path]: v1 }, released: [[path, v1]], names: ['nobody'] }, 'no contract set of the configuration has the name "nobody"'],
  'contents of which git alone does not tell which was released': [{ files: { [path]: changed }, released: [[path, v1]], world: { unsure: [releaseOf(v1, path)], rivals: [releaseOf(changed, path)] } }, 'from git alone it can not be told what was released as "checkout" 1.0.0'],
};

for (const [name, [standing, why]] of Object.entries(silent)) {
  test(`releasedDifferences() tells nothing of ${name}`, () => {
    assert.deepEqual(compare(standing), { kind: 'unknown', why });
  });
}

test('releasedDifferences() of named sets leaves the others out', () => {
  const configured = { contracts: [aContractSet({ name: 'one', paths: ['contracts/*.yaml'] }), aContractSet({ name: 'two', paths: ['more/*.yaml'] })] };
  const standing = { files: { [path]: changed, 'more/a.yaml': aContract({ id: 'a' }) }, released: [[path, v1]], configured } as const;
  assert.deepEqual([told(compare({ ...standing, names: ['two'] })), told(compare({ ...standing, names: ['one'] }))], [['unreleased a 1.0.0 - more/a.yaml'], [`changed checkout 1.0.0 ${path} ${path}`]]);
});
