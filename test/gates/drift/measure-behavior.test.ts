import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BehaviorFile, NoMeasure, SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { ValidationAnswer } from '../../../src/domain/probe-answer.ts';
import { measureBehavior } from '../../../src/gates/drift/measure-behavior.ts';
import type { BehaviorMeasurement, MeasuredBehavior } from '../../../src/gates/drift/measure-behavior.ts';
import { judgeMetrics } from '../../../src/gates/drift/statistics/judge-metrics.ts';
import { aDocument, behaviorOf, ofMetric } from '../../domain/behavior/a-behavior.ts';
import { values } from './statistics/some-metrics.ts';

const now = '2026-11-20T12:00:00.000Z';
const strict = { kind: 'strict' } as const;
const made = { generator: 'k6', version: '1.2.0', seed: 42, iterations: 1000 };
const answered = (value: JsonValue, changes: Partial<Extract<SourceReading, { kind: 'answered' }>> = {}): SourceReading => ({ kind: 'answered', value, observedAt: now, generator: null, ...changes });

function measure(document: JsonObject, reading: SourceReading, changes: Partial<BehaviorMeasurement> = {}): MeasuredBehavior {
  return measureBehavior({ behavior: behaviorOf(document), reading, files: new Map(), shapes: new Map(), now, mode: strict, ...changes });
}

/** The verdict of the statistics, or the codes of the reasons why there is none. */
function outcomeOf(measured: MeasuredBehavior): string {
  return measured.kind === 'metrics' ? judgeMetrics(measured.metrics, 0.95).verdict : measured.reasons.map(({ code }) => code).join(' ');
}

function reasonsOf(measured: MeasuredBehavior): readonly NoMeasure[] {
  return measured.kind === 'none' ? measured.reasons : [];
}

const latency = { name: 'latency', samples: '/latency', baseline: values(60), tolerance: { relative: 0.1 } };
const paired = { name: 'cases', samples: '/cases', baseline: Array.from({ length: 60 }, () => true), paired: true, margin: 0.1, direction: 'decrease' };
const rate = { name: 'rate', successes: '/ok', trials: '/n', baseline: { successes: 58, trials: 60 }, margin: 0.1, direction: 'decrease' };
const score = { name: 'score', pointer: '/score', baseline: 0.847, absolute: 0.001 };
const body = { name: 'response', body: '/', schema: 'schemas/checkout.schema.json' };

const cases: readonly (readonly [metric: JsonObject, same: JsonValue, other: JsonValue])[] = [
  [score, { score: 0.848 }, { score: 0.849 }],
  [{ ...score, direction: 'decrease' }, { score: 0.9 }, { score: 0.8 }],
  [{ name: 'exact', pointer: '/a', baseline: 'x', direction: 'increase' }, { a: 'x' }, { a: 'y' }],
  [{ name: 'whole', pointer: '/', baseline: { a: 1, b: 2 }, fields: { '/b': { relative: 0.5 } } }, { a: 1, b: 3 }, { a: 2, b: 2 }],
  [latency, { latency: values(60, 0, 2) }, { latency: values(60, 30, 2) }],
  [{ ...latency, paired: true, tolerance: { absolute: 10 } }, { latency: values(60, 0, 2) }, { latency: values(60, 30, 2) }],
  [{ ...latency, quantile: 0.9 }, { latency: values(60, 0, 2) }, { latency: values(60, 90, 2) }],
  [{ ...latency, quantile: 0.5, baseline: 100 }, { latency: values(60, 0, 2) }, { latency: values(60, 30, 2) }],
  [paired, { cases: Array.from({ length: 60 }, () => true) }, { cases: Array.from({ length: 60 }, (_, index) => index > 30) }],
  [rate, { ok: 97, n: 100 }, { ok: 50, n: 100 }],
];

for (const [metric, same, other] of cases) {
  test(`a metric ${JSON.stringify(metric).slice(0, 70)} passes as agreed, and drifts beyond its tolerance`, () => {
    assert.deepEqual([outcomeOf(measure(ofMetric(metric), answered(same))), outcomeOf(measure(ofMetric(metric), answered(other)))], ['pass', 'drift']);
  });
}

test('a body passes where its schema has nothing against it, drifts where it has or nothing is there, and is not judged without it', () => {
  const say = (shape: ValidationAnswer | null, document = ofMetric(body)) => outcomeOf(measure(document, answered({ a: 1 }), { shapes: new Map(shape === null ? [] : [['response', shape]]) }));
  assert.deepEqual([say({ kind: 'valid' }), say({ kind: 'violations', violations: [{ pointer: '/a', keyword: 'type', message: 'must be string' }] }), say({ kind: 'violations', violations: [] })], ['pass', 'drift', 'drift']);
  assert.deepEqual([say(null), say({ kind: 'unusable', why: 'w' }), say({ kind: 'undecided', why: 'w' })], ['drift/no_signal', 'drift/no_signal', 'drift/no_signal']);
  assert.equal(say({ kind: 'valid' }, ofMetric({ ...body, body: '/gone' })), 'drift');
});

test('a missing field of an answer is a drift, and what stands for a number and is none is no signal', () => {
  assert.equal(outcomeOf(measure(ofMetric(score), answered({ other: 1 }))), 'drift');
  for (const value of [null, 'NaN', '0.847', Number.NaN, Number.POSITIVE_INFINITY, true, {}, []]) assert.equal(outcomeOf(measure(ofMetric(score), answered({ score: value }))), 'drift/no_signal', JSON.stringify(value));
});

test('strict: no answer and an empty one are no signal', () => {
  assert.deepEqual(reasonsOf(measure(aDocument(), { kind: 'no-signal', why: 'status 500' })), [{ code: 'drift/no_signal', metric: null, found: 'status 500', expected: 'an answer' }]);
  for (const value of [null, '', {}, []]) assert.equal(outcomeOf(measure(ofMetric({ name: 'all', pointer: '/', baseline: {} }), answered(value))), 'drift/no_signal', JSON.stringify(value));
});

test('strict: an answer older than maxAge is stale, and so is one that is dated ahead or not at all', () => {
  const at = (observedAt: string) => outcomeOf(measure(aDocument({ maxAge: '1h' }), answered({ score: 0.847 }, { observedAt })));
  assert.deepEqual(['2026-11-20T11:00:00.000Z', '2026-11-20T12:01:00.000Z'].map(at), ['pass', 'pass']);
  assert.deepEqual(['2026-11-20T10:59:59.999Z', '2026-11-20T12:01:00.001Z', '9999-01-01T00:00:00Z', '', 'today'].map(at), Array.from({ length: 5 }, () => 'drift/stale'));
});

test('strict: an answer of another generator, or of one that is not stated, is an error and no drift', () => {
  const by = (generator: typeof made | null) => outcomeOf(measure(aDocument({ reproducibility: made }), answered({ score: 0.1 }, { generator })));
  assert.deepEqual([by(made), by(null), ...Object.keys(made).map((name) => by({ ...made, [name]: name === 'seed' || name === 'iterations' ? 7 : '9' }))], ['drift', ...Array.from({ length: 5 }, () => 'drift/generator_changed')]);
});

test('a baseline file states what made it, which is compared with the behaviour, or else with the answer', () => {
  const file = (reproducibility: JsonObject) => ({ files: new Map<string, BehaviorFile>([['b.json', { kind: 'value', value: { values: values(60), reproducibility } }]]) });
  const { baseline: _, ...rest } = latency;
  const document = ofMetric({ ...rest, baselineSamples: 'b.json' });
  const reading = answered({ latency: values(60, 0, 2) }, { generator: made });
  const outcomes = [document, { ...document, reproducibility: made }].flatMap((one) => [made, { ...made, version: '1.1.0' }].map((by) => outcomeOf(measure(one, reading, file(by)))));
  assert.deepEqual(outcomes, ['pass', 'drift/generator_changed', 'pass', 'drift/generator_changed']);
});

test('strict: a baseline that is not there, can not be read or is empty is no signal', () => {
  const { baseline: _, ...rest } = latency;
  const document = ofMetric({ ...rest, baselineSamples: 'b.json' });
  const files: readonly (BehaviorFile | null)[] = [null, { kind: 'unreadable', why: 'w' }, { kind: 'value', value: [] }, { kind: 'value', value: {} }, { kind: 'value', value: { values: 'x' } }];
  for (const file of files) assert.equal(outcomeOf(measure(document, answered({ latency: values(60, 0, 2) }), { files: new Map(file === null ? [] : [['b.json', file]]) })), 'drift/no_signal');
});

test('strict: too few samples or trials are told with how many are needed, and too many are refused', () => {
  const document = (metric: JsonObject) => ({ ...ofMetric(metric), minSamples: 30, maxSamples: 60 });
  assert.deepEqual(reasonsOf(measure(document(latency), answered({ latency: values(29) }))), [{ code: 'drift/too_few_samples', metric: 'latency', found: '29', expected: 'at least 30' }]);
  assert.deepEqual([outcomeOf(measure(document(rate), answered({ ok: 29, n: 29 }))), outcomeOf(measure(document(rate), answered({ ok: 61, n: 61 }))), outcomeOf(measure(document(latency), answered({ latency: values(61) })))], ['drift/too_few_samples', 'drift/no_signal', 'drift/no_signal']);
});

test('one missing value among many keeps a behaviour from passing, and is a metric of its own', () => {
  const measured = measure(ofMetric(latency), answered({ latency: [...values(59, 0, 2), null] }));
  assert.equal(outcomeOf(measured), 'inconclusive');
  assert.deepEqual(measured.kind === 'metrics' ? measured.metrics.map(({ name }) => name) : [], ['latency', 'missing answers']);
});

test('one metric without a signal leaves nothing of the behaviour judged', () => {
  assert.deepEqual(reasonsOf(measure(aDocument({ metrics: [score, latency] }), answered({ score: 0.1 }))), [{ code: 'drift/no_signal', metric: 'latency', found: 'nothing at "/latency"', expected: 'a list of values' }]);
});

test('attack: no junk in place of samples or counts passes', () => {
  const junk: readonly JsonValue[] = [null, true, 1, 'x', {}, [], [null], [Number.NaN, Number.NaN, Number.NaN, Number.NaN], Array.from({ length: 60 }, () => 'NaN'), Array.from({ length: 60 }, () => 100), Array.from({ length: 60 }, () => [100]), values(3), { length: 60 }, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5];
  for (const value of junk) {
    for (const [metric] of cases.slice(4)) assert.notEqual(outcomeOf(measure(ofMetric(metric), answered({ latency: value, cases: value, ok: value, n: value }))), 'pass', JSON.stringify([metric, value]).slice(0, 200));
  }
});

test('attack: more values in all metrics together than a gate has time for are refused, whatever stands for them', () => {
  const list = values(5_000);
  const baseline = new Map<string, BehaviorFile>([['b.json', { kind: 'value', value: [...list] }]]);
  const asked = (count: number, metric: JsonObject): JsonObject => aDocument({ metrics: Array.from({ length: count }, (_, index) => ({ ...metric, name: `m${index}` })) });
  const refusal = (found: number): readonly NoMeasure[] => [{ code: 'drift/no_signal', metric: null, found: `${found} values in all metrics together`, expected: 'at most 50000: fewer of each, or several behaviours' }];
  const samples = { samples: '/l', baselineSamples: 'b.json', tolerance: { relative: 0.1 } };
  assert.deepEqual(reasonsOf(measure(asked(6, samples), answered({ l: list }), { files: baseline })), refusal(60_000));
  assert.deepEqual(reasonsOf(measure(asked(100, { pointer: '/l', baseline: [] }), answered({ l: list }))), refusal(500_200));
  assert.deepEqual(reasonsOf(measure(asked(15, { successes: '/ok', trials: '/n', baseline: { successes: 970, trials: 1_000 }, margin: 0.1 }), answered({ ok: 970, n: 1_000 }))), refusal(60_000));
  assert.equal(outcomeOf(measure(asked(2, samples), answered({ l: list }), { files: baseline })), 'pass');
});

test('attack: what is not refused takes a gate no longer than seconds of its processor, however sizes and drifts are chosen', () => {
  // All of what is not refused; in the short run a third of it, in a third of the time.
  const part = process.env['PLUMBLINE_LONG'] === '1' ? 1 : 3;
  const before = process.cpuUsage();
  const lists = Object.fromEntries(Array.from({ length: Math.ceil(100 / part) }, (_, index) => [`l${index}`, values(150 + part * index, 100 * (index % 7), index)]));
  const metrics = Object.keys(lists).map((name) => ({ name, samples: `/${name}`, baselineSamples: 'b.json', tolerance: { relative: 0.1 } }));
  assert.equal(outcomeOf(measure(aDocument({ metrics }), answered(lists), { files: new Map([['b.json', { kind: 'value', value: [...values(200)] }]]) })), 'drift');
  const counts = Object.fromEntries(Array.from({ length: 12 / part }, (_, index) => [`n${index}`, { ok: 900 + index, n: 960 + index }]));
  const rates = Object.keys(counts).map((name) => ({ name, successes: `/${name}/ok`, trials: `/${name}/n`, baseline: { successes: 980, trials: 1_000 }, margin: 0.05 }));
  assert.equal(outcomeOf(measure(aDocument({ metrics: rates }), answered(counts))), 'inconclusive');
  const { user } = process.cpuUsage(before);
  // Some 2 s for all on a busy machine; a hundred lists of 5,000 took 30 s.
  assert.ok(user < 10_000_000 / part, `${user / 1e6} s`);
});

test('observing reads the fixture where the source gives nothing, says why, and decides nothing', () => {
  const observe = (file: BehaviorFile | null, reading: SourceReading) => measure(aDocument({ strict: false }), reading, { mode: { kind: 'observe', fixture: file === null ? null : { file, shapes: new Map() } } });
  const silent = { kind: 'no-signal', why: 'status 500' } as const;
  const reason = { code: 'drift/no_signal', metric: null, found: 'status 500', expected: 'an answer' };
  const used = observe({ kind: 'value', value: { score: 0.847 } }, silent);
  assert.deepEqual([outcomeOf(used), used.decides, used.kind === 'metrics' ? used.fixtureFor : null], ['pass', false, [reason]]);
  const live = observe({ kind: 'value', value: { score: 0.847 } }, answered({ score: 0.1 }));
  assert.deepEqual([outcomeOf(live), live.decides, live.kind === 'metrics' ? live.fixtureFor : null], ['drift', false, []]);
  assert.deepEqual(observe(null, silent), { kind: 'none', reasons: [reason], decides: false });
  assert.equal(reasonsOf(observe({ kind: 'unreadable', why: 'w' }, silent)).length, 2);
});
