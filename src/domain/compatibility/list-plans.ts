import type { JsonValue } from '../json-value.ts';
import { not } from './term.ts';
import type { ArrayAtom, Term } from './term.ts';

export interface ArrayDemands {
  readonly positive: readonly ArrayAtom[];
  readonly negative: readonly ArrayAtom[];
  readonly excluded: readonly (readonly JsonValue[])[];
}

/** How long a list may be, and from which place on nothing tells places apart. */
export interface ListShape {
  readonly least: number;
  readonly most: number;
  readonly uniform: number;
}

/** An element that must be there, somewhere from an index on. Those with the same `of` stand in different places. */
export interface Wanted {
  readonly of: number;
  readonly from: number;
  readonly term: Term;
}

export interface ListPlan {
  readonly wanted: readonly Wanted[];
  /** What an element is not that stands for none of the wanted of this number: they are counted exactly. */
  readonly counted: readonly { readonly of: number; readonly term: Term }[];
  /** When a list exists, one exists that is no longer. */
  readonly longest: number;
}

/** So many elements, no fewer and no more, are as a term says. */
interface Count {
  readonly term: Term;
  readonly least: number;
  readonly most: number;
}

const mostWanted = 40;
const mostChoices = 8;

/**
 * What a list consists of, in every way that `contains` and its kin leave open. Null stands for ways that are not tried.
 *
 * No longer list is needed than `longest`: in a longer one some place beyond `uniform` has no part in what is wanted, and
 * without it the list is still one.
 */
export function* plansOf(demands: ArrayDemands, shape: ListShape): Generator<ListPlan | null> {
  const rests = demands.negative.flatMap((atom) => (atom.kind === 'rest' ? [{ from: atom.from, term: not(atom.term) }] : []));
  const twins = demands.negative.some(({ kind }) => kind === 'unique') ? 2 : 0;
  if (demands.negative.filter(({ kind }) => kind === 'contains').length > mostChoices) return void (yield null);
  for (const counts of countChoices(demands)) {
    const fixed = rests.map((rest, index) => ({ ...rest, of: counts.length + index }));
    const parts = fixed.length + twins + counts.reduce((sum, { least }) => sum + least, 0);
    const longest = Math.min(shape.most, Math.max(shape.least, shape.uniform) + parts);
    for (const numbers of numbersOf(counts, longest)) {
      const sum = numbers.reduce((total, one) => total + one, fixed.length);
      yield sum > mostWanted ? null : { wanted: [...wantedOf(counts, numbers), ...fixed], counted: counts.flatMap(({ term, most }, of) => (isOpen(most) ? [] : [{ of, term }])), longest };
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
      const more = isOpen(atom.most) ? [] : [{ term: atom.term, least: atom.most + 1, most: Number.MAX_SAFE_INTEGER }];
      return choices.flatMap((choice) => [...fewer, ...more].map((count) => [...choice, count]));
    },
    [stated],
  );
}

/** How many elements stand for each count. Where there is no end to a count, the least will do; else each number is another case. */
function* numbersOf(counts: readonly Count[], longest: number): Generator<readonly number[]> {
  const [next, ...rest] = counts;
  if (next === undefined) return yield [];
  const last = isOpen(next.most) ? next.least : next.most;
  for (let number = next.least; number <= Math.min(last, longest); number += 1) {
    for (const numbers of numbersOf(rest, longest)) yield [number, ...numbers];
  }
}

function wantedOf(counts: readonly Count[], numbers: readonly number[]): readonly Wanted[] {
  return counts.flatMap(({ term }, of) => Array.from({ length: numbers[of] ?? 0 }, () => ({ of, from: 0, term })));
}

function isOpen(most: number): boolean {
  return most >= Number.MAX_SAFE_INTEGER;
}
