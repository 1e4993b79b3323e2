import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { jsonExcess } from '../../src/domain/json-excess.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';

const excess = (text: string, bounds: Parameters<typeof jsonExcess>[1]) => jsonExcess(Buffer.from(text), bounds);

function levelsOf(value: JsonValue): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(levelsOf)) : 0;
}

suite('jsonExcess()', () => {
  test('counts the levels that the parsed value has, whatever stands in texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '[', '{', ']', '}', ',', 'é', '😀', '\u005b'), maxLength: 8 });
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' });
    fc.assert(fc.property(fc.oneof(value, fc.dictionary(text, fc.array(text), { noNullPrototype: true })), fc.nat(6), (one, levels) => {
      const json = one as JsonValue;
      assert.equal(excess(JSON.stringify(json), { levels }) === 'levels', levelsOf(json) > levels);
    }), { seed: 1, numRuns: 300 });
  });

  test('counts values, an empty list as one more', () => {
    for (const [text, values] of [['1', 1], ['[]', 2], ['[1,2,3]', 4], ['{"a,b":{"c":[1]}}', 4]] as const) {
      assert.deepEqual([excess(text, { levels: 9, values }), excess(text, { levels: 9, values: values - 1 })], [null, 'values'], text);
    }
  });

  test('attack: a million brackets, and a text without an end, take no time to speak of and no stack', () => {
    assert.equal(excess('['.repeat(1_000_000), { levels: 64 }), 'levels');
    for (const text of [`["${'\\"'.repeat(500_000)}`, `["${'\\'.repeat(1_000_001)}"[[`, '"']) assert.equal(excess(text, { levels: 1 }), null);
  });
});
