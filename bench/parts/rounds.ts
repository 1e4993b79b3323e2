import { median } from './percentiles.ts';

/** Runs something so many times, one after the other. */
export async function rounds<Result>(count: number, run: (round: number) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let round = 0; round < count; round += 1) results.push(await run(round));
  return results;
}

/** The median over rounds of one thing of each. */
export function medianOf<Result>(results: readonly Result[], value: (result: Result) => number): number {
  return median(results.map(value));
}
