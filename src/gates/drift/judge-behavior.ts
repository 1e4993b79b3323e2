import type { BehaviorVerdict } from '../../domain/behavior/behavior-verdict.ts';
import { measureBehavior } from './measure-behavior.ts';
import type { BehaviorMeasurement } from './measure-behavior.ts';
import { judgeMetrics } from './statistics/judge-metrics.ts';

/** One verdict for a behaviour and each metric of it, by the gate, by scans and on the command line alike. Throws for no answer, whatever it is. */
export function judgeBehavior(measurement: BehaviorMeasurement): BehaviorVerdict {
  const { name, confidence } = measurement.behavior;
  const measured = measureBehavior(measurement);
  const common = { behavior: name, decides: measured.decides };
  if (measured.kind === 'none') return { ...common, kind: 'inconclusive', metrics: [], reasons: measured.reasons, fixtureFor: [] };
  const { verdict, metrics } = judgeMetrics(measured.metrics, confidence);
  return { ...common, kind: verdict, metrics, reasons: [], fixtureFor: measured.fixtureFor };
}
