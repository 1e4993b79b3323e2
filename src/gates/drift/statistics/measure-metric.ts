import { measureExact } from './measure-exact.ts';
import { measureMissing } from './measure-missing.ts';
import { measureObjections } from './measure-objections.ts';
import { measurePairedRate } from './measure-paired-rate.ts';
import { measurePairedShift } from './measure-paired-shift.ts';
import { measureQuantile } from './measure-quantile.ts';
import { measureRate } from './measure-rate.ts';
import { measureShift } from './measure-shift.ts';
import type { Levels, Measured } from '../../../domain/behavior/measured.ts';
import type { Metric } from './metric.ts';

/** The answer about one metric alone; several are judged together by `judgeMetrics`. Throws for no values, whatever they are. */
export function measureMetric(metric: Metric, levels: Levels): Measured {
  switch (metric.kind) {
    case 'exact':
      return measureExact(metric);
    case 'objections':
      return measureObjections(metric);
    case 'rate':
      return measureRate(metric, levels);
    case 'paired-rate':
      return measurePairedRate(metric, levels);
    case 'shift':
      return measureShift(metric, levels);
    case 'paired-shift':
      return measurePairedShift(metric, levels);
    case 'quantile':
      return measureQuantile(metric, levels);
    case 'missing':
      return measureMissing(metric, levels);
  }
}
