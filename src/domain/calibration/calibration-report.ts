import type { CalibrationLabels, ScoreCount } from './calibration-labels.ts';
import { calibratorOf } from './calibrator.ts';
import type { CalibrationMethod } from './calibrator.ts';

/** How an agent's confidence fits what became of its changes. */
export interface CalibrationReport {
  readonly method: CalibrationMethod;
  readonly labels: number;
  readonly good: number;
  /** Of all agents in the repository. */
  readonly repository: { readonly labels: number; readonly good: number };
  /** Of what the agent reports; null: there are no labels. */
  readonly reported: CalibrationError | null;
  /** Of what it counts as, each tenth of the labels judged by the other nine; null: there are fewer than ten. */
  readonly calibrated: CalibrationError | null;
  /** For a reliability plot: tenths of the reported score that have labels. */
  readonly reliability: readonly ReliabilityBin[];
}

export interface CalibrationOfAgent extends CalibrationReport {
  /** Login. */
  readonly agent: string;
}

/** Of the agents in a repository, by login. */
export interface Calibrations {
  readonly repository: { readonly id: number; readonly name: string };
  readonly agents: readonly CalibrationOfAgent[];
}

export interface CalibrationError {
  /** Expected calibration error over ten bins of equal width (Guo et al. 2017). */
  readonly ece: number;
  /** Mean squared difference (Brier 1950). */
  readonly brier: number;
}

export interface ReliabilityBin {
  /** 0..1; the last bin has its end too. */
  readonly from: number;
  readonly to: number;
  readonly labels: number;
  /** Mean of what was reported. */
  readonly reported: number;
  /** Share that turned out well. */
  readonly observed: number;
}

export function calibrationReport(known: CalibrationLabels): CalibrationReport {
  const { method, labels } = calibratorOf(known);
  const reported = known.scores.map(({ score, labels: count, good }) => ({ share: score / 1_000, labels: count, good }));
  const good = known.scores.reduce((sum, one) => sum + one.good, 0);
  return {
    method,
    labels,
    good,
    repository: known.repository,
    reported: labels === 0 ? null : errorOf(reported),
    calibrated: labels < folds ? null : errorOf(heldOut(known)),
    reliability: binsOf(reported).map(({ index, labels: count, mean, observed }) => ({ from: index / bins, to: (index + 1) / bins, labels: count, reported: four(mean), observed: four(observed) })),
  };
}

const bins = 10;
const folds = 10;

interface Predicted {
  readonly share: number;
  readonly labels: number;
  readonly good: number;
}

function errorOf(predicted: readonly Predicted[]): CalibrationError {
  const all = predicted.reduce((sum, one) => sum + one.labels, 0);
  const ece = binsOf(predicted).reduce((sum, { labels, mean, observed }) => sum + (labels / all) * Math.abs(observed - mean), 0);
  const brier = predicted.reduce((sum, { share, labels, good }) => sum + good * (1 - share) ** 2 + (labels - good) * share ** 2, 0) / all;
  return { ece: four(ece), brier: four(brier) };
}

function binsOf(predicted: readonly Predicted[]): readonly { readonly index: number; readonly labels: number; readonly mean: number; readonly observed: number }[] {
  // The small addition keeps 0.3 * 10, which is a little less than 3, in its bin.
  const byBin = Map.groupBy(predicted, ({ share }) => Math.min(bins - 1, Math.floor(share * bins + 1e-9)));
  return [...byBin]
    .map(([index, those]) => {
      const labels = those.reduce((sum, one) => sum + one.labels, 0);
      return { index, labels, mean: those.reduce((sum, one) => sum + one.share * one.labels, 0) / labels, observed: those.reduce((sum, one) => sum + one.good, 0) / labels };
    })
    .toSorted((a, b) => a.index - b.index);
}

/** Each label by a calibrator of the others' folds. Labels of one score are dealt to the folds in turn, good ones first. */
function heldOut({ scores, repository }: CalibrationLabels): readonly Predicted[] {
  const dealt = dealtOut(scores);
  return dealt.flatMap((own, fold) => {
    const rest = scores.map((one, index) => ({ score: one.score, labels: one.labels - (own[index]?.labels ?? 0), good: one.good - (own[index]?.good ?? 0) })).filter(({ labels }) => labels > 0);
    const left = { labels: Math.max(0, repository.labels - sumOf(dealt[fold] ?? [], 'labels')), good: Math.max(0, repository.good - sumOf(dealt[fold] ?? [], 'good')) };
    const { shareAt } = calibratorOf({ scores: rest, repository: left });
    return own.filter(({ labels }) => labels > 0).map(({ score, labels, good }) => ({ share: Math.min(score / 1_000, shareAt(score)), labels, good }));
  });
}

function dealtOut(scores: readonly ScoreCount[]): readonly (readonly ScoreCount[])[] {
  let turn = 0;
  const dealt = Array.from({ length: folds }, () => scores.map(({ score }) => ({ score, labels: 0, good: 0 })));
  for (const [index, { labels, good }] of scores.entries()) {
    for (let label = 0; label < labels; label += 1) {
      const one = dealt[turn % folds]?.[index];
      turn += 1;
      if (one === undefined) continue;
      one.labels += 1;
      one.good += label < good ? 1 : 0;
    }
  }
  return dealt;
}

function sumOf(counts: readonly ScoreCount[], what: 'labels' | 'good'): number {
  return counts.reduce((sum, one) => sum + one[what], 0);
}

function four(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
