import { thousandthsOf } from './calibration-labels.ts';
import type { CalibrationLabels, ScoreCount } from './calibration-labels.ts';
import type { ConfidenceCase } from './confidence-case.ts';
import { labelOf } from './label-of.ts';

type Counted = Pick<ConfidenceCase, 'agent' | 'selfReport' | 'hasVerifiedCritical' | 'closed' | 'revertedAt'>;

/** What the cases of one repository say about one of its agents, now. Logins are told apart as GitHub does: in whatever case. */
export function countLabels(cases: readonly Counted[], agent: string, now: Date): CalibrationLabels {
  const labelled = cases.flatMap((one) => {
    const isGood = labelOf(one, now);
    return isGood === null ? [] : [{ agent: one.agent, score: thousandthsOf(one.selfReport), isGood }];
  });
  const own = labelled.filter((one) => one.agent.toLowerCase() === agent.toLowerCase());
  return { scores: byScore(own), repository: { labels: labelled.length, good: labelled.filter(({ isGood }) => isGood).length } };
}

function byScore(labelled: readonly { readonly score: number; readonly isGood: boolean }[]): readonly ScoreCount[] {
  return [...Map.groupBy(labelled, ({ score }) => score)]
    .map(([score, those]) => ({ score, labels: those.length, good: those.filter(({ isGood }) => isGood).length }))
    .toSorted((a, b) => a.score - b.score);
}
