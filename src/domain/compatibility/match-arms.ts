import { demandsOf } from './demands-of.ts';
import type { ReadSchemas } from './read-schemas.ts';
import { nameOfTerm } from './term-names.ts';
import type { Demand, Term } from './term.ts';

/** Pairs of arms that are held against each other; with more the alternatives are taken as a whole. */
const mostPairs = 400;

/**
 * For each written arm the arm that takes its place, by index; null for those without one. Arms that say the same belong
 * together, of the others those that have more in common, each at most once, and as many as can: a maximum bipartite matching.
 * @param canMeet Whether some value may satisfy both.
 */
export function matchArms(written: readonly Term[], read: readonly Term[], schemas: ReadSchemas, canMeet: (one: Term, other: Term) => boolean): readonly (number | null)[] {
  const nameOf = (term: Term): string => nameOfTerm(term, (place) => schemas.sameAs[place] ?? place);
  const [names, others] = [written.map(nameOf), read.map(nameOf)];
  const matched = names.map((name): number | null => (others.includes(name) ? others.indexOf(name) : null));
  const open = written.flatMap((term, index) => (matched[index] === null ? [{ index, words: wordsOf(term, schemas, nameOf), term }] : []));
  const free = read.flatMap((term, index) => (names.includes(others[index] ?? '') ? [] : [{ index, words: wordsOf(term, schemas, nameOf), term }]));
  if (open.length * free.length > mostPairs) return matched;
  const wishes = open.map((one) => free.filter((other) => canMeet(one.term, other.term)).toSorted((a, b) => shared(one.words, b.words) - shared(one.words, a.words)).map(({ index }) => index));
  for (const [place, arm] of matching(wishes)) matched[open[place]?.index ?? 0] = arm;
  return matched;
}

/** What an arm says, and of what it says something. */
function wordsOf(term: Term, { places }: ReadSchemas, nameOf: (term: Term) => string): ReadonlySet<string> {
  return new Set(demandsOf([term], places).flatMap((demand) => [nameOf(demand.term), subjectOf(demand)]));
}

function subjectOf({ keyword, term }: Demand): string {
  return JSON.stringify([keyword, 'name' in term ? term.name : null]);
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((word) => other.has(word)).length;
}

/** Kuhn's algorithm: whoever finds all wishes taken asks those who hold them to take another. Places of wishes to what they got. */
function matching(wishes: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const holders = new Map<number, number>();
  const takes = (place: number, asked: Set<number>): boolean => {
    for (const wish of wishes[place] ?? []) {
      if (asked.has(wish)) continue;
      asked.add(wish);
      const holder = holders.get(wish);
      if (holder !== undefined && !takes(holder, asked)) continue;
      holders.set(wish, place);
      return true;
    }
    return false;
  };
  for (const place of wishes.keys()) takes(place, new Set());
  return new Map([...holders].map(([wish, place]) => [place, wish]));
}
