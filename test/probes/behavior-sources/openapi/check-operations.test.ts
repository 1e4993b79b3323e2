import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { JsonObject, JsonValue } from '../../../../src/domain/json-value.ts';
import { checkOperations } from '../../../../src/probes/behavior-sources/openapi/check-operations.ts';
import type { OperationAnswer, OperationToCheck } from '../../../../src/probes/behavior-sources/openapi/check-operations.ts';
import { createValidator } from '../../../../src/probes/schema-validation/schema-validator.ts';
import { aReader, aService } from '../a-service.ts';

const validator = createValidator({ workers: 1 });
after(async () => await validator.close());

function aDocument(schema: JsonValue, schemas: JsonObject = {}, more: JsonObject = { openapi: '3.1.0' }): JsonObject {
  return { info: {}, paths: { '/orders/{id}': { get: { responses: { 200: { $ref: '#/components/responses/Order' } } } } }, components: { schemas, responses: { Order: { content: { 'application/json; charset=utf-8': { schema } } } } }, ...more };
}

const order: OperationToCheck = { path: '/orders/{id}', at: '/orders/1?full=yes', status: 200 };

async function checked(context: TestContext, document: JsonObject, body: string, status = 200, operation: OperationToCheck = order): Promise<OperationAnswer | undefined> {
  const service = await aService(context, (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  const answer = await checkOperations(aReader([service.host]), validator, { url: `${service.url}v1/`, document, operations: [operation], secret: null });
  if (service.requests.length > 0) assert.deepEqual(service.requests.map(({ path }) => path), ['/v1/orders/1?full=yes']);
  return answer.kind === 'operations' ? answer.answers[0] : answer;
}

const person = { type: 'object', required: ['name', 'password'], properties: { name: { type: 'string' }, password: { type: 'string', writeOnly: true }, parent: { $ref: '#/components/schemas/Person' } } };
const ofPerson = aDocument({ $ref: '#/components/schemas/Person' }, { Person: person, Unused: { $ref: 'https://example.com/elsewhere' } });

test('checkOperations() finds a response valid, through components that refer to themselves', async (context) => {
  assert.deepEqual(await checked(context, ofPerson, '{"name":"a","parent":{"name":"b"}}'), { kind: 'valid' });
});

test('checkOperations() tells where a response breaks the schema', async (context) => {
  const answer = await checked(context, ofPerson, '{"name":"a","parent":{"name":1}}');
  assert.deepEqual(answer?.kind === 'violations' ? answer.violations.map(({ pointer, keyword }) => [pointer, keyword]) : answer, [['/parent/name', 'type']]);
});

test('checkOperations() reads nullable, exclusive bounds and references of 3.0 as 3.0 means them', async (context) => {
  const schema = { type: 'object', properties: { a: { type: 'string', nullable: true }, b: { type: 'number', minimum: 0, exclusiveMinimum: true }, c: { $ref: '#/components/schemas/C', maximum: 1 } } };
  const document = aDocument(schema, { C: { type: 'integer' } }, { openapi: '3.0.3' });
  assert.deepEqual(await checked(context, document, '{"a":null,"b":0.1,"c":5}'), { kind: 'valid' });
  const answer = await checked(context, document, '{"a":1,"b":0,"c":"x"}');
  assert.deepEqual(answer?.kind === 'violations' ? answer.violations.map(({ pointer }) => pointer).toSorted() : answer, ['/a', '/b', '/c']);
});

test('checkOperations() lets what stands beside a reference count in 3.1', async (context) => {
  const document = aDocument({ $ref: '#/components/schemas/C', maximum: 1 }, { C: { type: 'integer' } });
  assert.deepEqual([(await checked(context, document, '1'))?.kind, (await checked(context, document, '2'))?.kind], ['valid', 'violations']);
});

test('checkOperations() takes a status that was not waited for as a violation, unless the service is in trouble', async (context) => {
  assert.deepEqual(await checked(context, ofPerson, '{}', 404), { kind: 'violations', violations: [{ pointer: '', keyword: 'status', message: 'answered 404, expected 200' }] });
  for (const status of [401, 403, 429, 500, 503]) assert.equal((await checked(context, ofPerson, '{}', status))?.kind, 'no-signal');
});

const unusable: Readonly<Record<string, JsonObject>> = {
  'of another version': aDocument({}, {}, { openapi: '2.0' }),
  'of another dialect': aDocument({}, {}, { openapi: '3.1.0', jsonSchemaDialect: 'https://example.com/dialect' }),
  'without the operation': { openapi: '3.1.0', paths: {} },
  'without the response': { openapi: '3.1.0', paths: { '/orders/{id}': { get: { responses: { 404: {} } } } } },
  'without a schema': { openapi: '3.1.0', paths: { '/orders/{id}': { get: { responses: { default: { content: { 'text/html': { schema: {} } } } } } } } },
  'that refers elsewhere': aDocument({ $ref: 'https://example.com/schema' }),
  'that refers to nothing': aDocument({ $ref: '#/components/schemas/Missing' }),
  'that refers in circles': { ...aDocument({}), components: { responses: { Order: { $ref: '#/components/responses/Order' } } } },
  'with a schema that never ends': aDocument({ $ref: '#/components/schemas/A' }, { A: { $ref: '#/components/schemas/A' } }),
  'with a schema that is none': aDocument({ type: 'strang' }),
  'with an address of its own': aDocument({ $id: 'https://example.com/a', type: 'object' }),
};

for (const [name, document] of Object.entries(unusable)) {
  test(`checkOperations() has no signal from a document ${name}`, async (context) => {
    assert.equal((await checked(context, document, '{}'))?.kind, 'no-signal');
  });
}

test('checkOperations() has no signal from a body that can not be read', async (context) => {
  for (const body of ['{"name":', '{"name":"a","name":"b"}', '']) assert.equal((await checked(context, ofPerson, body))?.kind, 'no-signal');
});

test('attack: an operation that is asked at another place is not asked', async (context) => {
  for (const at of ['/admin', '/orders/', '/orders/1/items', '/orders/../../admin', '//evil.example/1', 'orders/1', '@evil.example/orders/1', '/orders/%2e%2e/x']) {
    assert.equal((await checked(context, ofPerson, '{}', 200, { ...order, at }))?.kind, 'no-signal', at);
  }
});

test('checkOperations() has no signal where none or a great many operations are listed', async () => {
  for (const length of [0, 21]) {
    const answer = await checkOperations(aReader([]), validator, { url: 'https://a.example/', document: ofPerson, operations: Array.from({ length }, () => order), secret: null });
    assert.equal(answer.kind, 'no-signal');
  }
});
