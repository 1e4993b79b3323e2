import { binomialProbability } from './binomial.ts';
import { levelsOf } from './levels-of.ts';
import { measureRate } from './measure-rate.ts';
import type { RateMetric } from './measure-rate.ts';

/** How probable each verdict is when nothing changed; they sum to 1. */
export interface VerdictChances {
  readonly pass: number;
  readonly drift: number;
  readonly inconclusive: number;
}

/** More are planned as if they were so many. */
const mostTrials = 5_000;

/**
 * The verdicts of a rate whose truth is the rate of the baseline, exact by enumeration of every outcome. What `drift baseline --record`
 * prints: a behaviour that passes too rarely blocks changes that are none.
 * @param trials How many samples each measurement takes.
 * @param tests Metrics that are judged together.
 */
export function passProbability(metric: Omit<RateMetric, 'kind' | 'samples'>, trials: number, confidence: number, tests = 1): VerdictChances {
  const { baseline } = metric;
  const rate = typeof baseline === 'number' ? baseline : baseline.successes / baseline.trials;
  const count = Math.min(trials, mostTrials);
  const chances = { pass: 0, drift: 0, inconclusive: 0 };
  if (!(rate >= 0 && rate <= 1) || !Number.isSafeInteger(count) || count < 1) return { ...chances, inconclusive: 1 };
  for (let successes = 0; successes <= count; successes += 1) {
    const chance = binomialProbability(successes, count, rate);
    if (chance > 0) chances[measureRate({ ...metric, kind: 'rate', samples: { successes, trials: count } }, levelsOf(confidence, tests)).verdict] += chance;
  }
  return chances;
}
