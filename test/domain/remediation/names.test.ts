import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { branchInTheWay } from '../../../src/domain/remediation/branch-in-the-way.ts';
import { branchName, generationOf, isRemediationBranch, readBranchName } from '../../../src/domain/remediation/branch-name.ts';
import { fingerprintOf } from '../../../src/domain/remediation/fingerprint.ts';
import type { DriftIdentity } from '../../../src/domain/remediation/fingerprint.ts';
import { targetSlug } from '../../../src/domain/remediation/target-slug.ts';
import { anyCharacter } from '../../builders/any-character.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 40;

const identity: DriftIdentity = {
  repositoryId: 7,
  baseRef: 'refs/heads/main',
  detector: { id: 'repository-files', version: '1' },
  target: 'contracts/checkout.yaml',
  expected: digestOfValue('agreed'),
  observed: 'missing',
  playbook: { id: 'restore-managed-file', version: '1.0.0' },
};
const fingerprint = fingerprintOf(identity);

test('fingerprintOf() is the SHA-256 of the canonical identity and its scheme', () => {
  assert.equal(fingerprint, digestOfValue({ schema: 'plumbline/remediation/v1', ...identity, detector: { ...identity.detector }, playbook: { ...identity.playbook } }));
});

test('fingerprintOf() changes with each member of the identity and with nothing else', () => {
  const others: readonly Partial<DriftIdentity>[] = [
    { repositoryId: 8 }, { baseRef: 'refs/heads/release' }, { detector: { id: 'terraform-plan', version: '1' } }, { detector: { id: 'repository-files', version: '2' } }, { target: 'a' },
    { expected: digestOfValue('other') }, { observed: 'changed' }, { playbook: { id: 'open-issue', version: '1.0.0' } }, { playbook: { id: 'restore-managed-file', version: '1.0.1' } },
  ];
  assert.equal(new Set([fingerprint, ...others.map((other) => fingerprintOf({ ...identity, ...other }))]).size, others.length + 1);
  const more = { ...identity, at: '2026-11-20T12:00:00Z', run: 4, detector: { ...identity.detector, measured: 0.847 } };
  assert.equal(fingerprintOf(more), fingerprint);
});

for (const observed of ['0.847', '12', '-1', 'NaN', '', 'Missing', 'missing 0.8', 'a'.repeat(65)]) {
  test(`fingerprintOf() refuses ${JSON.stringify(observed.slice(0, 12))} as a class`, () => {
    assert.throws(() => fingerprintOf({ ...identity, observed }), TypeError);
  });
}

test('fingerprintOf() refuses a repository without an id', () => {
  for (const repositoryId of [Number.NaN, 1.5, Infinity]) assert.throws(() => fingerprintOf({ ...identity, repositoryId }), TypeError);
});

test('branchName() names target, fingerprint and generation', () => {
  assert.equal(branchName(identity.target, fingerprint, 2), `plumbline/contracts-checkout-yaml/${fingerprint.slice(7, 23)}-g2`);
  for (const generation of [0, 1.5, 1000, Number.NaN]) assert.throws(() => branchName('a', fingerprint, generation), RangeError);
});

test('the attack: a hostile target becomes a plain component of a ref', () => {
  const slugs: Readonly<Record<string, string>> = {
    '../../refs/heads/main': 'refs-heads-main', 'x.lock': 'x-lock', '-rf': 'rf', '@{upstream}': 'upstream', '$(id)': 'id', 'a\u0000b\nc': 'a-b-c', 'ПРИВЕТ': 'target', '': 'target', '...': 'target', 'NUL': 'target-nul', 'com1': 'target-com1', 'a--b__c': 'a-b-c',
  };
  for (const [target, slug] of Object.entries(slugs)) assert.equal(targetSlug(target), slug);
});

test('the branch of any target is a ref that git and GitHub take, and is read back', () => {
  const target = fc.oneof(fc.string({ unit: anyCharacter, maxLength: 300 }), fc.string({ maxLength: 300 }));
  fc.assert(
    fc.property(target, fc.integer({ min: 1, max: 999 }), (text, generation) => {
      const branch = branchName(text, fingerprint, generation);
      assert.match(branch, /^plumbline\/[a-z0-9][a-z0-9-]{0,54}\/[0-9a-f]{16}-g\d{1,3}$/);
      assert.ok(!branch.includes('--') && !branch.includes('-/') && `refs/heads/${branch}`.length < 120);
      assert.equal(generationOf(branch, fingerprint), generation);
      assert.ok(isRemediationBranch(branch));
    }),
    { seed: 5, numRuns },
  );
});

test('generationOf() knows no branch of another fingerprint or of another form', () => {
  const branch = branchName('a', fingerprint, 1);
  assert.equal(generationOf(branch, digestOfValue('other')), null);
  for (const other of [`${branch}/x`, `x/${branch}`, branch.toUpperCase(), branch.replace('-g1', '-g01'), branch.replace('-g1', ''), `${branch}\n`, 'main']) assert.deepEqual([generationOf(other, fingerprint), readBranchName(other)], [null, null]);
});

test('readBranchName() tells with what the fingerprint of a branch begins, and its generation', () => {
  assert.deepEqual(readBranchName(branchName('a', fingerprint, 12)), { prefix: fingerprint.slice(0, 23), generation: 12 });
});

test('branchInTheWay() names a folder of ours, what lies below ours, and a twin in case', () => {
  const ours = 'plumbline/a/0123456789abcdef-g1';
  for (const other of ['plumbline', 'plumbline/a', 'Plumbline/A', `${ours}/x`, ours.toUpperCase()]) assert.equal(branchInTheWay(['main', other], ours), other);
  assert.equal(branchInTheWay(['main', ours, 'plumbline/b', 'plumbline/a/0123456789abcdef-g2', 'plumb'], ours), null);
});
