/** A table of sums, one of a row and one of a column, that never fall along a row or down a column. */
export interface OrderedTable {
  /** Both ascend. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** Whether a row begins at its own place: what is left of that is there already, in an earlier row. */
  readonly isTriangle: boolean;
}

/** All differences of a value of the first arm less one of the second. Both ascend. */
export function differencesOf(first: Float64Array, second: Float64Array): OrderedTable {
  return { rows: first, columns: second.map((value) => -value).toReversed(), isTriangle: false };
}

/** All means of two values, of each with itself too (Walsh averages). The values ascend. */
export function meansOf(values: Float64Array): OrderedTable {
  const halves = values.map((value) => value / 2);
  return { rows: halves, columns: halves, isTriangle: true };
}

export function countOf({ rows, columns, isTriangle }: OrderedTable): number {
  return isTriangle ? (rows.length * (rows.length + 1)) / 2 : rows.length * columns.length;
}

/** The number that has this rank among all of the table, from 1 on; in (rows + columns) steps for each bit that it takes, without listing them. */
export function ranked(table: OrderedTable, rank: number): number {
  const { rows, columns } = table;
  let [low, high] = [(rows[0] ?? Number.NaN) + (columns[0] ?? Number.NaN), (rows.at(-1) ?? Number.NaN) + (columns.at(-1) ?? Number.NaN)];
  while (low < high) {
    const middle = low / 2 + high / 2;
    const { count, below, above } = around(table, middle < high ? middle : low);
    // Each end moves to a number of the table, so that the search ends however close they are.
    if (count >= rank) high = below;
    else low = above;
  }
  return low;
}

/** How many numbers are at most this one, the largest of them, and the smallest of the others. */
function around({ rows, columns, isTriangle }: OrderedTable, limit: number): { readonly count: number; readonly below: number; readonly above: number } {
  let [count, below, above] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let end = columns.length;
  for (let row = 0; row < rows.length; row += 1) {
    const value = rows[row] ?? Number.NaN;
    const first = isTriangle ? row : 0;
    while (end > first && value + (columns[end - 1] ?? Number.NaN) > limit) end -= 1;
    if (end < first) end = first;
    if (end > first) {
      count += end - first;
      below = Math.max(below, value + (columns[end - 1] ?? Number.NaN));
    }
    if (end < columns.length) above = Math.min(above, value + (columns[end] ?? Number.NaN));
  }
  return { count, below, above };
}
