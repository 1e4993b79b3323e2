import type { ExactMetric } from './measure-exact.ts';
import type { MissingMetric } from './measure-missing.ts';
import type { ObjectionsMetric } from './measure-objections.ts';
import type { PairedRateMetric } from './measure-paired-rate.ts';
import type { PairedShiftMetric } from './measure-paired-shift.ts';
import type { QuantileMetric } from './measure-quantile.ts';
import type { RateMetric } from './measure-rate.ts';
import type { ShiftMetric } from './measure-shift.ts';

/** What a behaviour measures, with its baseline and what was found. */
export type Metric = ExactMetric | ObjectionsMetric | RateMetric | PairedRateMetric | ShiftMetric | PairedShiftMetric | QuantileMetric | MissingMetric;
