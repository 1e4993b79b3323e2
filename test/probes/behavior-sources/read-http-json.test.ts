import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { readHttpJson } from '../../../src/probes/behavior-sources/read-http-json.ts';
import type { HttpJsonAnswer } from '../../../src/probes/behavior-sources/read-http-json.ts';
import { aReader, aService, json } from './a-service.ts';

async function answerTo(context: TestContext, answer: (response: ServerResponse) => void, secret: string | null = null): Promise<HttpJsonAnswer> {
  const service = await aService(context, answer);
  const told = await readHttpJson(aReader([service.host]), { url: service.url, secret });
  return told.kind === 'no-signal' ? { kind: 'no-signal', why: told.why.replaceAll(service.host, 'HOST') } : told;
}

test('readHttpJson() gives the document', async (context) => {
  assert.deepEqual(await answerTo(context, json('{"readinessScore":0.847,"latency":[1,2]}')), { kind: 'document', value: { readinessScore: 0.847, latency: [1, 2] } });
});

const unreadable: Readonly<Record<string, readonly [string, string]>> = {
  'JSON that ends early': ['{"a":[1,2', 'unparsable at line 1, column 10'],
  'a name twice': ['{"pass":1,\n"pass":0}', 'unparsable at line 2, column 1'],
  'NaN': ['{"a":NaN}', 'unparsable at line 1, column 6'],
  'two documents': ['1 2', 'unparsable at line 1, column 3'],
  nothing: ['', 'unparsable at line 1, column 1'],
  'a number that a double does not keep': ['9007199254740993', 'unparsable at line 1, column 1'],
  'nesting without end': ['['.repeat(100_000), 'too_large at line 1, column 65'],
  'a byte order mark': ['\uFEFF1', 'encoding at line 1, column 1'],
};

for (const [name, [text, place]] of Object.entries(unreadable)) {
  test(`readHttpJson() has no signal from ${name}, and says where without repeating it`, async (context) => {
    assert.deepEqual(await answerTo(context, json(text)), { kind: 'no-signal', why: `"HOST" answered what can not be read (${place}), expected JSON in UTF-8, each name once, numbers that a double keeps` });
  });
}

test('readHttpJson() has no signal from bytes that are not UTF-8', async (context) => {
  const answer = await answerTo(context, (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x22, 0xff, 0x22])));
  assert.equal(answer.kind, 'no-signal');
});

test('readHttpJson() has no signal from any status but 200', async (context) => {
  const whys: string[] = [];
  for (const status of [204, 404, 429, 500, 503]) whys.push(JSON.stringify(await answerTo(context, (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? undefined : '{}'))));
  assert.deepEqual(whys, [204, 404, 429, 500, 503].map((status) => JSON.stringify({ kind: 'no-signal', why: `"HOST" answered ${status}, expected 200` })));
});

test('attack: a 401 whose body repeats the secret tells that it was refused, and not what it was', async (context) => {
  const answer = await answerTo(context, (response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"canary-1234 is no token"}'), 'canary-1234');
  assert.deepEqual(answer, { kind: 'no-signal', why: '"HOST" refused the secret (401), expected 200' });
});

test('readHttpJson() says that a service demands a secret', async (context) => {
  assert.deepEqual(await answerTo(context, (response) => response.writeHead(403).end()), { kind: 'no-signal', why: '"HOST" demands a secret (403), expected 200' });
});
