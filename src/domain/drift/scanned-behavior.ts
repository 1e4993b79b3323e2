import type { Digest } from '../digest.ts';
import type { MeasuredDrift } from '../playbook/measured-drift.ts';
import type { DriftRecord } from './drift-record.ts';

/** What a measurement said of one metric, for people. Numbers are in the unit of the metric; null is an open end, or nothing that could be estimated. */
export interface ToldMetric {
  readonly name: string;
  readonly critical: boolean;
  readonly verdict: 'pass' | 'drift' | 'inconclusive';
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly toleratedLow: number | null;
  readonly toleratedHigh: number | null;
  /** Of each bound of the interval alone. */
  readonly confidence: number;
  readonly samples: number;
  /** One sentence or two. */
  readonly why: string;
}

/** What a scan makes known of a behaviour, beside how it stands. */
export interface ScannedBehavior {
  /** Of its file. */
  readonly path: string;
  readonly owner: string;
  /** Id of the playbook that mends it; null: it names none. */
  readonly playbook: string | null;
  /** False in observe mode: nothing is written because of it. */
  readonly decides: boolean;
  /** Whether something may be opened for it without being asked: nothing is where the configuration says `report`. */
  readonly proposes: boolean;
  /** Since when the last measurement's word is so: ISO 8601. */
  readonly since: string;
  /** One sentence or two. May quote what a source said. */
  readonly why: string;
  /** Commits to what was agreed: another digest is another drift. */
  readonly agreed: Digest;
  /** Of the source, such as `http-json`. */
  readonly source: string;
  /** What drifted, as playbooks ask for it; null: nothing did. */
  readonly drift: MeasuredDrift | null;
  /** Empty where nothing was measured. Critical ones first. */
  readonly metrics: readonly ToldMetric[];
}

/** The class of what drifted: of numbers alone there is but one. */
export function observedOf({ drift }: Pick<ScannedBehavior, 'drift'>): string {
  return drift?.observed ?? 'metric/shifted';
}

/** Since when a drift stands for which something may be opened: ISO 8601. Null: none does. */
export function opensSince({ record: { standing, drifting }, scanned: { proposes } }: KeptDrift): string | null {
  return standing === 'drift' && drifting?.decides === true && proposes ? drifting.since : null;
}

export interface KeptDrift {
  readonly record: DriftRecord;
  readonly scanned: ScannedBehavior;
}
