import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';

/** What one measurement of a behaviour said. `error`: it could not be made. */
export type DriftOutcome = 'pass' | 'drift' | 'inconclusive' | 'error';

/** What is known of one behaviour of a repository at its default branch. Instants are ISO 8601. */
export interface DriftRecord {
  readonly repositoryId: number;
  /** Name of the behaviour. */
  readonly behavior: string;
  /** What was confirmed last; null: nothing was yet. */
  readonly standing: 'pass' | 'drift' | null;
  /** Which drift it is that stands; null: none does, or nobody knows which, so that it has to be confirmed anew. */
  readonly drifting: ConfirmedDrift | null;
  readonly last: DriftOutcome;
  /** The first measurement that said something else than what stands, which another one has yet to confirm; null: there is none. */
  readonly first: FirstMeasurement | null;
  readonly measuredAt: string;
  /** Tip of the default branch that was measured. */
  readonly commit: Sha;
  /** From the first confirmed drift on; null: it stands as agreed. */
  readonly episode: DriftEpisode | null;
  /** Instants at which `standing` changed to or from a drift, the newest last. */
  readonly flips: readonly string[];
}

/** What makes two measurements say the same. */
export interface MeasuredState {
  readonly outcome: 'pass' | 'drift';
  /** Commits to what was agreed. */
  readonly agreed: Digest;
  /** The class of what drifted; null: nothing did. */
  readonly observed: string | null;
  /** False in observe mode. */
  readonly decides: boolean;
}

export interface FirstMeasurement extends MeasuredState {
  /** When it was made. */
  readonly at: string;
}

export interface ConfirmedDrift extends Omit<MeasuredState, 'outcome'> {
  /** When it was confirmed. */
  readonly since: string;
}

/** A drift from its first confirmation until it is verified clean. */
export interface DriftEpisode {
  readonly confirmedAt: string;
  /** Milliseconds in it in which nothing could be told: they count apart. */
  readonly inconclusiveMs: number;
}

/** A drift that was verified clean: what the mean time to repair is made of. */
export interface DriftRun extends DriftEpisode {
  readonly repositoryId: number;
  readonly behavior: string;
  /** Id of the playbook of the behaviour; null: it names none. */
  readonly playbook: string | null;
  readonly cleanAt: string;
}
