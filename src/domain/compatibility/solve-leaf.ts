import type { JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { every, isArrayAtom, isNumberAtom, isObjectAtom, isStringAtom } from './evaluate.ts';
import type { Evaluate } from './evaluate.ts';
import { firstFound, found, impossible, unclear } from './result.ts';
import type { Result } from './result.ts';
import { solveArray } from './solve-array.ts';
import { solveNumber } from './solve-number.ts';
import { solveObject } from './solve-object.ts';
import type { Solve } from './solve-object.ts';
import { solveString } from './solve-string.ts';
import { not, typeBits, typeOf } from './term.ts';
import type { Atom, Term } from './term.ts';

export interface LeafDemands {
  readonly positive: readonly Atom[];
  readonly negative: readonly Atom[];
  /** Bits of the types that are left. */
  readonly types: number;
}

const mostListed = 20_000;

/** A value that satisfies atoms and breaks others. What was found is looked at once more: a guess is never a proof. */
export function solveLeaf(demands: LeafDemands, solve: Solve, evaluate: Evaluate): Result {
  const opaque = [...demands.positive, ...demands.negative].find((atom) => atom.kind === 'opaque');
  const result = solveListed(demands, evaluate) ?? firstFound(byType(demands, solve, evaluate));
  if (opaque === undefined || result.kind !== 'found') return result;
  return { ...result, doubt: unclear(`"${opaque.keyword}" is not modelled`, opaque.keyword) };
}

/** Where values are listed, each is tried. Null where none are. */
function solveListed({ positive, negative, types }: LeafDemands, evaluate: Evaluate): Result | null {
  const [shortest, ...others] = positive.filter((atom) => atom.kind === 'enum').toSorted((a, b) => a.values.length - b.values.length);
  if (shortest === undefined) return null;
  if (shortest.values.length * (positive.length + negative.length) > mostListed * 20) return unclear('too many values are listed', 'enum');
  const isSilent = negative.some(({ kind }) => kind === 'content');
  const terms: readonly Term[] = [...others, ...positive.filter(({ kind }) => kind !== 'enum' && kind !== 'opaque'), ...negative.filter(({ kind }) => kind !== 'content' && kind !== 'opaque').map(not)];
  return firstFound(
    shortest.values.map((value) => {
      if ((typeOf(value) & types) === 0) return impossible;
      const answer = every(terms, (term) => evaluate(term, value));
      return answer === true ? found(value, isSilent) : answer === false ? impossible : unclear('a listed value can not be told', 'enum');
    }),
  );
}

function* byType(demands: LeafDemands, solve: Solve, evaluate: Evaluate): Generator<Result> {
  const { positive, negative, types } = demands;
  const excluded: readonly JsonValue[] = negative.flatMap((atom) => (atom.kind === 'enum' ? atom.values : []));
  if ((types & typeBits.string) !== 0) yield solveString(positive.filter(isStringAtom), negative.filter(isStringAtom), excluded.filter((one) => typeof one === 'string'));
  if ((types & typeBits.number) !== 0) yield solveNumber(positive.filter(isNumberAtom), negative.filter(isNumberAtom), excluded.filter((one) => typeof one === 'number'));
  for (const value of [true, false, null]) if ((types & typeOf(value)) !== 0 && !excluded.includes(value)) yield found(value);
  if ((types & typeBits.array) !== 0) yield checked(solveArray({ positive: positive.filter(isArrayAtom), negative: negative.filter(isArrayAtom), excluded: excluded.filter((one) => Array.isArray(one)) }, solve), demands, evaluate);
  if ((types & typeBits.object) === 0) return;
  yield checked(solveObject({ positive: positive.filter(isObjectAtom), negative: negative.filter(isObjectAtom), excluded: excluded.filter(isJsonObject) }, solve, evaluate), demands, evaluate);
}

/** What was put together of several choices may break one of them. */
function checked(result: Result, { positive, negative }: LeafDemands, evaluate: Evaluate): Result {
  if (result.kind !== 'found' || result.isSilent) return result;
  const terms: readonly Term[] = [...positive, ...negative.map(not)];
  return every(terms, (term) => evaluate(term, result.value)) === false ? unclear('no value was found that is as all parts demand') : result;
}
