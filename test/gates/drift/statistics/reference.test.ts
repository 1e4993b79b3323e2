import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialAtLeast, binomialAtMost, binomialProbability } from '../../../../src/gates/drift/statistics/binomial.ts';
import { clopperPearson } from '../../../../src/gates/drift/statistics/clopper-pearson.ts';
import { distancesBetween } from '../../../../src/gates/drift/statistics/distances-between.ts';
import { fisherOneSided } from '../../../../src/gates/drift/statistics/fisher.ts';
import { judgeMetrics } from '../../../../src/gates/drift/statistics/judge-metrics.ts';
import { kolmogorovSmirnov } from '../../../../src/gates/drift/statistics/kolmogorov-smirnov.ts';
import { levelsOf } from '../../../../src/gates/drift/statistics/levels-of.ts';
import { mcnemarOneSided } from '../../../../src/gates/drift/statistics/mcnemar.ts';
import { measurePairedShift } from '../../../../src/gates/drift/statistics/measure-paired-shift.ts';
import { measureShift } from '../../../../src/gates/drift/statistics/measure-shift.ts';
import { newcombeLow, scoreBounds } from '../../../../src/gates/drift/statistics/newcombe.ts';
import { normalQuantile, normalTail } from '../../../../src/gates/drift/statistics/normal.ts';
import { differencesOf } from '../../../../src/gates/drift/statistics/ordered-pairs.ts';
import { boundsByRank } from '../../../../src/gates/drift/statistics/ranked-bounds.ts';
import { criticalRankOfShift } from '../../../../src/gates/drift/statistics/critical-rank.ts';
import { quantileRanks } from '../../../../src/gates/drift/statistics/order-statistic.ts';
import { rankSumDistribution } from '../../../../src/gates/drift/statistics/rank-sum.ts';
import { signedRankDistribution } from '../../../../src/gates/drift/statistics/signed-rank.ts';
import { readSamples } from '../../../../src/gates/drift/statistics/read-samples.ts';
import { studentQuantile, studentTail } from '../../../../src/gates/drift/statistics/student.ts';
import { tangoScore } from '../../../../src/gates/drift/statistics/tango.ts';
import { differenceOfTrimmedMeans } from '../../../../src/gates/drift/statistics/trimmed-mean.ts';
import { assertClose, referenceTable } from './reference-table.ts';

test('normalTail() and normalQuantile() are those of scipy, far into the tail', () => {
  for (const [tail, quantile] of referenceTable('normal')) {
    if (tail === 0.5) assert.ok(Math.abs(normalQuantile(tail)) < 1e-15);
    else assertClose(normalQuantile(tail), quantile, 12, `quantile of ${tail}`);
    assertClose(normalTail(quantile), tail, 12, `tail of ${quantile}`);
  }
});

test('binomial probabilities and both tails are those of scipy', () => {
  for (const [successes, trials, rate, probability, atMost, atLeast] of referenceTable('binomial')) {
    const name = `${successes} of ${trials} at ${rate}`;
    assertClose(binomialProbability(successes, trials, rate), probability, 10, name);
    assertClose(binomialAtMost(successes, trials, rate), atMost, 10, name);
    assertClose(binomialAtLeast(successes, trials, rate), atLeast, 10, name);
  }
});

test('clopperPearson() is that of statsmodels, at the extremes too', () => {
  for (const [successes, trials, level, low, high] of referenceTable('clopper-pearson')) {
    const bounds = clopperPearson({ successes, trials }, level);
    assertClose(bounds.low, low, 9, `low of ${successes} of ${trials} at ${level}`);
    assertClose(bounds.high, high, 9, `high of ${successes} of ${trials} at ${level}`);
  }
});

test('clopperPearson() keeps its digits where one of a hundred million succeeds', () => {
  for (const [successes, trials, level, high] of referenceTable('extreme-bounds')) assertClose(clopperPearson({ successes, trials }, level).high, high, 12, `${successes} of ${trials} at ${level}`);
});

test('scoreBounds() are the Wilson bounds of statsmodels', () => {
  for (const [successes, trials, level, low, high] of referenceTable('score')) {
    const bounds = scoreBounds({ successes, trials }, normalQuantile(level));
    assert.ok(Math.abs(bounds.low - low) < 1e-12 && Math.abs(bounds.high - high) < 1e-12, `${successes} of ${trials} at ${level}`);
  }
});

test('newcombeLow() gives both bounds of statsmodels', () => {
  for (const [a, m, b, n, level, low, high] of referenceTable('newcombe')) {
    const [first, second, z] = [{ successes: a, trials: m }, { successes: b, trials: n }, normalQuantile(level)];
    assert.ok(Math.abs(newcombeLow(first, second, z) - low) < 1e-12, `low of ${a}/${m} less ${b}/${n}`);
    assert.ok(Math.abs(-newcombeLow(second, first, z) - high) < 1e-12, `high of ${a}/${m} less ${b}/${n}`);
  }
});

test('tangoScore() is that of the likelihood maximized by a search', () => {
  for (const [gains, losses, cases, supposed, score] of referenceTable('tango')) assertClose(tangoScore({ gains, losses, cases }, supposed), score, 6, `${gains} gains, ${losses} losses of ${cases} at ${supposed}`);
});

test('mcnemarOneSided() is half of the exact one of statsmodels', () => {
  for (const [gains, losses, probability] of referenceTable('mcnemar')) assertClose(Math.min(1, 2 * mcnemarOneSided(Math.max(gains, losses), Math.min(gains, losses))), probability, 10, `${gains} and ${losses}`);
});

test('fisherOneSided() is that of scipy', () => {
  for (const [a, m, b, n, probability] of referenceTable('fisher')) assertClose(fisherOneSided({ successes: a, trials: m }, { successes: b, trials: n }), probability, 9, `${a}/${m} against ${b}/${n}`);
});

test('rankSumDistribution() is the exact one of scipy up to 100 against 100', () => {
  for (const [few, many, u, probability] of referenceTable('rank-sum')) assertClose(rankSumDistribution([many, few])[u] ?? Number.NaN, probability, 9, `${u} of ${few} and ${many}`);
});

test('rankSumDistribution() keeps its digits where counts outgrow a double', () => {
  // The same recursion in whole numbers: subsets of so many ranks with this sum.
  const [few, many] = [40, 45];
  let counts = [1n, ...Array.from({ length: few * many }, () => 0n)];
  for (let index = 1; index <= few; index += 1) {
    for (let u = index; u < counts.length; u += 1) counts[u] = counts[u]! + counts[u - index]!;
    counts = counts.map((count, u) => count - (u >= many + index ? counts[u - many - index]! : 0n));
  }
  const total = counts.reduce((sum, count) => sum + count, 0n);
  let sum = 0n;
  for (const [u, found] of rankSumDistribution([few, many]).entries()) {
    sum += counts[u]!;
    assertClose(found, Number((sum * 10n ** 40n) / total) / 1e40, 11, `u = ${u}`);
  }
});

test('signedRankDistribution() is the exact one of scipy up to 100 pairs', () => {
  for (const [size, sum, probability] of referenceTable('signed-rank')) assertClose(signedRankDistribution(size)[sum] ?? Number.NaN, probability, 10, `${sum} of ${size}`);
});

const anything = { tolerance: { kind: 'absolute', value: 1e6 }, direction: 'both', missingCap: 0 } as const;

test('the bounds of a shift are where the exact test of scipy stops rejecting', () => {
  for (const [baseline, samples, level, low, high] of referenceTable('shift-bounds')) {
    const table = differencesOf(Float64Array.from(samples).toSorted(), Float64Array.from(baseline).toSorted());
    const { low: from, high: to } = boundsByRank(table, samples.length * baseline.length, criticalRankOfShift([samples.length, baseline.length], level).rank);
    assert.ok(Math.abs((from ?? Number.NaN) - low) < 1e-9 && Math.abs((to ?? Number.NaN) - high) < 1e-9, `${samples.length} against ${baseline.length} at ${level}`);
    const measured = measureShift({ kind: 'shift', baseline, samples, ...anything, secondLook: false }, { pass: level, drift: level });
    // Arms of one size are taken as they are, others at most widened.
    if (samples.length === baseline.length) assert.deepEqual(measured.interval, { low: from, high: to });
    else assert.ok((measured.interval.low ?? Number.NEGATIVE_INFINITY) <= low + 1e-9 && (measured.interval.high ?? Number.POSITIVE_INFINITY) >= high - 1e-9);
  }
});

test('the bounds of paired differences are where the exact test of scipy stops rejecting', () => {
  for (const [baseline, samples, level, low, high] of referenceTable('paired-bounds')) {
    const { interval } = measurePairedShift({ kind: 'paired-shift', baseline, samples, ...anything }, { pass: level, drift: 0.1 });
    assert.ok(Math.abs((interval.low ?? Number.NaN) - low) < 1e-9 && Math.abs((interval.high ?? Number.NaN) - high) < 1e-9, `${samples.length} pairs at ${level}`);
  }
});

test('quantileRanks() are those that trying each rank finds', () => {
  for (const [size, quantile, level, low, high] of referenceTable('order-statistics')) assert.deepEqual(quantileRanks(size, quantile, level), { low: low === 0 ? null : low, high: high === 0 ? null : high }, `${quantile} of ${size} at ${level}`);
});

test('kolmogorovSmirnov() is the exact one of scipy', () => {
  for (const [first, second, distance, probability] of referenceTable('kolmogorov-smirnov')) {
    const found = kolmogorovSmirnov(Float64Array.from(first).toSorted(), Float64Array.from(second).toSorted());
    assertClose(found.distance, distance, 12, 'distance');
    assertClose(found.probability, probability, 9, `${first.length} and ${second.length}`);
  }
});

test('distancesBetween() measures the distances of scipy and numpy', () => {
  for (const [baseline, samples, index, wasserstein] of referenceTable('distances')) {
    const report = distancesBetween(baseline, samples);
    assertClose(report?.populationStabilityIndex ?? Number.NaN, index, 10, 'index');
    assertClose(report?.wasserstein ?? Number.NaN, wasserstein, 10, 'wasserstein');
  }
});

test('judgeMetrics() finds the drifts that the procedure of Holm rejects', () => {
  let rejections = 0;
  for (const [counts, , rejected] of referenceTable('holm')) {
    const family = counts.map(([missing, total, before, beforeTotal], index) => ({ name: String(index), critical: false, metric: { kind: 'missing', samples: { missing, total }, baseline: { missing: before, total: beforeTotal }, cap: 0.9 } as const }));
    assert.deepEqual(judgeMetrics(family, 0.95).metrics.map(({ measured }) => measured.verdict === 'drift'), rejected);
    rejections += rejected.filter(Boolean).length;
  }
  assert.ok(rejections > 10);
  assert.deepEqual(levelsOf(0.95, 20).drift, (1 - 0.95) / 20);
});

test('studentQuantile() and studentTail() are those of scipy', () => {
  for (const [tail, freedom, quantile] of referenceTable('student')) {
    if (tail < 0.5) assertClose(studentQuantile(tail, freedom), quantile, 10, `quantile of ${tail} with ${freedom}`);
    assertClose(studentTail(quantile, freedom), tail, 10, `tail of ${quantile} with ${freedom}`);
  }
});

test('bounds of means without the outer tenths are those of Yuen as scipy has them', () => {
  for (const [first, second, level, low, high] of referenceTable('trimmed-bounds')) {
    const bounds = differenceOfTrimmedMeans(readSamples(first), readSamples(second), level);
    assertClose(bounds.low ?? Number.NaN, low, 9, `low of ${first.length} and ${second.length} at ${level}`);
    assertClose(bounds.high ?? Number.NaN, high, 9, `high of ${first.length} and ${second.length} at ${level}`);
  }
});
