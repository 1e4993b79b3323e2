import type { ScoreCount } from './calibration-labels.ts';

/** From this score on, up to the next step, this share turned out well. */
export interface IsotonicStep {
  readonly from: number;
  readonly share: number;
}

/**
 * The shares that never fall with the score and are nearest to what was seen (least squares, weighted by labels): pool adjacent violators
 * (Ayer et al. 1955). `counts` are by score, each once.
 */
export function fitIsotonic(counts: readonly ScoreCount[]): readonly IsotonicStep[] {
  const pools: { from: number; labels: number; good: number }[] = [];
  for (const { score, labels, good } of counts) {
    let pool = { from: score, labels, good };
    // Products, so that no share is rounded before it is compared.
    for (let before = pools.at(-1); before !== undefined && before.good * pool.labels >= pool.good * before.labels; before = pools.at(-1)) {
      pools.pop();
      pool = { from: before.from, labels: before.labels + pool.labels, good: before.good + pool.good };
    }
    pools.push(pool);
  }
  return pools.map(({ from, labels, good }) => ({ from, share: good / labels }));
}
