import assert from 'node:assert/strict';
import { test } from 'node:test';
import { falseAlarmsOfIndices } from '../../../../bench/simulation/indices.ts';
import { binomialProbability } from '../../../../src/gates/drift/statistics/binomial.ts';
import { newcombeLow } from '../../../../src/gates/drift/statistics/newcombe.ts';
import { normalQuantile } from '../../../../src/gates/drift/statistics/normal.ts';
import { passProbability } from '../../../../src/gates/drift/statistics/pass-probability.ts';
import { passShare } from '../../../../src/gates/drift/statistics/pass-share.ts';
import { aQuantile, aRate, aShift, values } from './some-metrics.ts';

// Figures that decided which method judges what.

const [baseline, margin, direction] = [{ successes: 58, trials: 60 }, 0.1, 'decrease'] as const;

/** The share of unchanged runs that Newcombe's bound, as it is published, leaves open. */
function leftOpen(trials: number, level: number): string {
  let open = 0;
  for (let successes = 0; successes <= trials; successes += 1) if (newcombeLow({ successes, trials }, baseline, normalQuantile(level)) <= -margin) open += binomialProbability(successes, trials, 58 / 60);
  return `${(100 * open).toFixed(0)} %`;
}

test('58 of 60 with a margin of 0.10: a two-sided 95 % interval leaves 32 % of unchanged runs open at 60, one-sided 14 %, two-sided 5 % at 100', () => {
  assert.deepEqual([leftOpen(60, 0.025), leftOpen(60, 0.05), leftOpen(100, 0.025)], ['32 %', '14 %', '5 %']);
});

test('passProbability() of an unchanged rate is what the one-sided bound passes, and its parts sum to 1', () => {
  const chances = [60, 100].map((trials) => passProbability({ baseline, margin, direction }, trials, 0.95));
  assert.deepEqual(chances.map(({ pass }) => pass.toFixed(3)), ['0.860', '0.981']);
  for (const { pass, drift, inconclusive } of chances) assert.ok(Math.abs(pass + drift + inconclusive - 1) < 1e-12 && drift < 1e-6);
});

test('passProbability() is 0 where even no failure at all is no proof', () => {
  assert.equal(passProbability({ baseline, margin: 0.05, direction }, 30, 0.95).pass, 0);
  assert.equal(passProbability({ baseline: 1, margin: 0.05, direction }, 58, 0.95).pass, 0);
  assert.equal(passProbability({ baseline: 1, margin: 0.05, direction }, 59, 0.95).pass, 1);
});

test('passShare() grows with the samples, and is the same each time', () => {
  const metric = aShift({ baseline: values(100), tolerance: { kind: 'absolute', value: 4 } });
  const [few, many] = [10, 60].map((size) => passShare(metric, size, 0.95, { draws: 100 }));
  assert.ok((few?.pass ?? 1) < 0.5 && (many?.pass ?? 0) > 0.6, `${few?.pass} and ${many?.pass}`);
  assert.deepEqual(passShare(metric, 10, 0.95, { draws: 100 }), few);
  assert.equal(passShare(aQuantile(), 58, 0.95, { draws: 20 }).pass, 0);
});

test('a stability index of 0.1 or more is found in 85 % of pairs of 100 values in which nothing changed', () => {
  const { populationStability, wasserstein } = falseAlarmsOfIndices(100, 2_000);
  assert.ok(Math.abs(populationStability - 0.85) < 0.03, String(populationStability));
  assert.ok(wasserstein > 0.85, String(wasserstein));
});

test('a margin of 0 is refused, since no sample could ever lie within it', () => {
  assert.equal(passProbability({ ...aRate(), margin: 0 }, 100, 0.95).inconclusive.toFixed(9), '1.000000000');
});
