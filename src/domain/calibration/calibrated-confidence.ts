import { thousandthsOf } from './calibration-labels.ts';
import type { CalibrationLabels } from './calibration-labels.ts';
import { calibratorOf, plattFrom } from './calibrator.ts';
import { wholePartsOf } from './whole-parts-of.ts';

export interface CalibratedConfidence {
  /** 0..1, four digits, cut: never above what the agent reports. */
  readonly calibrated: number;
  /** Of the agent in the repository. */
  readonly labels: number;
}

/**
 * What an agent's confidence counts as: the lower of what it reports and of how often it was right. With fewer than 50 labels it stays below the minimum that is asked for, whatever is
 * known, so that a new agent can not pass on its own word. What is reported and is no number from 0 to 1 counts as 0.
 */
export function calibratedConfidence({ selfReport, labels: known, minConfidence }: { readonly selfReport: number | null; readonly labels: CalibrationLabels; readonly minConfidence: number }): CalibratedConfidence {
  const { labels, shareAt } = calibratorOf(known);
  const thousandths = thousandthsOf(selfReport);
  const share = Math.min(thousandths / 1_000, shareAt(thousandths));
  const capped = labels < plattFrom ? Math.min(share, minConfidence * 0.99) : share;
  return { calibrated: cut(capped), labels };
}

/** Cut: a share that is rounded up could reach a minimum that it does not. */
function cut(share: number): number {
  return Number.isFinite(share) ? Math.max(0, wholePartsOf(share, 10_000) / 10_000) : 0;
}
