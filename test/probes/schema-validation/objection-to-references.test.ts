import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';
import { objectionToReferences } from '../../../src/probes/schema-validation/objection-to-references.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 3_000 : 100;
const partCount = 5;

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly keyword: 'allOf' | 'not' | 'properties' | 'items';
}

const edges = fc.array(fc.record({ from: fc.nat(partCount - 1), to: fc.nat(partCount - 1), keyword: fc.constantFrom('allOf', 'not', 'properties', 'items') }), { maxLength: 8 });

/** Parts that refer to each other; the root applies each of them to the whole value. */
function aSchema(between: readonly Edge[]): Readonly<Record<string, unknown>> {
  const parts = Array.from({ length: partCount }, (_, index) => [`p${index}`, { allOf: between.filter(({ from }) => from === index).map(({ to, keyword }) => applied(keyword, { $ref: `#/$defs/p${to}` })) }] as const);
  const all = parts.map(([name]) => ({ $ref: `#/$defs/${name}` }));
  return { $defs: Object.fromEntries(parts.map(([name, { allOf }]) => [name, allOf.length === 0 ? {} : { allOf }])), allOf: all };
}

function applied(keyword: Edge['keyword'], reference: object): object {
  switch (keyword) {
    case 'allOf':
      return { allOf: [reference] };
    case 'properties':
      return { properties: { not: reference } };
    case 'not':
    case 'items':
      return { [keyword]: reference };
  }
}

/** By walking every path as far as there are parts. */
function goesRound(between: readonly Edge[]): boolean {
  const inPlace = between.filter(({ keyword }) => keyword === 'allOf' || keyword === 'not');
  let reached = Array.from({ length: partCount }, (_, index) => index);
  for (let step = 0; step < partCount; step += 1) reached = [...new Set(reached.flatMap((part) => inPlace.filter(({ from }) => from === part).map(({ to }) => to)))];
  return reached.length > 0;
}

test('objectionToReferences() refuses exactly those schemas whose parts go round without going into the value', () => {
  fc.assert(fc.property(edges, (between) => (objectionToReferences(aSchema(between)) !== null) === goesRound(between)), { seed: 11, numRuns });
});

test('a schema that compileSchema() accepts ends for every value', async () => {
  await fc.assert(
    fc.asyncProperty(edges, fc.jsonValue({ maxDepth: 4 }), async (between, value) => {
      const compiled = await compileSchema(JSON.stringify(aSchema(between)));
      return compiled.kind === 'unusable' || ['valid', 'violations'].includes(compiled.validate(value).kind);
    }),
    { seed: 12, numRuns: Math.ceil(numRuns / 2) },
  );
});

test('objectionToReferences() has none to references that lead nowhere: the validator says so', () => {
  for (const $ref of ['#/$defs/none', '#none', 'other.json', 'https://[', '#/%zz', '#/a~2']) assert.equal(objectionToReferences({ $ref }), null);
});

test('objectionToReferences() finds a circle through an escaped pointer and through a list', () => {
  assert.notEqual(objectionToReferences({ $defs: { 'a/b %': { oneOf: [true, { $ref: '#/$defs/a~1b%20%25/oneOf/1' }] } } }), null);
});
