import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Comparison } from '../../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';

type Versions = readonly [older: JsonValue, newer: JsonValue];

/** One worker for all of them: what one attack leaves behind must not harm the next. */
const patient = createValidator({ workers: 1 });
/** Of those that would take any time that they are given. */
const hasty = createValidator({ workers: 1, comparisonTimeoutMs: 400 });
after(async () => void (await Promise.all([patient.close(), hasty.close()])));

async function answersOf(pairs: readonly Versions[], validator = patient): Promise<readonly Comparison[]> {
  const answers = await validator.compare(pairs.map(([older, newer], index) => ({ older: { blob: `o${index}`, value: older }, newer: { blob: `n${index}`, value: newer }, mode: 'backward', preset: 'semantic' })));
  return answers.map((answer) => {
    assert.ok(!('kind' in answer), 'trouble of the machine');
    return answer;
  });
}

function nested(levels: number, leaf: JsonValue): JsonValue {
  return Array.from({ length: levels }).reduce<JsonValue>((inner) => ({ properties: { a: inner }, required: ['a'], type: 'object' }), leaf);
}

/** Each definition refers to the one before twice: 2^levels references in a few lines. */
function laughs(keyword: string, levels: number, leaf: JsonValue): JsonValue {
  const definitions = Array.from({ length: levels }, (_, level): readonly [string, JsonValue] => [`d${level + 1}`, { [keyword]: [{ $ref: `#/$defs/d${level}` }, { $ref: `#/$defs/d${level}` }] }]);
  return { $ref: `#/$defs/d${levels}`, $defs: Object.fromEntries([['d0', leaf], ...definitions]) };
}

const listed = (from: number): JsonValue => ({ enum: Array.from({ length: 4_000 }, (_, index) => `v${from + index}`) });

test('a break that is hidden behind fifteen levels is found, and shown', async () => {
  const [answer] = await answersOf([[nested(15, { type: 'string' }), nested(15, { type: 'integer' })]]);
  assert.deepEqual([answer?.answer, answer?.differences.map(({ kind }) => kind)], ['breaking', ['type_changed']]);
});

for (const keyword of ['allOf', 'oneOf']) {
  test(`references that double thirty times through ${keyword} are never compatible by exhaustion, and hold up nobody behind them`, async () => {
    const [bomb, next] = await answersOf([[laughs(keyword, 30, { type: 'string' }), laughs(keyword, 30, { type: 'integer' })], [{ maxLength: 3 }, { maxLength: 2 }]], hasty);
    assert.ok(keyword === 'oneOf' || bomb?.answer !== 'compatible');
    assert.equal(next?.answer, 'breaking');
  });
}

test('patterns that take a validator for ever end as undecided or with a document, and the next pair is answered', async () => {
  const evil = { type: 'string', pattern: '^(?=(a+)+$)(a|aa)+$', minLength: 40 };
  const [hung, next] = await answersOf([[evil, { type: 'string', pattern: '^(?!(a+)+b)(x+x+)+y$' }], [{ maxLength: 3 }, { maxLength: 4 }]], hasty);
  assert.notEqual(hung?.answer, 'compatible');
  assert.equal(next?.answer, 'compatible');
});

test('four thousand listed values with one exchanged are compared to the value', async () => {
  const [answer] = await answersOf([[listed(0), listed(1)]]);
  assert.deepEqual([answer?.answer, answer?.witness?.value], ['breaking', 'v0']);
});

test('two thousand properties, each of which is narrowed, are breaking within the time for one pair', async () => {
  const described = (longer: number): JsonValue => ({ type: 'object', properties: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`p${index}`, { type: 'string', maxLength: index + longer }])) });
  const [answer] = await answersOf([[described(2), described(1)]]);
  assert.deepEqual([answer?.answer, answer?.differences[0]?.kind, answer?.witness !== null], ['breaking', 'max_length_lowered', true]);
});

test('a schema that refers to itself without end is undecided', async () => {
  const [answer] = await answersOf([[{ $ref: '#' }, { type: 'string' }]]);
  assert.equal(answer?.answer, 'undecided');
});

test('a schema that only an endless document would satisfy is compatible with everything', async () => {
  const endless = { $ref: '#/$defs/n', $defs: { n: { type: 'object', required: ['n'], properties: { n: { $ref: '#/$defs/n' } } } } };
  const [answer] = await answersOf([[endless, { type: 'string' }]]);
  assert.equal(answer?.answer, 'compatible');
});

test('a list or text of a length that no memory holds is undecided', async () => {
  const answers = await answersOf([[{ type: 'array', minItems: 1e9 }, { type: 'array', minItems: 1e9 + 1 }], [{ type: 'string', minLength: 1e15 }, { type: 'string', minLength: 1e15 + 2 }]]);
  assert.deepEqual(answers.map(({ answer }) => answer), ['undecided', 'undecided']);
});

test('a member named __proto__ is undecided, never passed over', async () => {
  const [answer] = await answersOf([[{}, JSON.parse('{"properties":{"__proto__":{"type":"string"}}}')]]);
  assert.equal(answer?.answer, 'undecided');
});

test('names of the prototype are properties like any other', async () => {
  const [required, removed] = await answersOf([[{ type: 'object' }, { type: 'object', required: ['toString'] }], [{ type: 'object', properties: { constructor: {} }, additionalProperties: false }, { type: 'object', additionalProperties: false }]]);
  assert.deepEqual([required?.differences[0]?.kind, removed?.differences[0]?.kind], ['required_added', 'property_removed']);
});

test('a reference to another host is undecided and opens no connection', async () => {
  const [answer] = await answersOf([[{ $ref: 'http://127.0.0.1:9/a' }, { $ref: 'http://127.0.0.1:9/b' }]]);
  assert.equal(answer?.answer, 'undecided');
});

test('a multiple of the smallest number divides nothing by zero', async () => {
  const answers = await answersOf([[{ type: 'number', multipleOf: 1.7e308 }, { type: 'number', multipleOf: 5e-324 }], [{ multipleOf: 0.3 }, { multipleOf: 0.1 }]]);
  assert.deepEqual(answers.map(({ answer }) => answer), ['compatible', 'compatible']);
});
