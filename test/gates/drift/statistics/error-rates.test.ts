import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normal } from '../../../../bench/simulation/distributions.ts';
import { simulateFamily } from '../../../../bench/simulation/families.ts';
import { assumptions } from '../../../../bench/simulation/assumptions.ts';
import { aQuantile, aShift } from '../../../../bench/simulation/metrics.ts';
import { worstOfPairs, worstOfRates } from '../../../../bench/simulation/rates.ts';
import { simulateValues, valueScenarios } from '../../../../bench/simulation/values.ts';
import { binomialProbability } from '../../../../src/gates/drift/statistics/binomial.ts';
import { permutationDraws } from '../../../../src/gates/drift/statistics/critical-rank.ts';
import { randomFrom } from '../../../../src/gates/drift/statistics/random.ts';
import { drawnRankSums, rankSumDistribution } from '../../../../src/gates/drift/statistics/rank-sum.ts';
import { exactHybridLow, lowRateBound } from '../../../../src/gates/drift/statistics/rate-bounds.ts';
import { drawnSignedRanks, signedRankDistribution } from '../../../../src/gates/drift/statistics/signed-rank.ts';

// `npm run simulate` prints all of it with full counts.

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const rounds = isLong ? 5_000 : 40;
const familyRounds = isLong ? 1_000 : 16;

/** Five percent, and what chance adds to it in so many rounds: exceeded by one of a thousand simulations that keep it. */
const most = (count: number): number => Math.ceil(count * 0.05 + 3.1 * Math.sqrt(count * 0.05 * 0.95));

/** Every distribution and size in the long run; in the short one a few of each method. */
const scenarios = valueScenarios.filter(({ moved, size, tolerance }, index) => moved === 1 && (isLong || (tolerance === 1 && (size < 60 || index % 24 === 0) && size > 10)));

test('at the edge of what is tolerated at most 5 % pass, and at most 5 % drift, by any method and distribution', () => {
  assert.ok(new Set(scenarios.map(({ name }) => name)).size > 12);
  for (const [index, scenario] of scenarios.entries()) {
    const { pass, drift } = simulateValues(scenario, rounds, 100 + index);
    assert.ok(pass <= most(rounds) && drift <= most(rounds), `${scenario.name}, ${scenario.size} values: ${pass} passes and ${drift} drifts in ${rounds} rounds`);
  }
});

test('at most 5 % of unchanged metrics are blocked at the stated sizes', () => {
  // 50 values with a tolerance of one deviation; 100 of a 95th percentile with two.
  for (const scenario of [{ name: 'shift', make: aShift, draw: normal, size: 50, tolerance: 1, moved: 0 }, { name: 'p95', make: aQuantile, draw: normal, size: 100, tolerance: 2, moved: 0 }]) {
    const { pass } = simulateValues(scenario, rounds, 7);
    assert.ok(rounds - pass <= most(rounds), `${scenario.name}: ${pass} passes in ${rounds} rounds`);
  }
});

test('a rate at the edge passes and drifts in at most 5 %, exactly, at the worst of all rates', () => {
  for (const [baseline, samples, margin] of [[10, 40, 0.1], [40, 10, 0.1], [30, 30, 0.05], ...(isLong ? [[60, 100, 0.1], [100, 20, 0.2]] as const : [])] as const) {
    const { falsePass, falseDrift } = worstOfRates(baseline, samples, margin);
    // Rates lie closer here than those that the level was held at.
    assert.ok(falsePass < 0.0505 && falseDrift < 0.0505, `${samples} against ${baseline}: ${falsePass} and ${falseDrift}`);
  }
});

test('exact bounds by square-and-add, which stand beside a large arm, are wrong in hardly more than 5 %', () => {
  const [size, large, edge] = [12, 400, -0.1];
  const rates = Array.from({ length: 91 }, (_, index) => (index + 10) / 100);
  const outcomes = Array.from({ length: size + 1 }, (_, now) => Array.from({ length: large + 1 }, (__, before) => exactHybridLow({ successes: now, trials: size }, { successes: before, trials: large }, 0.05) > edge));
  const worst = Math.max(...rates.map((rate) => outcomes.reduce((sum, row, now) => sum + binomialProbability(now, size, rate + edge) * row.reduce((inner, isAbove, before) => (isAbove ? inner + binomialProbability(before, large, rate) : inner), 0), 0)));
  assert.ok(worst > 0.02 && worst < 0.052, String(worst));
  // What is taken for it, whatever the size of the other arm.
  assert.equal(lowRateBound({ successes: 97, trials: 100 }, { successes: 980_000, trials: 1_000_000 }, -0.05, 0.05), exactHybridLow({ successes: 97, trials: 100 }, { successes: 980_000, trials: 1_000_000 }, 0.05));
});

test('a paired rate at the edge passes and drifts in at most 5 %, exactly, at the worst of all rates', () => {
  for (const [cases, margin] of [[20, 0.1], [35, 0.1], ...(isLong ? [[60, 0.05], [100, 0.1]] as const : [])] as const) {
    const { falsePass, falseDrift } = worstOfPairs(cases, margin);
    assert.ok(falsePass < 0.0505 && falseDrift < 0.0505, `${cases} cases: ${falsePass} and ${falseDrift}`);
  }
});

test('of twenty unchanged metrics at most 5 % of families show a drift, and with fifty values few are blocked', () => {
  const { drift, pass } = simulateFamily('unchanged', 50, familyRounds);
  assert.ok(drift <= most(familyRounds), `${drift} drifts`);
  assert.ok(pass > familyRounds / 2, `${pass} passes`);
});

test('of twenty metrics at their edges at most 5 % of families show a drift', () => {
  for (const size of [10, 30]) assert.ok(simulateFamily('edges', size, familyRounds).drift <= most(familyRounds), String(size));
});

test('twenty metrics, one of which lies at its edge, pass together in at most 5 %', () => {
  const { pass } = simulateFamily('one-at-edge', 50, familyRounds);
  assert.ok(pass <= most(familyRounds), `${pass} passes`);
});

test('a smaller arm that spreads more passes hardly more often than 5 %', () => {
  for (const { name, simulate } of assumptions.filter(({ name }) => /25 samples|relative/.test(name))) {
    const { pass, drift } = simulate(rounds, 3);
    assert.ok(pass <= most(rounds) + rounds * 0.01 && drift <= most(rounds) + rounds * 0.01, `${name}: ${pass} passes, ${drift} drifts`);
  }
});

test('values of which a part moves pass in hardly more than 5 % where their mean without the outer tenths is at the edge, tied or in peaks', () => {
  const parts = assumptions.filter(({ name }) => name.includes('a part of') && (isLong || name.includes('50 and 50')));
  assert.ok(parts.length >= 4);
  for (const { name, simulate } of parts) {
    const { pass } = simulate(rounds, 3);
    assert.ok(pass <= most(rounds) + rounds * 0.01, `${name}: ${pass} passes`);
  }
});

test('ranks that are drawn agree with the exact distribution', () => {
  const compare = (drawn: Float64Array, exact: Float64Array): void => {
    for (const [value, chance] of exact.entries()) {
      const share = drawn.filter((one) => one <= value).length / drawn.length;
      assert.ok(Math.abs(share - chance) < 4.5 * Math.sqrt((chance * (1 - chance)) / drawn.length) + 1e-3, `${value}: ${share} beside ${chance}`);
    }
  };
  compare(drawnRankSums([9, 14], permutationDraws, randomFrom(5)), rankSumDistribution([9, 14]));
  compare(drawnSignedRanks(15, permutationDraws, randomFrom(5)), signedRankDistribution(15));
});

test('randomFrom() is the same for a seed, another for the next, and even', () => {
  const draw = (seed: number, count: number): readonly number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: count }, random);
  };
  assert.deepEqual(draw(1, 5), draw(1, 5));
  assert.notDeepEqual(draw(1, 5), draw(2, 5));
  const counts = Array.from({ length: 100 }, () => 0);
  for (const value of draw(3, 100_000)) counts[Math.floor(value * 100)]! += 1;
  // Chi-square with 99 degrees of freedom: 0.001 and 0.999 quantiles.
  const distance = counts.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
  assert.ok(distance > 60.8 && distance < 148.2, String(distance));
});
