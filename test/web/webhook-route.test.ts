import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../src/domain/failure.ts';
import { BodyBudget } from '../../src/web/body-budget.ts';
import { webhookPath } from '../../src/web/create-web.ts';
import { aPayload } from '../builders/a-payload.ts';
import { previousWebhookSecret } from '../builders/server-keys.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aDelivery, aWeb, jobsIn, sign } from './web-fixture.ts';
import type { Message } from './web-fixture.ts';

test('a signed delivery is answered with 202 once its row and its job are kept', async (context) => {
  const web = await aWeb(context);
  const reply = await web.send(aDelivery());
  assert.deepEqual({ status: reply.status, text: reply.text }, { status: 202, text: 'new\n' });
  assert.deepEqual(await jobsIn(web.store), ['evaluate:1296269:7']);
});

test('a delivery signed with the previous secret is taken while it is being replaced', async (context) => {
  const web = await aWeb(context);
  assert.equal((await web.send(aDelivery({ secret: previousWebhookSecret }))).status, 202);
});

test('a delivery that comes five times at once is one job', async (context) => {
  const web = await aWeb(context);
  const replies = await Promise.all(Array.from({ length: 5 }, () => web.send(aDelivery())));
  assert.deepEqual(replies.map((reply) => reply.status), [202, 202, 202, 202, 202]);
  assert.deepEqual(await jobsIn(web.store), ['evaluate:1296269:7']);
});

test('a delivery whose job is done is answered with 202 and does nothing', async (context) => {
  const web = await aWeb(context);
  await web.send(aDelivery());
  const now = new Date('2026-11-20T12:00:01Z');
  for (const job of await web.store.queue.lease({ owner: 'test', now, until: now, limit: 1 })) await web.store.queue.complete(job, now);
  const reply = await web.send(aDelivery());
  assert.deepEqual([reply.status, reply.text, await jobsIn(web.store)], [202, 'completed\n', []]);
});

test('attack: another validly signed body under a used id is kept as a conflict, reported and not run', async (context) => {
  const web = await aWeb(context);
  await web.send(aDelivery());
  const reply = await web.send(aDelivery({ body: JSON.stringify(aPayload('pull_request', { action: 'opened', pull_request: { number: 8 } })) }));
  assert.deepEqual([reply.status, reply.text], [202, 'conflict\n']);
  assert.deepEqual(await jobsIn(web.store), ['evaluate:1296269:7']);
  assert.ok(web.log.lines.some((line) => line.level === 'error' && line.message.includes('another body')));
});

test('an unknown event is kept and asks for nothing', async (context) => {
  const web = await aWeb(context);
  assert.equal((await web.send(aDelivery({ headers: { 'x-github-event': 'brand_new' } }))).status, 202);
  assert.deepEqual(await jobsIn(web.store), []);
});

test('attack: a payload with an unusable id is kept as a dead letter with its reason', async (context) => {
  const web = await aWeb(context);
  const body = JSON.stringify({ ...aPayload('pull_request', { action: 'opened' }), installation: { id: '99' } });
  assert.equal((await web.send(aDelivery({ body }))).status, 202);
  assert.deepEqual(web.log.lines.find((line) => line.message.includes('unusable'))?.fields['why'], 'payload /installation/id must be integer');
});

const forged = aDelivery();
const body = String(forged.body);
const refusals: Readonly<Record<string, { readonly message: Message; readonly status: number }>> = {
  'no signature': { message: aDelivery({ headers: { 'x-hub-signature-256': undefined } }), status: 401 },
  'the signature of another body': { message: aDelivery({ headers: { 'x-hub-signature-256': sign('{}') } }), status: 401 },
  'a SHA-1 signature alone': { message: aDelivery({ headers: { 'x-hub-signature-256': undefined, 'x-hub-signature': `sha1=${createHmac('sha1', 'x').update(body).digest('hex')}` } }), status: 401 },
  'its signature in upper case': { message: aDelivery({ headers: { 'x-hub-signature-256': sign(body).toUpperCase().replace('SHA', 'sha') } }), status: 401 },
  'an empty signature': { message: aDelivery({ headers: { 'x-hub-signature-256': 'sha256=' } }), status: 401 },
  'a signature by the secret that Probot falls back to': { message: aDelivery({ secret: 'development' }), status: 401 },
  'two signatures, one of them right': { message: aDelivery({ headers: { 'x-hub-signature-256': `${sign('{}')}, ${sign(body)}` } }), status: 401 },
  'an empty body': { message: aDelivery({ body: '' }), status: 401 },
  'bytes that are not UTF-8': { message: aDelivery({ body: Uint8Array.of(0x7b, 0xff, 0x7d) }), status: 401 },
  'a body that is not JSON': { message: aDelivery({ body: '{"action":' }), status: 400 },
  'a JSON array': { message: aDelivery({ body: '[]' }), status: 400 },
  'the JSON value null': { message: aDelivery({ body: 'null' }), status: 400 },
  'a JSON number': { message: aDelivery({ body: '7' }), status: 400 },
  'a million nested brackets': { message: aDelivery({ body: '['.repeat(1_000_000) }), status: 400 },
  'nesting that a string hides from a naive count': { message: aDelivery({ body: `{"a":"\\"]]]]","b":${'['.repeat(70)}${']'.repeat(70)}}` }), status: 400 },
  'a compressed body': { message: aDelivery({ body: gzipSync(Buffer.alloc(1_000_000)), headers: { 'content-encoding': 'gzip' } }), status: 415 },
  'a form': { message: aDelivery({ headers: { 'content-type': 'application/x-www-form-urlencoded' } }), status: 415 },
  'no event name': { message: aDelivery({ headers: { 'x-github-event': undefined } }), status: 400 },
  'an event name with other characters': { message: aDelivery({ headers: { 'x-github-event': '../push' } }), status: 400 },
  'no delivery id': { message: aDelivery({ headers: { 'x-github-delivery': undefined } }), status: 400 },
  'a delivery id of 10 KB': { message: aDelivery({ headers: { 'x-github-delivery': 'a'.repeat(10_000) } }), status: 400 },
};

for (const [title, { message, status }] of Object.entries(refusals)) {
  test(`attack: a delivery with ${title} is refused with ${status} and nothing is kept`, async (context) => {
    let received = 0;
    const store = memoryStore();
    const web = await aWeb(context, { store: { ...store, transaction: (work) => ((received += 1), store.transaction(work)) } });
    assert.equal((await web.send(message)).status, status);
    assert.equal(received, 0);
  });
}

for (const path of ['/probot', '/probot/setup?code=x', '/probot/import', '/probot/success', '/', '/api/github/webhooks/', '/api/github', '/metrics', '//healthz']) {
  test(`attack: ${path} is not found, by GET and by POST`, async (context) => {
    const web = await aWeb(context);
    assert.deepEqual([(await web.send({ path })).status, (await web.send({ ...aDelivery(), path })).status], [404, 404]);
  });
}

test('the webhook address answers nothing but POST', async (context) => {
  const web = await aWeb(context);
  const statuses = await Promise.all(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map(async (method) => (await web.send({ method, path: webhookPath })).status));
  assert.deepEqual(statuses, [404, 404, 404, 404, 404]);
});

test('attack: a body of one byte over the limit is refused by its announced length, before it is read', async (context) => {
  const web = await aWeb(context, { mostBytes: 1_000 });
  const reply = await web.send(aDelivery({ headers: { 'x-hub-signature-256': undefined }, body: 'x'.repeat(1_001) }));
  assert.deepEqual([reply.status, reply.headers.connection], [413, 'close']);
});

test('attack: a chunked body over the limit is refused at the limit, without a verified byte', async (context) => {
  let verified = 0;
  const web = await aWeb(context, { mostBytes: 1_000, verify: async () => ((verified += 1), true) });
  assert.equal((await web.send(aDelivery({ headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(1_001) }))).status, 413);
  assert.equal(verified, 0);
});

test('a body of exactly the limit is taken', async (context) => {
  const web = await aWeb(context, { mostBytes: Buffer.byteLength(body) });
  assert.equal((await web.send(aDelivery())).status, 202);
});

test('attack: bodies over the common budget are turned away with 503 and when to come back', async (context) => {
  const web = await aWeb(context, { budget: new BodyBudget({ bodies: 10, bytes: 10 }) });
  const reply = await web.send(aDelivery());
  assert.deepEqual([reply.status, reply.headers['retry-after'], reply.headers.connection], [503, '10', 'close']);
});

test('the budget is whole again after refused bodies', async (context) => {
  const budget = new BodyBudget({ bodies: 1, bytes: 10_000 });
  const web = await aWeb(context, { budget, mostBytes: 5_000 });
  for (const message of [aDelivery({ body: 'x'.repeat(6_000), headers: { 'transfer-encoding': 'chunked' } }), aDelivery({ secret: 'development' }), aDelivery({ body: 'null' })]) await web.send(message);
  assert.equal((await web.send(aDelivery())).status, 202);
});

test('a store that is down is 503, never a 2xx', async (context) => {
  const store = memoryStore();
  await store.close();
  const web = await aWeb(context, { store });
  const reply = await web.send(aDelivery());
  assert.deepEqual([reply.status, reply.headers['retry-after']], [503, '30']);
});

test('a store that fails in the middle of the transaction is 503, and the next attempt is kept', async (context) => {
  const store = memoryStore();
  let isBroken = true;
  const flaky = { ...store, transaction: <Result>(work: Parameters<typeof store.transaction<Result>>[0]) => store.transaction<Result>(async (transaction) => {
    const result = await work(transaction);
    if (isBroken) throw new Failure('STORE_UNAVAILABLE', 'Cannot commit: disk full');
    return result;
  }) };
  const web = await aWeb(context, { store: flaky });
  assert.equal((await web.send(aDelivery())).status, 503);
  assert.deepEqual(await jobsIn(store), []);
  isBroken = false;
  assert.deepEqual([(await web.send(aDelivery())).text, await jobsIn(store)], ['new\n', ['evaluate:1296269:7']]);
});

test('of duplicate keys in a payload the last one counts', async (context) => {
  const web = await aWeb(context);
  const twice = JSON.stringify(aPayload('pull_request', { action: 'opened' })).replace('"action":"opened"', '"action":"opened","action":"closed"');
  await web.send(aDelivery({ body: twice }));
  assert.deepEqual(await jobsIn(web.store), ['record-close:1296269:7']);
});

test('attack: __proto__ and constructor keys at every level leave Object.prototype as it was', async (context) => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const web = await aWeb(context);
  const payload = JSON.stringify(aPayload('pull_request', { action: 'opened' })).replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},').replace('"id":99', '"__proto__":{"polluted":1},"id":99');
  assert.equal((await web.send(aDelivery({ body: payload }))).status, 202);
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
});
