import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import defaults from '../../policies/defaults/data.json' with { type: 'json' };
import { areaUnderCurve } from '../../bench/evaluation/grounding/area-under-curve.ts';
import { confidenceInterval } from '../../bench/evaluation/grounding/confidence-interval.ts';
import { curvePlot } from '../../bench/evaluation/grounding/curve-plot.ts';
import { fitLogistic } from '../../bench/evaluation/grounding/fit-logistic.ts';
import { featureRows, scoredClaims } from '../../bench/evaluation/grounding/scored-claims.ts';
import { wiceClaims } from '../../bench/evaluation/grounding/wice-claims.ts';
import { supportFeatures } from '../../src/domain/support/support-features.ts';
import { conformanceFolder, needsConformance } from '../builders/conformance.ts';

function scored(...pairs: readonly (readonly [number, boolean])[]) {
  return pairs.map(([score, isSupported], index) => ({ score, isSupported, document: String(index) }));
}

test('areaUnderCurve() is the share of pairs in order, ties counted half', () => {
  assert.equal(areaUnderCurve(scored([0.1, false], [0.4, true], [0.35, false], [0.8, true])), 1);
  assert.equal(areaUnderCurve(scored([0.5, false], [0.5, true])), 0.5);
  assert.equal(areaUnderCurve(scored([0.1, false], [0.4, false], [0.35, true], [0.8, true])), 0.75);
  assert.ok(Number.isNaN(areaUnderCurve(scored([1, true]))));
});

test('confidenceInterval() holds the area, is the same for the same seed, and wide for few documents', () => {
  const few = scored([0.1, false], [0.4, false], [0.35, true], [0.8, true]);
  const [low, high] = confidenceInterval(few, 1);
  assert.ok(low <= 0.75 && high >= 0.75 && high - low > 0.4);
  assert.deepEqual(confidenceInterval(few, 1), [low, high]);
});

test('fitLogistic() gives what tells nothing no weight, and what speaks against support none either', () => {
  const rows = Array.from({ length: 200 }, (_, index) => ({ features: [index % 2, index % 3 === 0 ? 1 : 0, 1 - (index % 2)], isSupported: index % 2 === 1 }));
  const { weights } = fitLogistic(rows);
  assert.ok((weights[0] ?? 0) > 2);
  assert.ok((weights[1] ?? 1) < 0.2);
  assert.equal(weights[2], 0);
});

test('curvePlot() goes from nothing to all, through each distinct score', () => {
  const svg = curvePlot([{ name: 'one', scored: scored([0.9, true], [0.5, true], [0.5, false], [0.1, false]) }]);
  assert.match(svg, /points="56,340 56,180 216,20 376,20"/);
});

test('the weights that are shipped are those that the published claims give, and reach the target on them', needsConformance('grounding'), () => {
  const claims = wiceClaims(join(conformanceFolder('grounding'), '..'));
  const { weights, bias } = fitLogistic(featureRows(claims));
  const { support } = defaults;
  for (const [index, name] of supportFeatures.entries()) assert.ok(Math.abs(support.weights[name] - (weights[index] ?? 0)) < 0.0001, name);
  assert.ok(Math.abs(support.bias - bias) < 0.0001);
  const answers = scoredClaims(claims);
  const supported = answers.filter(({ isSupported }) => isSupported);
  const vetoed = answers.filter(({ support: { vetoes } }) => vetoes.length > 0);
  assert.ok(areaUnderCurve(answers) >= 0.75);
  assert.ok(supported.filter(({ score }) => score >= support.threshold).length >= 0.95 * supported.length);
  // Of claims that a veto is about, nine of ten are not supported; of the supported, it is about one of seven at most.
  assert.ok(vetoed.filter(({ isSupported }) => !isSupported).length >= 0.9 * vetoed.length);
  assert.ok(vetoed.filter(({ isSupported }) => isSupported).length <= 0.15 * supported.length);
});
