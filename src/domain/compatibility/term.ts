import type { JsonValue } from '../json-value.ts';

/** Bits of the types that a value can have. An integer is a number that is a multiple of one. */
export const typeBits = { null: 1, boolean: 2, number: 4, string: 8, array: 16, object: 32 } as const;
export const anyType = 63;

/**
 * What a schema says, as logic. An atom about one type says nothing of values of another, as the keywords of JSON Schema
 * do: `not` of it means a value of that type which breaks it.
 */
export type Term =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Term[] }
  | { readonly kind: 'not'; readonly term: Term }
  /** A schema by its number, so that circles can be written down. */
  | { readonly kind: 'place'; readonly place: number }
  | Atom;

export type Atom =
  | { readonly kind: 'type'; readonly types: number }
  | { readonly kind: 'enum'; readonly values: readonly JsonValue[] }
  | NumberAtom
  | StringAtom
  | ArrayAtom
  | ObjectAtom
  /** A keyword that is not modelled: nothing is known of it but that it is the same as itself. */
  | { readonly kind: 'opaque'; readonly keyword: string; readonly pointer: string; readonly text: string };

export type NumberAtom =
  | { readonly kind: 'minimum' | 'maximum'; readonly limit: number; readonly isExclusive: boolean }
  | { readonly kind: 'multiple'; readonly of: number };

export type StringAtom =
  | { readonly kind: 'minLength' | 'maxLength'; readonly count: number }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'format'; readonly name: string }
  /** No validator looks at it, readers do. */
  | { readonly kind: 'content'; readonly keyword: string; readonly text: string };

export type ArrayAtom =
  | { readonly kind: 'element'; readonly index: number; readonly term: Term }
  | { readonly kind: 'rest'; readonly from: number; readonly term: Term }
  | { readonly kind: 'minItems' | 'maxItems'; readonly count: number }
  | { readonly kind: 'unique' }
  | { readonly kind: 'contains'; readonly term: Term; readonly least: number; readonly most: number };

export type ObjectAtom =
  | { readonly kind: 'property'; readonly name: string; readonly term: Term }
  | { readonly kind: 'patternProperty'; readonly source: string; readonly term: Term }
  | { readonly kind: 'additional'; readonly names: readonly string[]; readonly sources: readonly string[]; readonly term: Term }
  | { readonly kind: 'names'; readonly term: Term }
  | { readonly kind: 'required'; readonly name: string }
  | { readonly kind: 'minProperties' | 'maxProperties'; readonly count: number };

/** One demand of a schema, and where it stands. A schema is all of its demands together. */
export interface Demand {
  readonly keyword: string;
  /** JSON pointer to the keyword, or to the member of it that makes this demand. */
  readonly pointer: string;
  /** What is written there; undefined for what a keyword leaves unsaid. */
  readonly written: JsonValue | undefined;
  readonly term: Term;
}

export const all: Term = { kind: 'all' };
export const none: Term = { kind: 'none' };

export function and(terms: readonly Term[]): Term {
  const kept = terms.filter((term) => term.kind !== 'all');
  if (kept.some((term) => term.kind === 'none')) return none;
  const [only] = kept;
  return only === undefined ? all : kept.length === 1 ? only : { kind: 'and', terms: kept };
}

export function or(terms: readonly Term[]): Term {
  const kept = terms.filter((term) => term.kind !== 'none');
  if (kept.some((term) => term.kind === 'all')) return all;
  const [only] = kept;
  return only === undefined ? none : kept.length === 1 ? only : { kind: 'or', terms: kept };
}

export function not(term: Term): Term {
  if (term.kind === 'all') return none;
  if (term.kind === 'none') return all;
  return term.kind === 'not' ? term.term : { kind: 'not', term };
}

export const isObject: Term = { kind: 'type', types: typeBits.object };

/** Whether a value is an object that has this member. */
export function has(name: string): Term {
  return and([isObject, { kind: 'required', name }]);
}

/** The type that an atom speaks of; every type for those that speak of all. */
export function typesOf(atom: Atom): number {
  switch (atom.kind) {
    case 'type':
    case 'enum':
    case 'opaque':
      return anyType;
    case 'minimum':
    case 'maximum':
    case 'multiple':
      return typeBits.number;
    case 'minLength':
    case 'maxLength':
    case 'pattern':
    case 'format':
    case 'content':
      return typeBits.string;
    case 'element':
    case 'rest':
    case 'minItems':
    case 'maxItems':
    case 'unique':
    case 'contains':
      return typeBits.array;
    case 'property':
    case 'patternProperty':
    case 'additional':
    case 'names':
    case 'required':
    case 'minProperties':
    case 'maxProperties':
      return typeBits.object;
  }
}

export function isAtom(term: Term): term is Atom {
  return !logical.has(term.kind);
}

const logical: ReadonlySet<string> = new Set(['all', 'none', 'and', 'or', 'not', 'place']);

export function typeOf(value: JsonValue): number {
  if (value === null) return typeBits.null;
  if (typeof value === 'boolean') return typeBits.boolean;
  if (typeof value === 'number') return typeBits.number;
  if (typeof value === 'string') return typeBits.string;
  return Array.isArray(value) ? typeBits.array : typeBits.object;
}
