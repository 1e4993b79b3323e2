import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { judgeOf } from '../../domain/compatibility/judge.ts';

interface KnownError {
  readonly schema: JsonValue;
  readonly refused: JsonValue;
  readonly accepted: JsonValue;
}

/** What the validator gets wrong when a schema is given to it as it is written. */
const knownErrors: Readonly<Record<string, KnownError>> = {
  'an empty list behind one that contains what is asked for': { schema: { items: { contains: { const: 'a' } } }, refused: [['a'], []], accepted: [['a'], ['b', 'a']] },
  'an empty list behind one, under several names': { schema: { additionalProperties: { contains: { type: 'number' } } }, refused: { a: [1], b: [] }, accepted: { a: [1], b: ['b', 2] } },
  'an empty list of fixed places that must not contain something': { schema: { not: { not: { prefixItems: [{}], contains: { const: 1 } } } }, refused: [], accepted: [2, 1] },
  'equal elements at fixed places, where the others are texts': { schema: { prefixItems: [{ type: 'object' }, { type: 'object' }], items: { type: 'string' }, uniqueItems: true }, refused: [{}, {}], accepted: [{}, { a: 1 }, 'a'] },
  'an equal element behind a fixed place of another type': { schema: { prefixItems: [{ enum: ['a', 1] }, { enum: ['b', 1] }], items: { type: 'string' }, uniqueItems: true }, refused: [1, 1], accepted: ['a', 1] },
};

for (const [what, { schema, refused, accepted }] of Object.entries(knownErrors)) {
  test(`compileSchema() refuses ${what}`, async () => {
    const judge = await judgeOf(schema);
    assert.deepEqual([judge?.(refused), judge?.(accepted)], [false, true]);
  });
}

test('compileSchema() asks for nothing where no element has to be contained', async () => {
  const judge = await judgeOf({ contains: { const: 'a' }, minContains: 0, maxContains: 1 });
  assert.deepEqual([judge?.([]), judge?.(['a', 'a'])], [true, false]);
});
