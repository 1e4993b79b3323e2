import type { Distances } from './distances.ts';
import type { Measured, MeasureVerdict } from './measured.ts';
import type { NoMeasure } from './source-reading.ts';

export interface JudgedMetric {
  readonly name: string;
  readonly critical: boolean;
  readonly measured: Measured;
  /** Between baseline and samples; null where these are no two lists of numbers, or nothing can be computed from them. */
  readonly distances: Distances | null;
}

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
