import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ComparisonAnswer, SchemaMode } from '../../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { confirmComparison } from '../../../src/probes/schema-comparison/confirm-comparison.ts';
import { conformanceFolder, needsConformance } from '../../builders/conformance.ts';
import { judgeOf } from './judge.ts';

interface Case {
  readonly id: string;
  readonly compatibility: 'backward' | 'both' | 'none';
  readonly original: JsonValue;
  readonly updated: JsonValue;
}

/** What a label says of either direction: `backward` that the newer schema reads old documents and not the other way round. */
const labels: Readonly<Record<Case['compatibility'], readonly [ComparisonAnswer, ComparisonAnswer]>> = { backward: ['compatible', 'breaking'], both: ['compatible', 'compatible'], none: ['breaking', 'breaking'] };

/** Accepted by the one schema and refused by the other: the label says that there is none. */
const witnesses: Readonly<Record<string, JsonValue>> = { 'Complex: oneOf 1': 'aaaaaa', 'Complex: oneOf 3': 'a' };

/** The label says that something breaks, and nothing can: why both schemas accept the same. */
const breaksNothing: Readonly<Record<string, string>> = {
  'String: pattern 1': 'the pattern [a-z]* is found in every text',
  'String: pattern 2': 'the patterns [a-z]* and [A-Z]* are found in every text',
  Const: 'a text that must be a list is none: neither schema accepts anything',
  'Complex: anyOf 1': 'what is no text has no length: either schema accepts everything',
  'Complex: oneOf 1': 'a text of at most five characters is refused by both schemas',
  'Conditional: if': 'the patterns [a-z]* and [A-Z]* are found in every text',
  'Conditional: then': 'the pattern [a-z]* is found in every text',
  'Conditional: else': 'the pattern [A-Z]* is found in every text',
};

const needs = needsConformance('schema-compatibility');
const { tests }: { readonly tests: readonly Case[] } = needs.skip === false ? JSON.parse(readFileSync(join(conformanceFolder('schema-compatibility'), 'apicurio-registry.json'), 'utf8')) : { tests: [] };

async function answersOf({ original, updated }: Case): Promise<readonly ComparisonAnswer[]> {
  const answer = async (mode: SchemaMode): Promise<ComparisonAnswer> => (await confirmComparison({ older: original, newer: updated, mode, preset: 'semantic' })).answer;
  return [await answer('backward'), await answer('forward')];
}

test('every published pair gets the answer of its label, or is a deviation that is listed here', needs, async () => {
  const wrong: unknown[] = [];
  const deviations = new Set<string>();
  for (const one of tests) {
    const answers = await answersOf(one);
    if (String(answers) === String(labels[one.compatibility])) continue;
    deviations.add(one.id);
    if (!(one.id in witnesses) && !(one.id in breaksNothing)) wrong.push([one.id, one.compatibility, answers]);
  }
  assert.deepEqual(wrong, []);
  assert.equal(tests.length, 145);
  assert.deepEqual([...deviations].toSorted(), [...new Set([...Object.keys(witnesses), ...Object.keys(breaksNothing)])].toSorted());
});

test('a listed deviation from a label of compatibility has a witness that the validator confirms', needs, async () => {
  for (const [id, value] of Object.entries(witnesses)) {
    const one = tests.find((other) => other.id === id);
    const [before, after] = [await judgeOf(one?.original ?? false), await judgeOf(one?.updated ?? false)];
    assert.deepEqual([before?.(value), after?.(value)], [true, false], id);
  }
});

test('a listed deviation from a label of a break is answered compatible, never left open', needs, async () => {
  for (const one of tests.filter(({ id, compatibility }) => id in breaksNothing && !(id in witnesses) && compatibility !== 'both')) {
    const answers = await answersOf(one);
    assert.ok(String(answers) === 'compatible,compatible' || String(answers) === String(labels[one.compatibility]), one.id);
  }
});
