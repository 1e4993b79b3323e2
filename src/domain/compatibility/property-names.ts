import type { JsonObject } from '../json-value.ts';
import { appliesTo } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import { unclear } from './result.ts';
import type { Result, Unclear } from './result.ts';
import type { Solve } from './solve-object.ts';
import { not, typeBits } from './term.ts';
import type { ObjectAtom, Term } from './term.ts';

export interface ObjectDemands {
  readonly positive: readonly ObjectAtom[];
  readonly negative: readonly ObjectAtom[];
  readonly excluded: readonly JsonObject[];
}

export type MemberAtom = Extract<ObjectAtom, { readonly kind: 'property' | 'patternProperty' | 'additional' }>;

/** What asks for a member of some name. */
export type NameDemand = Extract<ObjectAtom, { readonly kind: 'patternProperty' | 'additional' | 'names' }>;

/** Names that are written nowhere and that nothing tells apart: which of the terms they satisfy, one by one. */
export type NameSort = readonly boolean[];

export type FreshName = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'impossible' } | Unclear;

const mostSorts = 64;

/** The names that members can have: those that are written somewhere, one by one, and all others by the patterns and terms that they satisfy. */
export class PropertyNames {
  readonly written: ReadonlySet<string>;
  readonly #solve: Solve;
  readonly #evaluate: Evaluate;
  readonly #base: readonly Term[];
  /** What tells names apart. */
  readonly #terms: readonly Term[];
  readonly #indices: ReadonlyMap<string | Term, number>;
  #sorts: readonly NameSort[] | Unclear | null = null;

  constructor({ positive, negative }: ObjectDemands, solve: Solve, evaluate: Evaluate) {
    this.#solve = solve;
    this.#evaluate = evaluate;
    const both = [...positive, ...negative];
    this.written = new Set(both.flatMap((atom) => (atom.kind === 'property' || atom.kind === 'required' ? [atom.name] : atom.kind === 'additional' ? atom.names : [])));
    this.#base = [{ kind: 'type', types: typeBits.string }, ...positive.flatMap((atom) => (atom.kind === 'names' ? [atom.term] : []))];
    const sources = both.flatMap((atom) => (atom.kind === 'patternProperty' ? [atom.source] : atom.kind === 'additional' ? atom.sources : []));
    const telling = [...new Set<string | Term>([...sources, ...negative.flatMap((atom) => (atom.kind === 'names' ? [atom.term] : []))])];
    this.#indices = new Map(telling.map((one, index) => [one, index]));
    this.#terms = telling.map((one) => (typeof one === 'string' ? { kind: 'pattern', source: one } : one));
  }

  /** Every sort that is not proven to have no names. */
  sorts(): readonly NameSort[] | Unclear {
    this.#sorts ??= this.#splitSorts();
    return this.#sorts;
  }

  #splitSorts(): readonly NameSort[] | Unclear {
    let sorts: readonly NameSort[] = [[]];
    for (const _ of this.#terms) {
      sorts = sorts.flatMap((sort) => [[...sort, false], [...sort, true]]).filter((sort) => this.#solve(this.#termsOf(sort)).kind !== 'impossible');
      if (sorts.length > mostSorts) return unclear(`patterns tell more than ${mostSorts} sorts of property names apart`, 'patternProperties');
    }
    return sorts;
  }

  #termsOf(sort: NameSort): readonly Term[] {
    return [...this.#base, ...sort.flatMap((isSo, index) => this.#terms.slice(index, index + 1).map((term) => (isSo ? term : not(term))))];
  }

  /** A name of the sort that is written nowhere and not taken; impossible when there is none left. */
  nameOf(sort: NameSort, taken: ReadonlyMap<string, unknown>): FreshName {
    const terms = this.#termsOf(sort);
    const first = nameIn(this.#solve(terms));
    if (first.kind !== 'name' || (!this.written.has(first.name) && !taken.has(first.name))) return first;
    return nameIn(this.#solve([...terms, not({ kind: 'enum', values: [...new Set([...this.written, ...taken.keys()])] })]));
  }

  /** Whether a member of this name can be the one that is asked for. */
  isAskedFor(demand: NameDemand, name: string): boolean | null {
    if (demand.kind !== 'names') return appliesTo(demand, name);
    const answer = this.#evaluate(demand.term, name);
    return answer === null ? null : !answer;
  }

  isSortAskedFor(demand: NameDemand, sort: NameSort): boolean {
    const isSo = (one: string | Term): boolean => sort[this.#indices.get(one) ?? -1] ?? false;
    if (demand.kind === 'additional') return !demand.sources.some(isSo);
    return demand.kind === 'names' ? !isSo(demand.term) : isSo(demand.source);
  }
}

function nameIn(result: Result): FreshName {
  if (result.kind !== 'found') return result;
  const isSure = result.doubt === null && !result.isSilent && typeof result.value === 'string';
  return isSure ? { kind: 'name', name: result.value } : unclear('no name was found for a property', 'propertyNames');
}
