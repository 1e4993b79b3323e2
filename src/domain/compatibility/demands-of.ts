import { appliesTo } from './evaluate.ts';
import type { Place } from './read-schemas.ts';
import type { Demand, Term } from './term.ts';

/** What terms demand together: what `allOf` and `$ref` lead to is taken in, each schema once. */
export function demandsOf(terms: readonly Term[], places: readonly Place[]): readonly Demand[] {
  const seen = new Set<number>();
  const demands: Demand[] = [];
  const take = (term: Term): void => {
    if (term.kind === 'and') for (const one of term.terms) take(one);
    if (term.kind !== 'place' || seen.has(term.place)) return;
    seen.add(term.place);
    for (const demand of places[term.place]?.demands ?? []) {
      if (demand.term.kind === 'place') take(demand.term);
      else demands.push(demand);
    }
  };
  for (const term of terms) take(term);
  return demands;
}

/** What is demanded of a member of this name. */
export function memberTerms(demands: readonly Demand[], name: string): readonly Term[] {
  return demands.flatMap(({ term }) => ((term.kind === 'property' || term.kind === 'patternProperty' || term.kind === 'additional') && appliesTo(term, name) === true ? [term.term] : []));
}

/** What is demanded of the parts that a demand speaks of, by the demands of another schema. */
export function partTerms(demands: readonly Demand[], of: Term): readonly Term[] {
  if (of.kind === 'property') return memberTerms(demands, of.name);
  return demands.flatMap(({ term }) => (speaksAlike(term, of) && 'term' in term ? [term.term] : []));
}

function speaksAlike(term: Term, of: Term): boolean {
  if (of.kind === 'patternProperty') return term.kind === 'patternProperty' && term.source === of.source;
  if (of.kind === 'element') return (term.kind === 'element' && term.index === of.index) || (term.kind === 'rest' && term.from <= of.index);
  return (of.kind === 'additional' || of.kind === 'names' || of.kind === 'rest') && term.kind === of.kind;
}

/** Where the schema of terms stands; null where they stand nowhere. */
export function pointerOf(terms: readonly Term[], places: readonly Place[]): string | null {
  const [first] = terms.flatMap((term) => (term.kind === 'place' ? [term.place] : []));
  return first === undefined ? null : (places[first]?.pointer ?? null);
}
