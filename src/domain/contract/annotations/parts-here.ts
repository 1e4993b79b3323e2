import { isJsonObject } from '../../json-value.ts';
import type { JsonObject, JsonValue } from '../../json-value.ts';
import { itemsOf, membersOf, partWithin, referredPart } from './schema-part.ts';
import type { SchemaPart } from './schema-part.ts';

/** What stands at one place before and after; undefined on a side where nothing does. */
export type Values = readonly (JsonValue | undefined)[];

export interface PartsHere {
  readonly parts: readonly SchemaPart[];
  /** A reference leads where it could not be followed: anything may be said there. */
  readonly isBlind: boolean;
}

const references = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

/** The parts that speak about one place: those given, and those that they apply to the same value. Each once, so circles end. */
export function partsHere(given: readonly SchemaPart[], values: Values): PartsHere {
  const found = new Map<JsonObject, SchemaPart>();
  const pending = [...given];
  let isBlind = false;
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const known = found.get(part.schema);
    if (known !== undefined && (known.isSure || !part.isSure)) continue;
    found.set(part.schema, part);
    pending.push(...appliedBy(part, values));
    for (const keyword of references) {
      const reference = part.schema[keyword];
      const target = typeof reference === 'string' ? referredPart(part, reference) : null;
      if (target !== null) pending.push(keyword === '$ref' ? target : { ...target, isSure: false });
      else if (typeof reference === 'string') isBlind = true;
    }
  }
  return { parts: [...found.values()], isBlind };
}

function appliedBy(part: SchemaPart, values: Values): readonly SchemaPart[] {
  const { schema } = part;
  const maybe = [schema['if'], schema['then'], schema['else'], ...membersOf(schema['dependentSchemas']).map(([, one]) => one), ...membersOf(schema['dependencies']).map(([, one]) => one)];
  return [
    ...itemsOf(schema['allOf']).flatMap((one) => partWithin(part, one)),
    ...['anyOf', 'oneOf'].flatMap((keyword) => armsOf(part, itemsOf(schema[keyword]), values)),
    ...maybe.flatMap((one) => partWithin(part, one, false)),
  ];
}

/** The one arm that can hold for these values surely applies; of several each may. */
function armsOf(part: SchemaPart, arms: readonly JsonValue[], values: Values): readonly SchemaPart[] {
  const possible = arms.filter((arm) => values.some((value) => value !== undefined && couldHold(arm, value)));
  return possible.flatMap((arm) => partWithin(part, arm, possible.length === 1));
}

/** By type, and by members that tell the arms apart: enough for nullable values and tagged unions. */
function couldHold(arm: JsonValue, value: JsonValue): boolean {
  if (!isJsonObject(arm)) return arm !== false;
  if (!couldBe(arm, value)) return false;
  if (!isJsonObject(value)) return true;
  return membersOf(arm['properties']).every(([name, schema]) => !Object.hasOwn(value, name) || !isJsonObject(schema) || couldBe(schema, value[name] ?? null));
}

function couldBe(schema: JsonObject, value: JsonValue): boolean {
  const types = typeof schema['type'] === 'string' ? [schema['type']] : itemsOf(schema['type']);
  if (types.length > 0 && !types.some((type) => type === kindOf(value) || (type === 'integer' && kindOf(value) === 'number'))) return false;
  const literals = Object.hasOwn(schema, 'const') ? [schema['const']] : itemsOf(schema['enum']);
  return literals.length === 0 || literals.some((one) => one === value || typeof one === 'object');
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
