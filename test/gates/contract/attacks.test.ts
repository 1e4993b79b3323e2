import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { ProbeRequest } from '../../../src/domain/probe-request.ts';
import type { Release } from '../../../src/domain/release.ts';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aSide } from '../../builders/content.ts';
import { collectEvidence, evidenceOf } from '../../builders/evidence-of.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const other = 'contracts/other.yaml';
const v1 = aContract();
const evil = aContract({ spec: { limit: 999 } });
const next = { version: '1.1.0', previous: hashOf() } as const;
const v2 = aContract(next);
const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
const retired = aContract({ lifecycle: 'retired' });
const versioned = { contracts: [aContractSet({ layout: 'versioned' })] };

const unlinked = aContract({ version: '1.1.0', spec: { limit: 999 } });

/** A release that got onto some branch of the entry without a decision. */
function pushedPast(text: string): Release {
  return { ...releaseOf(text, path), decisionId: null };
}

const attacks: readonly (readonly [title: string, change: ChangeInput, told: readonly string[]])[] = [
  ['edits released content in place', { files: { [path]: { base: v1, head: evil } } }, ['deny contract/immutable_changed contracts/checkout.yaml:5']],
  ['deletes a released contract', { files: { [path]: { base: v1, head: null } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['renames a released contract and edits it', { files: { [path]: { base: v1, head: null }, [other]: { head: evil } } }, ['deny contract/immutable_changed contracts/other.yaml:2', 'deny contract/removed contracts/checkout.yaml']],
  ['renames in case alone and edits', { files: { [path]: { base: v1, head: null }, 'contracts/Checkout.yaml': { head: evil } } }, ['deny contract/immutable_changed contracts/Checkout.yaml:2', 'deny contract/removed contracts/checkout.yaml']],
  ['moves a released contract out of the governed folder', { files: { [path]: { base: v1, head: null }, 'docs/checkout.yaml': { head: v1, roles: [] } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['renames and takes another id', { files: { [path]: { base: v1, head: null }, [other]: { head: aContract({ id: 'checkout2', spec: { limit: 999 } }) } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['swaps a contract for a symlink', { files: { [path]: { base: v1, head: aSide('../../etc/passwd', '120000') } } }, ['deny snapshot/not_a_file contracts/checkout.yaml']],
  ['swaps a contract for a submodule', { files: { [path]: { base: v1, head: { mode: '160000', blob: 'e'.repeat(40), size: null } } } }, ['deny snapshot/not_a_file contracts/checkout.yaml']],
  ['swaps a contract for a Git LFS pointer', { files: { [path]: { base: v1, head: lfs } } }, ['deny snapshot/content_unavailable contracts/checkout.yaml:1']],
  ['makes a contract executable and edits it', { files: { [path]: { base: v1, head: aSide(evil, '100755') } }, world: { contents: [v1, evil] } }, ['deny contract/immutable_changed contracts/checkout.yaml:5']],
  ['reverts a bump', { files: { [path]: { base: v2, head: v1 } }, released: [[path, v1], [path, v2]] }, ['deny contract/version_not_increased contracts/checkout.yaml:2']],
  ['reverts a bump and goes on from the older version', { files: { [path]: { base: v2, head: aContract({ version: '1.2.0', previous: hashOf(), spec: 3 }) } }, released: [[path, v1], [path, v2]] }, ['deny contract/fork contracts/checkout.yaml:3']],
  ['brings an old release back beside the newer one', { files: { [path]: { base: v2 }, [other]: { head: v1 } }, released: [[path, v1], [path, v2]] }, ['deny contract/version_not_increased contracts/other.yaml:2']],
  ['extends the parent that another pull request has extended and merged', { files: { [path]: { mergeBase: v1, base: v2, head: aContract({ ...next, spec: 7 }) } }, released: [[path, v1], [path, v2]] }, ['deny contract/immutable_changed contracts/checkout.yaml:5']],
  ['starts a removed id again', { files: { [path]: { head: aContract({ spec: 2, version: '3.0.0' }) } }, released: [[path, aContract({ version: '2.0.0', lifecycle: 'retired' })]] }, ['deny contract/id_reused contracts/checkout.yaml:1']],
  ['starts a removed id again with a proper parent', { files: { [path]: { head: v2 } }, released: [[path, retired]] }, ['deny contract/id_reused contracts/checkout.yaml:1']],
  ['starts a removed id again through a draft that was merged before', { files: { [path]: { base: aContract({ ...next, lifecycle: 'draft' }), head: v2 } }, released: [[path, retired]] }, ['deny contract/id_reused contracts/checkout.yaml:1', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['reuses a removed id and version with another content', { files: { [path]: { head: evil } }, released: [[path, retired]] }, ['deny contract/immutable_changed contracts/checkout.yaml:2', 'deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['brings an older release of a removed id back, which never was retired', { files: { [other]: { head: v1 } }, released: [[path, v1], [path, aContract({ ...next, lifecycle: 'retired' })]] }, ['deny contract/id_reused contracts/other.yaml:1']],
  ['claims a living id in a new file', { files: { [path]: { base: v1 }, [other]: { head: aContract({ version: '2.0.0' }) } } }, ['deny contract/id_reused contracts/other.yaml:1']],
  ['turns a released version into a draft by a direct push and then edits the draft', { files: { [path]: { base: aContract({ lifecycle: 'draft' }), head: aContract({ lifecycle: 'draft', spec: 9 }) } }, released: [[path, v1]] }, ['deny contract/immutable_changed contracts/checkout.yaml:5', 'deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['turns a released version into a draft by a direct push and then deletes it', { files: { [path]: { base: aContract({ lifecycle: 'draft' }), head: null } }, released: [[path, v1]] }, ['deny contract/removed contracts/checkout.yaml']],
  ['mutates a release by a direct push and then bumps from it', { files: { [path]: { base: evil, head: aContract({ version: '1.1.0', previous: hashOf({ spec: { limit: 999 } }) }) } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml:2', 'deny contract/chain_broken contracts/checkout.yaml:3']],
  ['mutates a release by a direct push and then reformats it', { files: { [path]: { base: evil, head: `${evil}\n` } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml:2', 'notice contract/format_changed contracts/checkout.yaml:1']],
  ['mutates a release by a direct push and then deprecates it', { files: { [path]: { base: evil, head: aContract({ spec: { limit: 999 }, lifecycle: 'deprecated' }) } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml:2', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['mutates a release by a direct push and then deletes it', { files: { [path]: { base: evil, head: null } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml', 'deny contract/removed contracts/checkout.yaml']],
  ['overwrites a release with garbage by a direct push and then puts another contract there', { files: { [path]: { base: 'garbage', head: aContract({ id: 'mine' }) } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml:2']],
  ['overwrites a release with garbage by a direct push and then deletes it', { files: { [path]: { base: 'garbage', head: null } }, released: [[path, v1]] }, ['deny contract/base_diverged contracts/checkout.yaml']],
  ['brings what somebody pushed to another branch of the entry, without its link', { files: { [path]: { base: v1, head: unlinked } }, world: { contents: [v1, unlinked], releases: [releaseOf(v1, path), pushedPast(unlinked)] } }, ['deny contract/previous_ref_mismatch contracts/checkout.yaml:3']],
  ['puts a new version over a released path', { files: { [path]: { base: v1, head: v2 } }, configured: versioned }, ['deny contract/immutable_changed contracts/checkout.yaml:2']],
  ['drops a version between the released ones in versioned paths', { files: { [path]: { base: v1, head: null }, [other]: { base: v2 } }, configured: versioned }, ['deny contract/removed contracts/checkout.yaml']],
  ['renames a released path to that of a next version in versioned paths', { files: { [path]: { base: v1, head: null }, [other]: { head: v1 } }, configured: versioned }, ['deny contract/removed contracts/checkout.yaml']],
  ['renames a released path out of the versioned layout', { files: { [path]: { base: v1, head: null }, 'loose/checkout.yaml': { head: v1 } }, configured: { contracts: [aContractSet({ layout: 'versioned' }), aContractSet({ paths: ['loose/*.yaml'] })] } }, ['deny contract/removed contracts/checkout.yaml']],
  ['renames a released path and puts a next version there in versioned paths', { files: { [path]: { base: v1, head: v2 }, [other]: { head: v1 } }, configured: versioned }, ['deny contract/immutable_changed contracts/checkout.yaml:2']],
  ['mutates a released path by a direct push and then moves what was released elsewhere', { files: { [path]: { base: evil, head: null }, [other]: { head: v1 } }, configured: versioned, released: [[path, v1]] }, ['deny contract/removed contracts/checkout.yaml']],
  ['removes a retired contract and brings it back as active', { files: { [path]: { head: v1 } }, released: [[path, retired]] }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['removes a retired contract and brings it back as deprecated elsewhere', { files: { [other]: { head: aContract({ lifecycle: 'deprecated' }) } }, released: [[path, retired]] }, ['deny contract/lifecycle_forbidden contracts/other.yaml:4']],
  ['turns a retired version into a draft by a direct push and then activates it', { files: { [path]: { base: aContract({ lifecycle: 'draft' }), head: v1 } }, released: [[path, retired]] }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['turns a retired version active by a direct push and then deprecates it', { files: { [path]: { base: v1, head: aContract({ lifecycle: 'deprecated' }) } }, released: [[path, retired]] }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['hides another value behind a duplicate key', { files: { [path]: { base: v1, head: `${v1}spec: {"limit": 999}\n` } } }, ['deny contract/unparsable contracts/checkout.yaml:6']],
  ['hides another value in a merge key', { files: { [path]: { base: v1, head: `${v1}<<: {"limit": 999}\n` } } }, ['deny contract/unparsable contracts/checkout.yaml:6']],
  ['hides another value in a big integer', { files: { 'contracts/a.json': { head: '{"contractId":"a","contractVersion":"1.0.0","lifecycle":"draft","n":9007199254740993}' } } }, ['deny contract/unparsable contracts/a.json:1']],
  ['writes the same released contract as JSON with another content', { files: { [path]: { base: v1, head: null }, 'contracts/checkout.json': { head: '{"contractId":"checkout","contractVersion":"1.0.0","previousContractRef":null,"lifecycle":"active","spec":{"limit":2}}' } } }, ['deny contract/immutable_changed contracts/checkout.json:1', 'deny contract/removed contracts/checkout.yaml']],
];

test('the contract gate passes what somebody pushed to another branch of the entry, where it would be a proper release here', () => {
  assert.deepEqual(told(judgeChange({ files: { [path]: { base: v1, head: v2 } }, world: { contents: [v1, v2], releases: [releaseOf(v1, path), pushedPast(v2)] } })), []);
});

for (const [title, change, expected] of attacks) {
  const outcome = expected.some((one) => one.startsWith('deny')) ? 'fails' : 'passes';
  test(`the contract gate ${outcome} an attack that ${title}`, () => assert.deepEqual(told(judgeChange(change)), expected));
}

test('the contract gate passes what restores the recorded content over a mutated base', () => {
  for (const base of [evil, 'garbage']) assert.deepEqual(told(judgeChange({ files: { [path]: { base, head: v1 } }, released: [[path, v1]] })), []);
});

test('the contract gate passes what brings a retired version back as retired, and what halts one that a direct push has revived', () => {
  assert.deepEqual(told(judgeChange({ files: { [path]: { head: retired } }, released: [[path, retired]] })), []);
  assert.deepEqual(told(judgeChange({ files: { [path]: { base: v1, head: retired } }, released: [[path, retired]] })), ['notice contract/state_changed contracts/checkout.yaml:4']);
  assert.deepEqual(told(judgeChange({ files: { [path]: { base: v1, head: aContract({ flags: { halted: true } }) } }, released: [[path, retired]] })), ['notice contract/state_changed contracts/checkout.yaml:5']);
});

test('the contract gate passes a halt of a contract whose base was mutated', () => {
  const verdict = judgeChange({ files: { [path]: { base: evil, head: aContract({ spec: { limit: 999 }, flags: { halted: true } }) } }, released: [[path, v1]] });
  assert.deepEqual([verdict.verdict, told(verdict)], ['pass', ['notice contract/state_changed contracts/checkout.yaml:5']]);
});

test('the contract gate passes a JSON twin of a released YAML contract as a move', () => {
  const twin = '{"contractId":"checkout","contractVersion":"1.0.0","previousContractRef":null,"lifecycle":"active","spec":{"limit":1}}';
  assert.deepEqual(told(judgeChange({ files: { [path]: { base: v1, head: null }, 'contracts/checkout.json': { head: twin } } })), []);
});

test('the contract gate passes what brings a release back to its versioned path, from a copy or from where a direct push had moved it, and what removes a retired one', () => {
  const pushed = { configured: versioned, released: [[path, v1]] as const };
  assert.deepEqual(told(judgeChange({ ...pushed, files: { [path]: { base: v1 }, [other]: { base: v1, head: null } } })), []);
  assert.deepEqual(told(judgeChange({ ...pushed, files: { [path]: { head: v1 }, [other]: { base: v1, head: null } } })), []);
  assert.deepEqual(told(judgeChange({ configured: versioned, files: { [path]: { base: retired, head: null } } })), []);
});

test('the contract gate quotes a path that would be more than one word in a shell', () => {
  const hostile = "contracts/$(touch x)'; rm -rf ~.yaml";
  const findings = judgeChange({ files: { [hostile]: { base: evil, head: v2 } }, released: [[hostile, v1]] }).findings;
  const finding = findings.find((one) => one.code === 'contract/base_diverged');
  assert.match(finding?.next ?? '', /-- 'contracts\/\$\(touch x\)'\\''; rm -rf ~\.yaml'` and commit the result\.$/);
});

test('the contract gate keeps no document of one path for another', () => {
  const verdict = judgeChange({ files: { 'contracts/a.yaml': { head: '{"contractId": "a"' }, 'contracts/a.json': { head: '{"contractId": "a"' } } });
  assert.deepEqual(told(verdict), ['deny contract/unparsable contracts/a.json:1', 'deny contract/unparsable contracts/a.yaml:1']);
});

test('an unavailable answer never makes the contract gate pass, nor a failing change anything but fail or inconclusive', () => {
  const all = [...attacks.map(([, change]) => change), { files: { [path]: { base: v1, head: v2 } } }, { files: { [path]: { head: v1 } } }].map((change) => {
    const { snapshot, world } = stage(change);
    const whole = collectEvidence(contractGate, snapshot, world);
    return { snapshot, world, asked: contractGate.plan(snapshot, whole), before: contractGate.evaluate(snapshot, whole).verdict };
  });
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(), fc.boolean(), ({ snapshot, world, asked, before }, pick, isMissing) => {
      const lost = asked[pick % asked.length];
      const partial = evidenceOf(asked.filter((request) => !isMissing || request !== lost), { ...world, unavailable: (request: ProbeRequest) => request === lost }, new Evidence());
      const after = contractGate.evaluate(snapshot, partial).verdict;
      assert.notEqual(after, 'pass', `${JSON.stringify(lost)} was ${before}`);
    }),
    { seed: 11, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 100 },
  );
});

test('the verdict does not depend on the order in which evidence came', () => {
  const { snapshot, world } = stage({ files: { [path]: { base: v1, head: evil }, [other]: { head: aContract({ id: 'other' }) } } });
  const asked = contractGate.plan(snapshot, collectEvidence(contractGate, snapshot, world));
  const verdicts = [asked, asked.toReversed()].map((requests) => contractGate.evaluate(snapshot, evidenceOf(requests, world)));
  // Places are found when they are asked for.
  assert.equal(JSON.stringify(verdicts[0]), JSON.stringify(verdicts[1]));
});

function stage({ files, configured, released, world }: ChangeInput) {
  const inputs = Object.entries(files);
  const texts = inputs.flatMap(([, { base, head, mergeBase }]) => [base, head, mergeBase].filter((one) => typeof one === 'string'));
  const snapshot = aSnapshot({ files: inputs.map(([at, input]) => aFile({ path: at, ...input })), ...(configured === undefined ? {} : { configured }) });
  return { snapshot, world: { contents: texts, releases: (released ?? [[path, v1] as const]).map(([at, text]) => releaseOf(text, at)), ...world } };
}
