import type { JsonValue } from '../json-value.ts';
import { demandsOf, memberTerms, partTerms, pointerOf } from './demands-of.ts';
import type { DifferenceKind } from './difference-kind.ts';
import { kindOfDemand } from './kind-of-demand.ts';
import { matchArms } from './match-arms.ts';
import { isMentioned, mentionedParts, mentionsOf } from './mentions.ts';
import type { Mentions } from './mentions.ts';
import type { ReadSchemas } from './read-schemas.ts';
import { impossible } from './result.ts';
import type { Result } from './result.ts';
import type { Solver } from './solver.ts';
import { not, or } from './term.ts';
import type { Demand, Term } from './term.ts';

/** A demand of the reading schema that a document of the writing one breaks, or may break. */
export interface Broken {
  readonly kind: DifferenceKind;
  readonly demand: Demand;
  /** What the writing schema demands in the same words at the same place, and where that place is. */
  readonly before: Demand | null;
  readonly beforePointer: string | null;
  readonly result: Exclude<Result, { readonly kind: 'impossible' }>;
  /** It leads back to a schema that is being asked already: what is to blame is found there. */
  readonly isCircular: boolean;
}

interface Spot {
  readonly demands: readonly Demand[];
  readonly written: readonly Term[];
  /** What else the writing schema may say of it, on whatever condition. */
  readonly mentions: Mentions;
  /** Makes of a term about this spot one about the whole document. */
  readonly whole: (term: Term) => Term;
  readonly through: readonly number[];
}

const mostFound = 60;
const mostAsked = 1_500;

/**
 * Which demands of the reading schema are to blame: demand by demand each is asked for a document that breaks this one, and
 * one that speaks of parts is asked again demand by demand. Empty exactly when every document is accepted.
 */
export function explain(solver: Solver, schemas: ReadSchemas, writer: Term, reader: Term): readonly Broken[] {
  const whole = askWhole(solver, writer, reader);
  if (whole.kind === 'impossible') return [];
  const explainer = new Explainer(solver, schemas, writer);
  const broken = explainer.walk({ demands: demandsOf([reader], schemas.places), written: [writer], mentions: mentionsOf([writer], schemas.places), whole: (term) => term, through: placesOf(reader) });
  if (broken.length > 0) return told(broken);
  if (whole.kind === 'unclear' && reader.kind === 'place' && !explainer.isCut) return [];
  const forbidden: Demand = { keyword: '', pointer: pointerOf([reader], schemas.places) ?? '', written: reader.kind === 'none' ? false : undefined, term: reader };
  return [{ kind: 'value_forbidden', demand: forbidden, before: null, beforePointer: pointerOf([writer], schemas.places), result: whole, isCircular: false }];
}

/** A part of the steps will do: where they do not, demand by demand is asked anyway. */
const wholeShare = 0.1;

/** Any document of the writing schema that the reading one refuses. */
export function askWhole(solver: Solver, writer: Term, reader: Term): Result {
  solver.startOver(wholeShare);
  return solver.solve([writer, not(reader)]);
}

/** Each place once, and a circle only where nothing else is to blame. */
function told(broken: readonly Broken[]): readonly Broken[] {
  const once = [...new Map(broken.toReversed().map((one) => [`${one.kind} ${one.demand.pointer} ${one.kind === 'property_removed' ? one.beforePointer : ''}`, one])).values()].toReversed();
  const straight = once.filter(({ isCircular }) => !isCircular);
  return straight.length > 0 ? straight : once;
}

class Explainer {
  readonly #solver: Solver;
  readonly #schemas: ReadSchemas;
  readonly #writer: Term;
  /** Whether something was left unasked: then nothing found is no proof. */
  isCut = false;
  #asked = 0;
  #found = 0;

  constructor(solver: Solver, schemas: ReadSchemas, writer: Term) {
    this.#solver = solver;
    this.#schemas = schemas;
    this.#writer = writer;
  }

  walk(spot: Spot): readonly Broken[] {
    const before = demandsOf(spot.written, this.#schemas.places);
    return spot.demands.flatMap((demand) => this.#broken(demand, before, spot));
  }

  #broken(demand: Demand, before: readonly Demand[], spot: Spot): readonly Broken[] {
    const result = this.#ask(spot.whole(demand.term));
    if (result.kind === 'impossible') return [];
    const inner = this.#within(demand, before, spot);
    if (inner !== null && isTold(inner, result, this.isCut)) return inner;
    this.#found += 1;
    return [this.#blamed(demand, before, spot, result)];
  }

  /** A document of the writing schema that is not as this term says. */
  #ask(term: Term): Result {
    this.#asked += 1;
    if (this.#asked > mostAsked || this.#found > mostFound) {
      this.isCut = true;
      return impossible;
    }
    this.#solver.startOver();
    return this.#solver.solve([this.#writer, not(term)]);
  }

  #blamed(demand: Demand, before: readonly Demand[], spot: Spot, result: Broken['result']): Broken {
    const same = before.filter((one) => isSameDemand(one, demand));
    const kind = this.#kindOf(demand, same, spot.mentions);
    return { kind, demand, before: same[0] ?? null, beforePointer: same[0]?.pointer ?? pointerOf(spot.written, this.#schemas.places), result, isCircular: isAboutParts(demand.term) && placesOf(demand.term.term).some((place) => spot.through.includes(place)) };
  }

  #kindOf(demand: Demand, same: readonly Demand[], mentions: Mentions): DifferenceKind {
    const { term } = demand;
    if (term.kind !== 'property') return kindOfDemand(demand, same);
    if (term.term.kind === 'none') return 'property_removed';
    return isMentioned(mentions, term.name) ? kindOfDemand(demand, same) : 'property_added';
  }

  /** What of the parts that the demand speaks of is to blame; null where they are not asked one by one. */
  #within(demand: Demand, before: readonly Demand[], spot: Spot): readonly Broken[] | null {
    const { term } = demand;
    if (term.kind === 'additional') return this.#additional(demand, before, spot);
    if (isAlternatives(demand)) return this.#alternatives(demand, before, spot);
    if (!isAboutParts(term)) return null;
    if (term.kind === 'property' && memberTerms(before, term.name).length === 0) return null;
    return this.#parts(term, partTerms(before, term), spot);
  }

  #parts(term: AboutParts, written: readonly Term[], spot: Spot): readonly Broken[] | null {
    const inner = placesOf(term.term);
    if (inner.length === 0 || inner.some((place) => spot.through.includes(place))) return null;
    const said = mentionedParts(spot.mentions, term);
    const mentions = said === null ? null : mentionsOf(said, this.#schemas.places);
    return this.walk({ demands: demandsOf([term.term], this.#schemas.places), written, mentions, whole: (one) => spot.whole({ ...term, term: one }), through: [...spot.through, ...inner] });
  }

  /** Written arm by arm: what the arm that takes its place refuses of it, or the alternatives where none does. */
  #alternatives(demand: Demand, before: readonly Demand[], spot: Spot): readonly Broken[] | null {
    const written = before.find(isAlternatives)?.term;
    const { term: read } = demand;
    if (written?.kind !== 'or' || read.kind !== 'or') return null;
    const matched = matchArms(written.terms, read.terms, this.#schemas, (one, other) => this.#canMeet(one, other));
    return written.terms.flatMap((arm, index) => {
      const result = this.#ask(spot.whole(or([not(arm), read])));
      if (result.kind === 'impossible') return [];
      const inner = this.#arm(arm, read.terms, matched[index] ?? null, spot);
      if (inner.length > 0) return inner;
      this.#found += 1;
      return [this.#blamed(demand, before, spot, result)];
    });
  }

  #arm(written: Term, arms: readonly Term[], match: number | null, spot: Spot): readonly Broken[] {
    const arm = match === null ? undefined : arms[match];
    const inner = arm === undefined ? [] : placesOf(arm);
    if (arm === undefined || inner.length === 0 || inner.some((place) => spot.through.includes(place))) return [];
    const others = arms.filter((one) => one !== arm);
    return this.walk({ ...spot, demands: demandsOf([arm], this.#schemas.places), written: [written], whole: (one) => spot.whole(or([not(written), ...others, one])), through: [...spot.through, ...inner] });
  }

  #canMeet(one: Term, other: Term): boolean {
    this.#solver.startOver();
    return this.#solver.solve([one, other]).kind !== 'impossible';
  }

  /** Names that the writing schema describes and this one does not are told one by one. */
  #additional(demand: Demand, before: readonly Demand[], spot: Spot): readonly Broken[] {
    const { term } = demand;
    if (term.kind !== 'additional') return [];
    const names = before.flatMap((one) => (one.term.kind === 'property' && !term.names.includes(one.term.name) ? [one.term.name] : []));
    const gone = [...new Set(names)].flatMap((name) => this.#gone(demand, name, before, spot));
    const rest = { ...term, names: [...term.names, ...names] };
    const others = this.#ask(spot.whole(rest));
    if (others.kind === 'impossible') return gone;
    const inner = this.#parts(rest, partTerms(before, term), spot);
    return [...gone, ...(inner !== null && inner.length > 0 ? inner : [this.#blamed(demand, before, spot, others)])];
  }

  #gone(demand: Demand, name: string, before: readonly Demand[], spot: Spot): readonly Broken[] {
    if (demand.term.kind !== 'additional') return [];
    const { sources, term } = demand.term;
    if (sources.some((source) => this.#solver.evaluate({ kind: 'pattern', source }, name) !== false)) return [];
    const result = this.#ask(spot.whole({ kind: 'property', name, term }));
    if (result.kind === 'impossible') return [];
    const described = before.find((one) => one.term.kind === 'property' && one.term.name === name) ?? null;
    this.#found += 1;
    return [{ kind: term.kind === 'none' ? 'property_removed' : 'property_narrowed', demand, before: described, beforePointer: described?.pointer ?? null, result, isCircular: false }];
  }
}

/** What is shown of the whole has to be shown of a part; of what is not certain, no part is left only when all were asked. */
function isTold(inner: readonly Broken[], { kind }: Result, isCut: boolean): boolean {
  if (kind === 'found') return inner.some(({ result }) => result.kind === 'found');
  return inner.length > 0 || !isCut;
}

type AboutParts = Extract<Term, { readonly kind: 'property' | 'patternProperty' | 'additional' | 'names' | 'element' | 'rest' }>;

function isAboutParts(term: Term): term is AboutParts {
  return ['property', 'patternProperty', 'additional', 'names', 'element', 'rest'].includes(term.kind);
}

/** Not a condition, which is one of two as well. */
function isAlternatives({ keyword, term }: Demand): boolean {
  return (keyword === 'anyOf' || keyword === 'oneOf') && term.kind === 'or';
}

const families: ReadonlyMap<string, string> = new Map([['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum'], ['const', 'enum'], ['dependentRequired', 'dependencies'], ['dependentSchemas', 'dependencies'], ['oneOf/overlap', 'oneOf'], ['prefixItems', 'items']]);

function isSameDemand(one: Demand, other: Demand): boolean {
  if (familyOf(one.keyword) !== familyOf(other.keyword) || one.term.kind === 'required') return false;
  const named = ['properties', 'patternProperties', 'dependencies'].includes(familyOf(one.keyword));
  return !named || lastToken(one.pointer) === lastToken(other.pointer);
}

function familyOf(keyword: string): string {
  return families.get(keyword) ?? keyword;
}

function lastToken(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/'));
}

function placesOf(term: Term): readonly number[] {
  return term.kind === 'place' ? [term.place] : [];
}

/** The value that was made, and what stands against it. */
export function valueOf(broken: Broken): JsonValue | undefined {
  return broken.result.kind === 'found' ? broken.result.value : undefined;
}
