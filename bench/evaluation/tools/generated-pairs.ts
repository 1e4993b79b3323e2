import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { findWitness } from './find-witness.ts';
import type { LabelledPair } from './labelled-pair.ts';
import { mutations } from './mutations.ts';
import type { Mutation } from './mutations.ts';
import { randomSchema } from './random-schema.ts';
import { pick, randomFrom } from './random.ts';
import type { Random } from './random.ts';

/**
 * So many random schemas, each changed at one place. What tightens counts only with a document that shows it, and what
 * loosens only where no document speaks against it: the validator is the judge, not this program.
 */
export async function generatedPairs(count: number): Promise<readonly LabelledPair[]> {
  const pairs: LabelledPair[] = [];
  for (let seed = 1; pairs.length < count; seed += 1) {
    const pair = await generatedPair(seed);
    if (pair !== null) pairs.push(pair);
  }
  return pairs;
}

async function generatedPair(seed: number): Promise<LabelledPair | null> {
  const random = randomFrom(seed);
  const older: JsonObject = { $schema: 'http://json-schema.org/draft-07/schema#', ...randomSchema(random) };
  const mutation = mutations[seed % mutations.length];
  const newer = mutation === undefined ? null : changed(older, mutation, random);
  if (mutation === undefined || newer === null) return null;
  const witness = await findWitness(older, newer, random);
  const label = mutation.effect === 'tightens' ? 'breaking' : 'compatible';
  if ((witness === null) !== (label === 'compatible')) return null;
  return { id: `${seed} ${mutation.name}`, source: 'generated', older, newer, label, witness };
}

/** The schema with one of the places changed to which the mutation applies; null: there is none. */
function changed(schema: JsonObject, mutation: Mutation, random: Random): JsonObject | null {
  const places = placesIn(schema).flatMap(({ at, replace }) => {
    const made = mutation.apply(at);
    return made === null ? [] : [() => replace(made)];
  });
  return places.length === 0 ? null : pick(places, random)();
}

interface Place {
  readonly at: JsonObject;
  /** The whole with this place replaced. */
  readonly replace: (part: JsonObject) => JsonObject;
}

/** Where a change of the part changes the whole in the same sense: not below `not`, `oneOf` or `if`. */
function placesIn(schema: JsonObject, replace: Place['replace'] = (part) => part): readonly Place[] {
  const { properties, items, anyOf } = schema;
  const members = Object.entries(isJsonObject(properties) ? properties : {}).map(([name, part]): [JsonValue, Place['replace']] => [part, (made) => replace({ ...schema, properties: { ...(isJsonObject(properties) ? properties : {}), [name]: made } })]);
  const arms = (Array.isArray(anyOf) ? anyOf : []).map((part: JsonValue, index: number): [JsonValue, Place['replace']] => [part, (made) => replace({ ...schema, anyOf: Array.isArray(anyOf) ? anyOf.with(index, made) : [] })]);
  const list: readonly [JsonValue, Place['replace']][] = items === undefined ? [] : [[items, (made) => replace({ ...schema, items: made })]];
  return [{ at: schema, replace }, ...[...members, ...arms, ...list].flatMap(([part, swap]) => (isJsonObject(part) ? placesIn(part, swap) : []))];
}
