import { levelsOf } from './levels-of.ts';
import { measureMetric } from './measure-metric.ts';
import type { QuantileMetric } from './measure-quantile.ts';
import type { ShiftMetric } from './measure-shift.ts';
import type { VerdictChances } from './pass-probability.ts';
import { randomFrom } from './random.ts';
import { mostValues } from './unusable-arm.ts';

/** What is measured independently of the baseline. */
export type DrawnMetric = Omit<ShiftMetric, 'samples'> | Omit<QuantileMetric, 'samples'>;

/**
 * About how often each verdict would be found when nothing changed: samples are drawn, with replacement, from the values of the
 * baseline, which has to be recorded as values. Off by up to 1.5 percentage points at 1,000 draws, and by what the baseline is not like later measurements.
 * @param size How many samples each measurement takes.
 * @param tests Metrics that are judged together.
 */
export function passShare(metric: DrawnMetric, size: number, confidence: number, { tests = 1, draws = 1_000, seed = 1 } = {}): VerdictChances {
  const { baseline } = metric;
  const counts = { pass: 0, drift: 0, inconclusive: 0 };
  if (typeof baseline === 'number' || baseline.length === 0 || !Number.isSafeInteger(size) || size < 1 || size > mostValues) return { ...counts, inconclusive: 1 };
  const random = randomFrom(seed);
  for (let draw = 0; draw < draws; draw += 1) {
    const samples = Array.from({ length: size }, () => baseline[Math.floor(random() * baseline.length)]);
    counts[measureMetric({ ...metric, samples }, levelsOf(confidence, tests)).verdict] += 1;
  }
  return { pass: counts.pass / draws, drift: counts.drift / draws, inconclusive: counts.inconclusive / draws };
}
