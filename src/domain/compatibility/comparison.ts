import type { JsonValue } from '../json-value.ts';
import type { DifferenceKind } from './difference-kind.ts';

/** `backward`: what the older schema accepts, the newer one accepts. `forward`: the other way round. `full`: both. */
export type SchemaMode = 'backward' | 'forward' | 'full';

export type Direction = Exclude<SchemaMode, 'full'>;

/** `lenient` accepts an added optional property although old data may hold that name with another value. */
export type Preset = 'semantic' | 'lenient';

export type ComparisonAnswer = 'compatible' | 'breaking' | 'undecided';

/** One demand of the reading schema that data of the writing schema may break. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** In which direction it breaks. */
  readonly direction: Direction;
  /** JSON pointer into the newer schema, to the keyword or the nearest part that is there. */
  readonly pointer: string;
  /** The corresponding place in the older schema; null where it has none. */
  readonly olderPointer: string | null;
  readonly message: string;
}

/** What stands in the way of an answer. `keyword` is null where it is a limit and not a keyword. */
export interface Doubt {
  readonly direction: Direction;
  readonly keyword: string | null;
  readonly pointer: string;
  readonly why: string;
}

/** A document that the writing schema accepts and the reading one refuses, as the validator confirmed. */
export interface Witness {
  readonly direction: Direction;
  readonly value: JsonValue;
  /** What the refusing schema says of it, and where in the document. */
  readonly refusal: { readonly pointer: string; readonly message: string };
}

export interface Comparison {
  readonly answer: ComparisonAnswer;
  /** Not empty exactly when breaking. */
  readonly differences: readonly Difference[];
  /** Not empty exactly when undecided. */
  readonly doubts: readonly Doubt[];
  /** Only with a breaking answer, and there wherever one could be made. */
  readonly witness: Witness | null;
  /** Properties that only the lenient preset accepts: JSON pointers into the schema that reads. A compatible answer names some exactly where the semantic one would not be compatible. */
  readonly accepted: readonly string[];
}
