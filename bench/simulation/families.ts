import { judgeMetrics } from '../../src/gates/drift/statistics/judge-metrics.ts';
import type { Metric } from '../../src/gates/drift/statistics/metric.ts';
import type { Random } from '../../src/gates/drift/statistics/random.ts';
import { distributions, exponential, normal } from './distributions.ts';
import { aMissingShare, aPairedShift, aRate, aShift } from './metrics.ts';
import { countVerdicts } from './verdict-counts.ts';
import type { VerdictCounts } from './verdict-counts.ts';

export const metricsOfFamily = 20;

/**
 * `unchanged`: any drift is false, and anything but a pass is a false block. `edges`: every metric lies at the edge of what is
 * tolerated, the worst place for a false drift. `one-at-edge`: all are unchanged but one, so that a pass is false.
 */
export type FamilyTruth = 'unchanged' | 'edges' | 'one-at-edge';

/** What twenty metrics of all kinds, judged together, are answered. Tolerances are one standard deviation; of rates 0.15. */
export function simulateFamily(truth: FamilyTruth, size: number, rounds: number, seed = 1): VerdictCounts {
  return countVerdicts(rounds, seed, (random) => {
    // Which one moved changes from round to round, among those that can.
    const moving = truth === 'one-at-edge' ? Math.floor(random() * 18) : -1;
    const metrics = Array.from({ length: metricsOfFamily }, (_, index) => ({ name: `m${index}`, critical: index === 0, metric: aMetric(index, size, truth === 'edges' || index === moving, random) }));
    return judgeMetrics(metrics, 0.95).verdict;
  });
}

const draws = Object.values(distributions);

function aMetric(index: number, size: number, isAtEdge: boolean, random: Random): Metric {
  if (index >= 18) return aMissingShare(0.03, size, random);
  if (index >= 15) return aRate(0.97, { size, tolerance: 0.15, shift: isAtEdge ? -0.15 : 0 }, random);
  const truth = { size, tolerance: 1, shift: isAtEdge ? 1 : 0 };
  return index >= 10 ? aPairedShift(index % 2 === 0 ? normal : exponential, truth, random) : aShift(draws[index % draws.length] ?? normal, truth, random);
}
