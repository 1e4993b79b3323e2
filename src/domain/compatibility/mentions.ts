import { appliesTo } from './evaluate.ts';
import type { Place } from './read-schemas.ts';
import { isAtom } from './term.ts';
import type { Atom, Term } from './term.ts';

/** All that a schema may say of a value, on whatever condition: what stands in alternatives and negations too. Null where that is not known. */
export type Mentions = Mentioned | null;

interface Mentioned {
  readonly atoms: readonly Atom[];
  /** Those that speak of one member, by its name: there may be thousands. */
  readonly named: ReadonlyMap<string, readonly Named[]>;
  /** Those that speak of members by their names without naming them. */
  readonly unnamed: readonly Atom[];
}

type Named = Extract<Atom, { readonly kind: 'property' | 'required' }>;

export function mentionsOf(terms: readonly Term[], places: readonly Place[]): Mentions {
  const pending = [...terms];
  const [seen, atoms] = [new Set<number>(), new Set<Atom>()];
  for (let term = pending.pop(); term !== undefined; term = pending.pop()) {
    if (isAtom(term)) {
      if (term.kind === 'opaque' || (term.kind === 'enum' && term.values.some((value) => typeof value === 'object' && value !== null))) return null;
      atoms.add(term);
    }
    if (term.kind === 'and' || term.kind === 'or') pending.push(...term.terms);
    if (term.kind === 'not') pending.push(term.term);
    if (term.kind !== 'place' || seen.has(term.place)) continue;
    seen.add(term.place);
    pending.push(...(places[term.place]?.demands ?? []).map((demand) => demand.term));
  }
  const all = [...atoms];
  return { atoms: all, named: Map.groupBy(all.filter(isNamed), ({ name }) => name), unnamed: all.filter((atom) => atom.kind === 'patternProperty' || atom.kind === 'additional' || atom.kind === 'names') };
}

/** Whether anything is said of a member of this name, be it that there is one. */
export function isMentioned(mentions: Mentions, name: string): boolean {
  if (mentions === null) return true;
  return mentions.named.has(name) || mentions.unnamed.some((atom) => isAbout(atom, name));
}

function isNamed(atom: Atom): atom is Named {
  return atom.kind === 'property' || atom.kind === 'required';
}

function isAbout(atom: Atom, name: string): boolean {
  return atom.kind === 'patternProperty' || atom.kind === 'additional' ? appliesTo(atom, name) !== false : atom.kind === 'names';
}

/** All that may be said of the parts that an atom speaks of; null where that is not known. */
export function mentionedParts(mentions: Mentions, of: Atom): readonly Term[] | null {
  if (mentions === null) return null;
  const near = of.kind === 'property' ? [...(mentions.named.get(of.name) ?? []), ...mentions.unnamed] : mentions.atoms;
  return near.flatMap((atom) => (isOfTheSame(atom, of) && 'term' in atom ? [atom.term] : []));
}

function isOfTheSame(atom: Atom, of: Atom): boolean {
  if (of.kind === 'element' || of.kind === 'rest') return atom.kind === 'element' || atom.kind === 'rest' || atom.kind === 'contains';
  if (atom.kind !== 'property' && atom.kind !== 'patternProperty' && atom.kind !== 'additional') return false;
  return of.kind === 'property' ? appliesTo(atom, of.name) !== false : of.kind === 'patternProperty' || of.kind === 'additional';
}
