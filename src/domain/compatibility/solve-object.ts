import { canonicalText } from '../canonical.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { appliesTo, every } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import { firstFound, found, impossible, unclear } from './result.ts';
import type { Found, Result, Unclear } from './result.ts';
import { not, typeBits } from './term.ts';
import type { ObjectAtom, Term } from './term.ts';

export interface ObjectDemands {
  readonly positive: readonly ObjectAtom[];
  readonly negative: readonly ObjectAtom[];
  readonly excluded: readonly JsonObject[];
}

export type Solve = (terms: readonly Term[]) => Result;

type MemberAtom = Extract<ObjectAtom, { readonly kind: 'property' | 'patternProperty' | 'additional' }>;

/** A member that must be there, of a name that is still to be chosen. */
interface Wanted {
  readonly of: MemberAtom | null;
  readonly nameTerms: readonly Term[];
  readonly valueTerms: readonly Term[];
}

const mostPatterns = 6;
const mostMembers = 200;

/** An object within all of these and outside of those. */
export function solveObject(demands: ObjectDemands, solve: Solve, evaluate: Evaluate): Result {
  return new ObjectSolver(demands, solve, evaluate).solve();
}

class ObjectSolver {
  readonly #demands: ObjectDemands;
  readonly #solve: Solve;
  readonly #evaluate: Evaluate;
  readonly #members: readonly MemberAtom[];
  readonly #named: ReadonlyMap<string, readonly Term[]>;
  readonly #classes: readonly MemberAtom[];
  readonly #nameTerms: readonly Term[];
  readonly #forbidden: ReadonlySet<string>;
  readonly #least: number;
  readonly #most: number;
  #doubt: Unclear | null = null;

  constructor(demands: ObjectDemands, solve: Solve, evaluate: Evaluate) {
    this.#demands = demands;
    this.#solve = solve;
    this.#evaluate = evaluate;
    const { positive, negative } = demands;
    this.#members = positive.filter(isMember);
    this.#classes = this.#members.filter(({ kind }) => kind !== 'property');
    this.#named = new Map([...Map.groupBy(this.#members.filter((atom) => atom.kind === 'property'), ({ name }) => name)].map(([name, atoms]) => [name, atoms.map(({ term }) => term)]));
    this.#nameTerms = positive.flatMap((atom) => (atom.kind === 'names' ? [atom.term] : []));
    this.#forbidden = new Set(negative.flatMap((atom) => (atom.kind === 'required' ? [atom.name] : [])));
    this.#least = Math.max(0, ...positive.map((atom) => (atom.kind === 'minProperties' ? Math.ceil(atom.count) : 0)), ...negative.map((atom) => (atom.kind === 'maxProperties' ? Math.floor(atom.count) + 1 : 0)));
    this.#most = Math.min(Infinity, ...positive.map((atom) => (atom.kind === 'maxProperties' ? Math.floor(atom.count) : Infinity)), ...negative.map((atom) => (atom.kind === 'minProperties' ? Math.ceil(atom.count) - 1 : Infinity)));
  }

  solve(): Result {
    const { positive, negative } = this.#demands;
    const extra = new Map<string, Term[]>(positive.flatMap((atom) => (atom.kind === 'required' ? [[atom.name, []]] : [])));
    const wanted: Wanted[] = [];
    for (const atom of negative) {
      if (atom.kind === 'property') extra.set(atom.name, [...(extra.get(atom.name) ?? []), not(atom.term)]);
      if (atom.kind === 'names') wanted.push({ of: null, nameTerms: [not(atom.term)], valueTerms: [] });
      if (atom.kind === 'patternProperty' || atom.kind === 'additional') wanted.push({ of: atom, nameTerms: [], valueTerms: [not(atom.term)] });
    }
    if (this.#least > this.#most || extra.size > this.#most) return impossible;
    if (this.#least > mostMembers) return unclear(`an object of ${this.#least} properties is larger than is made here`);
    return this.#choose(extra, wanted);
  }

  /** Gives each wanted member a name, in every way that makes a difference. */
  #choose(extra: ReadonlyMap<string, readonly Term[]>, wanted: readonly Wanted[]): Result {
    const [next, ...rest] = wanted;
    if (next === undefined) return this.#fill(extra);
    return firstFound(this.#ways(next, extra, rest));
  }

  *#ways(next: Wanted, extra: ReadonlyMap<string, readonly Term[]>, rest: readonly Wanted[]): Generator<Result> {
    for (const name of this.#namesFor(next, new Set(extra.keys()))) {
      if (typeof name !== 'string') yield name;
      else if (this.#forbidden.has(name)) continue;
      else yield this.#choose(new Map([...extra, [name, [...(extra.get(name) ?? []), ...next.valueTerms]]]), rest);
    }
  }

  /** Names that are written somewhere, then one of each kind that patterns tell apart. */
  *#namesFor({ of, nameTerms }: Wanted, used: ReadonlySet<string>): Generator<string | Result> {
    const written = this.#writtenNames(used);
    for (const name of written) {
      const fits = of === null ? every(nameTerms, (term) => this.#evaluate(term, name)) : appliesTo(of, name);
      if (fits === true) yield name;
      if (fits === null) yield unclear('a pattern can not be run', 'patternProperties');
    }
    yield* this.#freshNames(of, nameTerms, written);
  }

  #writtenNames(used: ReadonlySet<string>): ReadonlySet<string> {
    const names = this.#members.flatMap((atom) => (atom.kind === 'property' ? [atom.name] : atom.kind === 'additional' ? atom.names : []));
    return new Set([...used, ...names, ...this.#forbidden]);
  }

  *#freshNames(of: MemberAtom | null, nameTerms: readonly Term[], taken: ReadonlySet<string>): Generator<string | Result> {
    if (of?.kind === 'property') return;
    const base: Term[] = [{ kind: 'type', types: typeBits.string }, ...this.#nameTerms, ...nameTerms];
    const unused = new Set([...taken, ...(of?.kind === 'additional' ? of.names : [])]);
    if (unused.size > 0) base.push(not({ kind: 'enum', values: [...unused] }));
    if (of?.kind === 'patternProperty') base.push({ kind: 'pattern', source: of.source });
    if (of?.kind === 'additional') base.push(...of.sources.map((source) => not({ kind: 'pattern', source })));
    const decided = new Set(of?.kind === 'patternProperty' ? [of.source] : of?.kind === 'additional' ? of.sources : []);
    const sources = [...new Set(this.#members.flatMap((atom) => (atom.kind === 'patternProperty' ? [atom.source] : atom.kind === 'additional' ? atom.sources : [])))].filter((source) => !decided.has(source));
    if (sources.length > mostPatterns) return void (yield unclear(`more than ${mostPatterns} patterns of property names meet`, 'patternProperties'));
    for (let choice = 0; choice < 2 ** sources.length; choice += 1) {
      const chosen = sources.map((source, index): Term => ((choice >> index) % 2 === 1 ? { kind: 'pattern', source } : not({ kind: 'pattern', source })));
      const name = this.#solve([...base, ...chosen]);
      if (name.kind === 'found' && name.doubt === null && typeof name.value === 'string') yield name.value;
      else if (name.kind !== 'impossible') yield name.kind === 'unclear' ? name : unclear('no name was found for a property', 'propertyNames');
    }
  }

  /** Values for the members that must be there, and further members until there are enough. */
  #fill(extra: ReadonlyMap<string, readonly Term[]>): Result {
    this.#doubt = null;
    const members = new Map<string, Found>();
    for (const [name, terms] of extra) {
      const value = this.#valueFor(name, terms);
      if (value.kind !== 'found') return value;
      members.set(name, value);
    }
    if (members.size > this.#most) return impossible;
    for (const step of this.#add(members, this.#least)) if (step !== null) return step;
    return this.#apart(members, extra);
  }

  #valueFor(name: string, terms: readonly Term[]): Result {
    const isNamed = this.#forbidden.has(name) ? false : every(this.#nameTerms, (term) => this.#evaluate(term, name));
    if (isNamed === false) return impossible;
    const value = this.#solve([...this.#termsOf(name), ...terms]);
    return isNamed === null && value.kind === 'found' ? { ...value, doubt: unclear('a property name can not be checked', 'propertyNames') } : value;
  }

  #termsOf(name: string): readonly Term[] {
    const ofClasses = this.#classes.flatMap((atom) => {
      const applies = appliesTo(atom, name);
      if (applies === null) this.#doubt = unclear('a pattern can not be run', 'patternProperties');
      return applies === true ? [atom.term] : [];
    });
    return [...(this.#named.get(name) ?? []), ...ofClasses];
  }

  /** Adds members until there are so many; ends with the reason when there can not be. */
  *#add(members: Map<string, Found>, count: number): Generator<Result | null> {
    if (members.size >= count) return;
    let doubt: Unclear | null = null;
    for (const name of this.#candidates(members)) {
      const value: Result = typeof name === 'string' ? (members.has(name) ? impossible : this.#valueFor(name, [])) : name;
      if (value.kind === 'unclear') doubt = value;
      if (value.kind === 'found' && typeof name === 'string') members.set(name, value);
      if (members.size >= count) return;
    }
    yield doubt ?? impossible;
  }

  *#candidates(members: ReadonlyMap<string, Found>): Generator<string | Result> {
    const written = this.#writtenNames(new Set());
    yield* written;
    for (let before = -1; before < members.size; ) {
      before = members.size;
      yield* this.#freshNames(null, [], new Set([...written, ...members.keys()]));
    }
  }

  /** As it is, or with one more member where it is one of the values that it must not be. */
  #apart(members: Map<string, Found>, extra: ReadonlyMap<string, readonly Term[]>): Result {
    if (!this.#isExcluded(members)) return this.#made(members);
    for (const [name, { value }] of members) {
      const other = this.#valueFor(name, [...(extra.get(name) ?? []), not({ kind: 'enum', values: [value] })]);
      const changed = other.kind === 'found' ? new Map([...members, [name, other]]) : members;
      if (!this.#isExcluded(changed)) return this.#made(changed);
    }
    if (members.size < this.#most) for (const step of this.#add(members, members.size + 1)) if (step !== null) break;
    return this.#isExcluded(members) ? unclear('no object was found beside those that are excluded', 'enum') : this.#made(members);
  }

  #isExcluded(members: ReadonlyMap<string, Found>): boolean {
    if (this.#demands.excluded.length === 0) return false;
    const text = canonicalText(objectOf(members));
    return this.#demands.excluded.some((one) => canonicalText(one) === text);
  }

  #made(members: ReadonlyMap<string, Found>): Result {
    const all = [...members.values()];
    return found(objectOf(members), all.some(({ isSilent }) => isSilent), all.find(({ doubt }) => doubt !== null)?.doubt ?? this.#doubt);
  }
}

function objectOf(members: ReadonlyMap<string, Found>): JsonObject {
  return Object.fromEntries([...members].map(([name, { value }]): readonly [string, JsonValue] => [name, value]));
}

function isMember(atom: ObjectAtom): atom is MemberAtom {
  return atom.kind === 'property' || atom.kind === 'patternProperty' || atom.kind === 'additional';
}
