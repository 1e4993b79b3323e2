import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releasesOfCommit } from '../../../src/domain/contract/releases-of-commit.ts';
import type { CommitToRecord } from '../../../src/domain/contract/releases-of-commit.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { nameOfRelease } from '../../../src/domain/release.ts';
import type { Release } from '../../../src/domain/release.ts';
import { blobOf, bytesOf } from '../../builders/content.ts';

const path = 'contracts/a.yaml';

function knowing(release: Release): ReadonlyMap<string, Release> {
  return new Map([[nameOfRelease(release), release]]);
}

function record(files: Readonly<Record<string, string>>, overrides: Partial<CommitToRecord> = {}) {
  return releasesOfCommit({
    configuration: aConfiguration(),
    entry: 'main',
    commit: 'd'.repeat(40),
    files: Object.entries(files).map(([at, text]) => ({ path: at, blob: blobOf(text), bytes: bytesOf(text) })),
    known: new Map(),
    adopted: false,
    decisionId: 'decision-1',
    ...overrides,
  });
}

test('releasesOfCommit() records a contract that is no draft, whole', () => {
  const text = aContract({ version: 'v1.1.0', previous: hashOf() });
  assert.deepEqual(record({ [path]: text }).releases, [
    {
      entry: 'main', contractId: 'checkout', version: 'v1.1.0', contentHash: hashOf({ version: 'v1.1.0', previous: hashOf() }), parent: hashOf(), path, commit: 'd'.repeat(40),
      blob: blobOf(text), bytesDigest: digestOfBytes(text), adopted: false, decisionId: 'decision-1', lifecycle: 'active',
    },
  ]);
});

test('releasesOfCommit() passes over drafts, ungoverned paths and versions that the entry has, whatever their content', () => {
  const known = knowing(releaseOf(aContract(), path));
  assert.deepEqual(record({ [path]: aContract({ lifecycle: 'draft' }) }).releases, []);
  assert.deepEqual(record({ 'docs/a.yaml': aContract() }).releases, []);
  assert.deepEqual(record({ [path]: aContract({ spec: 2 }) }, { known }).releases, []);
  assert.deepEqual(record({ [path]: aContract({ version: '1.0.0+other' }) }, { known }).releases, []);
});

test('releasesOfCommit() records the first path of two with one id and version', () => {
  const { releases } = record({ 'contracts/b.yaml': aContract(), [path]: aContract({ spec: 2 }) });
  assert.deepEqual(releases.map((one) => one.path), [path]);
});

test('releasesOfCommit() tells the later states of what the entry has, and no earlier one, nor one of another content', () => {
  const release = releaseOf(aContract({ lifecycle: 'deprecated' }), path);
  const known = knowing(release);
  const retired = aContract({ lifecycle: 'retired' });
  assert.deepEqual(record({ 'contracts/b.yaml': retired }, { known }), {
    releases: [], contents: [], contradicting: [], unreadable: [], reached: [{ entry: 'main', contractId: 'checkout', version: release.version, lifecycle: 'retired', commit: 'd'.repeat(40) }],
  });
  for (const lifecycle of ['draft', 'active', 'deprecated']) assert.deepEqual(record({ [path]: aContract({ lifecycle }) }, { known }).reached, []);
  assert.deepEqual(record({ [path]: aContract({ lifecycle: 'retired', spec: 2 }) }, { known }).reached, []);
});

test('releasesOfCommit() names what it can not read and records the rest', () => {
  const { releases, unreadable } = record({ [path]: aContract(), 'contracts/b.yaml': 'a: &x 1', 'contracts/c.yaml': 'a: 1' });
  assert.deepEqual([releases.length, unreadable.map((one) => one.path)], [1, ['contracts/b.yaml', 'contracts/c.yaml']]);
});
