import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { findBuiltinSchema } from '../../../src/domain/contract/builtin-schemas.ts';
import { isSchema } from '../../../src/domain/json-schema/is-schema.ts';
import { limits } from '../../../src/domain/limits.ts';
import { loadBuiltinValidator } from '../../../src/probes/schema-validation/builtin-validator.ts';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';

const names = ['contract-envelope', 'workspace-contract/v2'];
const hash = `sha256:${'a'.repeat(64)}`;
const contract = { contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: hash, lifecycle: 'active', spec: {} };

test('every builtin schema is one by its meta-schema', () => {
  const ajv = new Ajv({ strict: false });
  for (const name of names) assert.ok(isSchema(findBuiltinSchema(name)) && ajv.validateSchema(Object(findBuiltinSchema(name))), name);
});

test('validate() answers about builtin schemas without a thread, in the words of every other schema', async () => {
  const threads = { take: () => assert.fail('no thread is needed'), giveBack: async () => assert.fail('no thread was taken') };
  const validator = createValidator({ threads });
  const answers = await validator.validate([contract, { ...contract, lifecycle: 'gone', emergencyFlags: { off: true } }].map((value) => ({ schema: { kind: 'builtin', name: 'contract-envelope' }, value })));
  assert.deepEqual(answers, [
    { kind: 'valid' },
    {
      kind: 'violations',
      violations: [
        { pointer: '/lifecycle', keyword: 'enum', message: 'must be one of "draft", "active", "deprecated", "retired"' },
        { pointer: '/emergencyFlags/off', keyword: 'additionalProperties', message: 'must not have the property "off"' },
      ],
    },
  ]);
});

/** What makes a careless pattern try without end: many ways to read the same characters, and an end that fits none of them. */
const pieces = ['a', 'a ', '1', '0', '-', '1.', '1.1.1-', 'a1', '.a', '1.1.1-a.', '1.1.1+a.', 'v', 'sha256:', 'local:', '2026-11-26T', '0:', '\u200b', '\u{1f600}'];

for (const piece of pieces) {
  test(`an attack by a mebibyte of ${JSON.stringify(piece)} in every member takes a builtin schema no longer than its length asks for`, async () => {
    const validate = await loadBuiltinValidator();
    const tookMs = (length: number): number => {
      const text = `${piece.repeat(length / piece.length)}\n`;
      const value = { contractId: text, contractVersion: text, previousContractRef: text, policyBundleChecksum: text, kmsKeyRef: text, lifecycle: text, emergencyFlags: { budgetOverride: { until: text } }, signature: text };
      const { user } = process.cpuUsage();
      for (const name of names) assert.equal(validate(name, value).kind, 'violations');
      return (process.cpuUsage().user - user) / 1_000;
    };
    tookMs(limits.fileBytes / 8);
    assert.ok(tookMs(limits.fileBytes) < 500);
  });
}

test('an attack by as many wrong members as a document may have is answered with the first of them', async () => {
  const validate = await loadBuiltinValidator();
  const flags = Object.fromEntries(Array.from({ length: limits.nodes }, (_, index) => [`f${index}`, true]));
  const answer = validate('contract-envelope', { ...contract, emergencyFlags: flags });
  assert.equal(answer.kind === 'violations' && answer.violations.length, 50);
});
