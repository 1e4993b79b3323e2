import { canonicalText } from '../canonical.ts';
import { pointerBelow } from '../document/pointer.ts';
import type { DialectName } from '../json-schema/dialect.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Term } from './term.ts';

/** A schema object that is read, and what else it may lead to. */
export interface SchemaReading {
  readonly schema: JsonObject;
  readonly root: JsonValue;
  readonly pointer: string;
  readonly dialect: DialectName;
  /** Whether the validator's own rule holds, that what stands beside `$ref` counts in every dialect. */
  readonly siblingsCount: boolean;
  /** The term of a part of the schema. */
  readonly termOf: (part: JsonValue) => Term;
  /** What a `$ref` of this schema leads to; null where nothing is there. */
  readonly target: (reference: string) => Term | null;
  /** Properties and elements that the parts of the schema describe; null where that depends on the value. */
  readonly described: () => Described | null;
}

export interface Described {
  readonly names: readonly string[];
  readonly sources: readonly string[];
  readonly allProperties: boolean;
  readonly items: number;
}

/** A keyword of which nothing is known. What stands beside it, and the dialect, may belong to its meaning: the same is only what stands among the same. */
export function opaqueTerm(reading: Pick<SchemaReading, 'schema' | 'pointer' | 'root' | 'dialect'>, keyword: string): Term {
  const text = `${reading.dialect} ${textInPlace(reading, reading.schema)}`;
  return { kind: 'opaque', keyword, pointer: pointerBelow(reading.pointer, keyword), text };
}

/** The text of a part of a schema, equal only where it means the same: a reference means what the whole document says, seen from its place. */
export function textInPlace({ pointer, root }: Pick<SchemaReading, 'pointer' | 'root'>, part: JsonValue): string {
  const text = canonicalText(part);
  return /"\$(?:ref|dynamicRef|recursiveRef)"/.test(text) ? canonicalText([part, pointer, root]) : text;
}
