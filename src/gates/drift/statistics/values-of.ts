import type { JsonValue } from '../../../domain/json-value.ts';
import type { Metric } from './metric.ts';
import { mostHeld } from './rate-bounds.ts';

/** How many values a verdict about a metric looks at: what the time that it takes grows with. Trials of a rate count twice where all of its outcomes are enumerated. */
export function valuesOf(metric: Metric): number {
  switch (metric.kind) {
    case 'exact':
      return partsOf(metric.found) + partsOf(metric.baseline);
    case 'rate':
      return typeof metric.baseline === 'number' ? 1 : enumerated(metric.baseline.trials, metric.samples.trials);
    case 'shift':
    case 'paired-shift':
    case 'paired-rate':
      return metric.baseline.length + metric.samples.length;
    case 'quantile':
      return (typeof metric.baseline === 'number' ? 1 : metric.baseline.length) + metric.samples.length;
    case 'objections':
      return metric.objections.length;
    case 'missing':
      return 1;
  }
}

function enumerated(baseline: number, samples: number): number {
  return Math.max(baseline, samples) > mostHeld ? 1 : 2 * (baseline + samples);
}

/** Of a whole document, itself one of them. */
function partsOf(value: JsonValue | undefined): number {
  let count = 0;
  for (const open: (JsonValue | undefined)[] = [value]; open.length > 0; ) {
    const one = open.pop();
    count += 1;
    if (typeof one === 'object' && one !== null) for (const part of Object.values(one)) open.push(part);
  }
  return count;
}
