import type { Place } from './read-schemas.ts';
import { nameOfTerm } from './term-names.ts';

/** For each place the first one that says the same. */
export function samePlaces(places: readonly Place[]): readonly number[] {
  const refinement = new Refinement(places);
  for (let open: ReadonlySet<number> = new Set(places.keys()); open.size > 0; ) open = refinement.refine(open);
  const firsts = new Map<number, number>();
  return refinement.classes.map((own, place) => {
    const first = firsts.get(own) ?? place;
    firsts.set(own, first);
    return first;
  });
}

/**
 * Partition refinement: places are told apart by what they say, and again when what they lead to was told apart. The largest part
 * of a class keeps its number, so that a place is named again at most as often as what it leads to can be halved (Hopcroft
 * 1971), however deep schemas nest.
 */
class Refinement {
  readonly classes: number[];
  readonly #places: readonly Place[];
  readonly #members: Set<number>[];
  readonly #leadingTo: readonly Set<number>[];

  constructor(places: readonly Place[]) {
    this.#places = places;
    this.classes = places.map(() => 0);
    this.#members = [new Set(places.keys())];
    this.#leadingTo = places.map(() => new Set());
  }

  /** Tells these apart, and returns those that have to be looked at again for it. */
  refine(open: ReadonlySet<number>): ReadonlySet<number> {
    // All names before the first number changes.
    const named = [...open].map((place) => ({ place, own: this.classes[place] ?? 0, name: this.#nameOf(place) }));
    const moved = [...Map.groupBy(named, ({ own }) => own)].flatMap(([own, among]) => this.#leaving(own, among).map((part) => this.#move(part, own)));
    return new Set(moved.flat().flatMap((place) => [...(this.#leadingTo[place] ?? [])]));
  }

  /** The parts of a class but the largest. What was not looked at again is one part: nothing that it leads to has a new number. */
  #leaving(own: number, among: readonly { readonly place: number; readonly name: string }[]): readonly (readonly number[])[] {
    const named = [...Map.groupBy(among, ({ name }) => name).values()].map((part) => part.map(({ place }) => place)).toSorted((a, b) => b.length - a.length);
    const members = this.#members[own] ?? new Set();
    const [largest = [], ...others] = named;
    if (members.size - among.length >= largest.length) return named;
    const kept = new Set(among.map(({ place }) => place));
    const rest = members.size === among.length ? [] : [[...members].filter((place) => !kept.has(place))];
    return [...rest, ...others];
  }

  #move(part: readonly number[], from: number): readonly number[] {
    for (const place of part) {
      this.#members[from]?.delete(place);
      this.classes[place] = this.#members.length;
    }
    this.#members.push(new Set(part));
    return part;
  }

  #nameOf(place: number): string {
    const names = (this.#places[place]?.demands ?? []).map(({ term }) =>
      nameOfTerm(term, (to) => {
        this.#leadingTo[to]?.add(place);
        return this.classes[to] ?? 0;
      }),
    );
    return [...new Set(names)].toSorted().join('\n');
  }
}
