import { canonicalText } from '../canonical.ts';
import type { JsonValue } from '../json-value.ts';
import { firstFound, found, impossible, unclear } from './result.ts';
import type { Found, Result } from './result.ts';
import type { Solve } from './solve-object.ts';
import { none, not } from './term.ts';
import type { ArrayAtom, Term } from './term.ts';

export interface ArrayDemands {
  readonly positive: readonly ArrayAtom[];
  readonly negative: readonly ArrayAtom[];
  readonly excluded: readonly (readonly JsonValue[])[];
}

/** So many elements, no fewer and no more, are as a term says. */
interface Count {
  readonly term: Term;
  readonly least: number;
  readonly most: number;
}

/** An element that must be there, somewhere from an index on; two places when both shall hold the same. */
interface Wanted {
  readonly from: number;
  readonly term: Term;
}

interface Plan {
  readonly wanted: readonly Wanted[];
  /** What every element is that no wanted one stands for. */
  readonly others: readonly Term[];
  /** What every element is. */
  readonly every: readonly Term[];
}

const mostElements = 300;
const mostWanted = 12;

/** A list within all of these and outside of those. */
export function solveArray(demands: ArrayDemands, solve: Solve): Result {
  const [least, most] = lengths(demands);
  if (least > most) return impossible;
  if (least > mostElements) return unclear(`a list of ${least} elements is longer than is made here`);
  return firstFound(ways(demands, least, most, solve));
}

function lengths({ positive, negative }: ArrayDemands): readonly [number, number] {
  let [least, most] = [0, Infinity];
  for (const atom of positive) {
    if (atom.kind === 'minItems') least = Math.max(least, Math.ceil(atom.count));
    if (atom.kind === 'maxItems') most = Math.min(most, Math.floor(atom.count));
  }
  for (const atom of negative) {
    if (atom.kind === 'minItems') most = Math.min(most, Math.ceil(atom.count) - 1);
    if (atom.kind === 'maxItems') least = Math.max(least, Math.floor(atom.count) + 1);
    if (atom.kind === 'element') least = Math.max(least, atom.index + 1);
    if (atom.kind === 'unique') least = Math.max(least, 2);
  }
  return [least, most];
}

function* ways(demands: ArrayDemands, least: number, most: number, solve: Solve): Generator<Result> {
  const fixed = demands.negative.flatMap((atom) => (atom.kind === 'rest' ? [{ from: atom.from, term: not(atom.term) }] : []));
  for (const counts of countChoices(demands)) {
    for (const plan of plansOf(counts, fixed)) {
      if (plan === null || plan.wanted.length > mostWanted) yield unclear('more elements are wanted than are tried', 'contains');
      else yield* lists(demands, plan, least, most, solve);
    }
  }
}

/** `contains` demands a number of elements; not to satisfy it is to have fewer or more. */
function countChoices({ positive, negative }: ArrayDemands): readonly (readonly Count[])[] {
  const stated = positive.flatMap((atom) => (atom.kind === 'contains' ? [{ term: atom.term, least: atom.least, most: atom.most }] : []));
  return negative.reduce<readonly (readonly Count[])[]>(
    (choices, atom) => {
      if (atom.kind !== 'contains') return choices;
      const fewer = atom.least > 0 ? [{ term: atom.term, least: 0, most: atom.least - 1 }] : [];
      const more = atom.most < Number.MAX_SAFE_INTEGER ? [{ term: atom.term, least: atom.most + 1, most: Number.MAX_SAFE_INTEGER }] : [];
      return choices.flatMap((choice) => [...fewer, ...more].map((count) => [...choice, count]));
    },
    [stated],
  );
}

/** A number of elements as wanted ones, and where it has an end, none among the others. Null: too many to try. */
function* plansOf(counts: readonly Count[], fixed: readonly Wanted[]): Generator<Plan | null> {
  const [next, ...rest] = counts;
  if (next === undefined) return yield { wanted: fixed, others: [], every: [] };
  const isOpen = next.most === Number.MAX_SAFE_INTEGER;
  const last = isOpen ? next.least : Math.min(next.most, next.least + 6);
  for (const plan of plansOf(rest, fixed)) {
    if (plan === null) {
      yield null;
      continue;
    }
    for (let count = next.least; count <= Math.min(last, mostWanted); count += 1) {
      const wanted = Array.from({ length: count }, () => ({ from: 0, term: next.term }));
      const others = isOpen || count === 0 ? [] : [not(next.term)];
      yield { wanted: [...plan.wanted, ...wanted], others: [...plan.others, ...others], every: [...plan.every, ...(count === 0 && !isOpen ? [not(next.term)] : [])] };
    }
    if (next.least > mostWanted || (!isOpen && last < Math.min(next.most, mostWanted))) yield null;
  }
}

function* lists(demands: ArrayDemands, plan: Plan, least: number, most: number, solve: Solve): Generator<Result> {
  const ends = [...demands.positive, ...demands.negative].map((atom) => (atom.kind === 'element' ? atom.index + 1 : atom.kind === 'rest' ? atom.from : 0));
  const from = Math.max(least, plan.wanted.length > 0 && least === 0 ? 1 : 0);
  const to = Math.min(most, Math.max(from, ...ends, ...plan.wanted.map((one) => one.from + 1)) + plan.wanted.length + (demands.excluded.length > 0 ? 1 : 0));
  const uniform = Math.max(0, ...ends, ...plan.wanted.map((one) => one.from));
  if (from > to) return yield impossible;
  for (let length = from; length <= to; length += 1) yield firstFound(placed(demands, plan, length, uniform, solve));
}

/** Each wanted element at each place that makes a difference. */
function* placed(demands: ArrayDemands, plan: Plan, length: number, uniform: number, solve: Solve, at: readonly number[] = []): Generator<Result> {
  const next = plan.wanted[at.length];
  if (next === undefined) return yield filled(demands, plan, { length, uniform }, at, solve);
  const taken = new Set(at);
  let hasFree = false;
  for (let index = next.from; index < length; index += 1) {
    if (index >= uniform && !taken.has(index)) {
      if (hasFree) continue;
      hasFree = true;
    }
    // The same element does not count twice for one number.
    if (at.some((other, place) => other === index && plan.wanted[place]?.term === next.term)) continue;
    yield firstFound(placed(demands, plan, length, uniform, solve, [...at, index]));
  }
}

function filled(demands: ArrayDemands, plan: Plan, { length, uniform }: { readonly length: number; readonly uniform: number }, at: readonly number[], solve: Solve): Result {
  const terms = Array.from({ length }, (_, index) => [...termsAt(demands, index), ...plan.wanted.flatMap(({ term }, place) => (at[place] === index ? [term] : [])), ...plan.every, ...(at.includes(index) ? [] : plan.others)]);
  if (!demands.negative.some(({ kind }) => kind === 'unique')) return values(demands, terms, null, solve);
  if (uniform > mostWanted) return unclear('more places of a list are told apart than are tried', 'uniqueItems');
  return firstFound(pairs(Math.min(length, uniform + 2)).map(([first, second]) => values(demands, terms, [first, second], solve)));
}

/** Two places that shall hold the same. */
function pairs(length: number): readonly (readonly [number, number])[] {
  return Array.from({ length }, (_, second) => Array.from({ length: second }, (_one, first) => [first, second] as const)).flat();
}

function termsAt({ positive, negative }: ArrayDemands, index: number): readonly Term[] {
  const speaks = (atom: ArrayAtom): readonly Term[] => ((atom.kind === 'element' && atom.index === index) || (atom.kind === 'rest' && index >= atom.from) ? [atom.term] : []);
  return [...positive.flatMap(speaks), ...negative.flatMap((atom) => (atom.kind === 'element' ? speaks(atom).map(not) : []))];
}

function values(demands: ArrayDemands, terms: readonly (readonly Term[])[], twins: readonly [number, number] | null, solve: Solve): Result {
  const isUnique = demands.positive.some(({ kind }) => kind === 'unique');
  if (isUnique && twins !== null) return impossible;
  const elements: Found[] = [];
  for (const [index, own] of terms.entries()) {
    const element = twins?.[1] === index ? (elements[twins[0]] ?? impossible) : solve(twins?.[0] === index ? [...own, ...(terms[twins[1]] ?? [none])] : own);
    if (element.kind !== 'found') return element;
    const before = elements.map(({ value }) => value);
    const again = isUnique && before.some((one) => canonicalText(one) === canonicalText(element.value)) ? solve([...own, not({ kind: 'enum', values: before })]) : element;
    // Another choice for an element before might leave a value for this one.
    if (again.kind !== 'found') return unclear('no list was found in which all elements differ', 'uniqueItems');
    elements.push(again);
  }
  const list = elements.map(({ value }) => value);
  if (demands.excluded.some((one) => canonicalText(one) === canonicalText(list))) return unclear('no list was found beside those that are excluded', 'enum');
  return found(list, elements.some(({ isSilent }) => isSilent), elements.find(({ doubt }) => doubt !== null)?.doubt ?? null);
}
