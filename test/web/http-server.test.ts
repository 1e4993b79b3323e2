import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { createWeb } from '../../src/web/create-web.ts';
import { BodyBudget } from '../../src/web/body-budget.ts';
import { listen } from '../../src/web/http-server.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { noApi } from './no-api.ts';
import { aDelivery, aWeb } from './web-fixture.ts';

/** What a socket was sent until it was closed. */
async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

const head = 'POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: 3f1e6b1c-0000-4000-8000-000000000001\r\n';
const signature = `X-Hub-Signature-256: sha256=${'0'.repeat(64)}\r\n`;

test('attack: 100 senders that never finish are hung up on while others are served', async (context) => {
  const web = await aWeb(context, { times: { requestMs: 300, headersMs: 200, checkMs: 50 } });
  const slow = Array.from({ length: 100 }, (_, index) => {
    const socket = connect(web.http.port, '127.0.0.1');
    socket.write(index % 2 === 0 ? head : `${head}${signature}Content-Length: 1000\r\n\r\n{`);
    return untilClosed(socket);
  });
  assert.equal((await web.send(aDelivery())).status, 202);
  const answers = await Promise.all(slow);
  assert.ok(answers.every((answer) => answer === '' || /^HTTP\/1\.1 (408|400)/.test(answer)), answers.find((answer) => answer !== ''));
  assert.equal((await web.send(aDelivery())).status, 202);
});

test('a sender that hangs up in the middle of a body leaves no trace', async (context) => {
  const budget = new BodyBudget({ bodies: 1, bytes: 10_000 });
  const web = await aWeb(context, { budget });
  const socket = connect(web.http.port, '127.0.0.1');
  socket.write(`${head}${signature}Content-Length: 1000\r\n\r\n{`, () => socket.destroy());
  await once(socket, 'close');
  for (let tries = 0; tries < 50 && (await web.send(aDelivery())).status === 503; tries += 1);
  assert.equal((await web.send(aDelivery())).status, 202);
});

test('attack: headers larger than the limit, two lengths and smuggled chunks are refused', async (context) => {
  const web = await aWeb(context);
  const requests = [`${head}X-A: ${'a'.repeat(20_000)}\r\n\r\n`, `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`];
  for (const text of requests) {
    const socket = connect(web.http.port, '127.0.0.1');
    socket.write(text);
    assert.match(await untilClosed(socket), /^HTTP\/1\.1 4\d\d/);
  }
});

test('every answer carries security headers and an id of our own', async (context) => {
  const web = await aWeb(context);
  const { headers } = await web.send({ path: '/healthz', headers: { 'x-request-id': 'chosen-by-the-caller' } });
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'");
  assert.equal(headers['cache-control'], 'no-store');
  assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/);
});

test('a draining server turns requests away with 503 and closes the connection', async (context) => {
  const web = await aWeb(context, { isDraining: () => true });
  const reply = await web.send(aDelivery());
  assert.deepEqual([reply.status, reply.headers.connection], [503, 'close']);
});

test('stop() finishes a request that is in progress', async (context) => {
  const kept = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const web = await aWeb(context, { times: { drainMs: 2_000 }, receive: async () => (begun.resolve(), await kept.promise, { receipt: 'new', jobs: 0 }) });
  const reply = web.send(aDelivery());
  await begun.promise;
  const stopped = web.http.stop();
  kept.resolve();
  await stopped;
  assert.equal((await reply).status, 202);
});

test('stop() hangs up on what does not finish', async (context) => {
  const web = await aWeb(context, { times: { drainMs: 50 } });
  const socket = connect(web.http.port, '127.0.0.1');
  socket.write(`${head}${signature}Content-Length: 1000\r\n\r\n{`);
  await web.send({ path: '/healthz' });
  await Promise.all([web.http.stop(), untilClosed(socket)]);
});

test('listen() on a port in use says so and what to do', async (context) => {
  const web = await aWeb(context);
  const other = createWeb({ verify: async () => false, receive: async () => ({ receipt: 'new', jobs: 0 }), budget: new BodyBudget({ bodies: 1, bytes: 1 }), log: fakeLog(), mostBytes: 1, readiness: [], readinessTimeoutMs: 1, alarms: async () => [], isDraining: () => false, api: noApi() });
  await assert.rejects(listen(other, { host: '127.0.0.1', port: web.http.port }), isFailure('LISTEN_FAILED', /another program listens there/));
});
