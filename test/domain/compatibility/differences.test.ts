import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison } from '../../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { confirmComparison } from '../../../src/probes/schema-comparison/confirm-comparison.ts';
import { differenceFixtures } from './difference-fixtures.ts';

async function comparisonOf([older, newer]: readonly [JsonValue, JsonValue]): Promise<Comparison> {
  return await confirmComparison({ older, newer, mode: 'backward', preset: 'semantic' });
}

for (const [kind, { bad, good }] of Object.entries(differenceFixtures)) {
  test(`a change that makes the difference ${kind} is breaking, names it alone, and shows a document`, async () => {
    const { answer, differences, witness } = await comparisonOf(bad);
    assert.deepEqual([answer, [...new Set(differences.map((one) => one.kind))]], ['breaking', [kind]]);
    assert.equal(witness === null, kind === 'content_changed');
  });

  test(`a change in the other direction from ${kind} is compatible`, async () => {
    assert.deepEqual(await comparisonOf(good), { answer: 'compatible', differences: [], doubts: [], witness: null, accepted: [] });
  });
}
