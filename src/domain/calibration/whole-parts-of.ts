/**
 * How many whole parts of 1 a share has, cut and not rounded: 570 thousandths of 0.57, though `0.57 * 1_000` is a little less, and 569 of what is less than
 * that. `share` is finite.
 */
export function wholePartsOf(share: number, parts: number): number {
  const nearest = Math.round(share * parts);
  return nearest / parts <= share ? nearest : nearest - 1;
}
