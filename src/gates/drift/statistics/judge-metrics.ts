import { levelsOf } from './levels-of.ts';
import { measureMetric } from './measure-metric.ts';
import type { Measured, MeasureVerdict } from '../../../domain/behavior/measured.ts';
import type { JudgedMetric } from '../../../domain/behavior/behavior-verdict.ts';
import type { Metric } from './metric.ts';

export interface NamedMetric {
  readonly name: string;
  /** It is told first. No metric is averaged with another, so that none can make up for one. */
  readonly critical: boolean;
  readonly metric: Metric;
}

export interface JudgedMetrics {
  /** The strictest of all: drift, else inconclusive, else pass. Of no metric it is inconclusive. */
  readonly verdict: MeasureVerdict;
  /** Critical ones first, else in the order given. */
  readonly metrics: readonly JudgedMetric[];
  /** Among how many tests the chance of a false drift was divided. */
  readonly tests: number;
  readonly why: string;
}

/**
 * Judges metrics together. A false drift of any of them has at most the probability that the confidence leaves over, by the
 * step-down procedure of S. Holm (Scandinavian Journal of Statistics 6:65, 1979): each drift that is found leaves more for the rest.
 * A false pass needs one metric that drifted to pass falsely, and has at most the same probability without any correction.
 * @param confidence Such as 0.95.
 */
export function judgeMetrics(metrics: readonly NamedMetric[], confidence: number): JudgedMetrics {
  const tests = metrics.filter(isTest).length;
  const judged = stepDown(metrics, confidence, tests).toSorted((a, b) => Number(b.critical) - Number(a.critical));
  const verdict = strictest(judged.map(({ measured }) => measured.verdict));
  return { verdict, metrics: judged, tests, why: wordsOf(judged, verdict) };
}

/** What is compared value by value has no chance in it. */
function isTest({ metric }: NamedMetric): boolean {
  return metric.kind !== 'exact';
}

/** As Holm's procedure by p-values: a metric drifts where its p-value is at most the level, and levels only grow. */
function stepDown(metrics: readonly NamedMetric[], confidence: number, tests: number): readonly JudgedMetric[] {
  const answers = new Map<NamedMetric, Measured>();
  const isDrift = (one: NamedMetric): boolean => answers.get(one)?.verdict === 'drift';
  for (let drifts = -1, found = 0; found > drifts; ) {
    drifts = found;
    const levels = levelsOf(confidence, tests - drifts);
    for (const one of metrics) if (!isDrift(one)) answers.set(one, measureMetric(one.metric, levels));
    found = metrics.filter((one) => isTest(one) && isDrift(one)).length;
  }
  return metrics.flatMap((one) => {
    const measured = answers.get(one);
    return measured === undefined ? [] : [{ name: one.name, critical: one.critical, measured }];
  });
}

function strictest(verdicts: readonly MeasureVerdict[]): MeasureVerdict {
  if (verdicts.includes('drift')) return 'drift';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}

function wordsOf(judged: readonly JudgedMetric[], verdict: MeasureVerdict): string {
  if (judged.length === 0) return 'There is no metric to judge.';
  const same = judged.filter(({ measured }) => measured.verdict === verdict);
  if (verdict === 'pass') return judged.length === 1 ? 'The metric is as agreed.' : `All ${judged.length} metrics are as agreed.`;
  return same.map(({ name, critical, measured }) => `${name}${critical ? ' (critical)' : ''}: ${measured.why}`).join(' ');
}
