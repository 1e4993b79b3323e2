import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createSourceReader } from '../../../src/probes/behavior-sources/source-reader.ts';
import type { SourceAnswer, SourceReader } from '../../../src/probes/behavior-sources/source-reader.ts';
import { sourceLimits } from '../../../src/probes/behavior-sources/source-limits.ts';
import { aReader, aService, json, rulesFor } from './a-service.ts';

const read = async (reader: SourceReader, url: string): Promise<SourceAnswer> => await reader.read({ url, secret: null, status: 200 });

const textOf = (answer: SourceAnswer): string => (answer.kind === 'body' ? Buffer.from(answer.bytes).toString() : JSON.stringify(answer));

test('read() gives the body and its media type without parameters', async (context) => {
  const service = await aService(context, (response) => response.writeHead(200, { 'content-type': 'Application/JSON; Charset="UTF-8"' }).end('{"a":1}'));
  const answer = await read(aReader([service.host]), service.url);
  assert.deepEqual(answer, { kind: 'body', mediaType: 'application/json', bytes: Buffer.from('{"a":1}') });
});

test('read() unpacks gzip', async (context) => {
  const service = await aService(context, (response) => response.writeHead(200, { 'content-type': 'application/vnd.x+json', 'content-encoding': 'gzip' }).end(gzipSync('[1]')));
  assert.equal(textOf(await read(aReader([service.host]), service.url)), '[1]');
});

test('read() asks for what the URL says, without its fragment', async (context) => {
  const service = await aService(context, json('1'));
  await read(aReader([service.host]), `${service.url}a/b?c=d%20e#f`);
  assert.deepEqual(service.requests, [{ path: '/a/b?c=d%20e', authorization: null }]);
});

test('read() takes a body of exactly the limit and none above', async (context) => {
  const service = await aService(context, (response, { url }) => json(`"${'a'.repeat(sourceLimits.bodyBytes - 2 + Number(url?.slice(1))) }"`)(response));
  const reader = aReader([service.host]);
  assert.equal(textOf(await read(reader, `${service.url}0`)).length, sourceLimits.bodyBytes);
  assert.deepEqual(await read(reader, `${service.url}1`), { kind: 'no-signal', why: `"${service.host}" answered with too much, expected at most 1048576 bytes` });
});

test('read() tells a status that was not waited for, and does not read its body', async (context) => {
  const service = await aService(context, (response, { url }) => response.writeHead(Number(url?.slice(1)), { 'content-type': 'application/json' }).flushHeaders());
  const reader = aReader([service.host]);
  for (const status of [201, 204, 206, 300, 304, 401, 404, 429, 500]) assert.deepEqual(await read(reader, `${service.url}${status}`), { kind: 'other-status', status });
});

const wrongTypes = { none: undefined, html: 'text/html', 'a name that begins like JSON': 'application/jsonp', text: 'text/json', 'another encoding': 'application/json; charset=utf-16', 'two types': 'text/html, application/json' };

for (const [name, type] of Object.entries(wrongTypes)) {
  test(`read() refuses a content type that is not JSON in UTF-8: ${name}`, async (context) => {
    const service = await aService(context, (response) => response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end('{}'));
    const answer = await read(aReader([service.host]), service.url);
    assert.ok(answer.kind === 'no-signal' && / content type.*, expected application\/json$/.test(answer.why), textOf(answer));
  });
}

test('read() refuses a URL that is not on the list, before it is looked up', async () => {
  const looked: string[] = [];
  const reader = createSourceReader({ rules: { hosts: ['metrics.example.com', 'metrics.example.org:8443'], allowsLoopback: false }, resolve: async (name) => (looked.push(name), []) });
  const urls = ['https://example.com/', 'https://x.metrics.example.com/', 'https://metrics.example.com.evil.example/', 'https://metrics.example.com./', 'https://metrics.example.com:8443/', 'https://metrics.example.org/', 'http://metrics.example.com/', 'https://a:b@metrics.example.com/', 'https://a@metrics.example.com/', 'ftp://metrics.example.com/', 'file:///etc/passwd', 'data:application/json,1', '//metrics.example.com/', '', `https://metrics.example.com/${'a'.repeat(9_000)}`];
  const kinds = await Promise.all(urls.map(async (url) => (await read(reader, url)).kind));
  assert.deepEqual([kinds, looked], [urls.map(() => 'no-signal'), []]);
});

test('read() finds a listed host in any spelling that is the same host', async (context) => {
  const service = await aService(context, json('1'));
  const reader = aReader([`Metrics.Example.com:${service.port}`]);
  assert.equal(textOf(await read(reader, `HTTP://METRICS.example.COM:${service.port}`)), '1');
});

test('read() says which host is not allowed, and what is expected', async () => {
  const reader = createSourceReader({ rules: { hosts: [], allowsLoopback: false } });
  assert.deepEqual(await read(reader, 'https://example.com/'), { kind: 'no-signal', why: 'the URL of the source leads to "example.com", expected a host that the operator lists in BEHAVIOR_HOSTS' });
});

test('read() says that nobody listens', async (context) => {
  const service = await aService(context, json('1'));
  const reader = aReader(['127.0.0.1:1', service.host]);
  assert.deepEqual(await read(reader, 'http://127.0.0.1:1/'), { kind: 'no-signal', why: '"127.0.0.1:1" refused the connection, expected an answer' });
});

test('read() follows three redirects and not a fourth', async (context) => {
  const service = await aService(context, (response, { url }) => {
    const left = Number(url?.slice(1));
    if (left === 0) json('"there"')(response);
    else response.writeHead([301, 302, 303, 307, 308][left] ?? 302, { location: `${left - 1}` }).end();
  });
  const reader = aReader([service.host]);
  assert.equal(textOf(await read(reader, `${service.url}3`)), '"there"');
  assert.deepEqual(await read(reader, `${service.url}4`), { kind: 'no-signal', why: `"${service.host}" redirects more than 3 times, expected an answer` });
  assert.equal(service.requests.length, 8);
});

test('read() of a service of this machine needs the operator\'s word', async (context) => {
  const service = await aService(context, json('1'));
  const rules = { ...rulesFor(service.host, `localhost:${service.port}`), allowsLoopback: false };
  const reader = createSourceReader({ rules, resolve: async () => ['127.0.0.1'] });
  for (const url of [service.url, `https://${service.host}/`, `https://localhost:${service.port}/`]) assert.equal((await read(reader, url)).kind, 'no-signal');
  assert.deepEqual(service.requests, []);
});
