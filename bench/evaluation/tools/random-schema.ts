import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';

/** A schema as people write them: objects of a few members, lists, texts and numbers with bounds, now and then a choice. */
export function randomSchema(random: Random, depth = 0): JsonObject {
  const kinds = depth > 2 ? ['string', 'number'] : depth === 0 ? ['object'] : ['object', 'object', 'array', 'string', 'string', 'number', 'choice'];
  switch (pick(kinds, random)) {
    case 'object':
      return randomObject(random, depth);
    case 'array':
      return { type: 'array', items: randomSchema(random, depth + 1), ...some({ minItems: 1, maxItems: 4, uniqueItems: true }, random) };
    case 'choice':
      return { anyOf: [randomSchema(random, depth + 2), { type: 'boolean' }, randomSchema(random, depth + 2)] };
    case 'string':
      return pick<() => JsonObject>([() => ({ type: 'string', ...some({ minLength: 2, maxLength: 8, pattern: '^[a-z]*$' }, random) }), () => ({ enum: ['a', 'b', 'c'] }), () => ({ const: 'fixed' })], random)();
    default:
      return { type: pick(['integer', 'number'], random), ...some({ minimum: 1, maximum: 10, multipleOf: 2 }, random) };
  }
}

function randomObject(random: Random, depth: number): JsonObject {
  const names = ['a', 'b', 'c', 'name', 'size'].filter(() => random() < 0.7);
  const properties = Object.fromEntries(names.map((name) => [name, randomSchema(random, depth + 1)]));
  return { type: 'object', properties, ...some({ required: names.slice(0, 2), additionalProperties: false, minProperties: 1, maxProperties: 6 }, random) };
}

function some(keywords: Readonly<Record<string, JsonValue>>, random: Random): JsonObject {
  return Object.fromEntries(Object.entries(keywords).filter(() => random() < 0.4));
}
