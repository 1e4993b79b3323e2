import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { JsonValue } from '../../../../src/domain/json-value.ts';
import type { PrometheusQuery } from '../../../../src/probes/behavior-sources/prometheus/prometheus-query.ts';
import { queryPrometheus } from '../../../../src/probes/behavior-sources/prometheus/query-prometheus.ts';
import type { PrometheusAnswer } from '../../../../src/probes/behavior-sources/prometheus/query-prometheus.ts';
import { aReader, aService, json } from '../a-service.ts';
import type { Service } from '../a-service.ts';

const at = new Date('2026-03-01T12:00:00.500Z');
const instant = { kind: 'instant', at } as const;
const second = at.getTime() / 1_000;
const range = { kind: 'range', start: at, end: new Date(at.getTime() + 65_000), stepMs: 30_000 } as const;

async function asked(context: TestContext, body: JsonValue, query: Partial<PrometheusQuery> = {}): Promise<{ readonly answer: PrometheusAnswer; readonly service: Service }> {
  const service = await aService(context, json(JSON.stringify(body)));
  const answer = await queryPrometheus(aReader([service.host]), { url: `${service.url}prom/`, query: 'up{a="b"}', when: instant, series: 'one', secret: null, ...query });
  return { answer: answer.kind === 'no-signal' ? { kind: 'no-signal', why: answer.why.replaceAll(service.host, 'HOST') } : answer, service };
}

const success = (resultType: string, result: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({ status: 'success', data: { resultType, result }, ...more });
const vector = (...values: readonly string[]): JsonValue => success('vector', values.map((value, index) => ({ metric: { pod: `p${values.length - index}` }, value: [second, value] })));
const matrix = (...values: readonly (readonly [number, string])[]): JsonValue => success('matrix', [{ metric: { pod: 'a' }, values: values.map(([step, value]) => [second + step * 30, value]) }]);

test('queryPrometheus() asks an instant query and gives the value of the one series', async (context) => {
  const { answer, service } = await asked(context, vector('0.25'), { secret: 'token' });
  assert.deepEqual(answer, { kind: 'series', series: [{ labels: { pod: 'p1' }, values: [0.25] }] });
  assert.deepEqual(service.requests, [{ path: '/prom/api/v1/query?query=up%7Ba%3D%22b%22%7D&time=1772366400.500', authorization: 'Bearer token' }]);
});

test('queryPrometheus() takes a scalar for an instant', async (context) => {
  assert.deepEqual((await asked(context, success('scalar', [second, '1e+06']))).answer, { kind: 'series', series: [{ labels: {}, values: [1_000_000] }] });
});

test('queryPrometheus() asks a range and gives a value or null for each step', async (context) => {
  const { answer, service } = await asked(context, matrix([0, '1'], [2, '-2.5e-05']), { when: range });
  assert.deepEqual(answer, { kind: 'series', series: [{ labels: { pod: 'a' }, values: [1, null, -0.000025] }] });
  assert.deepEqual(service.requests.map(({ path }) => path), ['/prom/api/v1/query_range?query=up%7Ba%3D%22b%22%7D&start=1772366400.500&end=1772366465.500&step=30.000']);
});

test('queryPrometheus() keeps NaN and infinities as missing', async (context) => {
  const { answer } = await asked(context, matrix([0, 'NaN'], [1, '+Inf'], [2, '-Inf']), { when: range });
  assert.deepEqual(answer, { kind: 'series', series: [{ labels: { pod: 'a' }, values: [null, null, null] }] });
});

test('queryPrometheus() gives several series, by their labels, only where they are asked for', async (context) => {
  const { answer } = await asked(context, vector('1', '2'), { series: 'all' });
  assert.deepEqual(answer, { kind: 'series', series: [{ labels: { pod: 'p1' }, values: [2] }, { labels: { pod: 'p2' }, values: [1] }] });
  assert.deepEqual((await asked(context, vector('1', '2'))).answer, { kind: 'no-signal', why: '"HOST" answered the query with 2 series, expected one' });
});

const noSignals: Readonly<Record<string, readonly [body: JsonValue, found: string, when?: PrometheusQuery['when']]>> = {
  'an error with status 200': [{ status: 'error', errorType: 'timeout', error: 'canary' }, 'an error'],
  'another document': [[1], 'an error'],
  'warnings, even with data': [success('vector', [{ metric: {}, value: [second, '1'] }], { warnings: ['canary: remote read failed'] }), 'warnings'],
  'warnings in another form': [success('vector', [{ metric: {}, value: [second, '1'] }], { warnings: 'canary' }), 'warnings'],
  'no data': [{ status: 'success' }, 'no data'],
  'no series': [vector(), 'no series'],
  'no series in a range': [success('matrix', []), 'no series', range],
  'a matrix for an instant': [matrix([0, '1']), 'no vector'],
  'a string': [success('string', [second, '1']), 'no vector'],
  'a scalar for a range': [success('scalar', [second, '1']), 'no matrix', range],
  'a value of another time': [success('vector', [{ metric: {}, value: [second - 300, '1'] }]), 'a sample that is none, or of a time that was not asked for'],
  'a step that was not asked for': [matrix([0, '1'], [3, '1']), 'a sample that is none, or of a time that was not asked for', range],
  'a step twice': [matrix([0, '1'], [0, '2']), 'a sample that is none, or of a time that was not asked for', range],
  'a number instead of its text': [success('vector', [{ metric: {}, value: [second, 1] }]), 'a sample that is none, or of a time that was not asked for'],
  'an empty text': [vector(''), 'a sample that is none, or of a time that was not asked for'],
  'a number in another notation': [vector('0x10'), 'a sample that is none, or of a time that was not asked for'],
  'a number that no double is': [vector('1e999'), 'a sample that is none, or of a time that was not asked for'],
  'a histogram': [success('vector', [{ metric: {}, histogram: [second, { count: '1', sum: '1' }] }]), 'a histogram'],
  'labels that are none': [success('vector', [{ metric: { a: 1 }, value: [second, '1'] }]), 'a series without labels'],
  'a series twice': [success('vector', [{ metric: { a: 'b' }, value: [second, '1'] }, { metric: { a: 'b' }, value: [second, '2'] }]), 'a series twice'],
  'a great many series': [success('vector', Array.from({ length: 101 }, (_none, index) => ({ metric: { a: String(index) }, value: [second, '1'] }))), 'more than 100 series'],
};

for (const [name, [body, found, when]] of Object.entries(noSignals)) {
  test(`queryPrometheus() has no signal from ${name}`, async (context) => {
    const { answer } = await asked(context, body, { series: 'all', when: when ?? instant });
    assert.ok(answer.kind === 'no-signal' && answer.why.startsWith(`"HOST" answered the query with ${found}, expected `), JSON.stringify(answer));
  });
}

test('queryPrometheus() has no signal from a query that the server refuses', async (context) => {
  const service = await aService(context, (response) => response.writeHead(422, { 'content-type': 'application/json' }).end('{"status":"error"}'));
  const answer = await queryPrometheus(aReader([service.host]), { url: service.url, query: 'x', when: instant, series: 'one', secret: null });
  assert.deepEqual(answer, { kind: 'no-signal', why: `"${service.host}" answered 422, expected 200` });
});

test('queryPrometheus() asks nothing where the range is backwards, endless or without steps', async (context) => {
  const bad = [{ ...range, end: new Date(at.getTime() - 1) }, { ...range, stepMs: 0 }, { ...range, stepMs: -1 }, { ...range, stepMs: 0.5 }, { ...range, stepMs: Number.NaN }, { ...range, stepMs: 1 }, { ...range, start: new Date(Number.NaN) }, { kind: 'instant', at: new Date(Number.NaN) } as const];
  for (const when of bad) {
    const { answer, service } = await asked(context, vector('1'), { when });
    assert.deepEqual([answer.kind, service.requests], ['no-signal', []]);
  }
});
