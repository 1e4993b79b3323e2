import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createSourceReader } from '../../../src/probes/behavior-sources/source-reader.ts';
import type { SourceAnswer, SourceReader } from '../../../src/probes/behavior-sources/source-reader.ts';
import { sourceLimits } from '../../../src/probes/behavior-sources/source-limits.ts';
import { aReader, aService, json } from './a-service.ts';

const canary = 'canary-4f9b2c71d8e6/+"x';

const read = async (reader: SourceReader, url: string, secret: string | null = null): Promise<SourceAnswer> => await reader.read({ url, secret, status: 200 });

const jsonHeaders = { 'content-type': 'application/json' };

/** Whether something of the service still listens at the other end of a connection. */
async function untilClosed(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  await new Promise((resolve) => response.once('close', resolve));
}

for (const address of ['10.0.0.7', '169.254.169.254', '100.64.0.1', '224.0.0.1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::1', 'fe80::1%lo', 'fd00:ec2::254', '0.0.0.0']) {
  test(`attack: a listed name that stands for ${address} is not connected to`, async (context) => {
    const service = await aService(context, json('1'));
    const answer = await read(aReader([`a.example:${service.port}`], { resolve: async () => [address] }), `http://a.example:${service.port}/`);
    assert.ok(answer.kind === 'no-signal' && answer.why.includes('expected addresses of the public network only'), JSON.stringify(answer));
    assert.deepEqual(service.requests, []);
  });
}

for (const host of ['10.0.0.7', '2130706434', '0xa000007', '012.0.0.7', '[::ffff:10.0.0.7]', '[fe80::1]', '[::]']) {
  test(`attack: the address ${host} as a host is refused even where it is listed`, async () => {
    const url = `https://${host}/`;
    const reader = createSourceReader({ rules: { hosts: [new URL(url).host], allowsLoopback: false }, resolve: async () => assert.fail('looked up') });
    const answer = await read(reader, url);
    assert.ok(answer.kind === 'no-signal' && answer.why.includes(' stands for '), JSON.stringify(answer));
  });
}

test('attack: a name that stands for a public and a private address is refused, whichever comes first', async () => {
  for (const addresses of [['93.184.216.34', '10.0.0.7'], ['10.0.0.7', '93.184.216.34'], ['2606:4700::1111', '127.0.0.1']]) {
    const reader = createSourceReader({ rules: { hosts: ['a.example'], allowsLoopback: false }, resolve: async () => addresses });
    const answer = await read(reader, 'https://a.example/');
    assert.ok(answer.kind === 'no-signal' && answer.why.includes('expected addresses of the public network only'), JSON.stringify(answer));
  }
});

test('attack: a name is not read by plain http where one of its addresses is another machine', async () => {
  const answer = await read(aReader(['a.example'], { resolve: async () => ['127.0.0.1', '93.184.216.34'] }), 'http://a.example/');
  assert.deepEqual(answer, { kind: 'no-signal', why: '"a.example" was to be read by plain http, expected https' });
});

test('attack: a name without addresses, or with a great many, is refused', async () => {
  for (const addresses of [[], Array.from({ length: 33 }, () => '127.0.0.1')]) {
    assert.equal((await read(aReader(['a.example'], { resolve: async () => addresses }), 'http://a.example/')).kind, 'no-signal');
  }
});

test('attack: a name that stands for another address at the second look-up is connected to at the first, and looked up once', async (context) => {
  const service = await aService(context, json('"checked"'));
  const answers = [['127.0.0.1'], ['10.0.0.7']];
  let looked = 0;
  const reader = aReader([`rebind.example:${service.port}`], { resolve: async () => answers[looked++] ?? [] });
  const answer = await read(reader, `http://rebind.example:${service.port}/`);
  assert.ok(answer.kind === 'body');
  assert.deepEqual([Buffer.from(answer.bytes).toString(), looked], ['"checked"', 1]);
});

test('attack: a redirect to the same name is looked up anew and refused where it became private', async (context) => {
  const service = await aService(context, (response) => response.writeHead(302, { location: '/again' }).end());
  const answers = [['127.0.0.1'], ['10.0.0.7']];
  const reader = aReader([`rebind.example:${service.port}`], { resolve: async () => answers.shift() ?? [] });
  const answer = await read(reader, `http://rebind.example:${service.port}/`);
  assert.ok(answer.kind === 'no-signal' && answer.why.includes('expected addresses of the public network only'), JSON.stringify(answer));
  assert.equal(service.requests.length, 1);
});

for (const [name, location] of Object.entries({ 'a private address': 'http://10.0.0.7/', 'metadata of a cloud': 'http://169.254.169.254/latest/meta-data/', 'another port of this machine': 'http://127.0.0.1:1/', 'another scheme': 'file:///etc/passwd', 'another host without a scheme': '//evil.example/', 'a host with a password': 'http://a:b@127.0.0.1/', nonsense: 'http://[' })) {
  test(`attack: a redirect to ${name} is not followed`, async (context) => {
    const service = await aService(context, (response) => response.writeHead(302, { location }).end());
    const answer = await read(aReader([service.host]), service.url);
    assert.ok(answer.kind === 'no-signal' && answer.why.startsWith('a redirect of the service '), JSON.stringify(answer));
  });
}

test('attack: a redirect to a listed name that stands for a private address is not followed', async (context) => {
  const service = await aService(context, (response) => response.writeHead(307, { location: 'https://inner.example/' }).end());
  const reader = aReader([service.host, 'inner.example'], { resolve: async () => ['192.168.0.1'] });
  const answer = await read(reader, service.url);
  assert.ok(answer.kind === 'no-signal' && answer.why.startsWith('"inner.example" stands for '), JSON.stringify(answer));
});

test('attack: the secret stays with the first origin, and is not sent there again after a detour', async (context) => {
  const other = await aService(context, (response) => response.writeHead(302, { location: `${first.url}back` }).end());
  const first = await aService(context, (response, { url }) => (url === '/back' ? json('1')(response) : response.writeHead(302, { location: url === '/' ? '/near' : other.url }).end()));
  const answer = await read(aReader([first.host, other.host]), first.url, canary);
  assert.equal(answer.kind, 'body');
  assert.deepEqual([first.requests, other.requests], [
    [{ path: '/', authorization: `Bearer ${canary}` }, { path: '/near', authorization: `Bearer ${canary}` }, { path: '/back', authorization: null }],
    [{ path: '/', authorization: null }],
  ]);
});

test('attack: a drip that never ends is cut off in time, and the connection closed', { timeout: 5_000 }, async (context) => {
  const open: ServerResponse[] = [];
  const service = await aService(context, (response) => {
    open.push(response.writeHead(200, jsonHeaders));
    const timer = setInterval(() => response.write(' '), 10);
    response.once('close', () => clearInterval(timer));
  });
  const answer = await read(aReader([service.host], { timeoutMs: 150 }), service.url);
  assert.deepEqual(answer, { kind: 'no-signal', why: `"${service.host}" gave no whole answer within 150 ms, expected an answer` });
  await Promise.all(open.map(untilClosed));
});

test('attack: a service that says nothing, a drip of headers and a look-up that hangs are cut off in time', async (context) => {
  const silent = await aService(context, () => undefined);
  const dripping = await aService(context, (response) => {
    const timer = setInterval(() => response.socket?.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 10);
    response.once('close', () => clearInterval(timer));
  });
  for (const url of [silent.url, dripping.url]) assert.match(JSON.stringify(await read(aReader([silent.host, dripping.host], { timeoutMs: 100 }), url)), /no whole answer within 100 ms/);
  const hanging = aReader(['a.example'], { timeoutMs: 50, resolve: async () => await new Promise(() => undefined) });
  assert.match(JSON.stringify(await read(hanging, 'http://a.example/')), /no whole answer within 50 ms/);
});

test('attack: redirects do not start the time anew', async (context) => {
  const service = await aService(context, (response) => setTimeout(() => response.writeHead(302, { location: '/' }).end(), 60));
  assert.match(JSON.stringify(await read(aReader([service.host], { timeoutMs: 150 }), service.url)), /no whole answer within 150 ms/);
});

test('attack: an endless body is cut off at the limit', { timeout: 5_000 }, async (context) => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  const service = await aService(context, (response) => {
    response.writeHead(200, jsonHeaders).once('close', closed.resolve);
    const piece = Buffer.alloc(64 * 1024, 0x20);
    const more = (): void => {
      for (let goesOn = true; goesOn && !response.destroyed; sent += piece.length) goesOn = response.write(piece);
    };
    response.on('drain', more);
    more();
  });
  const answer = await read(aReader([service.host]), service.url);
  assert.deepEqual(answer, { kind: 'no-signal', why: `"${service.host}" answered with too much, expected at most 1048576 bytes` });
  await closed.promise;
  assert.ok(sent < 64 * sourceLimits.bodyBytes, String(sent));
});

test('attack: gzip that stands for far more is cut off at the limit, also where it is packed twice', async (context) => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  const service = await aService(context, (response, { url }) => response.writeHead(200, { ...jsonHeaders, 'content-encoding': url === '/twice' ? 'gzip, gzip' : 'gzip' }).end(url === '/twice' ? gzipSync(bomb) : bomb));
  const reader = aReader([service.host]);
  assert.deepEqual(await read(reader, service.url), { kind: 'no-signal', why: `"${service.host}" answered with too much, expected at most 1048576 bytes` });
  assert.deepEqual(await read(reader, `${service.url}twice`), { kind: 'no-signal', why: `"${service.host}" packed its answer in another way, expected gzip or nothing` });
});

test('attack: gzip that ends early, is none or comes from a connection that breaks is no answer', async (context) => {
  const packed = gzipSync(JSON.stringify('a'.repeat(1_000)));
  const service = await aService(context, (response, { url }) => {
    response.writeHead(200, { ...jsonHeaders, 'content-encoding': 'gzip', ...(url === '/breaks' ? { 'content-length': packed.length } : {}) });
    if (url === '/breaks') response.write(packed.subarray(0, 20), () => response.destroy());
    else response.end(url === '/early' ? packed.subarray(0, 20) : 'plain text');
  });
  const whys = await Promise.all(['early', 'none', 'breaks'].map(async (path) => JSON.stringify(await read(aReader([service.host]), `${service.url}${path}`))));
  assert.deepEqual(whys.map((why) => /sent gzip that ends early|sent gzip that can not be unpacked|broke the connection off/.exec(why)?.[0]), ['sent gzip that ends early', 'sent gzip that can not be unpacked', 'broke the connection off']);
});

test('attack: a body that ends before its announced length is no answer', async (context) => {
  const service = await aService(context, (response) => void response.writeHead(200, { ...jsonHeaders, 'content-length': 100 }).write('{"a":1}', () => response.destroy()));
  assert.deepEqual(await read(aReader([service.host]), service.url), { kind: 'no-signal', why: `"${service.host}" broke the connection off, expected an answer` });
});

test('attack: headers without end and an answer that is no HTTP are no answer', async (context) => {
  const service = await aService(context, (response, { url }) => response.socket?.end(url === '/long' ? `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n` : `${canary} 200 OK\r\n\r\n`));
  const reader = aReader([service.host]);
  assert.deepEqual(await read(reader, `${service.url}long`), { kind: 'no-signal', why: `"${service.host}" sent headers that are too long, expected an answer` });
  const other = await read(reader, service.url, canary);
  assert.ok(other.kind === 'no-signal' && !other.why.includes('canary'), JSON.stringify(other));
});

const echoes: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a refusal': (response) => response.writeHead(401, { ...jsonHeaders, 'www-authenticate': `Bearer ${canary}` }).end(JSON.stringify({ error: canary })),
  'a broken status line': (response) => response.socket?.end(`HTTP/1.1 ${canary}\r\n\r\n`),
  'a header that is none': (response) => response.socket?.end(`HTTP/1.1 200 OK\r\n${canary}\u0001\r\n\r\n`),
  'a content type': (response) => response.writeHead(200, { 'content-type': canary }).end(),
  'a content encoding': (response) => response.writeHead(200, { ...jsonHeaders, 'content-encoding': canary }).end(),
  'a redirect': (response) => response.writeHead(302, { location: `/?token=${encodeURIComponent(canary)}` }).end(),
  'a redirect to a host': (response) => response.writeHead(302, { location: `https://${canary.slice(0, 19)}.example/` }).end(),
  'an answer': (response) => json(`{"token":"${canary.replace('"', '\\"')}"}`)(response),
  'an answer with escapes': (response) => json(JSON.stringify(canary).replaceAll('c', '\\u0063'))(response),
  'a packed answer': (response) => response.writeHead(200, { ...jsonHeaders, 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(canary))),
};

for (const [name, answer] of Object.entries(echoes)) {
  test(`attack: a secret that the service repeats in ${name} is not told`, async (context) => {
    const service = await aService(context, answer);
    const told = await read(aReader([service.host]), service.url, canary);
    assert.notEqual(told.kind, 'body');
    assert.ok(!JSON.stringify(told).includes('canary'), JSON.stringify(told));
    assert.deepEqual(service.requests.map(({ authorization }) => authorization), [`Bearer ${canary}`]);
  });
}

test('attack: a secret that would end its header is not sent, and not told', async (context) => {
  const service = await aService(context, json('1'));
  for (const secret of [`${canary}\r\nx: y`, `${canary} `, `${canary}é`, '', `canary${'a'.repeat(5_000)}`]) {
    const told = JSON.stringify(await read(aReader([service.host]), service.url, secret));
    assert.ok(told.includes('the secret of the source can not be sent') && !told.includes('canary'), told);
  }
  assert.deepEqual(service.requests, []);
});

test('read() leaves no connection open, whatever the answer was', { timeout: 5_000 }, async (context) => {
  const closed: Promise<unknown>[] = [];
  const service = await aService(context, (response, { url, socket }) => {
    closed.push(once(socket, 'close'));
    if (url === '/') json('1')(response);
    else if (url === '/large') json('"'.padEnd(2 ** 21))(response);
    else if (url === '/moved') response.writeHead(302, { location: 'http://10.0.0.7/' }).write('a');
    else response.writeHead(url === '/failed' ? 500 : 200).write('a');
  });
  for (const path of ['', 'large', 'moved', 'failed', 'untyped']) await read(aReader([service.host]), `${service.url}${path}`);
  assert.equal((await Promise.all(closed)).length, 5);
});
