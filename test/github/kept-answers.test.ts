import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../src/github/connection.ts';
import { KeptAnswers } from '../../src/github/kept-answers.ts';
import { memoryCache } from './memory-cache.ts';

const resource = { accountId: 1, key: '100:heads/main' };

/** GitHub with one resource, and what it was asked with. */
function aResource(etag: string | undefined) {
  const asked: unknown[] = [];
  const state = { etag, body: 'first' };
  return {
    asked,
    state,
    ask: async (headers: Record<string, string>): Promise<Answer> => {
      asked.push(headers['if-none-match']);
      const isKnown = state.etag !== undefined && headers['if-none-match'] === state.etag;
      return { kind: 'answered', status: isKnown ? 304 : 200, headers: state.etag === undefined ? {} : { etag: state.etag }, body: isKnown ? undefined : state.body };
    },
  };
}

test('what did not change is asked for conditionally, by a server that just started too', async () => {
  const [cache, { ask, asked, state }] = [memoryCache(), aResource('"a"')];
  const running = new KeptAnswers(cache);
  for (const kept of [running, running, new KeptAnswers(cache)]) assert.equal(await kept.read(resource, ask, String), 'first');
  Object.assign(state, { etag: '"b"', body: 'second' });
  for (const kept of [running, new KeptAnswers(cache)]) assert.equal(await kept.read(resource, ask, String), 'second');
  assert.deepEqual(asked, [undefined, '"a"', '"a"', '"a"', '"b"']);
});

test('an answer that can not be asked for conditionally, or was kept in a form of another version, is asked for whole', async () => {
  const [cache, { ask, asked }] = [memoryCache(), aResource(undefined)];
  const kept = new KeptAnswers(cache);
  for (let read = 0; read < 2; read += 1) assert.equal(await kept.read(resource, ask, String), 'first');
  await cache.keep(1, 'answer:100:heads/main', '{"etag":1}');
  await cache.keep(1, 'answer:100:heads/next', 'not JSON');
  for (const key of [resource.key, '100:heads/next']) assert.equal(await kept.read({ accountId: 1, key }, ask, String), 'first');
  assert.deepEqual(asked, [undefined, undefined, undefined, undefined]);
});
