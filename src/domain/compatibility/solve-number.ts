import { compare, isMultiple, leastCommon, middle, multiplesUpTo, rational, textOf, times, toNumber } from './rational.ts';
import type { Rational } from './rational.ts';
import { found, impossible, unclear } from './result.ts';
import type { Result } from './result.ts';
import type { NumberAtom } from './term.ts';

interface Limit {
  readonly at: Rational;
  readonly isExclusive: boolean;
}

interface NumberDemands {
  readonly low: Limit | null;
  readonly high: Limit | null;
  readonly unit: Rational | null;
  readonly notMultiples: readonly Rational[];
  /** By their texts: they may be many. */
  readonly excluded: ReadonlySet<string>;
}

/** Multiples that are tried before nothing can be said. */
const tries = 3_000n;

/** A number within all of these and outside of those. Exact: fractions are no doubles here. */
export function solveNumber(positive: readonly NumberAtom[], negative: readonly NumberAtom[], excluded: readonly number[]): Result {
  const demands = demandsOf(positive, negative, excluded);
  const { low, high } = demands;
  if (low !== null && high !== null) {
    const order = compare(low.at, high.at);
    if (order > 0 || (order === 0 && (low.isExclusive || high.isExclusive))) return impossible;
  }
  return demands.unit === null ? solveDense(demands) : solveMultiples(demands, demands.unit);
}

function demandsOf(positive: readonly NumberAtom[], negative: readonly NumberAtom[], excluded: readonly number[]): NumberDemands {
  const limits = [...positive.map((atom) => limitOf(atom, false)), ...negative.map((atom) => limitOf(atom, true))].filter((one) => one !== null);
  const units = positive.flatMap((atom) => (atom.kind === 'multiple' ? [rational(atom.of)] : []));
  return {
    low: tightest(limits.filter(({ side }) => side === 'low'), 1),
    high: tightest(limits.filter(({ side }) => side === 'high'), -1),
    unit: units.length === 0 ? null : units.reduce(leastCommon),
    notMultiples: negative.flatMap((atom) => (atom.kind === 'multiple' ? [rational(atom.of)] : [])),
    excluded: new Set(excluded.map((one) => textOf(rational(one)))),
  };
}

/** Below the least is under it, and what was left out is now within. */
function limitOf(atom: NumberAtom, isNegated: boolean): (Limit & { readonly side: 'low' | 'high' }) | null {
  if (atom.kind === 'multiple') return null;
  const side = (atom.kind === 'minimum') === isNegated ? 'high' : 'low';
  return { side, at: rational(atom.limit), isExclusive: atom.isExclusive !== isNegated };
}

function tightest(limits: readonly Limit[], sign: 1 | -1): Limit | null {
  return limits.reduce<Limit | null>((best, one) => {
    if (best === null) return one;
    const order = sign * compare(one.at, best.at);
    return order > 0 || (order === 0 && one.isExclusive) ? one : best;
  }, null);
}

function solveMultiples(demands: NumberDemands, unit: Rational): Result {
  if (demands.notMultiples.some((other) => isMultiple(unit, other))) return impossible;
  const { low, high } = demands;
  const first = low === null ? null : multiplesUpTo(low.at, unit);
  const last = high === null ? null : -multiplesUpTo({ ...high.at, top: -high.at.top }, unit);
  const [from, step] = first === null && last !== null ? [last, -1n] : [first ?? 0n, 1n];
  for (let count = 0n; count < tries; count += 1n) {
    const at = from + step * count;
    if ((last !== null && at > last) || (first !== null && at < first)) return impossible;
    const value = times(unit, at);
    if (accepts(demands, value)) return valueOf(value);
  }
  return unclear('no multiple was found that satisfies all of it', 'multipleOf');
}

function solveDense(demands: NumberDemands): Result {
  const { low, high } = demands;
  if (low !== null && high !== null && compare(low.at, high.at) === 0) return accepts(demands, low.at) ? valueOf(low.at) : impossible;
  const fixed = ['0', '1', '-1', '0.5', '1.5', '0.1', '0.37', '3.14159', '1e9'].map((text) => rational(Number(text)));
  const around = [low, high].flatMap((limit) => (limit === null ? [] : fixed.flatMap((one) => [add(limit.at, one, 1n), add(limit.at, one, -1n)])));
  const between = low === null || high === null ? [] : halves(low.at, high.at);
  const fits = [...around, ...fixed, ...between].find((value) => accepts(demands, value) && isExact(value));
  return fits === undefined ? unclear('no number was found between the limits') : found(toNumber(fits));
}

function halves(low: Rational, high: Rational): readonly Rational[] {
  const values: Rational[] = [];
  let upper = high;
  for (let step = 0; step < 12; step += 1) {
    upper = middle(low, upper);
    values.push(upper, middle(upper, high));
  }
  return values;
}

function add(a: Rational, b: Rational, sign: bigint): Rational {
  return times({ top: a.top * b.bottom + sign * b.top * a.bottom, bottom: a.bottom * b.bottom }, 1n);
}

function accepts({ low, high, unit, notMultiples, excluded }: NumberDemands, value: Rational): boolean {
  if (low !== null && (compare(value, low.at) < 0 || (low.isExclusive && compare(value, low.at) === 0))) return false;
  if (high !== null && (compare(value, high.at) > 0 || (high.isExclusive && compare(value, high.at) === 0))) return false;
  if (unit !== null && !isMultiple(value, unit)) return false;
  return !notMultiples.some((one) => isMultiple(value, one)) && !excluded.has(textOf(value));
}

/** A number that JSON can hold as it is. */
function isExact(value: Rational): boolean {
  const written = toNumber(value);
  return Number.isFinite(written) && compare(rational(written), value) === 0;
}

function valueOf(value: Rational): Result {
  return isExact(value) ? found(toNumber(value)) : unclear('the only number that satisfies it can not be written exactly');
}
