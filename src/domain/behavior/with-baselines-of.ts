import { canonicalText } from '../canonical.ts';
import type { Behavior } from './behavior.ts';
import type { BehaviorMetric } from './behavior-metric.ts';

/**
 * A behaviour by the baselines of another one, and what made them; all else stays: what is asked, of whom, and how far it may be off.
 * Null where a metric is not there, or compares something else.
 */
export function withBaselinesOf(behavior: Behavior, other: Behavior): Behavior | null {
  const metrics = behavior.metrics.map((metric) => withBaseline(metric, other.metrics.find(({ name }) => name === metric.name)));
  const known = metrics.filter((metric) => metric !== null);
  return known.length < metrics.length ? null : { ...behavior, metrics: known, reproducibility: other.reproducibility };
}

/** Whether both agree on the same, as far as their own files say. */
export function haveSameBaselines(one: Behavior, other: Behavior): boolean {
  return canonicalText(agreedBy(one)) === canonicalText(agreedBy(other));
}

function agreedBy({ metrics, reproducibility }: Behavior): Parameters<typeof canonicalText>[0] {
  const baselines = metrics.map((metric) => [metric.name, metric.kind, metric.kind === 'body' || metric.kind === 'differences' ? null : metric.baseline]);
  return JSON.parse(JSON.stringify([baselines, reproducibility]));
}

function withBaseline(metric: BehaviorMetric, other: BehaviorMetric | undefined): BehaviorMetric | null {
  if (metric.kind === 'body' || metric.kind === 'differences') return metric;
  if (metric.kind === 'exact' && other?.kind === 'exact') return { ...metric, baseline: other.baseline };
  if (metric.kind === 'rate' && other?.kind === 'rate') return { ...metric, baseline: other.baseline };
  if (metric.kind === 'samples' && other?.kind === 'samples') return { ...metric, baseline: other.baseline };
  if (metric.kind === 'quantile' && other?.kind === 'quantile') return { ...metric, baseline: other.baseline };
  return metric.kind === 'paired-rate' && other?.kind === 'paired-rate' ? { ...metric, baseline: other.baseline } : null;
}
