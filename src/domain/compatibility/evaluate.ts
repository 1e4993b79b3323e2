import { canonicalText } from '../canonical.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { compare, isMultiple, rational } from './rational.ts';
import type { Place } from './read-schemas.ts';
import { holds as textHolds } from './solve-string.ts';
import { isAtom, typeOf, typesOf } from './term.ts';
import type { ArrayAtom, Atom, NumberAtom, ObjectAtom, StringAtom, Term } from './term.ts';
import { matches } from './text/matches.ts';

/** Whether a value is as a term says; null where that is not known. */
export type Evaluate = (term: Term, value: JsonValue) => boolean | null;

/** References to the same value in a row, beyond which a schema is taken for one that goes round. */
const deepest = 400;

export function evaluatorOf(places: readonly Place[]): Evaluate {
  let depth = 0;
  /** Answers about one whole value and its parts: what refers to a part many times asks it once. */
  const known = new Map<number, Map<JsonValue, boolean | null>>();
  let whole: JsonValue = null;
  const evaluate: Evaluate = (term, value) => {
    if (isAtom(term)) return (typesOf(term) & typeOf(value)) === 0 ? true : evaluateAtom(term, value, evaluate);
    switch (term.kind) {
      case 'all':
        return true;
      case 'none':
        return false;
      case 'not':
        return negated(evaluate(term.term, value));
      case 'and':
        return every(term.terms, (one) => evaluate(one, value));
      case 'or':
        return negated(every(term.terms, (one) => negated(evaluate(one, value))));
      case 'place':
        return within(term.place, value);
    }
  };
  const within = (place: number, value: JsonValue): boolean | null => {
    if (depth > deepest) return null;
    if (depth === 0 && value !== whole) {
      known.clear();
      whole = value;
    }
    const answers = known.get(place) ?? new Map<JsonValue, boolean | null>();
    known.set(place, answers);
    const before = answers.get(value);
    if (before !== undefined) return before;
    depth += 1;
    const answer = every(places[place]?.demands ?? [], ({ term }) => evaluate(term, value));
    depth -= 1;
    answers.set(value, answer);
    return answer;
  };
  return evaluate;
}

function evaluateAtom(atom: Atom, value: JsonValue, evaluate: Evaluate): boolean | null {
  if (atom.kind === 'type') return (atom.types & typeOf(value)) !== 0;
  if (atom.kind === 'enum') return isListed(atom.values, value);
  if (atom.kind === 'opaque') return null;
  if (typeof value === 'number' && isNumberAtom(atom)) return numberHolds(atom, value);
  if (typeof value === 'string' && isStringAtom(atom)) return textHolds(atom, value);
  if (Array.isArray(value) && isArrayAtom(atom)) return listHolds(atom, value, evaluate);
  return isJsonObject(value) && isObjectAtom(atom) ? objectHolds(atom, value, evaluate) : true;
}

const textsOf = new WeakMap<readonly JsonValue[], ReadonlySet<string>>();

/** Plain values are compared as they are; only the others as canonical text. */
function isListed(values: readonly JsonValue[], value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return values.includes(value);
  const texts = textsOf.get(values) ?? new Set(values.filter((one) => typeof one === 'object').map(canonicalText));
  textsOf.set(values, texts);
  return texts.has(canonicalText(value));
}

function numberHolds(atom: NumberAtom, value: number): boolean {
  if (atom.kind === 'multiple') return isMultiple(rational(value), rational(atom.of));
  const order = compare(rational(value), rational(atom.limit)) * (atom.kind === 'minimum' ? 1 : -1);
  return order > 0 || (order === 0 && !atom.isExclusive);
}

function listHolds(atom: ArrayAtom, value: readonly JsonValue[], evaluate: Evaluate): boolean | null {
  switch (atom.kind) {
    case 'element': {
      const one = value[atom.index];
      return one === undefined ? true : evaluate(atom.term, one);
    }
    case 'rest':
      return every(value.slice(atom.from), (one) => evaluate(atom.term, one));
    case 'minItems':
      return value.length >= atom.count;
    case 'maxItems':
      return value.length <= atom.count;
    case 'unique':
      return new Set(value.map(canonicalText)).size === value.length;
    case 'contains':
      return countHolds(value.map((one) => evaluate(atom.term, one)), atom.least, atom.most);
  }
}

function countHolds(answers: readonly (boolean | null)[], least: number, most: number): boolean | null {
  const sure = answers.filter((one) => one === true).length;
  const open = answers.filter((one) => one === null).length;
  if (sure > most || sure + open < least) return false;
  return sure >= least && sure + open <= most ? true : null;
}

function objectHolds(atom: ObjectAtom, value: JsonObject, evaluate: Evaluate): boolean | null {
  switch (atom.kind) {
    case 'required':
      return Object.hasOwn(value, atom.name);
    case 'minProperties':
      return Object.keys(value).length >= atom.count;
    case 'maxProperties':
      return Object.keys(value).length <= atom.count;
    case 'names':
      return every(Object.keys(value), (name) => evaluate(atom.term, name));
    case 'property': {
      const member = Object.hasOwn(value, atom.name) ? value[atom.name] : undefined;
      return member === undefined ? true : evaluate(atom.term, member);
    }
    case 'patternProperty':
    case 'additional':
      return every(Object.entries(value), ([name, member]) => {
        const applies = appliesTo(atom, name);
        return applies === true ? evaluate(atom.term, member) : applies === false ? true : null;
      });
  }
}

/** Whether an atom about members speaks of this one; null when its pattern can not be run. */
export function appliesTo(atom: Extract<ObjectAtom, { readonly kind: 'property' | 'patternProperty' | 'additional' }>, name: string): boolean | null {
  if (atom.kind === 'property') return atom.name === name;
  if (atom.kind === 'patternProperty') return matches(atom.source, name);
  if (namesOf(atom.names).has(name)) return false;
  return negated(negated(every(atom.sources, (source) => negated(matches(source, name)))));
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Objects have many names, and each is looked for again and again. */
function namesOf(names: readonly string[]): ReadonlySet<string> {
  const set = sets.get(names) ?? new Set(names);
  sets.set(names, set);
  return set;
}

/** False at the first no; unknown when nothing says no and something is unknown. */
export function every<One>(list: readonly One[], ask: (one: One) => boolean | null): boolean | null {
  let answer: boolean | null = true;
  for (const one of list) {
    const said = ask(one);
    if (said === false) return false;
    if (said === null) answer = null;
  }
  return answer;
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

export function isNumberAtom(atom: Atom): atom is NumberAtom {
  return atom.kind === 'minimum' || atom.kind === 'maximum' || atom.kind === 'multiple';
}

export function isStringAtom(atom: Atom): atom is StringAtom {
  return atom.kind === 'minLength' || atom.kind === 'maxLength' || atom.kind === 'pattern' || atom.kind === 'format' || atom.kind === 'content';
}

export function isArrayAtom(atom: Atom): atom is ArrayAtom {
  return ['element', 'rest', 'minItems', 'maxItems', 'unique', 'contains'].includes(atom.kind);
}

export function isObjectAtom(atom: Atom): atom is ObjectAtom {
  return ['property', 'patternProperty', 'additional', 'names', 'required', 'minProperties', 'maxProperties'].includes(atom.kind);
}
