import { binomialProbability } from '../../src/gates/drift/statistics/binomial.ts';
import { ratesBetween } from '../../src/gates/drift/statistics/held-level.ts';
import { levelsOf } from '../../src/gates/drift/statistics/levels-of.ts';
import { measurePairedRate } from '../../src/gates/drift/statistics/measure-paired-rate.ts';
import { measureRate } from '../../src/gates/drift/statistics/measure-rate.ts';
import type { MeasureVerdict } from '../../src/domain/behavior/measured.ts';

/** How often a verdict at the edge is wrong, for the worst of all rates: exact, every outcome is judged. */
export interface WorstRates {
  readonly falsePass: number;
  readonly falseDrift: number;
}

/** Of independent arms. */
export function worstOfRates(baselineSize: number, size: number, margin: number): WorstRates {
  const verdicts = Array.from({ length: baselineSize + 1 }, (_, before) => Array.from({ length: size + 1 }, (_, now) => measureRate({ kind: 'rate', baseline: { successes: before, trials: baselineSize }, samples: { successes: now, trials: size }, margin, direction: 'decrease' }, levelsOf(0.95)).verdict));
  return worst(ratesBetween(margin, 1, 4 * Math.max(size, baselineSize)).map((rate) => {
    const [before, now] = [chancesOf(baselineSize, rate), chancesOf(size, Math.max(rate - margin, 0))];
    return sharesOf((tell) => verdicts.forEach((row, x) => row.forEach((verdict, y) => tell(verdict, (before[x] ?? 0) * (now[y] ?? 0)))));
  }));
}

/** Of the same cases, by the share that gains and, more by the margin, the share that loses. */
export function worstOfPairs(cases: number, margin: number): WorstRates {
  const verdicts = Array.from({ length: cases + 1 }, (_, gains) => Array.from({ length: cases + 1 - gains }, (_, losses) => verdictOfPairs(cases, gains, losses, margin)));
  return worst(ratesBetween(0, (1 - margin) / 2, 4 * cases).map((gaining) => sharesOf((tell) => {
    const gained = chancesOf(cases, gaining);
    verdicts.forEach((row, gains) => {
      const chance = gained[gains] ?? 0;
      if (chance < 1e-12) return;
      const lost = chancesOf(cases - gains, Math.min(1, (gaining + margin) / (1 - gaining)));
      row.forEach((verdict, losses) => tell(verdict, chance * (lost[losses] ?? 0)));
    });
  })));
}

function verdictOfPairs(cases: number, gains: number, losses: number, margin: number): MeasureVerdict {
  const baseline = Array.from({ length: cases }, (_, index) => index >= gains);
  const samples = Array.from({ length: cases }, (_, index) => index < cases - losses);
  return measurePairedRate({ kind: 'paired-rate', baseline, samples, margin, direction: 'decrease', missingCap: 0 }, levelsOf(0.95)).verdict;
}

function chancesOf(trials: number, rate: number): readonly number[] {
  return Array.from({ length: trials + 1 }, (_, successes) => binomialProbability(successes, trials, rate));
}

function sharesOf(walk: (tell: (verdict: MeasureVerdict, chance: number) => void) => void): WorstRates {
  let [falsePass, falseDrift] = [0, 0];
  walk((verdict, chance) => {
    if (verdict === 'pass') falsePass += chance;
    if (verdict === 'drift') falseDrift += chance;
  });
  return { falsePass, falseDrift };
}

function worst(all: readonly WorstRates[]): WorstRates {
  return { falsePass: Math.max(...all.map(({ falsePass }) => falsePass)), falseDrift: Math.max(...all.map(({ falseDrift }) => falseDrift)) };
}
