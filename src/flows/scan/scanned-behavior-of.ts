import type { DriftOutcome } from '../../domain/drift/drift-record.ts';
import type { KeptDrift, ScannedBehavior, ToldMetric } from '../../domain/drift/scanned-behavior.ts';
import type { BehaviorVerdict } from '../../gates/drift/judge-behavior.ts';
import type { MeasuredBehavior } from './measure-commit.ts';

/** What a measurement makes known of a behaviour. */
export function scannedBehaviorOf({ behavior, path, verdict }: MeasuredBehavior, known: KeptDrift | null, outcome: DriftOutcome, now: string): ScannedBehavior {
  const { owner, playbook } = behavior;
  const since = known?.record.last === outcome ? known.scanned.since : now;
  return { path, owner, playbook, decides: verdict.decides, since, why: whyOf(verdict), metrics: verdict.metrics.map(toldMetric) };
}

function toldMetric({ name, critical, measured }: BehaviorVerdict['metrics'][number]): ToldMetric {
  const { verdict, estimate, interval, tolerated, confidence, sizes, why } = measured;
  return { name, critical, verdict, estimate, low: interval.low, high: interval.high, toleratedLow: tolerated.low, toleratedHigh: tolerated.high, confidence, samples: sizes.samples, why };
}

/** The first metric that does not pass tells; where nothing was measured the first reason why. */
function whyOf({ metrics, reasons }: BehaviorVerdict): string {
  const [reason] = reasons;
  if (reason !== undefined) return `${reason.metric === null ? '' : `${reason.metric}: `}found ${reason.found}, expected ${reason.expected}.`;
  const told = metrics.find(({ measured }) => measured.verdict === 'drift') ?? metrics.find(({ measured }) => measured.verdict !== 'pass');
  return told === undefined ? 'All of its metrics are as agreed.' : `${told.name}: ${told.measured.why}`;
}
