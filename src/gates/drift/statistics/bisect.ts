/**
 * The edge, between two numbers, up to which something holds; to the last bit.
 * @param holds True at `low`, false at `high`, and once false for good.
 */
export function bisect(low: number, high: number, holds: (value: number) => boolean): number {
  let [left, right] = [low, high];
  for (;;) {
    const middle = left / 2 + right / 2;
    if (middle <= left || middle >= right) return left;
    if (holds(middle)) left = middle;
    else right = middle;
  }
}
