import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { calibratedConfidence } from '../../../src/domain/calibration/calibrated-confidence.ts';
import { thousandthsOf } from '../../../src/domain/calibration/calibration-labels.ts';
import type { CalibrationLabels, ScoreCount } from '../../../src/domain/calibration/calibration-labels.ts';
import { calibrationReport } from '../../../src/domain/calibration/calibration-report.ts';
import { calibratorOf } from '../../../src/domain/calibration/calibrator.ts';
import { fitIsotonic } from '../../../src/domain/calibration/fit-isotonic.ts';
import { fitPlatt, logitOf } from '../../../src/domain/calibration/fit-platt.ts';

const nobody: CalibrationLabels = { scores: [], repository: { labels: 0, good: 0 } };

function known(...scores: readonly (readonly [number, number, number])[]): CalibrationLabels {
  const counts = scores.map(([score, labels, good]) => ({ score, labels, good }));
  return { scores: counts, repository: { labels: counts.reduce((sum, one) => sum + one.labels, 0), good: counts.reduce((sum, one) => sum + one.good, 0) } };
}

function confidence(selfReport: number | null, labels: CalibrationLabels, minConfidence = 0.85): number {
  return calibratedConfidence({ selfReport, labels, minConfidence }).calibrated;
}

/** Rows as a store tells them: each score once, in order, up to 2,500 labels together. */
const someLabels: fc.Arbitrary<CalibrationLabels> = fc
  .tuple(fc.uniqueArray(fc.record({ score: fc.integer({ min: 0, max: 1_000 }), labels: fc.integer({ min: 1, max: 250 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }), { selector: ({ score }) => score, maxLength: 10 }), fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([rows, others, share]) => {
    const scores = rows.map((row) => ({ score: row.score, labels: row.labels, good: Math.round(row.labels * row.share) })).toSorted((a, b) => a.score - b.score);
    return { scores, repository: { labels: others + scores.reduce((sum, one) => sum + one.labels, 0), good: Math.round(others * share) + scores.reduce((sum, one) => sum + one.good, 0) } };
  });

test('property: confidence is never above what is reported, is within 0..1, and never falls where more is reported', () => {
  fc.assert(
    fc.property(someLabels, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (labels, one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      const [low, high] = [confidence(less, labels), confidence(more, labels)];
      assert.ok(low >= 0 && low <= less && high <= more && high <= 1, `${low} ${high}`);
      assert.ok(low <= high, `${less} counts ${low}, ${more} counts ${high}`);
    }),
    { numRuns: 300 },
  );
});

test('property: with fewer than 50 labels no agent reaches the minimum, whatever it reports', () => {
  const few = fc.tuple(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 0, max: 100_000 }));
  fc.assert(
    fc.property(few, fc.double({ min: 0.01, max: 1, noNaN: true }), ([labels, others], minConfidence) => {
      const trusted = { scores: labels === 0 ? [] : [{ score: 1_000, labels, good: labels }], repository: { labels: others + labels, good: others + labels } };
      assert.ok(confidence(1, trusted, minConfidence) < minConfidence);
    }),
  );
});

test('a confidence is cut to thousandths, and what is nearly one is less', () => {
  assert.deepEqual([0.57, 0.29, 0.9009, 0.9999999999, 1, 0.0004].map(thousandthsOf), [570, 290, 900, 999, 1_000, 0]);
  assert.ok(confidence(0.999_999_999_9, known([1_000, 2_000, 2_000])) <= 0.999_999_999_9);
});

test('a confidence of four digits counts as it is reported, so that it reaches a minimum that it is equal to', () => {
  const trusted = known([1_000, 2_000, 2_000]);
  for (let thousandths = 0; thousandths <= 1_000; thousandths += 1) assert.equal(confidence(thousandths / 1_000, trusted), thousandths / 1_000);
});

test('an agent with 50 good labels reaches the minimum, one label earlier it does not', () => {
  assert.ok(confidence(0.95, known([950, 50, 50])) >= 0.85);
  assert.ok(confidence(0.95, known([950, 49, 49])) < 0.85);
});

for (const wrong of [null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.1, 1.0001]) {
  test(`attack: a reported confidence of ${wrong} counts as 0`, () => {
    assert.equal(confidence(wrong, known([900, 2_000, 2_000])), 0);
    assert.equal(thousandthsOf(wrong), 0);
  });
}

test('the method goes by the labels of the agent alone', () => {
  const methods = [0, 49, 50, 1_000, 1_001].map((labels) => calibratorOf({ scores: labels === 0 ? [] : [{ score: 800, labels, good: 0 }], repository: { labels: 5_000, good: 2_500 } }).method);
  assert.deepEqual(methods, ['beta', 'beta', 'platt', 'platt', 'isotonic']);
});

test('a new agent counts as the others of its repository do, and one half where nothing is known', () => {
  assert.equal(calibratorOf(nobody).shareAt(900), 0.5);
  assert.equal(calibratorOf({ scores: [], repository: { labels: 98, good: 9 } }).shareAt(900), 0.1);
});

test('each bad label draws a new agent away from the share of its repository', () => {
  const share = (bad: number) => calibratorOf({ scores: [{ score: 900, labels: bad, good: 0 }], repository: { labels: 98, good: 79 } }).shareAt(900);
  assert.deepEqual([1, 20, 40].map((bad) => share(bad).toFixed(3)), ['0.762', '0.400', '0.267']);
});

test('fitPlatt() finds the curve that labels were made by', () => {
  const counts = Array.from({ length: 19 }, (_, index) => ({ score: 50 + index * 50, labels: 4_000, good: 0 })).map((one) => ({ ...one, good: Math.round(one.labels / (1 + Math.exp(-(0.6 * logitOf(one.score) - 0.8)))) }));
  const { slope, intercept } = fitPlatt(counts);
  assert.ok(Math.abs(slope - 0.6) < 0.005 && Math.abs(intercept + 0.8) < 0.005, `${slope} ${intercept}`);
});

test('fitPlatt() leaves an agent that is right as often as it says', () => {
  const { slope, intercept } = fitPlatt([100, 300, 500, 700, 900].map((score) => ({ score, labels: 10_000, good: score * 10 })));
  assert.ok(Math.abs(slope - 1) < 0.01 && Math.abs(intercept) < 0.01, `${slope} ${intercept}`);
});

test('fitPlatt() of scores that say the opposite turns no order around: it tells the share of all', () => {
  const { slope, intercept } = fitPlatt([{ score: 100, labels: 100, good: 90 }, { score: 900, labels: 100, good: 10 }]);
  assert.equal(slope, 0);
  assert.ok(Math.abs(intercept) < 0.01);
});

test('fitPlatt() of one outcome alone ends, and is not certain', () => {
  const { shareAt } = calibratorOf(known([900, 500, 500]));
  assert.ok(shareAt(900) > 0.99 && shareAt(900) < 1);
});

/** Isotonic regression by its other definition: the greatest mean that begins here or before, of the least that end here or after. */
function byMinAndMax(counts: readonly ScoreCount[]): readonly number[] {
  const mean = (from: number, to: number): number => {
    const those = counts.slice(from, to + 1);
    return those.reduce((sum, { good }) => sum + good, 0) / those.reduce((sum, { labels }) => sum + labels, 0);
  };
  const places = counts.map((_, index) => index);
  return places.map((at) => Math.max(...places.slice(0, at + 1).map((from) => Math.min(...places.slice(at).map((to) => mean(from, to))))));
}

test('property: fitIsotonic() is what min and max of means say', () => {
  fc.assert(
    fc.property(someLabels, ({ scores }) => {
      const steps = fitIsotonic(scores);
      const found = scores.map(({ score }) => steps.findLast(({ from }) => from <= score)?.share ?? 0);
      for (const [index, share] of byMinAndMax(scores).entries()) assert.ok(Math.abs(share - (found[index] ?? 0)) < 1e-12);
    }),
    { numRuns: 200 },
  );
});

test('fitIsotonic() pools what falls, and keeps what rises', () => {
  assert.deepEqual(fitIsotonic([{ score: 100, labels: 10, good: 1 }, { score: 200, labels: 10, good: 6 }, { score: 300, labels: 30, good: 6 }, { score: 900, labels: 10, good: 9 }]), [
    { from: 100, share: 0.1 },
    { from: 200, share: 0.3 },
    { from: 900, share: 0.9 },
  ]);
});

test('an agent that says 0.9 and is right half of the time counts as one half', () => {
  assert.ok(Math.abs(confidence(0.9, known([900, 600, 300])) - 0.5) < 0.01);
  assert.equal(confidence(0.9, known([900, 2_000, 1_000])), 0.5);
});

test('calibrationReport() tells expected calibration error and Brier score of what was reported, by hand', () => {
  const { reported, reliability, good, labels } = calibrationReport(known([300, 10, 6], [900, 30, 15]));
  // |0.6 - 0.3| * 10/40 + |0.5 - 0.9| * 30/40; (6*0.49 + 4*0.09 + 15*0.01 + 15*0.81) / 40
  assert.deepEqual({ reported, good, labels }, { reported: { ece: 0.375, brier: 0.39 }, good: 21, labels: 40 });
  assert.deepEqual(reliability, [
    { from: 0.3, to: 0.4, labels: 10, reported: 0.3, observed: 0.6 },
    { from: 0.9, to: 1, labels: 30, reported: 0.9, observed: 0.5 },
  ]);
});

test('calibrationReport() of no labels tells none, of a few no held-out error', () => {
  assert.deepEqual(calibrationReport(nobody), { method: 'beta', labels: 0, good: 0, repository: { labels: 0, good: 0 }, reported: null, calibrated: null, reliability: [] });
  assert.equal(calibrationReport(known([900, 9, 9])).calibrated, null);
});

for (const [labels, method] of [[600, 'platt'], [3_000, 'isotonic']] as const) {
  test(`calibrating an agent that is too sure brings its held-out error below 0.05, by ${method}`, () => {
    const scores = [600, 700, 800, 850, 900, 950, 990].map((score, index) => ({ score, labels: labels / 6, good: Math.round((labels / 6) * (0.3 + 0.05 * index)) }));
    const report = calibrationReport({ scores, repository: { labels: labels * 2, good: labels } });
    assert.equal(report.method, method);
    assert.ok((report.reported?.ece ?? 0) > 0.3 && (report.calibrated?.ece ?? 1) <= 0.05, JSON.stringify(report));
    assert.ok((report.calibrated?.brier ?? 1) < (report.reported?.brier ?? 0));
  });
}
