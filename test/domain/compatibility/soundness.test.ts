import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sample } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { compareSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import type { ComparedSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import { judgeOf } from './judge.ts';
import { dialectUris, somePair, someValue } from './random-schemas.ts';
import type { RandomDialect } from './random-schemas.ts';
import { narrowings, withTrait } from './traits.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const [randomPairs, traitPairs, instances] = isLong ? [600, 1_000, 200] : [35, 40, 40];
const dialects: readonly RandomDialect[] = ['draft-07', '2019-09', '2020-12'];

type Judge = (value: JsonValue) => boolean | null;

interface Count {
  compared: number;
  compatible: number;
  breaking: number;
  witnessed: number;
  undecided: number;
  lenient: number;
  instances: number;
}

const none: Count = { compared: 0, compatible: 0, breaking: 0, witnessed: 0, undecided: 0, lenient: 0, instances: 0 };

/** Plain JSON: the generator's objects have no prototype, which the validator takes for a difference. */
function sampled<One>(arbitrary: Arbitrary<One>, numRuns: number, seed: number): readonly One[] {
  const values: readonly One[] = JSON.parse(JSON.stringify(sample(arbitrary, { numRuns, seed })));
  return values;
}

for (const dialect of dialects) {
  test(`compareSchemas() answers compatible only where no random instance is accepted by the older schema of ${dialect} and refused by the newer one`, async (t) => {
    const count = { ...none };
    const values = sampled(someValue, instances, 7);
    for (const [index, [older, newer]] of sampled(somePair(dialect), randomPairs, 11).entries()) await compareOne(older, index % 5 === 0 ? inNext(dialect, newer) : newer, values, count);
    t.diagnostic(JSON.stringify(count));
    assert.ok(count.compared > randomPairs / 3 && count.compatible > randomPairs / 10 && count.breaking > randomPairs / 20);
    assert.ok(count.witnessed >= 0.9 * count.breaking, 'a breaking answer has a witness');
    assert.ok(count.undecided <= 0.1 * count.compared, 'undecided is the exception');
  });

  for (const { type, traits, values } of narrowings) {
    test(`compareSchemas() answers compatible to one more keyword of an ${type} only where no short value tells the schemas of ${dialect} apart`, async (t) => {
      const count = { ...none };
      for (const [index, [older, newer]] of narrowed(dialect, type, traits(dialect)).entries()) await compareOne(older, newer, isLong ? values : values.filter((_, at) => at % 4 === index % 4), count);
      t.diagnostic(JSON.stringify(count));
      assert.ok(count.compared > traitPairs / 2 && count.compatible > traitPairs / 20 && count.breaking > traitPairs / 5);
      if (type === 'object') assert.ok(count.lenient > 0, 'lenient has accepted something');
      assert.ok(count.witnessed >= 0.9 * count.breaking, 'a breaking answer has a witness');
      assert.ok(count.undecided <= 0.1 * count.compared, 'undecided is the exception');
    });
  }
}

function inNext(dialect: RandomDialect, schema: JsonValue): JsonValue {
  const next = dialects[(dialects.indexOf(dialect) + 1) % dialects.length] ?? dialect;
  return isJsonObject(schema) ? { ...schema, $schema: dialectUris[next] } : schema;
}

/** Of all that two traits and a third one make, as many as are wanted, spread evenly. */
function narrowed(dialect: RandomDialect, type: string, traits: readonly JsonObject[]): readonly (readonly [JsonValue, JsonValue])[] {
  const all = traits.flatMap((first, index) => traits.slice(index).flatMap((second) => traits.map((third) => [first, second, third] as const)));
  const step = Math.max(1, Math.floor(all.length / traitPairs));
  return all.flatMap(([first, second, third], index) => {
    const older = first === second ? { type, ...first } : withTrait({ type, ...first }, second);
    return index % step === 0 ? [[{ ...older, $schema: dialectUris[dialect] }, { ...withTrait(older, third), $schema: dialectUris[dialect] }] as const] : [];
  });
}

async function compareOne(older: JsonValue, newer: JsonValue, values: readonly JsonValue[], count: Count): Promise<void> {
  const [before, after] = [await judgeOf(older), await judgeOf(newer)];
  if (before === null || after === null) return;
  const semantic = compareSchemas(older, newer, 'backward', 'semantic');
  count.compared += 1;
  count[semantic.answer] += 1;
  if (semantic.answer === 'breaking' && semantic.suspicions.some(({ value }) => before(value) === true && after(value) === false)) count.witnessed += 1;
  if (semantic.answer === 'compatible') refuteWitness([older, newer], before, after, [...values, ...semantic.samples.map(({ value }) => value)], count);
  await compareLeniently([older, newer], before, values, semantic, count);
  const forward = compareSchemas(older, newer, 'forward', 'semantic');
  if (forward.answer === 'compatible') refuteWitness([newer, older], after, before, values, count);
}

/** What lenient accepts is compatible but for the properties that it names. */
async function compareLeniently([older, newer]: readonly [JsonValue, JsonValue], before: Judge, values: readonly JsonValue[], semantic: ComparedSchemas, count: Count): Promise<void> {
  const lenient = compareSchemas(older, newer, 'backward', 'lenient');
  assert.equal(lenient.accepted.length > 0, lenient.answer === 'compatible' && semantic.answer !== 'compatible', `${JSON.stringify(older)}\n${JSON.stringify(newer)}`);
  if (lenient.accepted.length === 0) return;
  count.lenient += 1;
  const waived = lenient.accepted.reduce((schema, pointer) => withoutDemand(schema, pointer.split('/').slice(1)), newer);
  const after = await judgeOf(waived);
  assert.ok(after !== null);
  refuteWitness([older, waived], before, after, values, count);
}

function withoutDemand(schema: JsonValue, [token, ...rest]: readonly string[]): JsonValue {
  if (token === undefined || typeof schema !== 'object' || schema === null) return true;
  const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
  if (!isJsonObject(schema)) return schema.map((one: JsonValue, index) => (String(index) === name ? withoutDemand(one, rest) : one));
  return { ...schema, [name]: withoutDemand(schema[name] ?? true, rest) };
}

function refuteWitness(schemas: readonly [JsonValue, JsonValue], before: Judge, after: Judge, values: readonly JsonValue[], count: Count): void {
  count.instances += values.length;
  const witness = values.find((value) => before(value) === true && after(value) === false);
  assert.equal(witness, undefined, `${schemas.map((schema) => JSON.stringify(schema)).join('\n')}\n${JSON.stringify(witness)}`);
}
