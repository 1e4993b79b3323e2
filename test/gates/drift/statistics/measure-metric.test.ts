import assert from 'node:assert/strict';
import { test } from 'node:test';
import { criticalRankOfPairs, criticalRankOfShift } from '../../../../src/gates/drift/statistics/critical-rank.ts';
import { measureMetric } from '../../../../src/gates/drift/statistics/measure-metric.ts';
import type { Metric } from '../../../../src/gates/drift/statistics/metric.ts';
import { aMissing, aPairedRate, aPairedShift, aQuantile, aRate, aShift, alone, anExact, turned, values } from './some-metrics.ts';

const verdictOf = (metric: Metric, levels = alone): string => measureMetric(metric, levels).verdict;

test('the bounds of a shift stand in order, also where every value is the same', () => {
  for (const value of [100, 99.7, 0.1, 33.3]) {
    const constant = Array.from({ length: 30 }, () => value);
    const { interval } = measureMetric({ kind: 'shift', baseline: constant, samples: constant, tolerance: { kind: 'relative', value: 0.1 }, direction: 'both', missingCap: 0, secondLook: false }, { pass: 0.05, drift: 0.05 });
    assert.ok(interval.low !== null && interval.high !== null && interval.low <= interval.high, JSON.stringify(interval));
  }
});

test('each kind of metric passes what stayed within its tolerance', () => {
  assert.deepEqual([aShift(), aPairedShift(), aQuantile(), aRate(), aPairedRate(), aMissing(), anExact()].map((metric) => verdictOf(metric)), Array.from({ length: 7 }, () => 'pass'));
});

test('each kind of metric finds a drift in what left its tolerance', () => {
  const drifted = [
    aShift({ samples: values(60, 25, 2) }),
    aPairedShift({ samples: values(40, 25, 2) }),
    aQuantile({ samples: values(100, 40, 2) }),
    aRate({ samples: { successes: 70, trials: 100 } }),
    aPairedRate(turned(60, 0, 20)),
    aMissing({ samples: { missing: 20, total: 100 } }),
    anExact({ found: 0.849 }),
  ];
  assert.deepEqual(drifted.map((metric) => verdictOf(metric)), Array.from({ length: 7 }, () => 'drift'));
});

test('a change that was not declared to matter is no drift, and one that was is', () => {
  const [up, down] = [values(60, 30, 2), values(60, -30, 2)];
  const verdicts = (['increase', 'decrease', 'both'] as const).map((direction) => [verdictOf(aShift({ samples: up, direction })), verdictOf(aShift({ samples: down, direction }))]);
  assert.deepEqual(verdicts, [['drift', 'pass'], ['pass', 'drift'], ['drift', 'drift']]);
});

test('values that may have moved by more than the tolerance, or not, are inconclusive', () => {
  assert.equal(verdictOf(aShift({ samples: values(12, 8, 2) })), 'inconclusive');
  assert.equal(verdictOf(aRate({ samples: { successes: 57, trials: 60 }, margin: 0.05 })), 'inconclusive');
});

test('fewer than four values in an arm are refused, however far they moved', () => {
  for (const count of [1, 2, 3]) {
    assert.equal(verdictOf(aShift({ samples: values(count, 1_000) })), 'inconclusive');
    assert.equal(verdictOf(aPairedShift({ baseline: values(count), samples: values(count, 1_000) })), 'inconclusive');
    assert.equal(verdictOf(aRate({ samples: { successes: 0, trials: count } })), 'inconclusive');
    assert.equal(verdictOf(aMissing({ samples: { missing: 1, total: count } })), 'inconclusive');
  }
  assert.equal(verdictOf(aShift({ baseline: values(4), samples: values(4, 1_000), direction: 'increase' })), 'drift');
});

test('arms whose most extreme outcome would not be significant at the level in force are refused', () => {
  const metric = aShift({ baseline: values(5), samples: values(5, 1_000) });
  assert.equal(verdictOf(metric, { pass: 0.05, drift: 0.05 }), 'drift');
  const { verdict, why } = measureMetric(metric, { pass: 0.05, drift: 0.05 / 20 });
  assert.equal(verdict, 'inconclusive');
  assert.match(why, /^5 samples beside 5 of the baseline: even the most extreme values would not be significant at the level of 0\.00125\./);
  assert.equal(verdictOf(aRate({ baseline: { successes: 5, trials: 5 }, samples: { successes: 0, trials: 5 } }), { pass: 0.05, drift: 0.000_01 }), 'inconclusive');
});

test('a 95th percentile passes from 59 values on, and drifts with fewer', () => {
  const agreed = (count: number, moved: number) => aQuantile({ baseline: 112, samples: values(count, moved, 2) });
  assert.deepEqual([58, 59].map((count) => verdictOf(agreed(count, 0))), ['inconclusive', 'pass']);
  assert.equal(verdictOf(agreed(20, 60)), 'drift');
});

test('values that never vary do not pass, and drift when they stand elsewhere', () => {
  const same = (value: number, count = 60): readonly number[] => Array.from({ length: count }, () => value);
  assert.deepEqual([same(100), same(150)].map((samples) => verdictOf(aShift({ samples }))), ['inconclusive', 'drift']);
  assert.equal(verdictOf(aShift({ baseline: same(100) })), 'inconclusive');
  assert.equal(verdictOf(aShift({ baseline: same(0), samples: same(0), tolerance: { kind: 'absolute', value: 1 } })), 'inconclusive');
  assert.equal(verdictOf(aQuantile({ samples: same(100, 100) })), 'inconclusive');
  assert.equal(verdictOf(aPairedShift({ samples: same(100, 40) })), 'inconclusive');
});

test('attack: a part of the values moved far, and the middle of all differences stands still: it does not pass', () => {
  const shares = (high: number, [low, top]: readonly [number, number] = [100, 200]): readonly number[] => Array.from({ length: 60 }, (_, index) => (index < high ? top : low));
  const tolerance = { kind: 'absolute', value: 10 } as const;
  const tied = (before: number, now: number) => verdictOf(aShift({ baseline: shares(before), samples: shares(now), tolerance, direction: 'increase' }));
  assert.deepEqual([tied(1, 25), tied(1, 10), tied(30, 45), tied(30, 35)], Array.from({ length: 4 }, () => 'inconclusive'));
  assert.equal(verdictOf(aShift({ baseline: shares(2, [0, 1]), samples: shares(20, [0, 1_000_000]), tolerance })), 'inconclusive');
  // Two peaks without a tie, as of a cache that is hit or missed.
  const peaks = (missed: number, seed: number): readonly number[] => values(60, 0, seed).map((value, index) => value / 100 + (index < missed ? 100 : 0));
  assert.equal(verdictOf(aShift({ baseline: peaks(30, 1), samples: peaks(45, 2), tolerance })), 'inconclusive');
  // The same cases: a quarter of them moved.
  const cases = values(60);
  assert.equal(verdictOf(aPairedShift({ baseline: cases, samples: cases.map((value, index) => value + (index < 15 ? 100 : 0)) })), 'inconclusive');
});

test('the words of a part that moved say by how much, and what to judge it by', () => {
  const samples = values(60, 0, 2).map((value, index) => (index < 20 ? value + 60 : value));
  const { why, needsMore } = measureMetric(aShift({ baseline: values(60).map((value, index) => (index < 2 ? value + 60 : value)), samples, tolerance: { kind: 'absolute', value: 15 } }), alone);
  assert.match(why, /^The middle of all differences is tolerated, but the mean without the outer tenths moved by 15\.\d+ \([\d.]+ to [\d.]+\): a part of the values moved far\./);
  assert.equal(needsMore, true);
});

test('tied values pass where no part of them moved, and an outlier is one value', () => {
  const ticks = (moved: number, seed: number): readonly number[] => values(60, moved, seed).map((value) => Math.round(value / 2) * 2);
  assert.equal(verdictOf(aShift({ baseline: ticks(0, 1), samples: ticks(0, 2) })), 'pass');
  const rare = (count: number): readonly number[] => Array.from({ length: 60 }, (_, index) => (index < count ? 200 : 100));
  assert.equal(verdictOf(aShift({ baseline: rare(2), samples: rare(3), tolerance: { kind: 'absolute', value: 10 } })), 'pass');
  assert.equal(verdictOf(aShift({ samples: values(60, 0, 2).with(7, 1e9) })), 'pass');
  assert.equal(verdictOf(aPairedShift({ samples: values(40, 0, 2).with(7, 1e9) })), 'pass');
});

test('a bound on the edge of what is tolerated is not inside', () => {
  const [baseline, samples] = [values(60), values(60, 0, 2)];
  const { interval: { high } } = measureMetric(aShift({ baseline, samples, tolerance: { kind: 'absolute', value: 50 }, direction: 'increase' }), alone);
  const at = (value: number) => verdictOf(aShift({ baseline, samples, tolerance: { kind: 'absolute', value }, direction: 'increase' }));
  assert.deepEqual([at(high ?? 0), at((high ?? 0) + 1e-9)], ['inconclusive', 'pass']);
});

test('a missing value counts as the worst: none is dropped', () => {
  const [, ...others] = values(60, 0, 2);
  const full = measureMetric(aShift({ samples: [100, ...others] }), alone);
  const one = measureMetric(aShift({ samples: [Number.NaN, ...others], missingCap: 0.05 }), alone);
  assert.equal(one.sizes.samples, 60);
  assert.ok((one.interval.low ?? 0) < (full.interval.low ?? 0) && (one.interval.high ?? 0) > (full.interval.high ?? 0));
  assert.equal(one.verdict, 'pass');
  assert.equal(verdictOf(aShift({ samples: [Number.NaN, ...others] })), 'inconclusive');
  const half = others.map((value, index) => (index % 2 === 0 ? value : null));
  assert.deepEqual(measureMetric(aShift({ samples: half, missingCap: 0.9 }), alone).interval, { low: null, high: null });
});

test('values that fail where they are slow do not pass for it', () => {
  // Nine of ten answers, and the slow tenth timed out.
  const samples = values(100, 0, 2).toSorted((a, b) => a - b).map((value, index) => (index < 90 ? value : 'timeout'));
  assert.notEqual(verdictOf(aQuantile({ samples, missingCap: 0.2 })), 'pass');
});

test('missing values of a tail are the smallest for its lower bound and the largest for its upper one', () => {
  const upTo = (last: number): readonly (number | null)[] => Array.from({ length: 100 }, (_, index) => (index < last ? index + 1 : null));
  const [full, lacking] = [100, 97].map((last) => measureMetric(aQuantile({ baseline: 95, samples: upTo(last), tolerance: { kind: 'absolute', value: 5 }, missingCap: 0.5 }), alone).interval);
  assert.deepEqual([full, lacking], [{ low: -4, high: 4 }, { low: -7, high: null }]);
});

test('a case without an answer is a loss for the lower bound', () => {
  const { baseline, samples } = turned(60, 0, 0);
  const lacking = samples.map((value, index) => (index < 5 ? null : value));
  const { interval } = measureMetric(aPairedRate({ baseline, samples: lacking, missingCap: 0.2 }), alone);
  const lost = measureMetric(aPairedRate(turned(60, 0, 5)), alone);
  assert.equal(interval.low, lost.interval.low);
});

test('samples that do not pair up are refused', () => {
  assert.equal(verdictOf(aPairedShift({ samples: values(39, 25, 2) })), 'inconclusive');
  assert.equal(verdictOf(aPairedRate({ samples: [true] })), 'inconclusive');
});

test('a relative tolerance is one of the middle of the baseline, and means nothing around 0', () => {
  assert.deepEqual(measureMetric(aShift({ baseline: values(61) }), alone).tolerated.high, values(61).toSorted((a, b) => a - b)[30]! * 0.1);
  assert.equal(verdictOf(aShift({ baseline: [-1, 0, 0, 0, 1, 0, 0], samples: values(60) })), 'inconclusive');
});

test('a relative tolerance is as wide below 0 as above', () => {
  const mirrored = (values: readonly unknown[]): readonly number[] => values.map((value) => -Number(value));
  const { interval, verdict } = measureMetric(aShift({ samples: values(60, 3, 2) }), alone);
  const { interval: other, verdict: same } = measureMetric(aShift({ baseline: mirrored(values(60)), samples: mirrored(values(60, 3, 2)) }), alone);
  assert.deepEqual([other.low, other.high, same], [-(interval.high ?? 0), -(interval.low ?? 0), verdict]);
});

test('a second look takes a pass back when the shape changed, and never gives one', () => {
  const twoPeaks = values(100, 0, 2).map((value, index) => value + (index % 2 === 0 ? 12 : -12));
  const changed = aShift({ baseline: values(100), samples: twoPeaks, tolerance: { kind: 'absolute', value: 40 } });
  assert.deepEqual([verdictOf(changed), verdictOf({ ...changed, secondLook: true })], ['pass', 'inconclusive']);
  assert.equal(verdictOf(aShift({ baseline: values(100), samples: values(100, 0, 2), secondLook: true })), 'pass');
  assert.equal(verdictOf(aShift({ samples: values(12, 8, 2), secondLook: true })), 'inconclusive');
  assert.equal(verdictOf(aShift({ baseline: values(19), samples: values(19, 0, 2), tolerance: { kind: 'absolute', value: 30 }, secondLook: true })), 'inconclusive');
});

test('missing answers: more than the cap are inconclusive, more than at the baseline a drift, all of them no evidence', () => {
  const verdicts = [aMissing({ samples: { missing: 1, total: 100 } }), aMissing({ samples: { missing: 1, total: 100 }, cap: 0.02 }), aMissing({ samples: { missing: 6, total: 100 }, cap: 0.5 }), aMissing({ samples: { missing: 100, total: 100 } }), aMissing({ baseline: null, samples: { missing: 99, total: 100 } })];
  assert.deepEqual(verdicts.map((metric) => verdictOf(metric)), ['inconclusive', 'pass', 'drift', 'inconclusive', 'inconclusive']);
});

test('a rate is held against an agreed one by exact bounds', () => {
  const { method, interval, verdict } = measureMetric(aRate({ baseline: 0.95, samples: { successes: 59, trials: 59 } }), alone);
  assert.deepEqual([method, verdict, (interval.low ?? 0).toFixed(4)], ['clopper-pearson', 'pass', (0.05 ** (1 / 59) - 0.95).toFixed(4)]);
});

test('a drift of pairs is one by the exact test of McNemar too', () => {
  // Five losses and no gain are significant at 0.05 one-sided, four are not (1/16).
  const verdicts = [4, 5].map((losses) => verdictOf(aPairedRate({ ...turned(6, 0, losses), margin: 0.01 })));
  assert.deepEqual(verdicts, ['inconclusive', 'drift']);
  const gained = [4, 5].map((gains) => verdictOf(aPairedRate({ ...turned(6, gains, 0), margin: 0.01, direction: 'increase' })));
  assert.deepEqual(gained, ['inconclusive', 'drift']);
});

test('many values are bounded by drawn ranks, which lie where the normal distribution puts them', () => {
  const { method, verdict } = measureMetric(aShift({ baseline: values(400), samples: values(400, 0, 2) }), alone);
  assert.deepEqual([method, verdict], ['hodges-lehmann-permutation', 'pass']);
  const { how, rank } = criticalRankOfShift([600, 400], 0.05);
  const [middle, deviation] = [600 * 400 * 0.5, Math.sqrt((600 * 400 * 1001) / 12)];
  assert.ok(how === 'permutation' && Math.abs((middle - rank) / deviation - 1.645) < 0.07, String(rank));
  // One in 10,001 is the least that so many draws can show.
  assert.equal(criticalRankOfShift([600, 400], 0.000_05).rank, 0);
  const pairs = criticalRankOfPairs(1_000, 0.05);
  assert.ok(pairs.how === 'permutation' && Math.abs((1_000 * 1_001 * 0.25 - pairs.rank) / Math.sqrt((1_000 * 1_001 * 2_001) / 24) - 1.645) < 0.07, String(pairs.rank));
});
