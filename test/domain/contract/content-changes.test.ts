import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { changeClasses, isStricter, strictestClass } from '../../../src/domain/contract/change-class.ts';
import type { ChangeClass } from '../../../src/domain/contract/change-class.ts';
import { contentChanges } from '../../../src/domain/contract/content-changes.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';

const cosmetic = { 'x-plumbline-change': 'cosmetic' } as const;
const additive = { 'x-plumbline-change': 'additive' } as const;
const breaking = { 'x-plumbline-change': 'breaking' } as const;

/** `kind pointer class` of each change. */
function told(before: JsonValue, after: JsonValue, ...schemas: readonly JsonValue[]): readonly string[] {
  return contentChanges(before, after, ...schemas).map((one) => `${one.kind} ${one.pointer} ${one.class}`);
}

test('contentChanges() tells nothing of equal contents, in whatever order their members stand', () => {
  assert.deepEqual(told({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }), []);
});

test('contentChanges() tells what came, what went and what is another, with the values', () => {
  assert.deepEqual(contentChanges({ a: 1, b: 2 }, { a: { x: 1 }, 'c/d': 3 }), [
    { kind: 'changed', pointer: '/a', class: 'breaking', before: 1, after: { x: 1 } },
    { kind: 'added', pointer: '/c~1d', class: 'breaking', after: 3 },
    { kind: 'removed', pointer: '/b', class: 'breaking', before: 2 },
  ]);
});

test('contentChanges() shows what came into a list and what left it, not every later element', () => {
  assert.deepEqual(told({ a: [1, 2, 3] }, { a: [0, 1, 2, 3] }), ['added /a/0 breaking']);
  assert.deepEqual(told({ a: [1, 2, 3] }, { a: [1, 3] }), ['removed /a/1 breaking']);
  assert.deepEqual(told({ a: [1, 2] }, { a: [2, 1] }), ['changed /a/0 breaking', 'changed /a/1 breaking']);
  assert.deepEqual(told([1, 1], [1]), ['removed /1 breaking']);
});

test('contentChanges() compares a tuple place by place', () => {
  const schema = { prefixItems: [cosmetic, breaking] };
  assert.deepEqual(told(['a', 'b'], ['b'], schema), ['changed /0 cosmetic', 'removed /1 breaking']);
});

test('contentChanges() finds names of the prototype only where they are members', () => {
  const hostile: JsonValue = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}');
  assert.deepEqual(told({}, hostile, { properties: cosmetic }), ['added /__proto__ breaking', 'added /constructor breaking']);
  assert.deepEqual(told(hostile, {}), ['removed /__proto__ breaking', 'removed /constructor breaking']);
});

type Case = readonly [title: string, schema: JsonValue, before: JsonValue, after: JsonValue, told: readonly string[]];

const cases: readonly Case[] = [
  ['breaking without an annotation', { properties: { a: {} } }, { a: 1 }, { a: 2 }, ['changed /a breaking']],
  ['breaking under a boolean schema', true, { a: 1 }, { a: 2 }, ['changed /a breaking']],
  ['what the property says', { properties: { a: additive } }, { a: 1 }, { a: 2 }, ['changed /a additive']],
  ['breaking for a word that is no class', { properties: { a: { 'x-plumbline-change': 'tiny' } } }, { a: 1 }, { a: 2 }, ['changed /a breaking']],
  ['what stands above for everything below', { properties: { a: cosmetic } }, { a: { b: [1] } }, { a: { b: [2] } }, ['changed /a/b/0 cosmetic']],
  ['the nearest annotation', { ...cosmetic, properties: { a: { ...additive, properties: { b: breaking } } } }, { a: { b: 1, c: 1 }, d: 1 }, { a: { b: 2, c: 2 }, d: 2 }, ['changed /a/b breaking', 'changed /a/c additive', 'changed /d cosmetic']],
  ['a milder annotation below a stricter one', { ...breaking, properties: { note: cosmetic } }, { note: 1 }, { note: 2 }, ['changed /note cosmetic']],
  ['the strictest of several', { allOf: [{ properties: { a: cosmetic } }, { properties: { a: additive } }] }, { a: 1 }, { a: 2 }, ['changed /a additive']],
  ['the strictest of a whole and its parts when it goes', { properties: { a: { ...cosmetic, properties: { b: breaking } } } }, { a: { b: 1 } }, {}, ['removed /a breaking']],
  ['the strictest of a whole and its parts when another kind of value comes', { properties: { a: { ...cosmetic, properties: { b: additive } } } }, { a: { b: 1 } }, { a: 1 }, ['changed /a additive']],
  ['a pattern of names', { patternProperties: { '^x-': cosmetic } }, { 'x-a': 1, a: 1 }, { 'x-a': 2, a: 2 }, ['changed /x-a cosmetic', 'changed /a breaking']],
  ['no milder for a pattern that may not match', { patternProperties: { '^(x-|y-)': cosmetic } }, { 'x-a': 1 }, { 'x-a': 2 }, ['changed /x-a breaking']],
  ['stricter for a pattern that may match', { ...cosmetic, patternProperties: { '^(x-|y-)': breaking } }, { 'x-a': 1 }, { 'x-a': 2 }, ['changed /x-a breaking']],
  ['additional members', { properties: { a: {} }, patternProperties: { '^x': {} }, additionalProperties: cosmetic }, { a: 1, x: 1, b: 1 }, { a: 2, x: 2, b: 2 }, ['changed /a breaking', 'changed /x breaking', 'changed /b cosmetic']],
  ['elements', { properties: { a: { items: { properties: { b: cosmetic } } } } }, { a: [{ b: 1, c: 1 }] }, { a: [{ b: 2, c: 2 }] }, ['changed /a/0/b cosmetic', 'changed /a/0/c breaking']],
  ['elements of a tuple before 2020-12', { items: [cosmetic], additionalItems: additive }, [1, 1], [2, 2], ['changed /0 cosmetic', 'changed /1 additive']],
  ['elements of a tuple, and those after it', { prefixItems: [cosmetic], items: additive }, [1, 1], [2, 2], ['changed /0 cosmetic', 'changed /1 additive']],
  ['a local reference', { $defs: { note: cosmetic }, properties: { a: { $ref: '#/$defs/note' } } }, { a: 1 }, { a: 2 }, ['changed /a cosmetic']],
  ['a reference to an anchor', { $defs: { note: { $anchor: 'n', ...cosmetic } }, properties: { a: { $ref: '#n' } } }, { a: 1 }, { a: 2 }, ['changed /a cosmetic']],
  ['a reference through the own id', { $id: 'https://a.example/s', $defs: { note: cosmetic }, properties: { a: { $ref: 'https://a.example/s#/$defs/note' } } }, { a: 1 }, { a: 2 }, ['changed /a cosmetic']],
  ['a reference within a resource of its own', { $defs: { n: breaking }, properties: { a: { $id: 'https://a.example/inner', $defs: { n: cosmetic }, properties: { b: { $ref: '#/$defs/n' } } } } }, { a: { b: 1 } }, { a: { b: 2 } }, ['changed /a/b cosmetic']],
  ['breaking where a reference can not be followed', { ...cosmetic, properties: { a: { $ref: 'other.json' } } }, { a: 1, b: 1 }, { a: 2, b: 2 }, ['changed /a breaking', 'changed /b cosmetic']],
  ['a recursive schema', { properties: { note: cosmetic, child: { $ref: '#' } } }, { child: { child: { note: 1 } } }, { child: { child: { note: 2 } } }, ['changed /child/child/note cosmetic']],
  ['references that go in a circle', { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a', ...cosmetic } }, $ref: '#/$defs/a' }, { x: 1 }, { x: 2 }, ['changed /x cosmetic']],
  ['no milder for an arm that may not hold', { oneOf: [{ properties: { a: cosmetic } }, { properties: { b: cosmetic } }] }, { a: 1 }, { a: 2 }, ['changed /a breaking']],
  ['stricter for an arm that may hold', { ...cosmetic, anyOf: [{ properties: { a: breaking } }, {}] }, { a: 1 }, { a: 2 }, ['changed /a breaking']],
  ['the one arm that the tag leaves', { oneOf: [{ properties: { kind: { const: 'x' }, a: cosmetic } }, { properties: { kind: { const: 'y' }, a: breaking } }] }, { kind: 'x', a: 1 }, { kind: 'x', a: 2 }, ['changed /a cosmetic']],
  ['the one arm that the type leaves', { properties: { a: { anyOf: [{ type: 'null' }, { type: 'object', properties: { b: cosmetic } }] } } }, { a: { b: 1 } }, { a: { b: 2 } }, ['changed /a/b cosmetic']],
  ['stricter for what holds only under a condition', { ...cosmetic, if: {}, else: { properties: { a: breaking } } }, { a: 1 }, { a: 2 }, ['changed /a breaking']],
];

for (const [title, schema, before, after, expected] of cases) test(`contentChanges() gives ${title}`, () => assert.deepEqual(told(before, after, schema), expected));

test('contentChanges() takes the strictest of several schemas', () => {
  assert.deepEqual(told({ a: 1 }, { a: 2 }, { properties: { a: cosmetic } }, { properties: { a: additive } }), ['changed /a additive']);
});

test('a schema that multiplies with a content counts as breaking instead of taking for ever', () => {
  const arms = Array.from({ length: 3_000 }, () => ({ additionalProperties: { properties: {} } }));
  const content = (value: number): JsonObject => Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`m${index}`, value]));
  const started = performance.now();
  const changes = contentChanges(content(1), content(2), { ...cosmetic, allOf: arms });
  assert.deepEqual([changes.length, changes[0]?.class, changes.at(-1)?.class], [3_000, 'cosmetic', 'breaking']);
  assert.ok(performance.now() - started < 20_000);
});

const content = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.constantFrom(null, true, 0, 1, 'x'), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('value'), { maxKeys: 3 })),
})).value as fc.Arbitrary<JsonValue>;

const annotation = fc.option(fc.constantFrom(...changeClasses), { nil: undefined }).map((word) => (word === undefined ? {} : { 'x-plumbline-change': word }));

const schema = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    annotation,
    fc.tuple(annotation, fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('schema'))).map(([said, properties]) => ({ ...said, properties })),
    fc.tuple(annotation, tie('schema'), tie('schema')).map(([said, items, additionalProperties]) => ({ ...said, items, additionalProperties })),
    fc.tuple(annotation, fc.constantFrom('allOf', 'anyOf', 'oneOf'), fc.array(tie('schema'), { maxLength: 3 })).map(([said, keyword, arms]) => ({ ...said, [keyword]: arms })),
    fc.constantFrom({ $ref: '#' }, { $ref: '#/properties/a' }, true),
  ),
})).schema as fc.Arbitrary<JsonValue>;

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 50_000 : 250;

function classOf(before: JsonValue, after: JsonValue, of: JsonValue): ChangeClass | null {
  return strictestClass(contentChanges(before, after, of).map((one) => one.class));
}

test('no change has no class, and the class of a change is the strictest of its parts, whatever the contents and the schema', () => {
  fc.assert(
    fc.property(content, content, schema, (before, after, of) => {
      assert.deepEqual(contentChanges(before, before, of), []);
      const changes = contentChanges(before, after, of);
      const strictest = classOf(before, after, of);
      assert.equal(changes.length === 0, JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)));
      assert.ok(changes.every((one) => strictest !== null && !isStricter(one.class, strictest)));
    }),
    { seed: 17, numRuns },
  );
});

test('a further schema, whatever it says, never makes a class milder than breaking where nothing else is said', () => {
  fc.assert(fc.property(content, content, schema, (before, after, of) => {
    const alone = classOf(before, after, of);
    const annotated = JSON.stringify(of).includes('x-plumbline-change');
    assert.ok(annotated || alone === null || alone === 'breaking');
  }), { seed: 19, numRuns });
});

test('taking a whole away is never milder than taking away one of its parts', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b'), content, { minKeys: 1 }), schema, (whole, of) => {
      const { a: _a, ...rest } = whole;
      const part = classOf({ w: whole }, { w: rest }, { properties: { w: of } });
      const all = classOf({ w: whole }, {}, { properties: { w: of } });
      assert.ok(part === null || (all !== null && !isStricter(part, all)), `${part} ${all}`);
    }),
    { seed: 23, numRuns },
  );
});

function sorted(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map((one: JsonValue) => sorted(one));
  if (typeof value !== 'object' || value === null) return value;
  return { members: Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]) };
}
