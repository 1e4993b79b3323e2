import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clopperPearson } from '../../../../src/gates/drift/statistics/clopper-pearson.ts';
import { criticalRankOfPairs, criticalRankOfShift } from '../../../../src/gates/drift/statistics/critical-rank.ts';
import { fisherOneSided } from '../../../../src/gates/drift/statistics/fisher.ts';
import { kolmogorovSmirnov } from '../../../../src/gates/drift/statistics/kolmogorov-smirnov.ts';
import { measurePairedShift } from '../../../../src/gates/drift/statistics/measure-paired-shift.ts';
import { measureShift } from '../../../../src/gates/drift/statistics/measure-shift.ts';
import { newcombeLow, scoreBounds } from '../../../../src/gates/drift/statistics/newcombe.ts';
import { normalQuantile } from '../../../../src/gates/drift/statistics/normal.ts';
import { quantileRanks } from '../../../../src/gates/drift/statistics/order-statistic.ts';
import { rankSumDistribution } from '../../../../src/gates/drift/statistics/rank-sum.ts';

const z = normalQuantile(0.025);
const rounded = (value: number | null, digits = 4): string => (value ?? Number.NaN).toFixed(digits).replace(/^-(0\.0+)$/, '$1');

test('newcombeLow() gives the intervals of Newcombe 1998, Statistics in Medicine 17:873, table II, method 10', () => {
  const cases = [
    [56, 70, 48, 80, '0.0524', '0.3339'],
    [9, 10, 3, 10, '0.1705', '0.8090'],
    [6, 7, 2, 7, '0.0582', '0.8062'],
    [5, 56, 0, 29, '-0.0381', '0.1926'],
    [0, 10, 0, 20, '-0.1611', '0.2775'],
    [0, 10, 0, 10, '-0.2775', '0.2775'],
    [10, 10, 0, 20, '0.6791', '1.0000'],
    [10, 10, 0, 10, '0.6075', '1.0000'],
  ] as const;
  for (const [a, m, b, n, low, high] of cases) {
    const [first, second] = [{ successes: a, trials: m }, { successes: b, trials: n }];
    assert.deepEqual([rounded(newcombeLow(first, second, z)), rounded(-newcombeLow(second, first, z))], [low, high], `${a}/${m} and ${b}/${n}`);
  }
});

test('clopperPearson() and scoreBounds() give the intervals of Newcombe 1998, Statistics in Medicine 17:857, table I', () => {
  const cases = [
    [81, 263, '0.2527', '0.3676', '0.2553', '0.3662'],
    [15, 148, '0.0578', '0.1617', '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1684', '0.0000', '0.1611'],
    [1, 29, '0.0009', '0.1776', '0.0061', '0.1718'],
  ] as const;
  for (const [successes, trials, ...expected] of cases) {
    const [exact, score] = [clopperPearson({ successes, trials }, 0.025), scoreBounds({ successes, trials }, z)];
    assert.deepEqual([exact.low, exact.high, score.low, score.high].map((bound) => rounded(bound)), expected, `${successes} of ${trials}`);
  }
});

test('fisherOneSided() gives the tea and the twins of Fisher, The Design of Experiments and Statistical Methods for Research Workers', () => {
  assert.equal(rounded(fisherOneSided({ successes: 3, trials: 4 }, { successes: 1, trials: 4 }) * 70, 9), '17.000000000');
  assert.equal(rounded(fisherOneSided({ successes: 10, trials: 13 }, { successes: 2, trials: 17 }) * 1_330_665, 6), '619.000000');
});

test('the ranks of bounds are those of the printed tables of Mann-Whitney and Wilcoxon, which list the largest statistic that is significant', () => {
  // Siegel, Nonparametric Statistics for the Behavioral Sciences (1956), tables K and G, 0.05 two-tailed and, last, one-tailed.
  assert.deepEqual([[5, 5], [10, 10], [20, 20]].map(([m = 0, n = 0]) => criticalRankOfShift([m, n], 0.025).rank - 1), [2, 23, 127]);
  assert.deepEqual([[10, 10], [20, 20]].map(([m = 0, n = 0]) => criticalRankOfShift([m, n], 0.05).rank - 1), [27, 138]);
  assert.deepEqual([6, 10, 20, 25].map((size) => criticalRankOfPairs(size, 0.025).rank - 1), [0, 8, 52, 89]);
});

test('measureShift() gives the estimate of Hollander and Wolfe, Nonparametric Statistical Methods, permeability of the human chorioamnion', () => {
  const samples = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const baseline = [1.15, 0.88, 0.9, 0.74, 1.21];
  const { estimate } = measureShift({ kind: 'shift', baseline, samples, tolerance: { kind: 'absolute', value: 9 }, direction: 'both', missingCap: 0, secondLook: false }, { pass: 0.05, drift: 0.05 });
  assert.equal(rounded(estimate, 3), '0.305');
  // W = 35, that is 15 pairs the other way, has P = 0.1272.
  assert.equal(rounded(rankSumDistribution([10, 5])[15] ?? null), '0.1272');
});

test('measurePairedShift() gives the estimate and interval of Hollander and Wolfe, depression of nine patients', () => {
  const baseline = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
  const samples = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
  const { estimate, interval } = measurePairedShift({ kind: 'paired-shift', baseline, samples, tolerance: { kind: 'absolute', value: 9 }, direction: 'both', missingCap: 0 }, { pass: 0.02, drift: 0.02 });
  assert.deepEqual([estimate, interval.low, interval.high].map((value) => rounded(value, 3)), ['-0.460', '-0.786', '-0.010']);
});

test('kolmogorovSmirnov() agrees with the printed critical values for equal arms', () => {
  // Siegel, table L, 0.05 two-tailed: the smallest distance that is significant, in steps of one value.
  for (const [size, critical] of [[10, 7], [20, 9], [30, 11]] as const) {
    const probability = (steps: number): number => kolmogorovSmirnov(Float64Array.from({ length: size }, (_, index) => index), Float64Array.from({ length: size }, (_, index) => index + steps - 0.5)).probability;
    assert.ok(probability(critical) <= 0.05 && probability(critical - 1) > 0.05, String(size));
  }
});

test('59 values bound the 95th percentile, 299 the 99th, and one less do not', () => {
  assert.deepEqual([[58, 0.95], [59, 0.95], [298, 0.99], [299, 0.99]].map(([size = 0, quantile = 0]) => quantileRanks(size, quantile, 0.05).high), [null, 59, null, 299]);
});
