import { canonicalText } from '../canonical.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { appliesTo, every } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import { PropertyNames } from './property-names.ts';
import type { MemberAtom, NameDemand, NameSort, ObjectDemands } from './property-names.ts';
import { firstFound, found, impossible, unclear } from './result.ts';
import type { Found, Result, Unclear } from './result.ts';
import { not } from './term.ts';
import type { ObjectAtom, Term } from './term.ts';

export type Solve = (terms: readonly Term[]) => Result;

/** A member that must be there: one that is named, or one that several demands ask for together. */
interface Group {
  readonly name: string | null;
  readonly asked: readonly NameDemand[];
  /** What its value is, besides what every member of its name is. */
  readonly terms: readonly Term[];
}

interface Member {
  readonly terms: readonly Term[];
  readonly value: Found;
}

type Members = ReadonlyMap<string, Member>;

const mostMembers = 200;
const mostAsked = 24;
const mostTries = 2_000;

/** An object within all of these and outside of those. */
export function solveObject(demands: ObjectDemands, solve: Solve, evaluate: Evaluate): Result {
  return new ObjectSolver(demands, solve, evaluate).solve();
}

class ObjectSolver {
  readonly #demands: ObjectDemands;
  readonly #solve: Solve;
  readonly #evaluate: Evaluate;
  readonly #names: PropertyNames;
  readonly #named: ReadonlyMap<string, readonly Term[]>;
  readonly #classes: readonly MemberAtom[];
  readonly #nameTerms: readonly Term[];
  readonly #forbidden: ReadonlySet<string>;
  readonly #least: number;
  readonly #most: number;
  readonly #values = new Map<Group, Result>();
  #doubt: Unclear | null = null;
  #tries = 0;

  constructor(demands: ObjectDemands, solve: Solve, evaluate: Evaluate) {
    this.#demands = demands;
    this.#solve = solve;
    this.#evaluate = evaluate;
    const { positive, negative } = demands;
    this.#names = new PropertyNames(demands, solve, evaluate);
    this.#classes = positive.filter((atom) => atom.kind === 'patternProperty' || atom.kind === 'additional');
    this.#named = new Map([...Map.groupBy(positive.filter((atom) => atom.kind === 'property'), ({ name }) => name)].map(([name, atoms]) => [name, atoms.map(({ term }) => term)]));
    this.#nameTerms = positive.flatMap((atom) => (atom.kind === 'names' ? [atom.term] : []));
    this.#forbidden = new Set(negative.flatMap((atom) => (atom.kind === 'required' ? [atom.name] : [])));
    this.#least = Math.max(0, ...positive.map((atom) => (atom.kind === 'minProperties' ? Math.ceil(atom.count) : 0)), ...negative.map((atom) => (atom.kind === 'maxProperties' ? Math.floor(atom.count) + 1 : 0)));
    this.#most = Math.min(Infinity, ...positive.map((atom) => (atom.kind === 'maxProperties' ? Math.floor(atom.count) : Infinity)), ...negative.map((atom) => (atom.kind === 'minProperties' ? Math.ceil(atom.count) - 1 : Infinity)));
  }

  solve(): Result {
    const groups = namedGroups(this.#demands);
    const asked = this.#demands.negative.filter(isNameDemand);
    if (this.#least > this.#most || groups.length > this.#most) return impossible;
    if (groups.some((group) => this.#namedValue(group).kind === 'impossible')) return impossible;
    if (this.#least > mostMembers) return unclear(`an object of ${this.#least} properties is larger than is made here`);
    if (asked.length > mostAsked) return unclear(`more than ${mostAsked} properties of some name must be there`, 'additionalProperties');
    return firstFound(this.#grouped(groups, asked));
  }

  /** One member may be what several demands ask for: each of them joins a member that must be there, or has one of its own. */
  *#grouped(groups: readonly Group[], [next, ...rest]: readonly NameDemand[]): Generator<Result> {
    if (next === undefined) return yield* this.#filled(groups);
    for (const [index, group] of groups.entries()) yield* this.#joined(groups.with(index, withDemand(group, next)), index, rest);
    if (groups.length < this.#most) yield* this.#joined([...groups, withDemand({ name: null, asked: [], terms: [] }, next)], groups.length, rest);
  }

  *#joined(groups: readonly Group[], index: number, rest: readonly NameDemand[]): Generator<Result> {
    if (this.#isOver()) return void (yield spent);
    // Nothing that joins it makes possible what is not.
    if (groups.slice(index, index + 1).some((group) => this.#isPossible(group))) yield* this.#grouped(groups, rest);
  }

  #isPossible(group: Group): boolean {
    const { name, asked } = group;
    if (name === null) return this.#candidates(group).next().done === false;
    return asked.every((demand) => this.#names.isAskedFor(demand, name) !== false) && this.#namedValue(group).kind !== 'impossible';
  }

  *#filled(groups: readonly Group[]): Generator<Result> {
    const members = new Map<string, Member>();
    for (const group of groups) {
      if (group.name === null) continue;
      const value = this.#namedValue(group);
      const isKnown = group.asked.every((demand) => this.#names.isAskedFor(demand, group.name ?? '') === true);
      if (value.kind !== 'found' || !isKnown) return void (yield isKnown ? value : unclear('a pattern can not be run', 'patternProperties'));
      members.set(group.name, { terms: group.terms, value });
    }
    yield* this.#chosen(groups.filter(({ name }) => name === null), members);
  }

  /** Gives each of the other groups a name of its own. */
  *#chosen([next, ...rest]: readonly Group[], members: Members): Generator<Result> {
    if (next === undefined) return yield this.#completed(members);
    for (const candidate of this.#candidates(next)) {
      if (this.#isOver()) return void (yield spent);
      const fresh = candidate.kind === 'sort' ? this.#names.nameOf(candidate.sort, members) : candidate;
      if (fresh.kind !== 'name') yield fresh;
      else if (!members.has(fresh.name)) yield* this.#withMember(next, fresh.name, rest, members);
    }
  }

  *#withMember({ terms }: Group, name: string, rest: readonly Group[], members: Members): Generator<Result> {
    const value = this.#valueFor(name, terms);
    if (value.kind === 'found') yield* this.#chosen(rest, new Map([...members, [name, { terms, value }]]));
    else yield value;
  }

  /** Names that members without one can have. Of a sort one name stands for all: what holds of its value holds for the others. */
  *#candidates({ asked, terms }: Pick<Group, 'asked' | 'terms'>): Generator<Candidate> {
    for (const name of this.#names.written) {
      const fits = every(asked, (demand) => this.#names.isAskedFor(demand, name));
      if (fits === null) yield unclear('a pattern can not be run', 'patternProperties');
      if (fits === true && this.#valueFor(name, terms).kind !== 'impossible') yield { kind: 'name', name };
    }
    const sorts = this.#names.sorts();
    if ('kind' in sorts) return void (yield sorts);
    for (const sort of sorts) {
      if (!asked.every((demand) => this.#names.isSortAskedFor(demand, sort))) continue;
      const fresh = this.#names.nameOf(sort, new Map());
      if (fresh.kind === 'unclear') yield fresh;
      if (fresh.kind === 'name' && this.#valueFor(fresh.name, terms).kind !== 'impossible') yield { kind: 'sort', sort };
    }
  }

  /** With further members until there are enough. */
  #completed(members: Members): Result {
    const enough = this.#extended(members, this.#least);
    return 'kind' in enough ? enough : this.#apart(enough);
  }

  #extended(given: Members, count: number): Members | Unclear | { readonly kind: 'impossible' } {
    const members = new Map(given);
    let doubt: Unclear | null = null;
    if (members.size >= count) return members;
    for (const candidate of this.#candidates({ asked: [], terms: [] })) {
      if (candidate.kind === 'unclear') doubt = candidate;
      for (const name of this.#unused(candidate, members)) {
        const value: Result = typeof name === 'string' ? this.#valueFor(name, []) : name;
        if (value.kind === 'unclear') doubt = value;
        if (value.kind !== 'found' || typeof name !== 'string') break;
        members.set(name, { terms: [], value });
        if (members.size >= count) return members;
      }
    }
    return doubt ?? { kind: 'impossible' };
  }

  *#unused(candidate: Candidate, members: Members): Generator<string | Unclear> {
    if (candidate.kind === 'name' && !members.has(candidate.name)) yield candidate.name;
    while (candidate.kind === 'sort') {
      const fresh = this.#names.nameOf(candidate.sort, members);
      if (fresh.kind === 'impossible') return;
      yield fresh.kind === 'name' ? fresh.name : fresh;
    }
  }

  /** The value of a member that is named, asked for once: there may be many of them in many ways. */
  #namedValue(group: Group): Result {
    if (group.name === null) return impossible;
    const value = this.#values.get(group) ?? this.#valueFor(group.name, group.terms);
    this.#values.set(group, value);
    return value;
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

  /** As it is, or with another value or one more member where it is one of the objects that it must not be. */
  #apart(members: Members): Result {
    if (!this.#isExcluded(members)) return this.#made(members);
    for (const [name, { terms, value }] of members) {
      const other = this.#valueFor(name, [...terms, not({ kind: 'enum', values: [value.value] })]);
      const changed = other.kind === 'found' ? new Map([...members, [name, { terms, value: other }] as const]) : members;
      if (!this.#isExcluded(changed)) return this.#made(changed);
    }
    const larger = members.size < this.#most ? this.#extended(members, members.size + 1) : members;
    return 'kind' in larger || this.#isExcluded(larger) ? unclear('no object was found beside those that are excluded', 'enum') : this.#made(larger);
  }

  #isExcluded(members: Members): boolean {
    if (this.#demands.excluded.length === 0) return false;
    const text = canonicalText(objectOf(members));
    return this.#demands.excluded.some((one) => canonicalText(one) === text);
  }

  #made(members: Members): Result {
    const all = [...members.values()].map(({ value }) => value);
    return found(objectOf(members), all.some(({ isSilent }) => isSilent), all.find(({ doubt }) => doubt !== null)?.doubt ?? this.#doubt);
  }

  /** Counts a try: whether there were too many. */
  #isOver(): boolean {
    this.#tries += 1;
    return this.#tries > mostTries;
  }
}

const spent = unclear('the properties of an object can be named in more ways than are tried');

/** A name, all of a sort, or the reason why there may be more. */
type Candidate = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'sort'; readonly sort: NameSort } | Unclear;

/** Members that are required, or that must not be as a property is described. */
function namedGroups({ positive, negative }: ObjectDemands): readonly Group[] {
  const terms = new Map<string, readonly Term[]>(positive.flatMap((atom) => (atom.kind === 'required' ? [[atom.name, []]] : [])));
  for (const atom of negative) if (atom.kind === 'property') terms.set(atom.name, [...(terms.get(atom.name) ?? []), not(atom.term)]);
  return [...terms].map(([name, own]) => ({ name, asked: [], terms: own }));
}

function isNameDemand(atom: ObjectAtom): atom is NameDemand {
  return atom.kind === 'patternProperty' || atom.kind === 'additional' || atom.kind === 'names';
}

function withDemand({ name, asked, terms }: Group, demand: NameDemand): Group {
  return { name, asked: [...asked, demand], terms: demand.kind === 'names' ? terms : [...terms, not(demand.term)] };
}

function objectOf(members: Members): JsonObject {
  return Object.fromEntries([...members].map(([name, { value }]): readonly [string, JsonValue] => [name, value.value]));
}
