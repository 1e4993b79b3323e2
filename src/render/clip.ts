/** Cuts a text to a number of code points, so that no surrogate pair is torn; the last one says that there is more. */
export function clip(text: string, points: number): string {
  // Two units make at most one point: a longer prefix is never looked at.
  const prefix = Array.from(text.slice(0, points * 2 + 2));
  return prefix.length <= points ? text : `${prefix.slice(0, points - 1).join('')}…`;
}
