import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { compareSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import { judgeOf } from './judge.ts';
import { somePair, someValue } from './random-schemas.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const [pairs, instances] = isLong ? [6_000, 200] : [250, 200];

interface Count {
  compared: number;
  compatible: number;
  breaking: number;
  witnessed: number;
  undecided: number;
  instances: number;
}

/** Plain JSON: the generator's objects have no prototype, which the validator takes for a difference. */
function sampled<One>(arbitrary: Arbitrary<One>, numRuns: number, seed: number): readonly One[] {
  const values: readonly One[] = JSON.parse(JSON.stringify(sample(arbitrary, { numRuns, seed })));
  return values;
}

test('compareSchemas() answers compatible only where no random instance is accepted by the older schema and refused by the newer one', async (t) => {
  const values = sampled(someValue, instances, 7);
  const count: Count = { compared: 0, compatible: 0, breaking: 0, witnessed: 0, undecided: 0, instances: 0 };
  for (const [index, [older, newer]] of sampled(somePair, pairs, 11).entries()) await compareOne(inDialect(older, index), inDialect(newer, index), values, count);
  t.diagnostic(JSON.stringify(count));
  assert.ok(count.compared > pairs / 3 && count.compatible > pairs / 10 && count.breaking > pairs / 20);
  assert.ok(count.witnessed >= 0.9 * count.breaking, 'a breaking answer has a witness');
  assert.ok(count.undecided <= 0.1 * count.compared, 'undecided is the exception');
});

const dialects = ['https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema'];

function inDialect(schema: JsonValue, index: number): JsonValue {
  return isJsonObject(schema) ? { ...schema, $schema: dialects[index % dialects.length] ?? '' } : schema;
}

async function compareOne(older: JsonValue, newer: JsonValue, values: readonly JsonValue[], count: Count): Promise<void> {
  const [before, after] = [await judgeOf(older), await judgeOf(newer)];
  if (before === null || after === null) return;
  count.compared += 1;
  const { answer, suspicions, samples } = compareSchemas(older, newer, 'backward', 'semantic');
  count[answer] += 1;
  const isWitness = (value: JsonValue): boolean => before(value) === true && after(value) === false;
  if (answer === 'breaking' && suspicions.some(({ value }) => isWitness(value))) count.witnessed += 1;
  if (answer !== 'compatible') return;
  const tried = [...values, ...samples.map(({ value }) => value)];
  count.instances += tried.length;
  const witness = tried.find(isWitness);
  assert.equal(witness, undefined, `${JSON.stringify(older)}\n${JSON.stringify(newer)}\n${JSON.stringify(witness)}`);
}
