import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { readSource } from '../../../../src/domain/behavior/read-source.ts';
import type { SourceReading } from '../../../../src/domain/behavior/source-reading.ts';
import type { JsonObject, JsonValue } from '../../../../src/domain/json-value.ts';
import { webAdapters } from '../../../../src/probes/behavior-sources/adapters/web-sources.ts';
import { createBehaviorReader } from '../../../../src/probes/behavior-sources/behavior-reader.ts';
import type { SourceGrant } from '../../../../src/probes/behavior-sources/source-grants.ts';
import { createValidator } from '../../../../src/probes/schema-validation/schema-validator.ts';
import { aReader, aService, json } from '../a-service.ts';
import type { Service } from '../a-service.ts';

const now = new Date('2026-11-20T12:00:00.000Z');

interface Asking {
  readonly service: Service;
  readonly grants?: readonly SourceGrant[];
  readonly document?: JsonValue;
  /** Of the repository. */
  readonly id?: number | null;
}

/** Asks a source as a repository `acme/shop` would. */
async function ask(context: TestContext, source: JsonObject, { service, grants = [], document, id = 7 }: Asking): Promise<SourceReading> {
  const validator = createValidator({ workers: 1 });
  context.after(async () => await validator.close());
  const reader = createBehaviorReader(webAdapters({ repository: { name: 'acme/shop', id }, reader: aReader([service.host]), grants, validator, clock: { now: () => now } }));
  const documents = document === undefined ? [] : [{ path: 'api.json', blob: 'a', value: document }];
  return await reader.read({ name: 'checkout', source: readSource(source), documents, base: 'b', head: null });
}

const why = (reading: SourceReading): string => (reading.kind === 'answered' ? 'answered' : reading.why);
const granting = (service: Service, changes: Partial<SourceGrant> = {}): readonly SourceGrant[] => [{ name: 'TOKEN', repositories: ['Acme/Shop'], hosts: [service.host], secret: { reveal: () => 'hush' }, ...changes }];

test('http-json gives the answer, when it was measured and what made it', async (t) => {
  const service = await aService(t, json('{"score": 1, "at": "2026-11-20T11:00:00Z", "reproducibility": {"generator": "k6", "version": "1"}}'));
  const source = { type: 'http-json', url: service.url };
  const reading = await ask(t, { ...source, observedAt: '/at' }, { service });
  assert.deepEqual(reading.kind === 'answered' ? [reading.observedAt, reading.generator?.generator] : reading, ['2026-11-20T11:00:00.000Z', 'k6']);
  const dated = await ask(t, source, { service });
  assert.equal(dated.kind === 'answered' ? dated.observedAt : dated, now.toISOString());
  assert.match(why(await ask(t, { ...source, observedAt: '/score' }, { service })), /^the answer has no instant at "\/score"/);
});

test('http-json gives no signal for an instant without its zone: it would be one of this machine', async (t) => {
  for (const at of ['2026-11-20T12:00:00', '20 Nov 2026 12:00', '2026-02-30T12:00:00Z', '1795176000000']) {
    const service = await aService(t, json(JSON.stringify({ score: 1, at })));
    assert.match(why(await ask(t, { type: 'http-json', url: service.url, observedAt: '/at' }, { service })), /^the answer has no instant at "\/at"/, at);
  }
});

test('http-json gives no signal for an error, and for what is no JSON', async (t) => {
  const broken = await aService(t, (response) => response.writeHead(500).end());
  const text = await aService(t, json('score'));
  for (const service of [broken, text]) assert.equal((await ask(t, { type: 'http-json', url: service.url }, { service })).kind, 'no-signal');
});

test('a secret is sent where it is granted to the repository for the host, and is not looked at elsewhere', async (t) => {
  const service = await aService(t, json('1'));
  const source = { type: 'http-json', url: service.url, secret: 'TOKEN' };
  assert.equal(why(await ask(t, source, { service, grants: granting(service) })), 'answered');
  assert.equal(service.requests.at(-1)?.authorization, 'Bearer hush');
  const untouched = { reveal: () => assert.fail('looked at') };
  for (const changes of [{ repositories: ['acme/other'] }, { hosts: ['elsewhere.example'] }, { name: 'OTHER' }]) {
    assert.match(why(await ask(t, source, { service, grants: granting(service, { ...changes, secret: untouched }) })), /^the secret "TOKEN" is not granted to "acme\/shop" for /);
  }
  assert.equal(service.requests.length, 1);
});

test('attack: a secret that is granted to a number is not sent by another repository under its name', async (t) => {
  const service = await aService(t, json('1'));
  const [source, grants] = [{ type: 'http-json', url: service.url, secret: 'TOKEN' }, granting(service, { repositories: [7] })];
  assert.equal(why(await ask(t, source, { service, grants })), 'answered');
  for (const id of [8, null]) assert.match(why(await ask(t, source, { service, grants, id })), /^the secret "TOKEN" is not granted to "acme\/shop" for /);
});

test('prometheus gives a number for a query, and a value for each step of a window, with null where there is none', async (t) => {
  const service = await aService(t, (response, request) => {
    const asked = new URL(request.url ?? '', 'http://a').searchParams;
    const end = Number(asked.get('end'));
    const data = asked.get('step') === null ? { resultType: 'vector', result: [{ metric: {}, value: [now.getTime() / 1000, '0.5'] }] } : { resultType: 'matrix', result: [{ metric: {}, values: [[end - 60, '1'], [end, '3']] }] };
    json(JSON.stringify({ status: 'success', data }))(response);
  });
  const queries = { share: { query: 'share' }, latency: { query: 'latency', window: '3m', step: '30s' } };
  const reading = await ask(t, { type: 'prometheus', url: service.url, queries }, { service });
  assert.deepEqual(reading, { kind: 'answered', value: { share: 0.5, latency: [null, null, null, 1, null, 3] }, observedAt: now.toISOString(), generator: null });
});

test('prometheus gives no signal where one of its queries gives none, and names it', async (t) => {
  const service = await aService(t, (response, request) => json(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: request.url?.includes('query=gone') === true ? [] : [{ metric: {}, value: [now.getTime() / 1000, '1'] }] } }))(response));
  assert.match(why(await ask(t, { type: 'prometheus', url: service.url, queries: { a: { query: 'a' }, b: { query: 'gone' } } }, { service })), /^the query "b": .*no series/);
});

const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
const api = { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: { '/orders/{id}': { get: { operationId: 'order', responses } } } };

test('openapi gives the differences between live responses and the document, none where there are none', async (t) => {
  const service = await aService(t, (response, request) => json(request.url === '/orders/1?full=yes' ? '{"id": 1}' : '{"id": "x"}')(response));
  const asking = (id: string) => ask(t, { type: 'openapi', document: 'api.json', server: service.url, operations: [{ id: 'order', parameters: { id, full: 'yes' } }] }, { service, document: api });
  const [same, other] = [await asking('1'), await asking('2')];
  assert.deepEqual([same, other].map((reading) => (reading.kind === 'answered' ? reading.value : reading)), [{ differences: [] }, { differences: ['order/id must be integer'] }]);
});

test('openapi gives no signal without the document, for an operation that it has not, and for a service that is down', async (t) => {
  const service = await aService(t, (response) => response.writeHead(503).end());
  const source = (id: string) => ({ type: 'openapi', document: 'api.json', server: service.url, operations: [{ id, parameters: { id: 1 } }] });
  const readings = [await ask(t, source('order'), { service }), await ask(t, source('gone'), { service, document: api }), await ask(t, source('order'), { service, document: api })];
  assert.deepEqual(readings.map((reading) => why(reading).replace(/127[\d.:]*/, 'host')), ['"api.json" is no OpenAPI document', 'the document has no operation "gone" of method GET', 'the operation "order": "host" answered 503, expected 200']);
});

test('a kind that nothing here can ask gives no signal, and says so', async (t) => {
  const service = await aService(t, json('1'));
  assert.equal(why(await ask(t, { type: 'contract-releases' }, { service })), 'the source is of the kind "contract-releases", expected one that can be asked from here: the App asks it');
});
