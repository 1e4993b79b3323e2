import type { Preset } from '../../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';

/** Two versions of a schema, and a document that the older one accepts and the newer one refuses. */
export interface WitnessPair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly witness: JsonValue;
  /** Only for this preset; without one for both. */
  readonly preset?: Preset;
}

const draft2019 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };
const draft2020 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };

/** Each was taken for compatible once, or is of the same kind as one that was. */
export const witnessPairs: Readonly<Record<string, WitnessPair>> = {
  'a number that is smaller than any digit that was looked at': { older: { type: 'number', minimum: 1e-50, maximum: 1e-50 }, newer: { const: 0 }, witness: 1e-50 },
  'a multiple that is smaller than any digit that was looked at': { older: { multipleOf: 1e-60, minimum: 1e-60, maximum: 1e-60 }, newer: { not: { enum: [1e-60, 0] } }, witness: 1e-60 },
  'places that are no keyword of the dialect': { older: { ...draft2019, maxItems: 1 }, newer: { ...draft2019, prefixItems: [{}], unevaluatedItems: false }, witness: [1] },
  'an unevaluated keyword that means something else in the other dialect': {
    older: { ...draft2020, properties: { a: { prefixItems: [{}], anyOf: [{}], unevaluatedItems: false } } },
    newer: { ...draft2019, properties: { a: { prefixItems: [{}], anyOf: [{}], unevaluatedItems: false } } },
    witness: { a: [1] },
  },
};
