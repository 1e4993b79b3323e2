import { canonicalText } from '../canonical.ts';
import type { JsonValue } from '../json-value.ts';
import { plansOf } from './list-plans.ts';
import type { ArrayDemands, ListPlan, ListShape } from './list-plans.ts';
import { firstFound, found, impossible, unclear } from './result.ts';
import type { Found, Result } from './result.ts';
import type { Solve } from './solve-object.ts';
import { not } from './term.ts';
import type { ArrayAtom, Term } from './term.ts';

const mostElements = 300;
/** Elements that are asked for, in all arrangements together. */
const mostAsked = 20_000;

/** A list within all of these and outside of those. */
export function solveArray(demands: ArrayDemands, solve: Solve): Result {
  const shape = shapeOf(demands);
  if (shape.least > shape.most) return impossible;
  if (shape.least > mostElements) return unclear(`a list of ${shape.least} elements is longer than is made here`);
  return firstFound(new ListSolver(demands, shape, solve).ways());
}

function shapeOf({ positive, negative }: ArrayDemands): ListShape {
  const uniform = Math.max(0, ...[...positive, ...negative].map((atom) => (atom.kind === 'element' ? atom.index + 1 : atom.kind === 'rest' ? atom.from : 0)));
  const least = Math.max(0, ...positive.map((atom) => (atom.kind === 'minItems' ? Math.ceil(atom.count) : 0)), ...negative.map(leastWithout));
  const most = Math.min(...positive.map((atom) => (atom.kind === 'maxItems' ? Math.floor(atom.count) : Infinity)), ...negative.map((atom) => (atom.kind === 'minItems' ? Math.ceil(atom.count) - 1 : Infinity)));
  return { least, most, uniform };
}

function leastWithout(atom: ArrayAtom): number {
  if (atom.kind === 'maxItems') return Math.floor(atom.count) + 1;
  return atom.kind === 'element' ? atom.index + 1 : atom.kind === 'unique' ? 2 : 0;
}

function termsAt({ positive, negative }: ArrayDemands, index: number): readonly Term[] {
  const speaks = (atom: ArrayAtom): readonly Term[] => ((atom.kind === 'element' && atom.index === index) || (atom.kind === 'rest' && index >= atom.from) ? [atom.term] : []);
  return [...positive.flatMap(speaks), ...negative.flatMap((atom) => (atom.kind === 'element' ? speaks(atom).map(not) : []))];
}

/** Where each wanted element of a plan stands. */
type Places = readonly number[];

class ListSolver {
  readonly #demands: ArrayDemands;
  readonly #shape: ListShape;
  readonly #solve: Solve;
  readonly #isUnique: boolean;
  readonly #hasTwins: boolean;
  #asked = 0;

  constructor(demands: ArrayDemands, shape: ListShape, solve: Solve) {
    this.#demands = demands;
    this.#shape = shape;
    this.#solve = solve;
    this.#isUnique = demands.positive.some(({ kind }) => kind === 'unique');
    this.#hasTwins = demands.negative.some(({ kind }) => kind === 'unique');
  }

  *ways(): Generator<Result> {
    for (const plan of plansOf(this.#demands, this.#shape)) {
      this.#asked += 1;
      if (plan === null) yield unclear('more elements are wanted than are tried', 'contains');
      else yield* this.#lists(plan);
      if (this.#isSpent()) return void (yield spent);
    }
  }

  *#lists(plan: ListPlan): Generator<Result> {
    const from = Math.max(this.#shape.least, plan.wanted.length > 0 ? 1 : 0);
    const to = Math.min(this.#shape.most, plan.longest + (this.#demands.excluded.length > 0 ? 1 : 0));
    for (let length = from; length <= to && !this.#isSpent(); length += 1) {
      // No list reaches beyond a place at which there can be nothing.
      if (length > 0 && this.#element(termsAt(this.#demands, length - 1)).kind === 'impossible') return;
      yield firstFound(this.#placed(plan, { length, isShortest: length === from }, []));
    }
  }

  /** Each wanted element at each place that makes a difference: beyond `uniform` one that is free is like all others. */
  *#placed(plan: ListPlan, size: Size, at: Places): Generator<Result> {
    const next = plan.wanted[at.length];
    if (next === undefined) return yield this.#filled(plan, size, at);
    const previous = plan.wanted[at.length - 1]?.of === next.of ? (at.at(-1) ?? -1) : -1;
    for (let index = Math.max(next.from, previous + 1); index < size.length; index += 1) {
      const isFree = index >= this.#shape.uniform && !at.includes(index);
      if (this.#element([...this.#termsOf(plan, at, index), next.term]).kind !== 'impossible') yield firstFound(this.#placed(plan, size, [...at, index]));
      if (this.#isSpent()) return void (yield spent);
      if (isFree) return;
    }
  }

  #termsOf({ wanted }: ListPlan, at: Places, index: number): readonly Term[] {
    return [...termsAt(this.#demands, index), ...wanted.flatMap(({ term }, place) => (at[place] === index ? [term] : []))];
  }

  #filled(plan: ListPlan, { length, isShortest }: Size, at: Places): Result {
    const isOwn = isShortest || at.includes(length - 1) || this.#demands.excluded.length > 0;
    // Without its last element, which has no part in it, the list was tried already.
    if (!isOwn && !this.#hasTwins) return impossible;
    const terms = Array.from({ length }, (_, index) => [...this.#termsOf(plan, at, index), ...plan.counted.flatMap(({ of, term }) => (at.some((place, wanted) => place === index && plan.wanted[wanted]?.of === of) ? [] : [not(term)]))]);
    const elements = terms.map((own) => this.#element(own));
    if (elements.some(({ kind }) => kind === 'impossible')) return impossible;
    return this.#hasTwins ? firstFound(this.#twins(elements, terms, at, isOwn)) : this.#list(elements, terms);
  }

  /** Two places that hold the same: any that differ in what is demanded there, and two that do not. */
  *#twins(elements: readonly Result[], terms: readonly (readonly Term[])[], at: Places, isOwn: boolean): Generator<Result> {
    const free = elements.map((_, index) => index).filter((index) => index >= this.#shape.uniform && !at.includes(index));
    const apart = elements.map((_, index) => index).filter((index) => !free.slice(2).includes(index));
    for (const second of isOwn ? apart : [elements.length - 1]) {
      for (const first of apart.filter((one) => one < second)) {
        const twin = this.#element([...(terms[first] ?? []), ...(terms[second] ?? [])]);
        yield twin.kind === 'found' ? this.#list(elements.map((one, index) => (index === first || index === second ? twin : one)), terms) : twin;
        if (this.#isSpent()) return void (yield spent);
      }
    }
  }

  #list(made: readonly Result[], terms: readonly (readonly Term[])[]): Result {
    const elements: Found[] = [];
    for (const [index, own] of made.entries()) {
      const element = this.#isUnique ? this.#unlike(elements, own, terms[index] ?? []) : own;
      if (element.kind !== 'found') return element;
      elements.push(element);
    }
    const list = elements.map(({ value }) => value);
    if (this.#demands.excluded.some((one) => canonicalText(one) === canonicalText(list))) return unclear('no list was found beside those that are excluded', 'enum');
    return found(list, elements.some(({ isSilent }) => isSilent), elements.find(({ doubt }) => doubt !== null)?.doubt ?? null);
  }

  /** The element, or another one where there is such a one already. */
  #unlike(before: readonly Found[], element: Result, terms: readonly Term[]): Result {
    if (element.kind !== 'found' || !before.some(({ value }) => canonicalText(value) === canonicalText(element.value))) return element;
    const values: readonly JsonValue[] = before.map(({ value }) => value);
    const other = this.#element([...terms, not({ kind: 'enum', values })]);
    // Another choice for an element before might leave a value for this one.
    return other.kind === 'found' ? other : unclear('no list was found in which all elements differ', 'uniqueItems');
  }

  #element(terms: readonly Term[]): Result {
    this.#asked += 1;
    return this.#isSpent() ? spent : this.#solve(terms);
  }

  #isSpent(): boolean {
    return this.#asked > mostAsked;
  }
}

const spent = unclear('the elements of a list can be arranged in more ways than are tried');

interface Size {
  readonly length: number;
  /** Nothing shorter is a list of the plan. */
  readonly isShortest: boolean;
}
