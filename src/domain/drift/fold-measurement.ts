import type { Digest } from '../digest.ts';
import { isByCalendar } from '../playbook/observed-classes.ts';
import type { Sha } from '../tree.ts';
import type { ConfirmedDrift, DriftEpisode, DriftOutcome, DriftRecord, DriftRun, FirstMeasurement, MeasuredState } from './drift-record.ts';

export interface DriftMeasurement {
  readonly repositoryId: number;
  readonly behavior: string;
  /** Id of its playbook; null: it names none. */
  readonly playbook: string | null;
  readonly outcome: DriftOutcome;
  /** Commits to what was agreed. */
  readonly agreed: Digest;
  /** The class of what drifted; null: nothing did. */
  readonly observed: string | null;
  /** False in observe mode: it changes nothing of a drift that was decided. */
  readonly decides: boolean;
  /** Before its source was asked, and after it had answered: ISO 8601. */
  readonly begunAt: string;
  readonly at: string;
  /** Milliseconds that have to lie between a measurement and the one that confirms it. */
  readonly confirmAfter: number;
  readonly commit: Sha;
}

/** What was confirmed by a measurement and was not before. `changed`: it drifts in another way, or from something else, than what stood.
 * `run: null`: what is over was only observed. */
export type DriftChange = { readonly kind: 'detected' | 'changed' } | { readonly kind: 'cleared'; readonly run: DriftRun | null };

export interface Folded {
  readonly record: DriftRecord;
  readonly change: DriftChange | null;
}

/** Milliseconds for which flips are remembered. */
const week = 7 * 86_400_000;

/**
 * One more measurement. What says something else than what stands counts once a second one, begun `confirmAfter` later or after that, says the
 * same of the same agreement; whatever else comes in between, it begins anew. What could not be told changes nothing of what stands: it is no sign of health, and none of a drift.
 */
export function foldMeasurement(known: DriftRecord | null, measurement: DriftMeasurement): Folded {
  const { repositoryId, behavior, outcome, at, commit } = measurement;
  const said = stateOf(known, measurement);
  const first = said === null || isStanding(known, said) ? null : firstOf(known?.first ?? null, said, at);
  const confirmed = first !== null && isConfirmedBy(first, measurement) ? said : null;
  const counted = countedEpisode(known, at);
  const change = confirmed === null ? null : changeOf(known, confirmed, { measurement, counted });
  const isFlip = change !== null && change.kind !== 'changed' && !isByCalendar(confirmed?.observed ?? known?.drifting?.observed ?? null);
  const flips = (known?.flips ?? []).filter((flip) => Date.parse(at) - Date.parse(flip) < week);
  const record: DriftRecord = {
    repositoryId, behavior, last: outcome, measuredAt: at, commit,
    standing: confirmed?.outcome ?? known?.standing ?? null,
    drifting: confirmed === null ? (known?.drifting ?? null) : driftingOf(confirmed, at),
    first: confirmed === null ? first : null,
    episode: change?.kind === 'detected' ? { confirmedAt: at, inconclusiveMs: 0 } : change?.kind === 'cleared' ? null : counted,
    flips: isFlip ? [...flips, at] : flips,
  };
  return { record, change };
}

/** Null where nothing could be told, or nothing that counts: what only observes neither ends a drift that was decided nor makes another one of it. */
function stateOf(known: DriftRecord | null, { outcome, agreed, observed, decides }: DriftMeasurement): MeasuredState | null {
  if (!decides && known?.drifting?.decides === true) return null;
  return outcome === 'pass' || outcome === 'drift' ? { outcome, agreed, observed, decides } : null;
}

/** As agreed is as agreed, whatever that is. A drift is the same only while it is one from the same agreement, of the same class. */
function isStanding(known: DriftRecord | null, { outcome, ...said }: MeasuredState): boolean {
  if (known === null || known.standing !== outcome) return false;
  return outcome === 'pass' || (known.drifting !== null && isSame(known.drifting, said));
}

function firstOf(first: FirstMeasurement | null, said: MeasuredState, at: string): FirstMeasurement {
  const isAnother = first === null || first.outcome !== said.outcome || !isSame(first, said);
  // One that lies ahead was dated by a clock that is wrong: it would never be confirmed.
  return isAnother || Date.parse(first.at) > Date.parse(at) ? { ...said, at } : first;
}

function isSame(one: Omit<MeasuredState, 'outcome'>, other: Omit<MeasuredState, 'outcome'>): boolean {
  return one.agreed === other.agreed && one.observed === other.observed && one.decides === other.decides;
}

function isConfirmedBy(first: FirstMeasurement, { begunAt, at, confirmAfter }: DriftMeasurement): boolean {
  return first.at !== at && Date.parse(begunAt) >= confirmedFrom(first, confirmAfter);
}

/** From when on a measurement confirms: milliseconds since 1970. */
export function confirmedFrom({ at }: Pick<FirstMeasurement, 'at'>, confirmAfter: number): number {
  return Date.parse(at) + confirmAfter;
}

function driftingOf({ outcome, ...said }: MeasuredState, since: string): ConfirmedDrift | null {
  return outcome === 'drift' ? { ...said, since } : null;
}

function changeOf(known: DriftRecord | null, confirmed: MeasuredState, { measurement: { repositoryId, behavior, playbook, at }, counted }: { readonly measurement: DriftMeasurement; readonly counted: DriftEpisode | null }): DriftChange | null {
  const wasDrifting = known?.standing === 'drift';
  if (confirmed.outcome === 'drift') return { kind: wasDrifting ? 'changed' : 'detected' };
  if (!wasDrifting) return null;
  const isObserved = known.drifting?.decides === false;
  return { kind: 'cleared', run: isObserved ? null : { repositoryId, behavior, playbook, ...(counted ?? { confirmedAt: known.drifting?.since ?? at, inconclusiveMs: 0 }), cleanAt: at } };
}

/** The time since a measurement that told nothing is none in which anybody could mend. */
function countedEpisode(known: DriftRecord | null, at: string): DriftEpisode | null {
  if (known === null || known.episode === null || known.last === 'pass' || known.last === 'drift') return known?.episode ?? null;
  return { ...known.episode, inconclusiveMs: known.episode.inconclusiveMs + Math.max(0, Date.parse(at) - Date.parse(known.measuredAt)) };
}

/** Changes within a week after which nothing is opened by itself any more: something flaps, or fights. */
const mostFlips = 3;

export function isFlapping({ flips }: Pick<DriftRecord, 'flips'>, now: string): boolean {
  return flips.filter((flip) => Date.parse(now) - Date.parse(flip) < week).length >= mostFlips;
}
