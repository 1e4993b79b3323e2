import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { measureMetric } from '../../../../src/gates/drift/statistics/measure-metric.ts';
import { distancesBetween } from '../../../../src/gates/drift/statistics/distances-between.ts';
import type { Metric } from '../../../../src/gates/drift/statistics/metric.ts';
import { passProbability } from '../../../../src/gates/drift/statistics/pass-probability.ts';
import { passShare } from '../../../../src/gates/drift/statistics/pass-share.ts';
import { aMissing, aPairedRate, aPairedShift, aQuantile, aRate, aShift, alone, turned, values } from './some-metrics.ts';

const runs = { seed: 1, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 };

/** What a source may send in place of a number. */
const junk: readonly unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, undefined, '', '1', true, {}, [], [1], 1n, Symbol('s'), () => 1, new Date(0), Number.MAX_VALUE, -Number.MAX_VALUE];

test('attack: junk in place of any value of any arm never passes in strict', () => {
  for (const value of junk) for (const place of [0, 30]) {
    const spoiled = (arm: readonly unknown[]): readonly unknown[] => arm.with(place, value);
    const metrics: readonly Metric[] = [
      aShift({ samples: spoiled(values(60, 0, 2)) }),
      aShift({ baseline: spoiled(values(60)) }),
      aPairedShift({ samples: spoiled(values(40, 0, 2)) }),
      aPairedShift({ baseline: spoiled(values(40)) }),
      aQuantile({ samples: spoiled(values(100, 0, 2)) }),
      aQuantile({ baseline: spoiled(values(100)) }),
      ...(value === true ? [] : [aPairedRate({ samples: spoiled(turned(60, 0, 0).samples) }), aPairedRate({ baseline: spoiled(turned(60, 0, 0).baseline) })]),
    ];
    for (const metric of metrics) assert.notEqual(measureMetric(metric, alone).verdict, 'pass', `${metric.kind} with ${String(typeof value === 'symbol' ? 'symbol' : value)}`);
  }
});

test('attack: nothing, one value, the same value, and nothing but junk never pass', () => {
  const arms: readonly (readonly unknown[])[] = [[], [100], [100, 100, 100], Array.from({ length: 60 }, () => 100), junk, Array.from({ length: 100 }, () => Number.NaN), Array.from({ length: 100 })];
  for (const arm of arms) {
    for (const metric of [aShift({ samples: arm }), aShift({ baseline: arm }), aShift({ baseline: arm, samples: arm, missingCap: 0.99 }), aPairedShift({ baseline: arm, samples: arm }), aQuantile({ samples: arm }), aQuantile({ baseline: arm }), aPairedRate({ baseline: arm, samples: arm })]) assert.notEqual(measureMetric(metric, alone).verdict, 'pass', `${metric.kind} of ${arm.length}`);
  }
});

test('attack: counts that are none never pass', () => {
  const numbers = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 1e300, Number.MAX_SAFE_INTEGER];
  for (const wrong of numbers) {
    for (const metric of [aRate({ samples: { successes: wrong, trials: 100 } }), aRate({ samples: { successes: 97, trials: wrong } }), aRate({ baseline: { successes: wrong, trials: 60 } }), aRate({ margin: wrong === 0.5 ? 0 : wrong }), aRate({ baseline: wrong === 0.5 ? 1.5 : wrong }), aMissing({ samples: { missing: wrong, total: 100 } }), aMissing({ samples: { missing: 0, total: wrong } }), aMissing({ baseline: { missing: 0, total: wrong } })]) assert.notEqual(measureMetric(metric, alone).verdict, 'pass', `${metric.kind} with ${wrong}`);
  }
  assert.equal(measureMetric(aRate({ samples: { successes: 0, trials: 0 } }), alone).verdict, 'inconclusive');
});

test('attack: a tolerance, a quantile and a cap that are none let nothing pass', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
    assert.notEqual(measureMetric(aShift({ tolerance: { kind: 'absolute', value } }), alone).verdict, 'pass');
    assert.notEqual(measureMetric(aQuantile({ quantile: value }), alone).verdict, 'pass');
    assert.notEqual(measureMetric(aShift({ samples: values(60, 0, 2).with(0, Number.NaN), missingCap: value }), alone).verdict, 'pass');
    assert.notEqual(measureMetric(aMissing({ samples: { missing: 1, total: 100 }, cap: value }), alone).verdict, 'pass');
  }
});

test('attack: a relative tolerance that would carry values out of range lets nothing pass', () => {
  for (const value of [1e3 + 1, 1e10, 1e300]) {
    assert.equal(measureMetric(aShift({ baseline: values(60).map((one) => one * 1e290), samples: values(60, 0, 2).map((one) => one * 1e290), tolerance: { kind: 'relative', value } }), alone).verdict, 'inconclusive');
    assert.equal(measureMetric(aQuantile({ baseline: 1e-5, samples: values(60, 0, 2).map((one) => one * 1e297), tolerance: { kind: 'relative', value } }), alone).verdict, 'inconclusive');
  }
});

test('whatever the values are, measuring them throws nothing, and its numbers are finite or null', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(...junk), fc.integer({ min: 0, max: 3 }));
  const arm = fc.array(value, { maxLength: 70 });
  const tolerance = fc.record({ kind: fc.constantFrom('absolute' as const, 'relative' as const), value: fc.double() });
  const direction = fc.constantFrom('both' as const, 'increase' as const, 'decrease' as const);
  fc.assert(fc.property(arm, arm, tolerance, direction, fc.double(), fc.boolean(), (baseline, samples, agreed, way, number, secondLook) => {
    const shared = { baseline, samples, tolerance: agreed, direction: way, missingCap: number };
    const metrics: readonly Metric[] = [
      { kind: 'shift', ...shared, secondLook },
      { kind: 'paired-shift', ...shared },
      { kind: 'quantile', quantile: number, ...shared },
      { kind: 'paired-rate', baseline, samples, margin: number, direction: way, missingCap: number },
      aRate({ margin: number, direction: way, baseline: number }),
    ];
    for (const metric of metrics) {
      const { estimate, interval: { low, high }, verdict } = measureMetric(metric, alone);
      for (const one of [estimate, low, high]) assert.ok(one === null || Number.isFinite(one), `${metric.kind}: ${one}`);
      if (verdict === 'pass') assert.ok(low !== null || high !== null);
    }
    const report = distancesBetween(baseline, samples);
    assert.ok(report === null || (Number.isFinite(report.wasserstein) && Number.isFinite(report.populationStabilityIndex)));
  }), runs);
});

test('planning with junk promises no pass', () => {
  assert.equal(passProbability({ baseline: { successes: 1, trials: 0 }, margin: 0.1, direction: 'both' }, 10, 0.95).pass, 0);
  assert.equal(passProbability({ baseline: 0.9, margin: 0.1, direction: 'both' }, Number.NaN, 0.95).pass, 0);
  assert.equal(passShare(aShift({ baseline: [] }), 10, 0.95).pass, 0);
  assert.equal(passShare(aShift({ baseline: [Number.NaN, 1] }), 10, 0.95, { draws: 50 }).pass, 0);
});
