import { isMentioned, mentionedParts, mentionsOf } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import type { Place, ReadSchemas } from './read-schemas.ts';
import { samePlaces } from './same-places.ts';
import { all, isAtom } from './term.ts';
import type { Atom, Demand, Term } from './term.ts';

export interface RelaxedReader {
  readonly schemas: ReadSchemas;
  readonly reader: Term;
  /** Pointers to the properties of which nothing is asked any more. */
  readonly waived: ReadonlySet<string>;
}

/** What the writing schema may say of a value, and a name for it. */
interface Said {
  readonly mentions: Mentions;
  readonly key: string;
}

const mostCopies = 2_000;

/**
 * The reading schema as the preset lenient takes it: it asks nothing of a property that the writing schema does not mention
 * at that spot. Only what is demanded is relaxed, never a condition nor what must not be, so that it accepts all that the
 * reader accepts. Each schema is copied once for all that the writer may say where it applies: circles end.
 */
export function relaxedReader(schemas: ReadSchemas, writer: Term, reader: Term): RelaxedReader {
  const relaxing = new Relaxing(schemas);
  const relaxed = relaxing.relax(reader, writer);
  const { places, waived } = relaxing;
  return waived.size === 0 ? { schemas, reader, waived } : { schemas: { ...schemas, places, sameAs: samePlaces(places) }, reader: relaxed, waived };
}

class Relaxing {
  readonly places: Place[];
  readonly waived = new Set<string>();
  readonly #given: readonly Place[];
  readonly #copies = new Map<string, Term>();
  readonly #pending: { readonly from: number; readonly to: number; readonly said: Said }[] = [];

  constructor({ places }: ReadSchemas) {
    this.places = [...places];
    this.#given = places;
  }

  relax(reader: Term, writer: Term): Term {
    const relaxed = this.#relaxed(reader, this.#saidBy([writer]));
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const { from, to, said } = next;
      const { pointer = '', demands = [] } = this.#given[from] ?? {};
      this.places[to] = { pointer, demands: demands.map((demand) => this.#demand(demand, said)).filter(({ term }) => term.kind !== 'all') };
    }
    return relaxed;
  }

  #demand(demand: Demand, said: Said): Demand {
    const { term, pointer } = demand;
    if (term.kind !== 'property' || term.term.kind === 'none' || term.term.kind === 'all' || isMentioned(said.mentions, term.name)) return { ...demand, term: this.#relaxed(term, said) };
    this.waived.add(pointer);
    return { ...demand, term: all };
  }

  #relaxed(term: Term, said: Said): Term {
    if (said.mentions === null) return term;
    if (term.kind === 'and' || term.kind === 'or') return { ...term, terms: term.terms.map((one) => this.#relaxed(one, said)) };
    if (term.kind === 'place') return this.#copied(term.place, said);
    return isAboutParts(term) ? { ...term, term: this.#relaxed(term.term, this.#saidBy(mentionedParts(said.mentions, term))) } : term;
  }

  #copied(place: number, said: Said): Term {
    const key = `${place} ${said.key}`;
    const known = this.#copies.get(key);
    if (known !== undefined) return known;
    if (this.#copies.size >= mostCopies) return { kind: 'place', place };
    const copy: Term = { kind: 'place', place: this.places.length };
    this.#copies.set(key, copy);
    this.#pending.push({ from: place, to: this.places.length, said });
    this.places.push({ pointer: '', demands: [] });
    return copy;
  }

  #saidBy(terms: readonly Term[] | null): Said {
    if (terms === null) return { mentions: null, key: '' };
    const places = [...new Set(terms.flatMap((term) => (term.kind === 'place' ? [term.place] : [])))].toSorted((a, b) => a - b);
    return { mentions: mentionsOf(terms, this.#given), key: places.join(',') };
  }
}

type AboutParts = Extract<Atom, { readonly kind: 'property' | 'patternProperty' | 'additional' | 'element' | 'rest' }>;

function isAboutParts(term: Term): term is AboutParts {
  return isAtom(term) && ['property', 'patternProperty', 'additional', 'element', 'rest'].includes(term.kind);
}
