import type { Sha } from '../tree.ts';
import type { DriftEpisode, DriftOutcome, DriftRecord, DriftRun } from './drift-record.ts';

export interface DriftMeasurement {
  readonly repositoryId: number;
  readonly behavior: string;
  /** Id of its playbook; null: it names none. */
  readonly playbook: string | null;
  readonly outcome: DriftOutcome;
  /** ISO 8601. */
  readonly at: string;
  readonly commit: Sha;
}

export interface Folded {
  readonly record: DriftRecord;
  /** What was confirmed by this measurement and was not before. */
  readonly change: { readonly kind: 'detected' } | { readonly kind: 'cleared'; readonly run: DriftRun } | null;
  /** Whether it says something else than what stands, and has to be measured once more before it counts. */
  readonly isUnconfirmed: boolean;
}

/** Measurements in a row that confirm. */
export const confirming = 2;

/** Milliseconds for which flips are remembered. */
const week = 7 * 86_400_000;

/** One more measurement. What could not be told changes nothing of what stands: it is no sign of health, and none of a drift. */
export function foldMeasurement(known: DriftRecord | null, measurement: DriftMeasurement): Folded {
  const { repositoryId, behavior, outcome, at, commit } = measurement;
  const confirmations = isTold(outcome) ? (known?.last === outcome ? known.confirmations + 1 : 1) : 0;
  const before = known?.standing ?? null;
  const standing = isTold(outcome) && confirmations >= confirming ? outcome : before;
  const isDetected = standing === 'drift' && before !== 'drift';
  const isCleared = standing === 'pass' && before === 'drift';
  const counted = countedEpisode(known, at);
  const flips = (known?.flips ?? []).filter((flip) => Date.parse(at) - Date.parse(flip) < week);
  const record: DriftRecord = {
    repositoryId, behavior, standing, last: outcome, confirmations, measuredAt: at, commit,
    episode: isDetected ? { confirmedAt: at, inconclusiveMs: 0 } : isCleared ? null : counted,
    flips: isDetected || isCleared ? [...flips, at] : flips,
  };
  const change = isDetected ? ({ kind: 'detected' } as const) : isCleared && counted !== null ? ({ kind: 'cleared', run: { repositoryId, behavior, playbook: measurement.playbook, ...counted, cleanAt: at } } as const) : null;
  return { record, change, isUnconfirmed: isTold(outcome) && outcome !== standing };
}

function isTold(outcome: DriftOutcome): outcome is 'pass' | 'drift' {
  return outcome === 'pass' || outcome === 'drift';
}

/** The time since a measurement that told nothing is none in which anybody could mend. */
function countedEpisode(known: DriftRecord | null, at: string): DriftEpisode | null {
  if (known === null || known.episode === null || isTold(known.last)) return known?.episode ?? null;
  return { ...known.episode, inconclusiveMs: known.episode.inconclusiveMs + Math.max(0, Date.parse(at) - Date.parse(known.measuredAt)) };
}

/** Changes within a week after which nothing is opened by itself any more: something flaps, or fights. */
const mostFlips = 3;

export function isFlapping({ flips }: Pick<DriftRecord, 'flips'>, now: string): boolean {
  return flips.filter((flip) => Date.parse(now) - Date.parse(flip) < week).length >= mostFlips;
}
