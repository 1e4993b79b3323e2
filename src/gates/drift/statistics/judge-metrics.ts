import { distancesBetween } from './distances-between.ts';
import { levelsOf } from './levels-of.ts';
import { measureMetric } from './measure-metric.ts';
import type { MeasureVerdict } from '../../../domain/behavior/measured.ts';
import type { Distances } from '../../../domain/behavior/distances.ts';
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
  return metric.kind !== 'exact' && metric.kind !== 'objections';
}

/** As Holm's procedure by p-values: a metric drifts where its p-value is at most the level, and levels only grow. */
function stepDown(metrics: readonly NamedMetric[], confidence: number, tests: number): readonly JudgedMetric[] {
  const measuredAmong = ({ name, critical, metric }: NamedMetric, left: number): JudgedMetric => ({ name, critical, measured: measureMetric(metric, levelsOf(confidence, left)), distances: distancesOf(metric) });
  const first = metrics.map((one) => measuredAmong(one, tests));
  const drifting = metrics.filter((one, index) => isTest(one) && first[index]?.measured.verdict === 'drift');
  if (drifting.length === 0) return first;
  const among = amongWhich(metrics.filter((one) => isTest(one) && !drifting.includes(one)), drifting, confidence, tests);
  return metrics.map((one) => measuredAmong(one, among(one)));
}

/** For a reader: nothing is decided by them. */
function distancesOf(metric: Metric): Distances | null {
  const isOfValues = metric.kind === 'shift' || metric.kind === 'paired-shift' || metric.kind === 'quantile';
  return isOfValues && typeof metric.baseline !== 'number' ? distancesBetween(metric.baseline, metric.samples) : null;
}

/** Among how many tests each metric is judged in the end: those that drift by what was left when they were found, all others by what is left. */
function amongWhich(others: readonly NamedMetric[], drifting: readonly NamedMetric[], confidence: number, tests: number): (one: NamedMetric) => number {
  const reaches = new Map(others.map((one) => [one, reachOf(one, confidence, tests - 1)]));
  const among = new Map(drifting.map((one) => [one, tests]));
  let left = tests - drifting.length;
  for (let found = true; found; ) {
    const next = others.filter((one) => !among.has(one) && (reaches.get(one) ?? 0) >= Math.max(left, 1));
    for (const one of next) among.set(one, left);
    left -= next.length;
    found = next.length > 0;
  }
  return (one) => among.get(one) ?? left;
}

/** Among at most how many tests a metric drifts, 0 for not even alone. It is searched, not tried one by one: a hundred drifts that follow each other would take 5,000 looks. */
function reachOf({ metric }: NamedMetric, confidence: number, most: number): number {
  const drifts = (tests: number): boolean => measureMetric(metric, levelsOf(confidence, tests)).verdict === 'drift';
  if (most < 1 || !drifts(1)) return 0;
  let [reaching, beyond] = [1, most + 1];
  while (beyond - reaching > 1) {
    const middle = Math.floor((reaching + beyond) / 2);
    if (drifts(middle)) reaching = middle;
    else beyond = middle;
  }
  return reaching;
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
