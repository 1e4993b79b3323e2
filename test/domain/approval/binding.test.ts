import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindingOf } from '../../../src/domain/approval/binding.ts';
import type { BoundItem } from '../../../src/domain/approval/binding.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';

const item: BoundItem = { scope: 'infra.change', subject: 'infra.change infra/a.tf', paths: ['infra/a.tf'], evidence: { from: 1 } };
const policies = aConfiguration({ policyPaths: ['policies/**'] });

function snapshot(files: readonly FileInput[], more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({ files: files.map((file) => aFile({ roles: [], ...file })), configuration: { effective: policies }, ...more });
}

const changed: FileInput = { path: 'infra/a.tf', base: 'one', head: 'two' };
const rego: FileInput = { path: 'policies/a.rego', base: 'package a' };
const before = bindingOf(snapshot([changed, rego]), item, 7);

test('an approval survives a push that touches something else, and a base that moves elsewhere', () => {
  assert.equal(bindingOf(snapshot([changed, rego, { path: 'src/x.ts', base: 'one', head: 'three' }], { head: 'e'.repeat(40), base: 'f'.repeat(40), mergeBase: 'f'.repeat(40) }), item, 7), before);
});

const digest = `sha256:${'9'.repeat(64)}` as const;
for (const [what, other] of [
  ['the content at the head', snapshot([{ ...changed, head: 'three' }, rego])],
  ['the content at the base', snapshot([{ ...changed, base: 'three', head: 'two' }, rego])],
  ['its deletion', snapshot([{ ...changed, head: null }, rego])],
  ['a policy at the base', snapshot([changed, { ...rego, base: 'package b' }])],
  ["the repository's configuration", snapshot([changed, rego], { configuration: { effective: policies, repository: { repository: 'acme/shop', path: 'x', commit: 'b'.repeat(40), digest } } })],
  ["the organisation's configuration", snapshot([changed, rego], { configuration: { effective: policies, organization: { repository: 'acme/.github', path: 'x', commit: 'b'.repeat(40), digest } } })],
  ["the organisation's Rego", snapshot([changed, rego], { configuration: { effective: policies, organizationFiles: { kind: 'files', files: [{ kind: 'policy', path: 'policies/o.rego', mode: '100644', blob: 'd'.repeat(40), size: 9 }] } } })],
  ["the organisation's Rego, which can not be read", snapshot([changed, rego], { configuration: { effective: policies, organizationFiles: { kind: 'unreadable', why: 'it has more files than can be read', isLasting: false } } })],
  ['the entry', snapshot([changed, rego], { entry: { entry: 'release', names: ['release/*'], require: true, isDefault: false } })],
] as const) {
  test(`an approval is void when ${what} changes`, () => assert.notEqual(bindingOf(other, item, 7), before));
}

test("an approval is void when the content of the organisation's Rego changes", () => {
  const under = (blob: string) => bindingOf(snapshot([changed, rego], { configuration: { effective: policies, organizationFiles: { kind: 'files', files: [{ kind: 'policy', path: 'policies/o.rego', mode: '100644', blob, size: 9 }] } } }), item, 7);
  assert.notEqual(under('d'.repeat(40)), under('e'.repeat(40)));
});

test("an approval is void when a bundle or its keys change, in the organisation's repository or at an address", () => {
  const under = (bundle: string, keys: string, pin: string) => {
    const text = `version: 1\nkeys: [k.json]\ngovernance: {bundles: [{name: a, path: a.tar.gz}, {name: b, url: "https://policies.example/b.tar.gz", digest: "sha256:${pin.repeat(64)}"}]}\n`;
    const files = [{ kind: 'bundle', path: 'a.tar.gz', mode: '100644', blob: bundle.repeat(40), size: 9 }, { kind: 'keys', path: 'k.json', mode: '100644', blob: keys.repeat(40), size: 9 }] as const;
    return bindingOf(snapshot([changed, rego], { configuration: { effective: policies, organizationText: text, organizationFiles: { kind: 'files', files } } }), item, 7);
  };
  assert.equal(new Set([under('d', 'd', '1'), under('e', 'd', '1'), under('d', 'e', '1'), under('d', 'd', '2'), before]).size, 5);
});

for (const [what, other] of [['action', { ...item, scope: 'infra.destroy' }], ['subject', { ...item, subject: 'infra.change infra/b.tf' }], ['evidence', { ...item, evidence: { from: 2 } }]] as const) {
  test(`an approval of another ${what} is another one`, () => assert.notEqual(bindingOf(snapshot([changed, rego]), other, 7), before));
}

test('an approval in another pull request is another one', () => assert.notEqual(bindingOf(snapshot([changed, rego]), item, 8), before));

test('what is about no path is bound to everything that changes', () => {
  const whole = { ...item, paths: [] };
  const more: FileInput = { path: 'src/x.ts', base: 'one', head: 'two' };
  assert.notEqual(bindingOf(snapshot([changed, rego, more]), whole, 7), bindingOf(snapshot([changed, rego]), whole, 7));
});

test('the mode of a file is part of what was approved', () => {
  const executable = snapshot([{ ...changed, head: { mode: '100755', blob: snapshot([changed]).files[0]?.head?.blob ?? '', size: 3 } }, rego]);
  assert.notEqual(bindingOf(executable, item, 7), before);
});
