import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bumpEdits } from '../../../src/domain/contract/bump-edits.ts';
import type { Bump, BumpRequest } from '../../../src/domain/contract/bump-edits.ts';
import { changeClasses, isBumpEnough } from '../../../src/domain/contract/change-class.ts';
import { isSuccessor } from '../../../src/domain/contract/version.ts';
import type { ContractFields } from '../../../src/domain/configuration/configuration.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';

const fields: ContractFields = aConfiguration().contracts[0]!.fields;
const hash = `sha256:${'a'.repeat(64)}` as const;
const checksum = `sha256:${'c'.repeat(64)}` as const;

function request(document: JsonObject, parts: Partial<BumpRequest> = {}): BumpRequest {
  const whole = { contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: null, lifecycle: 'active', ...document };
  return { document: whole, fields, path: 'contracts/checkout.yaml', newest: { version: '1.0.0', contentHash: hash, signature: undefined }, changed: 'additive', level: null, policyChecksum: checksum, isActive: true, ...parts };
}

/** What is set, by pointer; a removal is undefined. */
function setBy(bump: Bump): Readonly<Record<string, JsonValue | undefined>> {
  if (bump.kind !== 'edits') return assert.fail(JSON.stringify(bump));
  return Object.fromEntries(bump.edits.map(({ pointer, value }) => [pointer, value]));
}

test('bumpEdits() sets the smallest version and the link when a released contract changed', () => {
  assert.deepEqual(setBy(bumpEdits(request({}))), { '/contractVersion': '1.1.0', '/previousContractRef': hash });
});

test('bumpEdits() keeps a version that says enough already, and a leading v', () => {
  assert.deepEqual(setBy(bumpEdits(request({ contractVersion: '3.0.0' }))), { '/previousContractRef': hash });
  assert.equal(setBy(bumpEdits(request({ contractVersion: 'v1.0.0' }, { newest: { version: 'v1.0.0', contentHash: hash, signature: undefined } })))['/contractVersion'], 'v1.1.0');
});

test('bumpEdits() raises the part that is asked for', () => {
  assert.equal(setBy(bumpEdits(request({}, { level: 'major' })))['/contractVersion'], '2.0.0');
});

test('bumpEdits() refuses a level that says less than the change does', () => {
  assert.deepEqual(bumpEdits(request({}, { level: 'patch', changed: 'breaking' })), { kind: 'too-small', version: '1.0.1', needed: '2.0.0' });
});

test('bumpEdits() sets the policy checksum only where the contract states one', () => {
  assert.equal(setBy(bumpEdits(request({ policyBundleChecksum: hash })))['/policyBundleChecksum'], checksum);
  assert.equal('/policyBundleChecksum' in setBy(bumpEdits(request({ policyBundleChecksum: null }))), false);
});

test('bumpEdits() removes the signature of other content', () => {
  assert.equal('/signature' in setBy(bumpEdits(request({ signature: 'x..y' }))), true);
});

test('bumpEdits() keeps a signature when the content needs nothing, unless it is the one of the release', () => {
  const done = { contractVersion: '1.1.0', previousContractRef: hash, signature: 'x..y' };
  assert.deepEqual(setBy(bumpEdits(request(done))), {});
  assert.deepEqual(setBy(bumpEdits(request(done, { newest: { version: '1.0.0', contentHash: hash, signature: 'x..y' } }))), { '/signature': undefined });
});

test('bumpEdits() makes what takes the place of a release active, and leaves a draft of its own path a draft', () => {
  assert.equal(setBy(bumpEdits(request({ lifecycle: 'deprecated' })))['/lifecycle'], 'active');
  assert.equal('/lifecycle' in setBy(bumpEdits(request({ lifecycle: 'draft' }, { isActive: false }))), false);
});

test('bumpEdits() gives a contract that never had a release no link and no version', () => {
  assert.deepEqual(setBy(bumpEdits(request({ previousContractRef: hash }, { newest: null }))), { '/previousContractRef': null });
});

for (const [title, source, found] of [
  ['fixed', { kind: 'value', value: '1.0.0' }, 'contractVersion fixed to "1.0.0" by `fields`'],
  ['the path', { kind: 'path' }, 'contractVersion taken from the path by `fields`'],
] as const) {
  test(`bumpEdits() refuses a version that is ${title}`, () => {
    const bump = bumpEdits(request({}, { fields: { ...fields, contractVersion: source } }));
    assert.deepEqual(bump, { kind: 'impossible', field: 'contractVersion', found, expected: 'a field that stands in the document' });
  });
}

test('bumpEdits() refuses to follow a version that nothing can follow', () => {
  const last = `${Number.MAX_SAFE_INTEGER}.${Number.MAX_SAFE_INTEGER}.${Number.MAX_SAFE_INTEGER}`;
  assert.equal(bumpEdits(request({}, { newest: { version: last, contentHash: hash, signature: undefined } })).kind, 'impossible');
});

test('bumpEdits() puts mapped fields where they stand, beside their mapped neighbours', () => {
  const mapped: ContractFields = { ...fields, contractVersion: { kind: 'pointer', pointer: '/info/version' }, previousContractRef: { kind: 'pointer', pointer: '/info/previous' } };
  const bump = bumpEdits(request({ info: { version: '1.0.0' } }, { fields: mapped }));
  assert.deepEqual(setBy(bump), { '/info/version': '1.1.0', '/info/previous': hash });
  assert.deepEqual(bump.kind === 'edits' && bump.edits[0]?.order?.slice(0, 3), ['/contractId', '/info/version', '/info/previous']);
});

test('bumpEdits() never gives a version that is no successor or too small', () => {
  const version = fc.tuple(fc.constantFrom('', 'v'), fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1', '+b')).map(([v, a, b, c, more]) => `${v}${a}.${b}.${c}${more}`);
  fc.assert(
    fc.property(version, version, fc.constantFrom(...changeClasses), fc.constantFrom('patch', 'minor', 'major', null), (previous, current, changed, level) => {
      const bump = bumpEdits(request({ contractVersion: current }, { newest: { version: previous, contentHash: hash, signature: undefined }, changed, level }));
      if (bump.kind === 'too-small') assert.equal(isBumpEnough(previous, bump.needed, changed), true);
      else assert.equal(bump.kind === 'edits' && isSuccessor(bump.version, previous) && isBumpEnough(previous, bump.version, changed), true, JSON.stringify(bump));
    }),
    { seed: 3, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 50_000 : 150 },
  );
});
