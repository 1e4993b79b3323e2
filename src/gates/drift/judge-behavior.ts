import type { NoMeasure } from '../../domain/behavior/source-reading.ts';
import { measureBehavior } from './measure-behavior.ts';
import type { BehaviorMeasurement } from './measure-behavior.ts';
import { judgeMetrics } from './statistics/judge-metrics.ts';
import type { JudgedMetric } from './statistics/judge-metrics.ts';
import type { MeasureVerdict } from './statistics/measured.ts';

/** What a behaviour turned out to be. Only `pass` says that it still is as agreed. */
export interface BehaviorVerdict {
  /** Name of the behaviour. */
  readonly behavior: string;
  readonly kind: MeasureVerdict;
  /** False in observe mode: it is told, and nothing rests on it. */
  readonly decides: boolean;
  /** Critical ones first. Empty where nothing was measured. */
  readonly metrics: readonly JudgedMetric[];
  /** Why nothing was measured; empty where something was. */
  readonly reasons: readonly NoMeasure[];
  /** Why a fixture stands for the answer of the source; empty: none does. */
  readonly fixtureFor: readonly NoMeasure[];
}

/** One verdict for a behaviour and each metric of it, by the gate, by scans and on the command line alike. Throws for no answer, whatever it is. */
export function judgeBehavior(measurement: BehaviorMeasurement): BehaviorVerdict {
  const { name, confidence } = measurement.behavior;
  const measured = measureBehavior(measurement);
  const common = { behavior: name, decides: measured.decides };
  if (measured.kind === 'none') return { ...common, kind: 'inconclusive', metrics: [], reasons: measured.reasons, fixtureFor: [] };
  const { verdict, metrics } = judgeMetrics(measured.metrics, confidence);
  return { ...common, kind: verdict, metrics, reasons: [], fixtureFor: measured.fixtureFor };
}
