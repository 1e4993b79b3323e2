import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Comparison } from '../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import { createValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import type { ValidatorOptions } from '../../src/probes/schema-validation/schema-validator.ts';

async function comparisonOf(context: TestContext, older: JsonValue, newer: JsonValue, options: ValidatorOptions = {}): Promise<Comparison> {
  const validator = createValidator(options);
  context.after(async () => await validator.close());
  const [answer] = await validator.compare([{ older: { blob: 'a', value: older }, newer: { blob: 'b', value: newer }, mode: 'backward', preset: 'semantic' }]);
  assert.ok(answer !== undefined && !('kind' in answer));
  return answer;
}

test('compare() answers compatible when only the order of members differs', async (t) => {
  assert.equal((await comparisonOf(t, { type: 'string', minLength: 1 }, { minLength: 1, type: 'string' })).answer, 'compatible');
});

test('compare() answers undecided when a schema is over the limit of depth', async (t) => {
  let deep: JsonValue = {};
  for (let level = 0; level < 70; level += 1) deep = { not: deep };
  const { answer, doubts } = await comparisonOf(t, deep, {});
  assert.deepEqual([answer, doubts.map(({ why }) => why)], ['undecided', ['the older schema has more than 64 levels']]);
});
