import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import type { ContractField } from '../../../src/domain/configuration/configuration.ts';
import { envelopeView } from '../../../src/domain/contract/contract-field.ts';
import { readContract } from '../../../src/domain/contract/read-contract.ts';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import envelope from '../../../schemas/contract-envelope.schema.json' with { type: 'json' };
import workspace from '../../../schemas/workspace-contract.v2.schema.json' with { type: 'json' };
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { plainFields } from '../../builders/a-configuration.ts';
import { bytesOf } from '../../builders/content.ts';

const ajv = new Ajv({ allErrors: true, ownProperties: true, strict: true, allowUnionTypes: true, keywords: ['x-plumbline-change'] });
const isEnvelope = ajv.compile(envelope);
const isWorkspace = ajv.compile(workspace);

function documentOf(text: string) {
  const reading = readDocument(bytesOf(text), 'yaml');
  assert.ok(reading.kind === 'document');
  return reading.document;
}

test('the builtin schemas accept the contract of the documentation', () => {
  const text = aContract({
    version: '2.1.0',
    previous: hashOf(),
    flags: { halted: false, budgetOverride: { until: '2026-11-25' }, humanApprovalRequired: false },
    more: { policyBundleChecksum: hashOf(), kmsKeyRef: 'local:test-key', signature: 'a..b' },
  });
  const { value } = documentOf(text);
  assert.deepEqual([isEnvelope(value), isWorkspace(value), isWorkspace.errors], [true, true, null]);
});

test('the workspace schema refuses a contract without a spec or with a foreign key store', () => {
  assert.equal(isWorkspace(documentOf('contractId: a\ncontractVersion: 1.0.0\npreviousContractRef: null\nlifecycle: draft\n').value), false);
  assert.equal(isWorkspace(documentOf(aContract({ more: { kmsKeyRef: 'file:/etc/key' } })).value), false);
});

const hostile: Readonly<Partial<Record<ContractField, readonly unknown[]>>> = {
  contractId: [1, '', ' a', 'a\u200b', 'x'.repeat(301), null, {}],
  contractVersion: ['1', '1.0', 'x', '1.0.0.0', 'v', 1, '01.0.0', '1.0.0-01', ' 1.0.0', '=1.0.0'],
  previousContractRef: ['x', 'sha256:', 1, `sha256:${'A'.repeat(64)}`],
  lifecycle: ['live', null, 1, 'Active'],
  emergencyFlags: [null, [], { halted: 1 }, { hated: true }, { budgetOverride: true }, { budgetOverride: { until: 5 } }, { budgetOverride: { until: '2026-11-25', more: 1 } }],
};

for (const [field, values] of Object.entries(hostile)) {
  test(`the envelope and the reader both refuse a wrong ${field}`, () => {
    for (const value of values) {
      const document = documentOf(JSON.stringify({ contractId: 'a', contractVersion: '1.0.0', lifecycle: 'active', [field]: value }));
      const view = envelopeView(document.value, plainFields, 'a.yaml');
      assert.deepEqual([isEnvelope(view), readContract(document, plainFields, 'a.yaml').kind], [false, 'incomplete'], JSON.stringify(value));
    }
  });
}
