import type { JsonValue } from '../../../src/domain/json-value.ts';

/** Two schemas, and whether the newer accepts what the older does, as somebody or something says who is no tool. */
export interface LabelledPair {
  readonly id: string;
  readonly source: 'published' | 'generated';
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly label: 'compatible' | 'breaking';
  /** A document that the validator accepts under the older and refuses under the newer schema; null: none was found. */
  readonly witness: { readonly document: JsonValue } | null;
}
