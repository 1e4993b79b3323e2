import { canonicalText } from '../canonical.ts';
import type { Term } from './term.ts';

/** A name of a term, equal for terms that say the same in the same words. `placeName` names what is referred to. */
export function nameOfTerm(term: Term, placeName: (place: number) => string | number): string {
  const below = (one: Term): string => nameOfTerm(one, placeName);
  switch (term.kind) {
    case 'all':
    case 'none':
    case 'unique':
      return term.kind;
    case 'and':
    case 'or':
      return `${term.kind}(${[...new Set(term.terms.map(below))].toSorted().join(' ')})`;
    case 'not':
      return `!${below(term.term)}`;
    case 'place':
      return `@${placeName(term.place)}`;
    case 'enum':
      return `enum${JSON.stringify([...new Set(term.values.map(canonicalText))].toSorted())}`;
    case 'element':
    case 'rest':
      return `${term.kind}${'index' in term ? term.index : term.from}(${below(term.term)})`;
    case 'contains':
      return `contains${term.least}-${term.most}(${below(term.term)})`;
    case 'property':
      return `property${JSON.stringify(term.name)}(${below(term.term)})`;
    case 'patternProperty':
      return `pattern${JSON.stringify(term.source)}(${below(term.term)})`;
    case 'additional':
      return `additional${JSON.stringify([term.names.toSorted(), term.sources.toSorted()])}(${below(term.term)})`;
    case 'names':
      return `names(${below(term.term)})`;
    case 'opaque':
      return `opaque${JSON.stringify([term.keyword, term.text])}`;
    case 'type':
    case 'minimum':
    case 'maximum':
    case 'multiple':
    case 'minLength':
    case 'maxLength':
    case 'pattern':
    case 'format':
    case 'content':
    case 'minItems':
    case 'maxItems':
    case 'required':
    case 'minProperties':
    case 'maxProperties':
      return JSON.stringify(Object.values(term));
  }
}
