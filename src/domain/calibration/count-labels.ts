import { thousandthsOf } from './calibration-labels.ts';
import type { CalibrationLabels, ScoreCount } from './calibration-labels.ts';
import type { ConfidenceCase } from './confidence-case.ts';
import { labelOf } from './label-of.ts';

type Counted = Pick<ConfidenceCase, 'selfReport' | 'hasVerifiedCritical' | 'closed' | 'revertedAt'>;

export interface CasesToCount {
  /** Of the agent in a repository. */
  readonly own: readonly Counted[];
  /** Of all agents there. */
  readonly all: readonly Counted[];
}

/** What cases say, now. */
export function countLabels({ own, all }: CasesToCount, now: Date): CalibrationLabels {
  const labels = labelled(all, now);
  return { scores: byScore(labelled(own, now)), repository: { labels: labels.length, good: labels.filter(({ isGood }) => isGood).length } };
}

interface Labelled {
  readonly score: number;
  readonly isGood: boolean;
}

function labelled(cases: readonly Counted[], now: Date): readonly Labelled[] {
  return cases.flatMap((one) => {
    const isGood = labelOf(one, now);
    return isGood === null ? [] : [{ score: thousandthsOf(one.selfReport), isGood }];
  });
}

function byScore(labels: readonly Labelled[]): readonly ScoreCount[] {
  return [...Map.groupBy(labels, ({ score }) => score)]
    .map(([score, those]) => ({ score, labels: those.length, good: those.filter(({ isGood }) => isGood).length }))
    .toSorted((a, b) => a.score - b.score);
}
