import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyChecksumOf } from '../../../src/domain/contract/policy-checksum.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { aSide } from '../../builders/content.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const policy = 'package a\n';
const other = 'package b\n';
const big = '#'.repeat(limits.fileBytes + 1);
const right = policyChecksumOf([{ path: 'policies/a.rego', digest: digestOfBytes(policy) }]);
const wrong = policyChecksumOf([{ path: 'policies/a.rego', digest: digestOfBytes(other) }]);
const policies = { 'policies/a.rego': { base: policy, roles: ['own'] } } as const;
const configured = { policyPaths: ['policies/**/*.rego'] };

const stating = (policyBundleChecksum: JsonValue, lifecycle = 'active'): string => aContract({ lifecycle, more: { policyBundleChecksum } });

const cases: readonly (readonly [title: string, change: ChangeInput, told: readonly string[]])[] = [
  ['passes a release that states the policies of the base', { files: { [path]: { head: stating(right) }, ...policies } }, []],
  ['fails a release that states others', { files: { [path]: { head: stating(wrong) }, ...policies } }, ['deny contract/policy_checksum_mismatch contracts/checkout.yaml:6']],
  ['passes a release that states none', { files: { [path]: { head: stating(null) }, ...policies } }, []],
  ['passes a release without policies that states the empty list', { files: { [path]: { head: stating(policyChecksumOf([])) } } }, []],
  ['fails a release that states something else than a checksum', { files: { [path]: { head: stating({ a: 1 }) }, ...policies } }, ['deny contract/policy_checksum_mismatch contracts/checkout.yaml:6']],
  ['passes a draft that states others, and fails its release', { files: { [path]: { head: stating(wrong, 'draft') }, ...policies } }, []],
  ['fails the release of a draft that states others', { files: { [path]: { base: stating(wrong, 'draft'), head: stating(wrong) }, ...policies } }, ['deny contract/policy_checksum_mismatch contracts/checkout.yaml:6', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['never judges a release later, when policies have changed', { files: { [path]: { base: stating(wrong), head: stating(wrong, 'deprecated') }, ...policies }, released: [[path, stating(wrong)]] }, ['notice contract/state_changed contracts/checkout.yaml:4']],
  ['never judges a release that moves', { files: { [path]: { base: stating(wrong), head: null }, 'contracts/moved.yaml': { head: stating(wrong) }, ...policies }, released: [[path, stating(wrong)]] }, []],
  ['counts the policies of the base where the change edits them', { files: { [path]: { head: stating(right) }, 'policies/a.rego': { base: policy, head: other, roles: ['own'] } } }, []],
  ['fails a release that states the policies which the change makes', { files: { [path]: { head: stating(wrong) }, 'policies/a.rego': { base: policy, head: other, roles: ['own'] } } }, ['deny contract/policy_checksum_mismatch contracts/checkout.yaml:6']],
  ['leaves out links, and files that the globs do not name', { files: { [path]: { head: stating(right) }, ...policies, 'policies/l.rego': { base: aSide('../x', '120000'), roles: ['own'] }, 'policies/notes.md': { base: 'notes', roles: [] } } }, []],
  ['holds a release where a policy is over the size limit', { files: { [path]: { head: stating(right) }, ...policies, 'policies/big.rego': { base: { ...aSide(big), size: null }, roles: ['own'] } }, world: { contents: [stating(right), policy, big] } }, ['hold contract/policy_checksum_mismatch contracts/checkout.yaml:6']],
];

for (const [title, change, expected] of cases) test(`the contract gate ${title}`, () => assert.deepEqual(told(judgeChange({ configured, ...change })), expected));

test('the contract gate judges what a version in a path of its own states', () => {
  const head = aContract({ version: '1.1.0', previous: hashOf(), more: { policyBundleChecksum: wrong } });
  const change = { configured: { ...configured, contracts: [aContractSet({ layout: 'versioned' })] }, files: { [path]: { base: aContract() }, 'contracts/v2.yaml': { head }, ...policies } };
  assert.deepEqual(told(judgeChange(change)), ['deny contract/policy_checksum_mismatch contracts/v2.yaml:6']);
});

test('the contract gate is inconclusive when a policy of the base can not be read', () => {
  const verdict = judgeChange({ configured, files: { [path]: { head: stating(right) }, ...policies }, world: { contents: [stating(right)] } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['inconclusive', ['unknown snapshot/unreadable policies/a.rego']]);
});

test('the contract gate asks for no policy where no release states a checksum', () => {
  const verdict = judgeChange({ configured, files: { [path]: { head: aContract() }, ...policies }, world: { contents: [aContract()] } });
  assert.equal(verdict.verdict, 'pass');
});
