import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ContractFields } from '../../../src/domain/configuration/configuration.ts';
import { readContract } from '../../../src/domain/contract/read-contract.ts';
import { firstDifference } from '../../../src/domain/contract/first-difference.ts';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { plainFields } from '../../builders/a-configuration.ts';
import { bytesOf } from '../../builders/content.ts';

function contractOf(text: string, fields: ContractFields = plainFields, path = 'contracts/a.yaml') {
  const reading = readDocument(bytesOf(text), 'yaml');
  assert.ok(reading.kind === 'document', reading.kind === 'problem' ? reading.problem.message : '');
  const read = readContract(reading.document, fields, path);
  assert.ok(read.kind === 'contract', read.kind === 'incomplete' ? JSON.stringify(read.faults) : '');
  return read.contract;
}

function faultsOf(text: string): readonly string[] {
  const reading = readDocument(bytesOf(text), 'yaml');
  assert.ok(reading.kind === 'document');
  const read = readContract(reading.document, plainFields, 'contracts/a.yaml');
  return read.kind === 'incomplete' ? read.faults.map((fault) => `${fault.pointer}: ${fault.found}`) : [];
}

test('readContract() reads the fields where they stand', () => {
  const { contractId, version, key, previousContractRef, lifecycle, emergencyFlags } = contractOf(aContract({ version: 'v1.2.3+b1', flags: { halted: true } }));
  assert.deepEqual({ contractId, version, key, previousContractRef, lifecycle, emergencyFlags }, {
    contractId: 'checkout', version: 'v1.2.3+b1', key: '1.2.3', previousContractRef: null, lifecycle: 'active', emergencyFlags: { halted: true, humanApprovalRequired: false, budgetOverride: false },
  });
});

test('contentHash is the hash of the document without signature, lifecycle and flags', () => {
  const expected = hashOf();
  for (const input of [{}, { lifecycle: 'draft' }, { flags: { halted: true } }, { more: { signature: 'a..b' } }]) assert.equal(contractOf(aContract(input)).contentHash, expected);
  assert.notEqual(contractOf(aContract({ spec: 2 })).contentHash, expected);
});

test('contentHash does not depend on key order, formatting or format', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 6 }), (spec) => {
      const value: JsonObject = JSON.parse(JSON.stringify({ contractId: 'a', contractVersion: '1.0.0', lifecycle: 'active', spec }));
      const reversed = Object.fromEntries(Object.entries(value).toReversed());
      const readings = [JSON.stringify(value), JSON.stringify(reversed, null, 2)].flatMap((text) => (['json', 'yaml'] as const).map((format) => readDocument(bytesOf(text), format)));
      const hashes = readings.flatMap((reading) => {
        const read = reading.kind === 'document' ? readContract(reading.document, plainFields, 'a') : null;
        return read?.kind === 'contract' ? [read.contract.contentHash] : [];
      });
      assert.ok(new Set(hashes).size <= 1);
    }),
    { seed: 3, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 40 },
  );
});

test('stateDigest covers lifecycle and flags, with flags left out read as false', () => {
  const plain = contractOf(aContract());
  assert.equal(contractOf(aContract({ flags: { halted: false, budgetOverride: false }, spec: 2 })).stateDigest, plain.stateDigest);
  assert.notEqual(contractOf(aContract({ flags: { humanApprovalRequired: true } })).stateDigest, plain.stateDigest);
  assert.notEqual(contractOf(aContract({ lifecycle: 'deprecated' })).stateDigest, plain.stateDigest);
});

test('readContract() follows mapped fields, fixed values and the path, and leaves mapped state out of the content', () => {
  const fields: ContractFields = {
    ...plainFields,
    contractId: { kind: 'path' },
    contractVersion: { kind: 'pointer', pointer: '/meta/version' },
    lifecycle: { kind: 'value', value: 'active' },
    emergencyFlags: { kind: 'pointer', pointer: '/meta/flags' },
  };
  const contract = contractOf('meta: {version: 1.0.0, flags: {halted: true}}\nlifecycle: kept\n', fields, 'apis/shop.yaml');
  assert.deepEqual([contract.contractId, contract.lifecycle, contract.emergencyFlags.halted], ['apis/shop.yaml', 'active', true]);
  assert.equal(contract.contentHash, digestOfValue({ meta: { version: '1.0.0' }, lifecycle: 'kept' }));
});

test('readContract() names each field that is missing or wrong', () => {
  assert.deepEqual(faultsOf('contractVersion: 1.0\nprevious: 1\nlifecycle: live\nemergencyFlags: {halted: "yes"}\npreviousContractRef: abc\n'), [
    '/contractId: no contractId',
    '/contractVersion: contractVersion 1',
    '/previousContractRef: previousContractRef "abc"',
    '/lifecycle: lifecycle "live"',
    '/emergencyFlags/halted: emergencyFlags.halted "yes"',
  ]);
});

test('readContract() cuts a long value at 80 characters and marks the cut', () => {
  const cut = `${'x'.repeat(79)}…`;
  assert.deepEqual(faultsOf(aContract({ lifecycle: 'x'.repeat(200) })), [`/lifecycle: lifecycle "${cut}"`]);
  assert.deepEqual(faultsOf(`contractId: a\ncontractVersion: 1.0.0\nlifecycle: [${'x'.repeat(200)}]\n`), [`/lifecycle: lifecycle ["${'x'.repeat(77)}…`]);
  assert.deepEqual(faultsOf(aContract({ lifecycle: 'x'.repeat(80) })), [`/lifecycle: lifecycle "${'x'.repeat(80)}"`]);
});

test('readContract() refuses ids that look like another one, and inherited members', () => {
  for (const id of ['a\u200b', '\u202ea', ' a', 'a ', 'a\nb', '', 'x'.repeat(301), 'e\u0301']) assert.equal(faultsOf(aContract({ id })).length, 1, JSON.stringify(id));
  assert.equal(faultsOf('[]').length, 3);
});

test('firstDifference() points at the first part that is other, new, or gone', () => {
  assert.equal(firstDifference({ a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 3 }] }), '/b/1/c');
  assert.equal(firstDifference({ a: 1 }, { a: 1, 'x/y': 2 }), '/x~1y');
  assert.equal(firstDifference({ a: { b: 1, c: 2 } }, { a: { b: 1 } }), '/a');
  assert.equal(firstDifference([1, 2], [1]), '');
  assert.equal(firstDifference({ a: null }, { a: null }), null);
});
