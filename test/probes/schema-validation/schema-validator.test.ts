import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { SchemaSource } from '../../../src/domain/probe-request.ts';
import type { ValidationAnswer } from '../../../src/domain/probe-answer.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';
import type { SchemaValidator, ValidatorOptions } from '../../../src/probes/schema-validation/schema-validator.ts';

/** What most tests ask: no answer may depend on what was asked before. Attacks have one of their own. */
const shared = createValidator();
after(async () => await shared.close());

function aValidator(context: TestContext, options: ValidatorOptions): SchemaValidator {
  const validator = createValidator(options);
  context.after(async () => await validator.close());
  return validator;
}

let made = 0;

function aSchema(value: JsonValue): SchemaSource {
  made += 1;
  return { kind: 'document', blob: String(made).padStart(40, '0'), value };
}

async function answerTo(schema: JsonValue, value: JsonValue): Promise<ValidationAnswer> {
  const [answer] = await shared.validate([{ schema: aSchema(schema), value }]);
  assert.ok(answer !== undefined && answer.kind !== 'unanswered');
  return answer;
}

test('validate() answers each document in order, with pointer, keyword and words', async () => {
  const schema = aSchema({ type: 'object', required: ['id'], properties: { id: { type: 'string' }, state: { enum: ['on', 'off'] } }, additionalProperties: false });
  const answers = await shared.validate([{ schema, value: { id: 'a' } }, { schema, value: { state: 'lost', 'x/y': 1 } }]);
  assert.deepEqual(answers, [
    { kind: 'valid' },
    {
      kind: 'violations',
      violations: [
        { pointer: '', keyword: 'required', message: 'must have the property "id"' },
        { pointer: '/x~1y', keyword: 'additionalProperties', message: 'must not have the property "x/y"' },
        { pointer: '/state', keyword: 'enum', message: 'must be one of "on", "off"' },
      ],
    },
  ]);
});

test('validate() answers documents that are too long together to be sent at once, each in its place', async () => {
  const schema = aSchema({ maxLength: 1_000_000 });
  const lengths = [1_000_001, ...Array.from({ length: 11 }, (_, index) => 1_000_000 + (index % 3))];
  const answers = await shared.validate(lengths.map((length) => ({ schema, value: 'x'.repeat(length) })));
  assert.deepEqual(answers.map(({ kind }) => kind), lengths.map((length) => (length > 1_000_000 ? 'violations' : 'valid')));
});

for (const uri of ['http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft-07/schema', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema#']) {
  test(`validate() applies a schema of the dialect ${uri}`, async () => {
    const schema = aSchema({ $schema: uri, type: 'object', properties: { n: { exclusiveMinimum: 3 }, day: { format: 'date' } }, definitions: {} });
    const answers = await shared.validate([{ schema, value: { n: 4, day: '2026-11-20' } }, { schema, value: { n: 3 } }, { schema, value: { day: 'soon' } }]);
    assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'violations', 'violations']);
  });
}

const draft04 = 'http://json-schema.org/draft-04/schema#';

test('validate() applies draft-04 as it means its keywords: flags of limits, id, and nothing of later drafts', async () => {
  const schema = aSchema({ $schema: draft04, id: 'https://example.com/a.json', properties: { n: { minimum: 3, exclusiveMinimum: true }, later: { const: 1, contains: {}, propertyNames: false }, next: { $ref: 'a.json' }, part: { $ref: '#part' } }, definitions: { part: { id: '#part', type: 'string' } } });
  const answers = await shared.validate([{ n: 4 }, { n: 3 }, { later: [2] }, { next: { n: 3 } }, { part: 1 }].map((value) => ({ schema, value })));
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'violations', 'valid', 'violations', 'violations']);
});

test('validate() takes an id of a later draft for the unknown keyword that it is there, and an empty enum for one that nothing satisfies', async () => {
  const answers = await shared.validate([{ schema: aSchema({ id: 'a', type: 'object' }), value: {} }, { schema: aSchema({ properties: { a: { enum: [] } } }), value: { a: 1 } }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'violations']);
});

test('validate() takes prefixItems of 2020-12 and items of draft-07 each as its dialect means them', async () => {
  const answers = await shared.validate([
    { schema: aSchema({ prefixItems: [{ type: 'string' }] }), value: [1] },
    { schema: aSchema({ $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] }), value: [1] },
    { schema: aSchema({ $schema: 'https://json-schema.org/draft/2019-09/schema', unevaluatedProperties: false }), value: { a: 1 } },
  ]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['violations', 'violations', 'violations']);
});

const unusable: readonly (readonly [string, JsonValue])[] = [
  ['of an unknown dialect', { $schema: 'https://example.com/my-dialect' }],
  ['of draft-04 with a number where its dialect has a flag', { $schema: draft04, exclusiveMinimum: 3, minimum: '3' }],
  ['of draft-04 with a part of draft-07', { $schema: draft04, definitions: { a: { $schema: 'http://json-schema.org/draft-07/schema#' } } }],
  ['with a part of draft-04', { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { a: { $schema: draft04 } } }],
  ['of draft-04 that refers to itself by an id', { $schema: draft04, definitions: { a: { id: '#a', not: { $ref: '#a' } } } }],
  ['with a dialect that is no text', { $schema: 7 }],
  ['that its dialect refuses', { type: 'nonsense' }],
  ['with a pattern that does not compile', { pattern: '(' }],
  ['that is a list', []],
  ['that is null', null],
  ['with $async, whose validator would answer with a promise', { $async: true }],
  ['with a reference to nothing', { $ref: '#/$defs/missing' }],
  ['with a reference to a file', { $ref: 'file:///etc/passwd' }],
  ['that refers only to itself', { $ref: '#' }],
  ['that refers to itself through allOf', { $defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } } }],
  ['that refers to itself by way of another part', { $ref: '#/$defs/a', $defs: { a: { not: { $ref: '#b' } }, b: { $anchor: 'b', if: { $ref: '#/$defs/a' } } } }],
  ['that refers to itself by its address', { $id: 'https://example.com/a.json', dependentSchemas: { a: { $ref: 'a.json#' } } }],
  ['that refers to itself under an unknown keyword', { properties: { a: { $ref: '#/parts/a' } }, parts: { a: { anyOf: [{ $ref: '#/parts/a' }] } } }],
  ['of draft-07 that refers to itself by an $id', { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { a: { $id: '#a', else: { $ref: '#a' } } } }],
  ['with a $dynamicRef, which the validator would lead to the root', { properties: { a: { $dynamicRef: '#x' } }, $defs: { x: { $dynamicAnchor: 'x', required: ['q'] } } }],
  ['with a $recursiveRef', { $schema: 'https://json-schema.org/draft/2019-09/schema', properties: { a: { $recursiveRef: '#' } } }],
  ['with a part of another dialect', { $ref: '#/$defs/a', $defs: { a: { $id: 'https://example.com/a', $schema: 'http://json-schema.org/draft-07/schema#' } } }],
  ['with more levels than allowed', nested(80)],
  ['with more values than allowed', { enum: Array.from({ length: limits.nodes }, (_, index) => index) }],
  ['that names __proto__, which the validator passes over', { properties: { a: { const: '__proto__' } } }],
];

for (const [what, schema] of unusable) {
  test(`validate() calls a schema ${what} unusable`, async () => {
    assert.equal((await answerTo(schema, { anything: 1 })).kind, 'unusable');
  });
}

test('validate() takes a schema of thousands of definitions in one object', async () => {
  const schema = { $ref: '#/$defs/m1', $defs: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, { maxLength: index }])) };
  assert.equal((await answerTo(schema, 'ab')).kind, 'violations');
});

const uris = ['http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema'];

test('validate() applies a reference to the root at every level of the value, in each dialect', async () => {
  const schemas = uris.flatMap(($schema) => [aSchema({ $schema, required: ['n'], properties: { next: { $ref: '#' } } }), aSchema({ $schema, $id: 'https://example.com/a.json', required: ['n'], properties: { next: { $ref: 'a.json' } } })]);
  const answers = await shared.validate(schemas.flatMap((schema) => [{ schema, value: { n: 1, next: { n: 2, next: { n: 3 } } } }, { schema, value: { n: 1, next: { n: 2, next: {} } } }]));
  assert.deepEqual(answers.map(({ kind }) => kind), schemas.flatMap(() => ['valid', 'violations']));
});

test('validate() applies a reference to an anchor', async () => {
  const anchored: readonly JsonValue[] = [
    { $schema: uris[3] ?? '', $ref: '#x', $defs: { x: { $anchor: 'x', required: ['q'] } } },
    { $schema: uris[3] ?? '', $ref: '#x', $defs: { x: { $dynamicAnchor: 'x', required: ['q'] } } },
    { $schema: uris[2] ?? '', $ref: '#x', $defs: { x: { $anchor: 'x', required: ['q'] } } },
    { $schema: uris[1] ?? '', $ref: '#x', definitions: { x: { $id: '#x', required: ['q'] } } },
  ];
  const answers = await shared.validate(anchored.map((schema) => ({ schema: aSchema(schema), value: {} })));
  assert.deepEqual(answers.map(({ kind }) => kind), anchored.map(() => 'violations'));
});

test('validate() applies what stands beside a $ref, in each dialect', async () => {
  const schemas = uris.map(($schema) => aSchema({ $schema, properties: { a: { $ref: '#/definitions/x', required: ['q'] } }, definitions: { x: { required: ['p'] } } }));
  const answers = await shared.validate(schemas.flatMap((schema) => [{ schema, value: { a: { p: 1 } } }, { schema, value: { a: { q: 1 } } }, { schema, value: { a: { p: 1, q: 1 } } }]));
  assert.deepEqual(answers.map(({ kind }) => kind), uris.flatMap(() => ['violations', 'violations', 'valid']));
});

test('validate() takes a keyword within a value, or as the name of a member, for no reference', async () => {
  const schema = aSchema({ properties: { $dynamicRef: { const: { $dynamicRef: '#' } }, allOf: { default: { $ref: '#' } }, $schema: { type: 'string' } }, examples: [{ $schema: uris[1] ?? '', allOf: [{ $ref: '#' }] }] });
  const answers = await shared.validate([{ schema, value: { $dynamicRef: { $dynamicRef: '#' } } }, { schema, value: { $dynamicRef: 1 } }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'violations']);
});

test('validate() uses a schema whose parts are met twice on the way but never go round', async () => {
  const schema = { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }], $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { properties: { a: { $ref: '#/$defs/a' } } } } };
  assert.deepEqual(await answerTo(schema, { a: { a: 1 } }), { kind: 'valid' });
});

test('attack: a schema of many parts that all refer to each other is looked through in time', async () => {
  const parts = Object.fromEntries(Array.from({ length: 1_500 }, (_, index) => [`p${index}`, { allOf: [{ $ref: `#/$defs/p${index + 1}` }] }]));
  assert.deepEqual(await answerTo({ $defs: { ...parts, p1500: { $ref: '#/$defs/p0' } } }, 1), { kind: 'unusable', why: 'it refers to itself without end through the $ref "#/$defs/p0"' });
});

test('validate() calls a builtin schema that does not exist unusable, and finds those that do', async () => {
  const answers = await shared.validate(['contract-envelope', 'workspace-contract/v2', 'workspace-contract/v9', '__proto__'].map((name) => ({ schema: { kind: 'builtin', name } as const, value: {} })));
  assert.deepEqual(answers.map(({ kind }) => kind), ['violations', 'violations', 'unusable', 'unusable']);
});

test('attack: a reference to another host makes a schema unusable and opens no connection', async (t) => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end('true');
  });
  server.on('connection', () => (requests += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  assert.equal((await answerTo({ $ref: `http://127.0.0.1:${port}/schema.json` }, 1)).kind, 'unusable');
  assert.equal(requests, 0);
});

test('attack: what one schema declares under an $id is not visible to another', async (t) => {
  const answers = await aValidator(t, { workers: 1 }).validate([
    { schema: aSchema({ $id: 'https://example.com/shared', $defs: { open: { $id: 'https://example.com/open' } } }), value: 1 },
    { schema: aSchema({ $id: 'https://example.com/shared', type: 'string' }), value: 1 },
    { schema: aSchema({ $ref: 'https://example.com/open' }), value: 1 },
  ]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'violations', 'unusable']);
});

test('attack: a pattern that backtracks without end is undecided for its document only, and the worker is replaced', async (t) => {
  const slow = aSchema({ pattern: '^(a+)+$' });
  const fast = aSchema({ type: 'integer' });
  const evil = `${'a'.repeat(50)}!`;
  const validator = aValidator(t, { timeoutMs: 150, workers: 1 });
  const answers = await validator.validate([{ schema: fast, value: 1 }, { schema: slow, value: evil }, { schema: slow, value: 'aaa' }, { schema: slow, value: evil }, { schema: fast, value: 'x' }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'undecided', 'valid', 'undecided', 'violations']);
  assert.deepEqual(await validator.validate([{ schema: fast, value: 2 }]), [{ kind: 'valid' }]);
});

test('attack: documents that all hang end with the time limit of the batch', async (t) => {
  const schema = aSchema({ pattern: '^(a+)+$' });
  const batch = Array.from({ length: 20 }, () => ({ schema, value: `${'a'.repeat(50)}!` }));
  const answers = await aValidator(t, { timeoutMs: 50, batchTimeoutMs: 200, workers: 1 }).validate(batch);
  assert.deepEqual(new Set(answers.map(({ kind }) => kind)), new Set(['undecided']));
  assert.equal(answers.length, 20);
});

test('attack: documents that hang cost one batch no more than their limit together, and the rest is undecided', async (t) => {
  const schema = aSchema({ pattern: '^(a+)+$' });
  const batch = [...Array.from({ length: 20 }, () => `${'a'.repeat(50)}!`), 'aaa'].map((value) => ({ schema, value }));
  const begun = performance.now();
  const answers = await aValidator(t, { timeoutMs: 100, hangTimeoutMs: 250, workers: 1 }).validate(batch);
  const whys = answers.map((answer) => (answer.kind === 'undecided' ? answer.why.replace(/ took.*/, '') : answer.kind));
  assert.deepEqual([...new Set(whys)], ['the document', 'others of this change that could not be validated']);
  assert.deepEqual([whys.filter((why) => why === 'the document').length, performance.now() - begun < 20_000], [3, true]);
});

test('attack: a batch of slow documents lets a batch that came after it have its turn', async (t) => {
  const slow = aSchema({ pattern: '^(a+)+$' });
  const validator = aValidator(t, { workers: 1 });
  const order: string[] = [];
  const attacker = validator.validate(Array.from({ length: 20 }, () => ({ schema: slow, value: `${'a'.repeat(22)}!` }))).then(() => order.push('attacker'));
  const honest = validator.validate([{ schema: aSchema({ type: 'integer' }), value: 1 }]).then((answers) => order.push(...answers.map(({ kind }) => kind)));
  await Promise.all([attacker, honest]);
  assert.deepEqual(order, ['valid', 'attacker']);
});

const long = { skip: process.env['PLUMBLINE_LONG'] === '1' ? false : 'takes 13 seconds: set PLUMBLINE_LONG=1' };

test('attack: a document that takes all memory of the worker is undecided, and others are answered', long, async (t) => {
  const schema = aSchema({ items: { allOf: Array.from({ length: 900 }, (_, index) => ({ minimum: index + 1 })) } });
  const validator = aValidator(t, { timeoutMs: 60_000, hangTimeoutMs: 60_000, workers: 1 });
  const answers = await validator.validate([{ schema, value: [1_000] }, { schema, value: Array.from({ length: 9_000 }, () => 0) }, { schema, value: [0] }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['valid', 'undecided', 'violations']);
});

test('attack: a schema that takes too long to compile is undecided for all of its documents, and others are answered', async (t) => {
  const huge = aSchema({ $defs: {}, allOf: Array.from({ length: 900 }, (_, index) => ({ if: { properties: { [`a${index}`]: { pattern: `^${index}` } } }, else: { minProperties: index } })) });
  const small = aSchema({ type: 'integer' });
  const answers = await aValidator(t, { compileTimeoutMs: 5, workers: 1 }).validate([{ schema: huge, value: {} }, { schema: huge, value: {} }]);
  assert.deepEqual(answers.map(({ kind }) => kind), ['undecided', 'undecided']);
  assert.deepEqual(await shared.validate([{ schema: small, value: 1 }]), [{ kind: 'valid' }]);
});

test('attack: a document with its own __proto__ member does not escape additionalProperties', async () => {
  const value: JsonValue = JSON.parse('{"__proto__": {"id": "a"}}');
  const answer = await answerTo({ type: 'object', required: ['id'], additionalProperties: false }, value);
  assert.deepEqual(answer.kind === 'violations' ? answer.violations.map(({ keyword }) => keyword).toSorted() : answer, ['additionalProperties', 'required']);
});

test('attack: a member that every object inherits does not count as there', async () => {
  assert.equal((await answerTo({ required: ['toString'] }, {})).kind, 'violations');
});

test('validate() is undecided about a document over the limits', async () => {
  assert.equal((await answerTo(true, nested(80))).kind, 'undecided');
});

test('validate() keeps 19.99 a multiple of 0.01', async () => {
  assert.deepEqual(await answerTo({ multipleOf: 0.01 }, 19.99), { kind: 'valid' });
});

test('validate() answers 1,000 documents, and batches that come at once', async () => {
  const schema = aSchema({ type: 'object', properties: { n: { maximum: 500 } } });
  const batches = await Promise.all([1, 2, 3].map(async () => await shared.validate(Array.from({ length: 1_000 }, (_, n) => ({ schema, value: { n } })))));
  assert.deepEqual(batches.map((answers) => answers.filter(({ kind }) => kind === 'valid').length), [501, 501, 501]);
});

test('validate() of nothing starts no worker and answers nothing', async (t) => {
  assert.deepEqual(await aValidator(t, {}).validate([]), []);
});

function nested(depth: number): JsonValue {
  let value: JsonValue = true;
  for (let level = 0; level < depth; level += 1) value = { not: value };
  return value;
}
