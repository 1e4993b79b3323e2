/** Tries of one call, the first included. */
export const mostTries = 5;

const firstMs = 1_000;
const longestMs = 60_000;

/** Milliseconds before the next try (full jitter: anything between nothing and an end that doubles). @param tries Made so far. @param random From 0 to 1. */
export function backOff(tries: number, random: number): number {
  return random * Math.min(longestMs, firstMs * 2 ** (tries - 1));
}
