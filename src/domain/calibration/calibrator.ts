import type { CalibrationLabels } from './calibration-labels.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt, logitOf } from './fit-platt.ts';

export type CalibrationMethod = 'beta' | 'platt' | 'isotonic';

/** How often an agent that reports a score turned out right. */
export interface Calibrator {
  readonly method: CalibrationMethod;
  /** Of the agent. */
  readonly labels: number;
  /** By thousandths of a score; 0..1, and never lower for a higher score. */
  readonly shareAt: (thousandths: number) => number;
}

/** From so many labels on an agent is told by its own scores; above the second number by steps. */
export const plattFrom = 50;
export const isotonicAbove = 1_000;

/** How many labels the repository's own share weighs beside those of an agent. */
const priorLabels = 20;

export function calibratorOf(known: CalibrationLabels): Calibrator {
  const labels = known.scores.reduce((sum, one) => sum + one.labels, 0);
  if (labels < plattFrom) return { method: 'beta', labels, shareAt: constant(shrunkShare(known, labels)) };
  if (labels > isotonicAbove) return { method: 'isotonic', labels, shareAt: stepped(known) };
  const { slope, intercept } = fitPlatt(known.scores);
  return { method: 'platt', labels, shareAt: (thousandths) => 1 / (1 + Math.exp(-(slope * logitOf(thousandths) + intercept))) };
}

/** Mean of a Beta distribution whose prior is the share of the repository, itself drawn to one half where little is known. */
function shrunkShare({ scores, repository }: CalibrationLabels, labels: number): number {
  const base = (repository.good + 1) / (repository.labels + 2);
  const good = scores.reduce((sum, one) => sum + one.good, 0);
  return (good + priorLabels * base) / (labels + priorLabels);
}

function constant(share: number): Calibrator['shareAt'] {
  return () => share;
}

/** Below the first step nothing was seen: what is known of the lowest score is the best that can be said. */
function stepped({ scores }: CalibrationLabels): Calibrator['shareAt'] {
  const steps = fitIsotonic(scores);
  return (thousandths) => (steps.findLast(({ from }) => from <= thousandths) ?? steps[0])?.share ?? 0;
}
