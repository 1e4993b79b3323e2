import { compareSchemas } from '../../domain/compatibility/compare-schemas.ts';
import type { Comparison, Preset, SchemaMode } from '../../domain/compatibility/comparison.ts';
import { undecided } from '../../domain/compatibility/undecided.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { compileSchema } from '../schema-validation/compile-schema.ts';
import { concludeComparison } from './conclude-comparison.ts';
import { schemaForDocuments } from './schema-for-documents.ts';

export interface Pair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

/** What the engine says, with the word of the validator on each document that it made: nothing is breaking against it, nothing compatible. */
export async function confirmComparison({ older, newer, mode, preset }: Pair): Promise<Comparison> {
  const compared = compareSchemas(older, newer, mode, preset);
  const documents = [...compared.suspicions, ...compared.samples].map(({ value }) => value);
  const compiled = async (schema: JsonValue) => await compileSchema(JSON.stringify(schema), (all) => schemaForDocuments(all, documents));
  const [before, after] = [await compiled(older), await compiled(newer)];
  if (before.kind === 'unusable') return undecided(mode, `the older schema can not be used: ${before.why}`);
  if (after.kind === 'unusable') return undecided(mode, `the newer schema can not be used: ${after.why}`);
  return concludeComparison(compared, { older: before, newer: after });
}
