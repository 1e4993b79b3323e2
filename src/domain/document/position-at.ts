import type { Position } from '../position.ts';

/** The line and column of a UTF-16 index. Lines end with LF or CRLF. */
export function positionAt(text: string, offset: number): Position {
  return positionsIn(text)(offset);
}

/** As `positionAt`, for many places of one text: its lines are looked for once. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const end = Math.min(Math.max(offset, 0), text.length);
    const line = lineOf(starts, end);
    return { line: line + 1, column: end - (starts[line] ?? 0) + 1 };
  };
}

/** The last line that starts at an index or before it, by bisection. */
function lineOf(starts: readonly number[], index: number): number {
  let [low, high] = [0, starts.length];
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= index) low = middle;
    else high = middle;
  }
  return low;
}
