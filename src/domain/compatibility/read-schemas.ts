import { pointerBelow } from '../document/pointer.ts';
import { schemaParts } from '../json-schema/schema-parts.ts';
import type { DialectName } from '../json-schema/dialect.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { describedBy } from './described-by.ts';
import { readDemands } from './read-demands.ts';
import { samePlaces } from './same-places.ts';
import { all, none } from './term.ts';
import type { Demand, Term } from './term.ts';

/** A schema object of one of the compared documents. */
export interface Place {
  readonly pointer: string;
  readonly demands: readonly Demand[];
}

/** Both documents as terms. Schemas that say the same share a number, however often and in whichever document they stand. */
export interface ReadSchemas {
  readonly older: Term;
  readonly newer: Term;
  readonly places: readonly Place[];
  /** The number of the first place that says the same. */
  readonly sameAs: readonly number[];
}

export interface DocumentToRead {
  readonly schema: JsonValue;
  readonly dialect: DialectName;
  readonly siblingsCount: boolean;
}

export function readSchemas(older: DocumentToRead, newer: DocumentToRead): ReadSchemas {
  const places: Place[] = [];
  const roots = [older, newer].map((document) => readDocument(document, places));
  return { older: roots[0] ?? none, newer: roots[1] ?? none, places, sameAs: samePlaces(places) };
}

/** Reads every schema that the root leads to, each once: circles end where they began. */
function readDocument({ schema: root, dialect, siblingsCount }: DocumentToRead, places: Place[]): Term {
  const pointers = pointersOf(root);
  const numbers = new Map<JsonObject, number>();
  const pending: JsonObject[] = [];
  const termOf = (part: JsonValue): Term => {
    if (!isJsonObject(part)) return part === false ? none : all;
    if (Object.keys(part).length === 0) return all;
    const known = numbers.get(part);
    if (known !== undefined) return { kind: 'place', place: known };
    numbers.set(part, places.length);
    places.push({ pointer: pointers.get(part) ?? '', demands: [] });
    pending.push(part);
    return { kind: 'place', place: places.length - 1 };
  };
  const targetOf = targetsOf(root, pointers);
  const term = termOf(root);
  for (let schema = pending.pop(); schema !== undefined; schema = pending.pop()) {
    const pointer = pointers.get(schema) ?? '';
    const part = schema;
    const target = (reference: string): JsonObject | null => targetOf(part, reference);
    const described = () => describedBy(part, dialect, target);
    const demands = readDemands({ schema, root, pointer, dialect, siblingsCount, termOf, described, target: (reference) => termOrNull(target(reference), termOf) });
    places[numbers.get(schema) ?? 0] = { pointer, demands };
  }
  return term;
}

function termOrNull(part: JsonObject | null, termOf: (part: JsonValue) => Term): Term | null {
  return part === null ? null : termOf(part);
}

function targetsOf(root: JsonValue, pointers: ReadonlyMap<JsonObject, string>): (schema: JsonObject, reference: string) => JsonObject | null {
  if (!isJsonObject(root)) return () => null;
  const parts = schemaParts(root);
  const byPart = new Map<unknown, JsonObject>([...pointers.keys()].map((one) => [one, one]));
  return (schema, reference) => {
    const part = parts.partOf(schema);
    return part === null ? null : (byPart.get(parts.target(part, reference)?.schema) ?? null);
  };
}

/** Where each object stands. Documents are within the limits, which bound the walk. */
function pointersOf(root: JsonValue): ReadonlyMap<JsonObject, string> {
  const pointers = new Map<JsonObject, string>();
  const visit = (value: JsonValue, pointer: string): void => {
    if (isJsonObject(value)) pointers.set(value, pointer);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) visit(member, pointerBelow(pointer, key));
  };
  visit(root, '');
  return pointers;
}
