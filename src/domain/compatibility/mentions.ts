import { appliesTo } from './evaluate.ts';
import type { Place } from './read-schemas.ts';
import { isAtom } from './term.ts';
import type { Atom, Term } from './term.ts';

/** All that a schema may say of a value, on whatever condition: what stands in alternatives and negations too. Null where that is not known. */
export type Mentions = readonly Atom[] | null;

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
  return [...atoms];
}

/** Whether anything is said of a member of this name, be it that there is one. */
export function isMentioned(mentions: Mentions, name: string): boolean {
  if (mentions === null) return true;
  return mentions.some((atom) => {
    if (atom.kind === 'property' || atom.kind === 'patternProperty' || atom.kind === 'additional') return appliesTo(atom, name) !== false;
    return atom.kind === 'names' || (atom.kind === 'required' && atom.name === name);
  });
}

/** All that may be said of the parts that an atom speaks of; null where that is not known. */
export function mentionedParts(mentions: Mentions, of: Atom): readonly Term[] | null {
  if (mentions === null) return null;
  return mentions.flatMap((atom) => (isOfTheSame(atom, of) && 'term' in atom ? [atom.term] : []));
}

function isOfTheSame(atom: Atom, of: Atom): boolean {
  if (of.kind === 'element' || of.kind === 'rest') return atom.kind === 'element' || atom.kind === 'rest' || atom.kind === 'contains';
  if (atom.kind !== 'property' && atom.kind !== 'patternProperty' && atom.kind !== 'additional') return false;
  return of.kind === 'property' ? appliesTo(atom, of.name) !== false : of.kind === 'patternProperty' || of.kind === 'additional';
}
