import { evaluatorOf } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import type { ReadSchemas } from './read-schemas.ts';
import { firstFound, impossible, unclear } from './result.ts';
import type { Result } from './result.ts';
import { solveLeaf } from './solve-leaf.ts';
import { LiteralSet } from './literal-set.ts';
import { nameOfTerm } from './term-names.ts';
import { anyType, isAtom, typesOf } from './term.ts';
import type { Atom, Term } from './term.ts';

/** A term or its contrary, by a number that is the same for what says the same. */
interface Literal {
  readonly term: Exclude<Term, { readonly kind: 'not' }>;
  readonly isNegated: boolean;
  readonly name: number;
  /** Bits of the types of values that it can hold of: an atom that is broken is broken by a value of its type. */
  readonly types: number;
}

interface Parts {
  readonly kind: 'every' | 'some';
  readonly literals: readonly Literal[];
}

type Choice = readonly Literal[];

/** What has to hold of one value, taken apart as far as no choice is needed. */
interface Goal {
  readonly literals: LiteralSet;
  readonly atoms: readonly Literal[];
  /** Bits of the types that the atoms leave. */
  readonly types: number;
  /** Held against all literals but the latest, and against the types that were left then. */
  readonly choices: readonly Choice[];
  readonly typesThen: number;
  /** Not held against anything yet. */
  readonly fresh: readonly Choice[];
}

const nothingAsked: Goal = { literals: new LiteralSet(null), atoms: [], types: anyType, choices: [], typesThen: anyType, fresh: [] };

export interface SolverLimits {
  /** For one question. */
  readonly steps: number;
  /** For all questions together. */
  readonly total: number;
  readonly depth: number;
}

/**
 * Finds a value that satisfies terms, or proves that there is none: a tableau over the schemas' logic whose leaves are solved
 * type by type. A goal that comes back within itself is impossible there: a value that satisfies it with the fewest
 * levels does not hold another one that does.
 */
export class Solver {
  readonly evaluate: Evaluate;
  readonly #schemas: ReadSchemas;
  readonly #limits: SolverLimits;
  readonly #names = new Map<string, number>();
  readonly #literals = { stated: new WeakMap<Term, Literal>(), denied: new WeakMap<Term, Literal>() };
  readonly #parts = new WeakMap<Literal, Parts | null>();
  readonly #known = new Map<string, Result>();
  readonly #open = new Map<string, number>();
  /** Those of them that are about the value at hand. */
  #here: ReadonlySet<string> = new Set();
  /** The outermost open goal that what is being solved has met again. */
  #met = Infinity;
  #steps = 0;
  #total = 0;

  constructor(schemas: ReadSchemas, limits: SolverLimits) {
    this.#schemas = schemas;
    this.#limits = limits;
    this.evaluate = evaluatorOf(schemas.places);
  }

  /** Steps are counted, not time: the answer is the same on every machine. @param share Of the steps for a question. */
  startOver(share = 1): void {
    this.#steps = this.#limits.steps * (1 - share);
  }

  solve = (terms: readonly Term[]): Result => this.#solve(terms, new Set());

  /** @param here Goals that are open about this very value. To come back to one of them within it proves nothing. */
  #solve(terms: readonly Term[], here: ReadonlySet<string>): Result {
    const literals = [...new Map(terms.map((term) => this.#literal(term)).map((one) => [one.name, one])).values()];
    const key = literals.map(({ name }) => name).toSorted((a, b) => a - b).join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (here.has(key)) return again;
    const open = this.#open.get(key);
    if (open !== undefined) {
      this.#met = Math.min(this.#met, open);
      return impossible;
    }
    const depth = this.#open.size;
    if (depth > this.#limits.depth) return unclear(`the schemas nest deeper than ${this.#limits.depth}`);
    const around = this.#here;
    this.#here = new Set([...here, key]);
    const result = this.#solveOpen(key, depth, literals);
    this.#here = around;
    return result;
  }

  #isSpent(): boolean {
    return this.#steps > this.#limits.steps || this.#total > this.#limits.total;
  }

  #spend(steps: number): void {
    this.#steps += steps;
    this.#total += steps;
  }

  #solveOpen(key: string, depth: number, literals: readonly Literal[]): Result {
    const outer = this.#met;
    this.#met = Infinity;
    this.#open.set(key, depth);
    const goal = this.#added(nothingAsked, literals);
    const result = goal === null ? impossible : this.#decide(goal);
    this.#open.delete(key);
    // What rests on an open goal further out holds only within it.
    const isWhole = this.#met >= depth && !this.#isSpent();
    if (isWhole || (result.kind === 'found' && result.doubt === null)) this.#known.set(key, result);
    this.#met = Math.min(outer, this.#met >= depth ? Infinity : this.#met);
    return result;
  }

  /** The goal with more to satisfy; null when that is a contradiction. */
  #added(goal: Goal, more: readonly Literal[]): Goal | null {
    const literals = new LiteralSet(goal.literals);
    const atoms = [...goal.atoms];
    const fresh = [...goal.fresh];
    const pending = [...more];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (literals.has(-next.name)) return null;
      if (literals.has(next.name)) continue;
      literals.add(next.name);
      const parts = this.#partsOf(next);
      if (parts === null) atoms.push(next);
      else if (parts.kind === 'every') pending.push(...parts.literals);
      else if (parts.literals.length === 0) return null;
      else fresh.push(parts.literals);
    }
    this.#spend(literals.latest / asMuchAsOne);
    const types = atoms.slice(goal.atoms.length).reduce((left, atom) => left & atom.types, goal.types);
    return { ...goal, literals, atoms, types, fresh };
  }

  /** All of these, or one of them; null for an atom. */
  #partsOf(literal: Literal): Parts | null {
    const before = this.#parts.get(literal);
    if (before !== undefined) return before;
    const parts = this.#takenApart(literal);
    this.#parts.set(literal, parts);
    return parts;
  }

  #takenApart({ term, isNegated }: Literal): Parts | null {
    const sided = (terms: readonly Term[]): readonly Literal[] => terms.map((one) => this.#literal(one, isNegated));
    if (isAtom(term)) return null;
    switch (term.kind) {
      case 'all':
        return { kind: isNegated ? 'some' : 'every', literals: [] };
      case 'none':
        return { kind: isNegated ? 'every' : 'some', literals: [] };
      case 'and':
        return { kind: isNegated ? 'some' : 'every', literals: sided(term.terms) };
      case 'or':
        return { kind: isNegated ? 'every' : 'some', literals: sided(term.terms) };
      case 'place':
        return { kind: isNegated ? 'some' : 'every', literals: sided((this.#schemas.places[term.place]?.demands ?? []).map((demand) => demand.term)) };
    }
  }

  #decide(start: Goal): Result {
    if (this.#isSpent()) return unclear('the schemas take more steps to compare than are allowed');
    const goal = this.#settled(start);
    this.#spend(1 + (start.atoms.length + start.choices.length) / asMuchAsOne);
    if (goal === null || goal.types === 0) return impossible;
    const leaf = this.#leaf(goal);
    if (leaf.kind === 'impossible' || goal.choices.length === 0) return leaf;
    const choice = goal.choices.toSorted((a, b) => weightOf(a) - weightOf(b)).find((arms) => leaf.kind !== 'found' || !arms.some((arm) => this.#holds(arm, leaf)));
    return choice === undefined ? leaf : firstFound(this.#arms(goal, choice));
  }

  *#arms(goal: Goal, choice: readonly Literal[]): Generator<Result> {
    const others = { ...goal, choices: goal.choices.filter((one) => one !== choice) };
    for (const arm of choice) {
      const more = this.#added(others, [arm]);
      yield more === null || this.#isImpossible(arm) ? impossible : this.#decide(more);
    }
  }

  /** What can not be together anywhere is asked once, and not within each of the alternatives that it may meet. */
  #isImpossible({ term, isNegated }: Literal): boolean {
    return term.kind === 'and' && !isNegated && this.#solve(term.terms, this.#here).kind === 'impossible';
  }

  #holds({ term, isNegated }: Literal, leaf: Extract<Result, { readonly kind: 'found' }>): boolean {
    const answer = this.evaluate(term, leaf.value);
    return answer !== null && answer !== isNegated && !leaf.isSilent;
  }

  /** Without choices that are made already, and with what is the only one left of its choice. */
  #settled(start: Goal): Goal | null {
    let goal = start;
    for (;;) {
      const left = leftOf(goal);
      if (left.some((arms) => arms.length === 0)) return null;
      const settled = { ...goal, choices: left.filter((arms) => arms.length > 1), typesThen: goal.types, fresh: [] };
      const units = left.flatMap((arms) => (arms.length === 1 ? arms : []));
      if (units.length === 0) return settled;
      const more = this.#added(settled, units);
      if (more === null) return null;
      goal = more;
    }
  }

  #leaf({ atoms, types }: Goal): Result {
    const [positive, negative] = [atoms.filter((one) => !one.isNegated).flatMap(atomOf), atoms.filter((one) => one.isNegated).flatMap(atomOf)];
    return solveLeaf({ positive, negative, types }, this.solve, this.evaluate);
  }

  #literal(term: Term, isNegated = false): Literal {
    if (term.kind === 'not') return this.#literal(term.term, !isNegated);
    const known = isNegated ? this.#literals.denied : this.#literals.stated;
    const before = known.get(term);
    if (before !== undefined) return before;
    const name = this.#number(nameOfTerm(term, (place) => this.#schemas.sameAs[place] ?? place));
    const literal = { term, isNegated, name: isNegated ? -name : name, types: typesFor(term, isNegated) };
    known.set(term, literal);
    return literal;
  }

  #number(name: string): number {
    const known = this.#names.get(name) ?? this.#names.size + 1;
    this.#names.set(name, known);
    return known;
  }
}

/** Atoms, choices and parts of what is asked that are as much work as a step without any. */
const asMuchAsOne = 100;

const again = unclear('it is being asked already');

/** The shortest choices come first, after those between schemas: of an alternative follows which of the others it excludes. */
function weightOf(choice: Choice): number {
  return choice.length + (choice.every(({ isNegated }) => isNegated) ? 1_000_000 : 0);
}

/** The choices that are still to make, without arms that can not be taken. There may be thousands, and few have to do with what came last. */
function leftOf({ literals, types, typesThen, choices, fresh }: Goal): readonly Choice[] {
  const within = (arms: Choice): readonly Choice[] => {
    if (arms.some((arm) => literals.has(arm.name))) return [];
    return [arms.filter((arm) => !literals.has(-arm.name) && (arm.types & types) !== 0)];
  };
  const isTouched = (arms: Choice): boolean => types !== typesThen || arms.some(({ name }) => literals.isLatest(name) || literals.isLatest(-name));
  return [...choices.flatMap((arms) => (isTouched(arms) ? within(arms) : [arms])), ...fresh.flatMap(within)];
}

function typesFor(term: Term, isNegated: boolean): number {
  if (!isAtom(term)) return anyType;
  if (term.kind === 'type') return isNegated ? anyType & ~term.types : term.types;
  return isNegated ? typesOf(term) : anyType;
}

function atomOf({ term }: Pick<Literal, 'term'>): readonly Atom[] {
  return isAtom(term) ? [term] : [];
}
