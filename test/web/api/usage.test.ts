import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDecisionRecord, aRepositoryRef } from '../../ports/store/suite.ts';
import { account, anApi } from './an-api.ts';
import type { Asking } from './an-api.ts';

const body = { repository: '', agent: 'robot[bot]', source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 80, outputTokens: 20 };
const claims = { sub: 'ada', roles: ['operator'] };

/** Account 7 has a judged repository, in which an agent may use 150 tokens a day. */
async function aLimited(context: Parameters<typeof anApi>[0]) {
  const api = await anApi(context);
  const repository = aRepositoryRef(account);
  await api.store.transaction(async (transaction) => {
    await transaction.saveDecision(aDecisionRecord(repository));
    await transaction.sawConfiguration({ account: repository.account, repositoryId: repository.id, commit: 'a'.repeat(40), path: '.github/plumbline.yml', text: 'version: 1\nhallucination: {quotas: [{scope: agent, tokensPerDay: 150}]}\n' });
  });
  const right = { ...body, repository: String(repository.id) };
  const reserve = (asking: Asking = {}) => api.ask('/usage/reservations', { method: 'POST', claims, headers: { 'idempotency-key': 'k1' }, body: right, ...asking });
  return { ...api, right, reserve };
}

test('usage is reserved once for a key, refused beyond a quota, and settled once', async (context) => {
  const { reserve, ask, right } = await aLimited(context);
  const first = await reserve();
  assert.deepEqual([first.status, (await reserve()).status, (await reserve()).answer['id']], [201, 200, first.answer['id']]);
  assert.deepEqual([(await reserve({ headers: { 'idempotency-key': 'k2' } })).answer['code'], (await reserve({ body: { ...right, inputTokens: 1 } })).answer['code'], (await reserve({ headers: {} })).answer['code']], ['quota_exceeded', 'key_used', 'no_key']);
  const settle = (used: unknown, more: Asking = {}) => ask(`/usage/reservations/${String(first.answer['id'])}/settle`, { method: 'POST', claims, body: used, ...more });
  const settled = await settle({ inputTokens: 10, outputTokens: 1, costPicoUsd: '99999999999999999999' });
  assert.deepEqual([settled.status, settled.answer['state'], settled.answer['usage']], [200, 'settled', { repositoryId: Number(right.repository), agent: 'robot[bot]', source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 10, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0, tokens: '11', costPicoUsd: '99999999999999999999', isPriced: true }]);
  const { entries } = (await ask('/audit?actor=token%3Aada&event=usage.settled', { claims: { roles: ['auditor'] } })).answer;
  assert.deepEqual(entries.map(({ actor }) => actor), ['token:ada']);
  assert.deepEqual([(await settle({ inputTokens: 10, outputTokens: 1, costPicoUsd: '99999999999999999999' })).status, (await settle({ inputTokens: 9, outputTokens: 1 })).answer['code']], [200, 'settled_otherwise']);
});

test('attack: amounts that are none, members that stand twice, and other tenants reserve and settle nothing', async (context) => {
  const { reserve, ask, right } = await aLimited(context);
  const text = JSON.stringify(right);
  const bad: readonly unknown[] = [...[-1, 1.5, 1_000_000_000_001, '5', null, true].map((inputTokens) => ({ ...right, inputTokens })), ...['NaN', 'Infinity', '1e400', '-0.5', '99999999999999999999999'].map((amount) => text.replace('"inputTokens":80', `"inputTokens":${amount}`)), text.replace('{', '{"inputTokens":0,'), ...[1, '-1', '1.5', '01', '1e3', '9'.repeat(28)].map((costPicoUsd) => ({ ...right, costPicoUsd })), { ...right, source: 'self' }, { ...right, seconds: 0 }, { ...right, agent: '' }];
  for (const one of bad) assert.equal((await reserve({ body: one })).answer['code'], 'body_invalid', JSON.stringify(one));
  for (const key of ['', 'a b', 'k'.repeat(101)]) assert.equal((await reserve({ headers: { 'idempotency-key': key } })).answer['code'], 'invalid_parameter');
  const other = { roles: ['operator'], accounts: [8] };
  const kept = await reserve();
  assert.deepEqual([(await reserve({ claims: other })).status, (await ask(`/usage/reservations/${String(kept.answer['id'])}/settle?account=8`, { method: 'POST', claims: other, body: { inputTokens: 0, outputTokens: 0 } })).status, (await ask('/usage/reservations?account=8', { method: 'POST', claims, headers: { 'idempotency-key': 'k9' }, body: right })).status], [404, 404, 403]);
});

test('what was reserved and not settled in time counts in full with the next request', async (context) => {
  const { reserve, ask, clock, right } = await aLimited(context);
  const first = await reserve({ body: { ...right, seconds: 60 } });
  clock.advance(61_000);
  const next = await reserve({ headers: { 'idempotency-key': 'k2' } });
  const { entries } = (await ask('/audit?event=usage.expired', { claims: { roles: ['auditor'] } })).answer;
  assert.deepEqual([first.status, next.status, next.answer['code'], entries.length], [201, 409, 'quota_exceeded', 1]);
});
