import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeMetrics } from '../../../../src/gates/drift/statistics/judge-metrics.ts';
import type { NamedMetric } from '../../../../src/gates/drift/statistics/judge-metrics.ts';
import type { Metric } from '../../../../src/gates/drift/statistics/metric.ts';
import { aMissing, aRate, aShift, anExact, values } from './some-metrics.ts';

const named = (metrics: readonly Metric[], critical = -1): readonly NamedMetric[] => metrics.map((metric, index) => ({ name: `m${index}`, critical: index === critical, metric }));
const verdictsOf = (metrics: readonly Metric[], confidence = 0.95) => judgeMetrics(named(metrics), confidence).metrics.map(({ measured }) => measured.verdict);

const good = (count: number): readonly Metric[] => Array.from({ length: count }, (_, index) => aShift({ samples: values(60, 0, 2 + index) }));

test('judgeMetrics() passes only when every metric does', () => {
  assert.equal(judgeMetrics(named(good(3)), 0.95).verdict, 'pass');
  assert.equal(judgeMetrics(named([...good(3), aShift({ samples: values(12, 8, 2) })]), 0.95).verdict, 'inconclusive');
});

test('judgeMetrics() of no metric, and without a confidence, passes nothing', () => {
  assert.equal(judgeMetrics([], 0.95).verdict, 'inconclusive');
  for (const confidence of [Number.NaN, 0, 0.5, 1, 2, -1, Number.POSITIVE_INFINITY]) assert.equal(judgeMetrics(named([...good(1), aRate(), aMissing()]), confidence).metrics.some(({ measured }) => measured.verdict !== 'inconclusive'), false, String(confidence));
});

test('nineteen good metrics do not make up for one that drifted, critical or not, and a critical one is told first', () => {
  const metrics = named([...good(19), aShift({ samples: values(60, 25, 2) })], 19);
  const { verdict, metrics: [first], why } = judgeMetrics(metrics, 0.95);
  assert.deepEqual([verdict, first?.name, first?.measured.verdict], ['drift', 'm19', 'drift']);
  assert.match(why, /^m19 \(critical\): All of /);
  assert.equal(judgeMetrics(named([...good(19), aShift({ samples: values(60, 25, 2) })]), 0.95).verdict, 'drift');
});

test('a drift that one in twenty would show by chance is one alone, and inconclusive among twenty', () => {
  const doubtful = aMissing({ samples: { missing: 5, total: 100 }, cap: 0.5 });
  const others = Array.from({ length: 19 }, () => aMissing());
  assert.deepEqual(verdictsOf([doubtful]), ['drift']);
  const [first, ...rest] = verdictsOf([aMissing({ samples: { missing: 5, total: 100 } }), ...others]);
  assert.deepEqual([first, new Set(rest)], ['inconclusive', new Set(['pass'])]);
});

test('each drift that is found leaves more for the rest', () => {
  // Five of 100 against none has probability 0.030: too much for a half of 0.05, not for what is left after a drift.
  const doubtful = aMissing({ samples: { missing: 5, total: 100 } });
  assert.deepEqual(verdictsOf([doubtful, aMissing()]), ['inconclusive', 'pass']);
  assert.deepEqual(verdictsOf([doubtful, aMissing({ samples: { missing: 50, total: 100 } })]), ['drift', 'drift']);
});

test('values that are compared exactly take nothing from the tests', () => {
  const { tests } = judgeMetrics(named([anExact(), anExact(), aMissing({ samples: { missing: 5, total: 100 } })]), 0.95);
  assert.equal(tests, 1);
  assert.deepEqual(verdictsOf([anExact({ found: 2 }), aMissing({ samples: { missing: 5, total: 100 } })]), ['drift', 'drift']);
});

test('how far distributions are apart is told of lists of numbers, and decides nothing', () => {
  const { verdict, metrics } = judgeMetrics(named([aShift(), aShift({ samples: values(60, 3, 2) }), aRate(), anExact(), aMissing()]), 0.95);
  assert.deepEqual([verdict, metrics.map(({ distances }) => distances !== null)], ['pass', [true, true, false, false, false]]);
  const [near, far] = metrics.map(({ distances }) => distances);
  assert.ok((far?.wasserstein ?? 0) > (near?.wasserstein ?? 0) && (far?.populationStabilityIndex ?? 0) > 0.1, JSON.stringify([near, far]));
});

test('a metric more never makes the verdict looser', () => {
  const order = ['pass', 'inconclusive', 'drift'];
  const pool: readonly Metric[] = [...good(2), aRate(), aRate({ samples: { successes: 80, trials: 100 } }), aMissing({ samples: { missing: 1, total: 50 } }), anExact(), anExact({ found: undefined }), aShift({ samples: values(60, 25, 2) }), aShift({ samples: [] })];
  for (const first of pool) for (const second of pool) {
    const [one, both] = [judgeMetrics(named([first]), 0.95).verdict, judgeMetrics(named([first, second]), 0.95).verdict];
    // A lone drift may become inconclusive among more, never a pass.
    assert.ok(order.indexOf(both) >= Math.min(order.indexOf(one), 1));
  }
});
