import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyDigestOf } from '../../src/domain/policy-digest.ts';
import type { OrganizationFile, Snapshot } from '../../src/domain/snapshot.ts';
import { aFile } from '../builders/a-file.ts';
import type { FileInput } from '../builders/a-file.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';

const rego: FileInput = { path: 'policies/a.rego', base: 'package a' };
const code: FileInput = { path: 'src/a.ts', base: 'one' };
const theirs: OrganizationFile = { kind: 'policy', path: 'policies/b.rego', mode: '100644', blob: 'd'.repeat(40), size: 9 };

const bundle: OrganizationFile = { kind: 'bundle', path: 'a.tar.gz', mode: '100644', blob: 'd'.repeat(40), size: 9 };
const keys: OrganizationFile = { kind: 'keys', path: 'k.json', mode: '100644', blob: 'd'.repeat(40), size: 9 };

function snapshot(files: readonly FileInput[], configuration: Partial<Snapshot['configuration']> = {}): Snapshot {
  return aSnapshot({ files: files.map((file) => aFile(file)), configured: { policyPaths: ['policies/**'] }, configuration });
}

/** With two bundles of the organisation, one of them in its repository, and their keys. */
function bundled(files: readonly OrganizationFile[] = [bundle, keys], digest = '1'): Partial<Snapshot['configuration']> {
  return { organizationText: `version: 1\nkeys: [k.json]\ngovernance: {bundles: [{name: a, path: a.tar.gz}, {name: b, url: "https://policies.example/b.tar.gz", digest: "sha256:${digest.repeat(64)}"}]}\n`, organizationFiles: { kind: 'files', files } };
}

const before = policyDigestOf(snapshot([rego, code]));

test('the policy digest stays while only files that decide nothing change', () => {
  assert.equal(policyDigestOf(snapshot([rego, { ...code, base: 'two' }])), before);
  assert.equal(policyDigestOf(snapshot([{ ...rego, head: 'package c' }, code])), before);
});

for (const [what, other] of [
  ["the content of the repository's own Rego", snapshot([{ ...rego, base: 'package b' }, code])],
  ['the path of it', snapshot([{ ...rego, path: 'policies/b.rego' }, code])],
  ['its absence', snapshot([code])],
  ["the organisation's Rego", snapshot([rego, code], { organizationFiles: { kind: 'files', files: [theirs] } })],
  ["that the organisation's Rego can not be read", snapshot([rego, code], { organizationFiles: { kind: 'unreadable', why: 'gone', isLasting: false } })],
  ["that the organisation has a bundle", snapshot([rego, code], bundled())],
] as const) {
  test(`the policy digest commits to ${what}`, () => assert.notEqual(policyDigestOf(other), before));
}

for (const [what, other] of [
  ['the content of a bundle', bundled([{ ...bundle, blob: 'e'.repeat(40) }, keys])],
  ['the absence of a bundle', bundled([keys])],
  ['the keys that sign bundles', bundled([bundle, { ...keys, blob: 'e'.repeat(40) }])],
  ['the pin of a bundle', bundled(undefined, '2')],
  ['that bundles can not be read', { ...bundled(), organizationFiles: { kind: 'unreadable', why: 'gone', isLasting: false } }],
] as const) {
  test(`the policy digest commits to ${what}`, () => assert.notEqual(policyDigestOf(snapshot([rego, code], other)), policyDigestOf(snapshot([rego, code], bundled()))));
}
