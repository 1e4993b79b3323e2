import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { blobOf } from '../../builders/content.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { judgeChange, told } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const v1 = aContract();
const v2 = aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } });

test('the contract gate passes a bump that follows the released version', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: v2 } } });
  assert.deepEqual([verdict.verdict, told(verdict), verdict.covered], ['pass', [], [path]]);
});

test('the contract gate passes the first release of an id', () => {
  assert.equal(judgeChange({ files: { [path]: { head: v1 } } }).verdict, 'pass');
});

test('the contract gate fails an edit of released content and shows the line', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: aContract({ spec: { limit: 9 } }) } } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['fail', ['deny contract/immutable_changed contracts/checkout.yaml:5']]);
  assert.equal(verdict.findings[0]?.next, 'Run `plumbline contract bump contracts/checkout.yaml` and commit the result.');
});

test('the contract gate asks nothing and does not apply when no contract changed', () => {
  const snapshot = aSnapshot({ files: [aFile({ path, base: v1 }), aFile({ path: 'src/a.ts', head: 'x', roles: [] })] });
  const verdict = contractGate.evaluate(snapshot, collectEvidence(contractGate, snapshot, {}));
  assert.deepEqual(contractGate.plan(snapshot, collectEvidence(contractGate, snapshot, {})), []);
  assert.deepEqual([verdict.verdict, verdict.applies], ['pass', false]);
  assert.deepEqual(verdict.skipped, [{ rule: 'contracts', why: 'no changed path matches contracts/**/*.{yaml,yml,json}' }]);
});

test('the contract gate does not apply where nothing is governed', () => {
  for (const snapshot of [aSnapshot({ entry: null }), aSnapshot({ configuration: { kind: 'none', effective: null } })]) {
    assert.deepEqual(contractGate.plan(snapshot, collectEvidence(contractGate, snapshot, {})), []);
    assert.equal(contractGate.evaluate(snapshot, collectEvidence(contractGate, snapshot, {})).applies, false);
  }
});

for (const kind of ['blob', 'record', 'releases', 'paths', 'validation'] as const) {
  test(`the contract gate is inconclusive when the answer about ${kind} is unavailable`, () => {
    const verdict = judgeChange({ files: { [path]: { base: v1, head: v2 } }, world: { ...worldOf(), unavailable: (request) => request.kind === kind } });
    assert.equal(verdict.verdict, 'inconclusive');
    assert.ok(verdict.findings.every((one) => one.severity !== 'deny'));
  });
}

test('the contract gate is inconclusive when it was never answered at all', () => {
  const snapshot = aSnapshot({ files: [aFile({ path, base: v1, head: v2 })] });
  assert.equal(contractGate.evaluate(snapshot, collectEvidence({ ...contractGate, plan: () => [] }, snapshot, {})).verdict, 'inconclusive');
});

test('the contract gate is inconclusive while the record is being filled, and says how far it is', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: v2 } }, world: { ...worldOf(), record: { kind: 'filling', done: 3, total: 10, upTo: null } } });
  assert.deepEqual([verdict.verdict, told(verdict), verdict.findings[0]?.found], ['inconclusive', ['unknown contract/record_incomplete contracts/checkout.yaml:2'], '3 of 10 commits read']);
});

test('the contract gate is inconclusive when the base has a release that the record lacks', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: v2 } }, released: [] });
  assert.deepEqual(told(verdict).filter((one) => one.startsWith('unknown')), ['unknown contract/record_incomplete contracts/checkout.yaml:2']);
});

test('the contract gate settles in two rounds of questions', () => {
  const snapshot = aSnapshot({ files: [aFile({ path, base: v1, head: v2 })] });
  const kinds = new Set<string>();
  let rounds = 0;
  collectEvidence({ ...contractGate, plan: (one, evidence) => {
    const asked = contractGate.plan(one, evidence).filter((request) => !evidence.has(request));
    if (asked.length > 0) rounds += 1;
    for (const request of asked) kinds.add(request.kind);
    return asked;
  } }, snapshot, worldOf());
  assert.deepEqual([rounds, [...kinds].toSorted()], [2, ['blob', 'paths', 'record', 'releases', 'validation']]);
});

test('the contract gate says which rules looked at how many subjects and which it does not judge', () => {
  const verdict = judgeChange({ files: { [path]: { base: v1, head: v2 }, 'contracts/other.yaml': { base: aContract({ id: 'other' }) } } });
  const evaluated = Object.fromEntries(verdict.evaluated.map((one) => [one.rule, one.subjects]));
  assert.deepEqual([evaluated['contract/immutable_changed'], evaluated['contract/duplicate_id'], evaluated['contract/removed']], [1, 2, 1]);
  assert.ok(verdict.skipped.some((one) => one.rule === 'contract/version_bump_too_small'));
});

test('the contract gate asks for the blobs of unchanged contracts too, but never for one over the size limit', () => {
  const big = { mode: '100644', blob: 'e'.repeat(40), size: 2_000_000 } as const;
  const snapshot = aSnapshot({ files: [aFile({ path, base: v1, head: v2 }), aFile({ path: 'contracts/other.yaml', base: 'x: 1' }), aFile({ path: 'contracts/big.yaml', base: big })] });
  const asked = contractGate.plan(snapshot, collectEvidence({ ...contractGate, plan: () => [] }, snapshot, {})).flatMap((request) => (request.kind === 'blob' ? [request.blob] : []));
  assert.deepEqual(asked.toSorted(), [v1, v2, 'x: 1'].map((text) => blobOf(text)).toSorted());
});

function worldOf() {
  return { contents: [v1, v2] };
}
