import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMeasuredJson } from '../../../src/probes/policy-engine/measured-json.ts';

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const brackets = '['.repeat(100);

for (const [what, text] of [['64 levels', nested(64)], ['brackets in a text', JSON.stringify([brackets, 'a'])], ['brackets behind an escaped quote', JSON.stringify([`\\"${brackets}`, `\\\\"${brackets}\\`])], ['a name of brackets', JSON.stringify({ [brackets]: 1 })], ['many lists beside each other', JSON.stringify(Array.from({ length: 1_000 }, () => [[]]))]] as const) {
  test(`${what} are read`, () => assert.deepEqual(readMeasuredJson(text), JSON.parse(text)));
}

for (const [what, text] of [['65 levels', nested(65)], ['levels behind a text that ends with a backslash', `["\\\\",${nested(65)}]`], ['levels behind an empty text', `["",${nested(65)}]`], ['levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`]] as const) {
  test(`${what} are refused before they are read`, () => assert.throws(() => readMeasuredJson(text), /more than 64 levels/));
}

test('a text that never ends is refused, in time, however many of its quotes are escaped', () => {
  assert.throws(() => readMeasuredJson(`["${'\\"'.repeat(1_000_000)}`), SyntaxError);
  assert.throws(() => readMeasuredJson(`["${'\\'.repeat(1_000_001)}"`), SyntaxError);
});
