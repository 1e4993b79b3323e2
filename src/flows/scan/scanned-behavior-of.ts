import type { DriftOutcome } from '../../domain/drift/drift-record.ts';
import type { KeptDrift, ScannedBehavior, ToldMetric } from '../../domain/drift/scanned-behavior.ts';
import { reasonInWords } from '../../domain/behavior/reason-in-words.ts';
import type { BehaviorVerdict } from '../../domain/behavior/behavior-verdict.ts';
import type { Tree } from '../../domain/tree.ts';
import type { MeasuredNow } from '../measure-behaviors.ts';
import { agreedDigest } from './agreed-digest.ts';
import { measuredDriftOf } from './measured-drift-of.ts';

export interface ScannedAt {
  readonly known: KeptDrift | null;
  /** In which the behaviour stands. */
  readonly tree: Tree;
  readonly outcome: DriftOutcome;
  /** Whether the configuration lets anything be opened. */
  readonly proposes: boolean;
  /** ISO 8601. */
  readonly now: string;
}

/** What a measurement makes known of a behaviour. */
export function scannedBehaviorOf(measured: Extract<MeasuredNow, { readonly kind: 'measured' }>, { known, tree, outcome, proposes, now }: ScannedAt): ScannedBehavior {
  const { behavior, path, verdict } = measured;
  const { owner, playbook, source } = behavior;
  const since = known?.record.last === outcome ? known.scanned.since : now;
  const drift = measuredDriftOf(measured);
  return { path, owner, playbook, decides: verdict.decides, proposes, since, why: whyOf(verdict), agreed: agreedDigest(behavior, tree, drift), source: source.kind, drift, metrics: verdict.metrics.map(toldMetric) };
}

function toldMetric({ name, critical, measured }: BehaviorVerdict['metrics'][number]): ToldMetric {
  const { verdict, estimate, interval, tolerated, confidence, sizes, why } = measured;
  return { name, critical, verdict, estimate, low: interval.low, high: interval.high, toleratedLow: tolerated.low, toleratedHigh: tolerated.high, confidence, samples: sizes.samples, why };
}

/** The first metric that does not pass tells; where nothing was measured the first reason why. */
function whyOf({ metrics, reasons }: BehaviorVerdict): string {
  const [reason] = reasons;
  if (reason !== undefined) return `${reason.metric === null ? '' : `${reason.metric}: `}${reasonInWords(reason)}.`;
  const told = metrics.find(({ measured }) => measured.verdict === 'drift') ?? metrics.find(({ measured }) => measured.verdict !== 'pass');
  return told === undefined ? 'All of its metrics are as agreed.' : `${told.name}: ${told.measured.why}`;
}
