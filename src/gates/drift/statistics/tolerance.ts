import { isFiniteNumber } from './read-samples.ts';
import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Direction, Interval } from '../../../domain/behavior/measured.ts';

/** How far a metric may move: `relative` is a share of the size of the baseline's location, which is its median. */
export interface Tolerance {
  readonly kind: 'absolute' | 'relative';
  readonly value: number;
}

/** A relative tolerance beyond tolerates anything. */
const largestShare = 1_000;

/**
 * How an edge of what is tolerated is compared with: values against the baseline times `factor`, `offset` added. A relative
 * edge moves with the baseline, which is measured too and may be off; so it is not a distance from it but a multiple of it.
 */
export interface Edge {
  readonly factor: number;
  readonly offset: number;
}

export type ToleratedShift =
  | { readonly kind: 'shift'; readonly tolerated: Interval; readonly edges: { readonly low: Edge; readonly high: Edge } }
  | { readonly kind: 'unusable'; readonly why: string };

/** Where a shift may lie. A relative tolerance of a baseline around 0 tolerates nothing that could be measured, and is unusable. */
export function toleratedShift({ kind, value }: Tolerance, direction: Direction, location: number): ToleratedShift {
  const size = kind === 'absolute' ? value : value * Math.abs(location);
  if (!isFiniteNumber(size) || size < 0 || (kind === 'relative' && value > largestShare)) return { kind: 'unusable', why: `The tolerance is no number from 0 on that a metric could stay within (${kind} ${String(value)}).` };
  if (size === 0 && kind === 'relative' && value > 0) return { kind: 'unusable', why: 'A relative tolerance has no meaning where the middle of the baseline is 0: state an absolute one.' };
  const share = kind === 'absolute' ? 0 : value * Math.sign(location);
  const edge = (side: 1 | -1): Edge => ({ factor: 1 + side * share, offset: kind === 'absolute' ? 0 : side * size });
  return { kind: 'shift', tolerated: around(size, direction), edges: { low: edge(-1), high: edge(1) } };
}

/**
 * The interval for one question, from bounds made at each edge: all of it lies inside where its upper bound is below the high
 * edge, and outside where its lower bound is above. Made at two edges, bounds of values that hardly differ may pass each other by what rounding takes: they are put in order, which only widens.
 */
export function intervalAtEdges(edges: { readonly low: Edge; readonly high: Edge }, question: 'inside' | 'outside', boundsAt: (edge: Edge) => Interval): Interval {
  const moved = (bound: number | null, { offset }: Edge): number | null => (bound === null ? null : bound + offset);
  const [forLow, forHigh] = question === 'inside' ? [edges.low, edges.high] : [edges.high, edges.low];
  const bounds = boundsAt(forLow);
  const others = forHigh.factor === forLow.factor ? bounds : boundsAt(forHigh);
  return inOrder({ low: moved(bounds.low, forLow), high: moved(others.high, forHigh) });
}

function inOrder({ low, high }: Interval): Interval {
  return low !== null && high !== null && low > high ? { low: high, high: low } : { low, high };
}

/** Ascending values times a factor, ascending. */
export function scaled(sorted: Float64Array, factor: number): Float64Array {
  return factor === 1 ? sorted : sorted.map((value) => value * factor).toSorted();
}

/** Where a difference of rates may lie, and what is wrong with the margin: then it may lie anywhere, which decides nothing. */
export function toleratedMargin(margin: number, direction: Direction): { readonly tolerated: Interval; readonly objection: string | null } {
  if (isFiniteNumber(margin) && margin > 0 && margin < 1) return { tolerated: around(margin, direction), objection: null };
  return { tolerated: openInterval, objection: `The margin ${String(margin)} is no number between 0 and 1.` };
}

function around(size: number, direction: Direction): Interval {
  switch (direction) {
    case 'both':
      return { low: -size, high: size };
    case 'increase':
      return { low: null, high: size };
    case 'decrease':
      return { low: -size, high: null };
  }
}
