import type { ScoreCount } from './calibration-labels.ts';

/** Chance that a change turns out well: 1 / (1 + exp(-(slope * logit(score) + intercept))). The slope is never below zero. */
export interface Platt {
  readonly slope: number;
  readonly intercept: number;
}

const steps = 100;

/**
 * Platt scaling of the logit of the score, so that an agent that is right as often as it says is left as it is. Targets are drawn in as in Platt (1999),
 * and the fit is Newton's with backtracking and a small ridge (Lin, Lin and Weng, "A Note on Platt's Probabilistic Outputs", 2007). Where higher scores
 * turned out worse the slope is 0: the score then says nothing, and no order is turned around.
 */
export function fitPlatt(counts: readonly ScoreCount[]): Platt {
  const labels = counts.reduce((sum, one) => sum + one.labels, 0);
  const good = counts.reduce((sum, one) => sum + one.good, 0);
  const rows = counts.map(({ score, labels: all, good: well }) => ({ x: logitOf(score), count: all, wanted: well * ((good + 1) / (good + 2)) + (all - well) / (labels - good + 2) }));
  const fitted = newton(rows, { slope: 0, intercept: Math.log((good + 1) / (labels - good + 1)) }, false);
  return fitted.slope >= 0 ? fitted : newton(rows, { slope: 0, intercept: fitted.intercept }, true);
}

/** A score of 0 or 1 is as sure as 1 of 1,000, and no surer. */
export function logitOf(thousandths: number): number {
  const share = Math.min(999, Math.max(1, thousandths)) / 1_000;
  return Math.log(share / (1 - share));
}

interface Row {
  readonly x: number;
  readonly count: number;
  /** Sum of the targets. */
  readonly wanted: number;
}

function newton(rows: readonly Row[], start: Platt, isFlat: boolean): Platt {
  let at = start;
  for (let step = 0; step < steps; step += 1) {
    const { slope, intercept, curve } = derivatives(rows, at);
    if (Math.abs(intercept) < 1e-9 && (isFlat || Math.abs(slope) < 1e-9)) return at;
    const determinant = curve.ss * curve.ii - curve.si * curve.si;
    const next = isFlat ? { slope: 0, intercept: -intercept / curve.ii } : { slope: -(curve.ii * slope - curve.si * intercept) / determinant, intercept: -(curve.ss * intercept - curve.si * slope) / determinant };
    const moved = backtrack(rows, at, next);
    if (moved === null) return at;
    at = moved;
  }
  return at;
}

function derivatives(rows: readonly Row[], { slope, intercept }: Platt): Platt & { readonly curve: { readonly ss: number; readonly si: number; readonly ii: number } } {
  const ridge = 1e-9;
  const sums = { slope: 0, intercept: 0, ss: ridge, si: 0, ii: ridge };
  for (const { x, count, wanted } of rows) {
    const share = 1 / (1 + Math.exp(-(slope * x + intercept)));
    const error = count * share - wanted;
    const weight = count * share * (1 - share);
    sums.slope += error * x;
    sums.intercept += error;
    sums.ss += weight * x * x;
    sums.si += weight * x;
    sums.ii += weight;
  }
  return { slope: sums.slope, intercept: sums.intercept, curve: sums };
}

function backtrack(rows: readonly Row[], { slope, intercept }: Platt, direction: Platt): Platt | null {
  const before = lossOf(rows, { slope, intercept });
  for (let size = 1; size > 1e-10; size /= 2) {
    const moved = { slope: slope + size * direction.slope, intercept: intercept + size * direction.intercept };
    if (lossOf(rows, moved) < before) return moved;
  }
  return null;
}

/** Cross-entropy, written so that no exponential overflows. */
function lossOf(rows: readonly Row[], { slope, intercept }: Platt): number {
  return rows.reduce((sum, { x, count, wanted }) => {
    const z = slope * x + intercept;
    return sum + count * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) - wanted * z;
  }, 0);
}
