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
}

/** What has to hold of one value, taken apart as far as no choice is needed. */
interface Goal {
  readonly literals: LiteralSet;
  readonly atoms: readonly Literal[];
  readonly choices: readonly (readonly Literal[])[];
}

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
  readonly #nameOf = new WeakMap<Term, number>();
  readonly #known = new Map<string, Result>();
  readonly #open = new Map<string, number>();
  /** The outermost open goal that what is being solved has met again. */
  #met = Infinity;
  #steps = 0;
  #total = 0;

  constructor(schemas: ReadSchemas, limits: SolverLimits) {
    this.#schemas = schemas;
    this.#limits = limits;
    this.evaluate = evaluatorOf(schemas.places);
  }

  /** Steps are counted, not time: the answer is the same on every machine. */
  startOver(): void {
    this.#steps = 0;
  }

  solve = (terms: readonly Term[]): Result => {
    const literals = [...new Map(terms.map((term) => this.#literal(term)).map((one) => [one.name, one])).values()];
    const key = literals.map(({ name }) => name).toSorted((a, b) => a - b).join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const open = this.#open.get(key);
    if (open !== undefined) {
      this.#met = Math.min(this.#met, open);
      return impossible;
    }
    const depth = this.#open.size;
    if (depth > this.#limits.depth) return unclear(`the schemas nest deeper than ${this.#limits.depth}`);
    return this.#solveOpen(key, depth, literals);
  };

  #isSpent(): boolean {
    return this.#steps > this.#limits.steps || this.#total > this.#limits.total;
  }

  #solveOpen(key: string, depth: number, literals: readonly Literal[]): Result {
    const outer = this.#met;
    this.#met = Infinity;
    this.#open.set(key, depth);
    const goal = this.#added({ literals: new LiteralSet(null), atoms: [], choices: [] }, literals);
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
    const choices = [...goal.choices];
    const pending = [...more];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (literals.has(-next.name)) return null;
      if (literals.has(next.name)) continue;
      literals.add(next.name);
      const parts = this.#partsOf(next);
      if (parts === null) atoms.push(next);
      else if (parts.kind === 'every') pending.push(...parts.literals);
      else if (parts.literals.length === 0) return null;
      else choices.push(parts.literals);
    }
    return { literals, atoms, choices };
  }

  /** All of these, or one of them; null for an atom. */
  #partsOf({ term, isNegated }: Literal): { readonly kind: 'every' | 'some'; readonly literals: readonly Literal[] } | null {
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
    this.#steps += 1;
    this.#total += 1;
    if (this.#isSpent()) return unclear('the schemas take more steps to compare than are allowed');
    const goal = this.#settled(start);
    if (goal === null) return impossible;
    const types = typesLeft(goal);
    if (types === 0) return impossible;
    const leaf = this.#leaf(goal, types);
    if (leaf.kind === 'impossible' || goal.choices.length === 0) return leaf;
    const open = leaf.kind === 'found' ? goal.choices.filter((arms) => !arms.some((arm) => this.#holds(arm, leaf))) : goal.choices;
    const [choice] = open.toSorted((a, b) => a.length - b.length);
    return choice === undefined ? leaf : firstFound(this.#arms(goal, choice));
  }

  *#arms(goal: Goal, choice: readonly Literal[]): Generator<Result> {
    const others = { ...goal, choices: goal.choices.filter((one) => one !== choice) };
    for (const arm of choice) {
      const more = this.#added(others, [arm]);
      yield more === null ? impossible : this.#decide(more);
    }
  }

  #holds({ term, isNegated }: Literal, leaf: Extract<Result, { readonly kind: 'found' }>): boolean {
    const answer = this.evaluate(term, leaf.value);
    return answer !== null && answer !== isNegated && !leaf.isSilent;
  }

  /** Without choices that are made already, and with what is the only one left of its choice. */
  #settled(start: Goal): Goal | null {
    let goal = start;
    for (;;) {
      const types = typesLeft(goal);
      const choices = goal.choices.flatMap((arms) => {
        if (arms.some((arm) => goal.literals.has(arm.name))) return [];
        return [arms.filter((arm) => !goal.literals.has(-arm.name) && !isOfOtherType(arm, types))];
      });
      if (choices.some((arms) => arms.length === 0)) return null;
      const units = choices.flatMap((arms) => (arms.length === 1 ? arms : []));
      if (units.length === 0) return { ...goal, choices };
      const more = this.#added({ ...goal, choices: choices.filter((arms) => arms.length > 1) }, units);
      if (more === null) return null;
      goal = more;
    }
  }

  #leaf({ atoms }: Goal, types: number): Result {
    const [positive, negative] = [atoms.filter((one) => !one.isNegated).flatMap(atomOf), atoms.filter((one) => one.isNegated).flatMap(atomOf)];
    return solveLeaf({ positive, negative, types }, this.solve, this.evaluate);
  }

  #literal(term: Term, isNegated = false): Literal {
    if (term.kind === 'not') return this.#literal(term.term, !isNegated);
    const name = this.#nameOf.get(term) ?? this.#number(nameOfTerm(term, (place) => this.#schemas.sameAs[place] ?? place));
    this.#nameOf.set(term, name);
    return { term, isNegated, name: isNegated ? -name : name };
  }

  #number(name: string): number {
    const known = this.#names.get(name) ?? this.#names.size + 1;
    this.#names.set(name, known);
    return known;
  }
}

/** An atom that is broken is broken by a value of its type. */
function typesLeft({ atoms }: Goal): number {
  return atoms.reduce((types, literal) => types & typesFor(literal), anyType);
}

function typesFor({ term, isNegated }: Literal): number {
  const [atom] = atomOf({ term });
  if (atom === undefined) return anyType;
  if (atom.kind === 'type') return isNegated ? anyType & ~atom.types : atom.types;
  return isNegated ? typesOf(atom) : anyType;
}

function isOfOtherType(arm: Literal, types: number): boolean {
  return (typesFor(arm) & types) === 0;
}

function atomOf({ term }: Pick<Literal, 'term'>): readonly Atom[] {
  return isAtom(term) ? [term] : [];
}
