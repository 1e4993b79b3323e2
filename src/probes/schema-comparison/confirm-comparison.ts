import { compareSchemas } from '../../domain/compatibility/compare-schemas.ts';
import type { Comparison, Preset, SchemaMode } from '../../domain/compatibility/comparison.ts';
import type { JsonValue } from '../../domain/json-value.ts';

export interface Pair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

/** What the engine says. */
export async function confirmComparison({ older, newer, mode, preset }: Pair): Promise<Comparison> {
  const { candidates: _, ...comparison } = compareSchemas(older, newer, mode, preset);
  return { ...comparison, witness: null };
}
