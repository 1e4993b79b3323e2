/** A table of numbers that never fall along a row or down a column; rows may begin further right. */
export interface OrderedTable {
  readonly rows: number;
  readonly columns: number;
  readonly at: (row: number, column: number) => number;
  /** The first column of a row that belongs to the table; never falls with the row. */
  readonly start: (row: number) => number;
}

/** All differences of a value of the first arm less one of the second. Both ascend. */
export function differencesOf(first: Float64Array, second: Float64Array): OrderedTable {
  const last = second.length - 1;
  return { rows: first.length, columns: second.length, at: (row, column) => (first[row] ?? Number.NaN) - (second[last - column] ?? Number.NaN), start: () => 0 };
}

/** All means of two values, of each with itself too (Walsh averages). The values ascend. */
export function meansOf(values: Float64Array): OrderedTable {
  return { rows: values.length, columns: values.length, at: (row, column) => (values[row] ?? Number.NaN) / 2 + (values[column] ?? Number.NaN) / 2, start: (row) => row };
}

export function countOf({ rows, columns, start }: OrderedTable): number {
  let count = 0;
  for (let row = 0; row < rows; row += 1) count += columns - start(row);
  return count;
}

/** The number that has this rank among all of the table, from 1 on; in (rows + columns) steps for each bit that it takes, without listing them. */
export function ranked(table: OrderedTable, rank: number): number {
  let [low, high] = [table.at(0, table.start(0)), table.at(table.rows - 1, table.columns - 1)];
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
function around({ rows, columns, at, start }: OrderedTable, limit: number): { readonly count: number; readonly below: number; readonly above: number } {
  let [count, below, above] = [0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let end = columns;
  for (let row = 0; row < rows; row += 1) {
    const first = start(row);
    while (end > first && at(row, end - 1) > limit) end -= 1;
    if (end < first) end = first;
    if (end > first) {
      count += end - first;
      below = Math.max(below, at(row, end - 1));
    }
    if (end < columns) above = Math.min(above, at(row, Math.max(end, first)));
  }
  return { count, below, above };
}
