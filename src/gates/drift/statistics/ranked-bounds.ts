import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Interval } from '../../../domain/behavior/measured.ts';
import { countOf, ranked } from './ordered-pairs.ts';
import type { OrderedTable } from './ordered-pairs.ts';

/**
 * The numbers of this rank from both ends. Those that the table lacks of `total`, because a value is missing, count as beyond each
 * end: a missing value only ever widens.
 */
export function boundsByRank(table: OrderedTable, total: number, rank: number): Interval {
  const count = countOf(table);
  const place = rank - (total - count);
  if (place < 1 || place > count) return openInterval;
  return { low: ranked(table, place), high: ranked(table, count + 1 - place) };
}

/** The median of the table, which must not be empty. */
export function middleOf(table: OrderedTable): number {
  const count = countOf(table);
  const upper = ranked(table, Math.floor(count / 2) + 1);
  return count % 2 === 1 ? upper : upper / 2 + ranked(table, count / 2) / 2;
}
