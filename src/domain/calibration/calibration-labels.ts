import { wholePartsOf } from './whole-parts-of.ts';

/** How changes turned out about which an agent reported one confidence. */
export interface ScoreCount {
  /** Thousandths, cut and not rounded: 0 to 1,000. */
  readonly score: number;
  readonly labels: number;
  /** How many of them turned out well. */
  readonly good: number;
}

/** All that a calibrator is made of: at most 1,001 rows, however many changes there were, so that a record can keep it. */
export interface CalibrationLabels {
  /** Of the agent in this repository, by score. */
  readonly scores: readonly ScoreCount[];
  /** Of all agents in this repository. */
  readonly repository: { readonly labels: number; readonly good: number };
}

/** Thousandths of a confidence that an agent reports. What is missing, no number or outside of 0..1 is 0. */
export function thousandthsOf(score: number | null): number {
  if (score === null || !(score >= 0 && score <= 1)) return 0;
  return wholePartsOf(score, 1_000);
}
