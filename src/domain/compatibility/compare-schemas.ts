import { canonicalText } from '../canonical.ts';
import type { JsonValue } from '../json-value.ts';
import type { Comparison, Direction, Preset, SchemaMode } from './comparison.ts';
import { undecided } from './undecided.ts';

/** A document that shall be refused by the reading schema and accepted by the writing one; a validator has to confirm it. */
export interface Candidate {
  readonly direction: Direction;
  readonly value: JsonValue;
}

export interface ComparedSchemas extends Omit<Comparison, 'witness'> {
  readonly candidates: readonly Candidate[];
}

/** Whether every document that one schema accepts is accepted by the other. Nothing is fetched and no time is read; patterns are run. */
export function compareSchemas(older: JsonValue, newer: JsonValue, mode: SchemaMode, _preset: Preset): ComparedSchemas {
  if (canonicalText(older) === canonicalText(newer)) return { answer: 'compatible', differences: [], doubts: [], accepted: [], candidates: [] };
  return { ...undecided(mode, 'they differ, and this version proves only equal schemas compatible'), candidates: [] };
}
