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

const auditor = { roles: ['auditor'] };
const november = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';

/** Rows without the header: agent, model, tokens, source. */
const rowsOf = (text: string): readonly (readonly (string | undefined)[])[] => {
  const [header = [], ...rows] = text.split('\r\n').slice(0, -1).map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'quoted').split(','));
  return rows.map((row) => ['x_Agent', 'x_Model', 'ConsumedQuantity', 'x_Source'].map((name) => row[header.indexOf(name)]));
};

test('what was charged is exported as FOCUS rows by time, of what is asked for alone, and who read it is kept', async (context) => {
  const { reserve, ask, right, clock } = await aLimited(context);
  const charge = async (key: string, changes: object, tokens: number): Promise<void> => {
    const { answer } = await reserve({ headers: { 'idempotency-key': key }, body: { ...right, inputTokens: 1, outputTokens: 1, ...changes } });
    assert.equal((await ask(`/usage/reservations/${String(answer['id'])}/settle`, { method: 'POST', claims, body: { inputTokens: tokens, outputTokens: 0 } })).status, 200);
  };
  await charge('a', {}, 7);
  clock.advance(900_000);
  await charge('b', { agent: 'second', source: 'provider', model: 'own-model' }, 9);
  const exported = async (query: string): Promise<readonly unknown[]> => rowsOf((await ask(`/usage/export?${november}${query}`, { claims: auditor })).text);
  const [first, second] = [['robot[bot]', 'gpt-4.1', '7', 'proxy'], ['second', 'own-model', '9', 'provider']];
  assert.deepEqual([await exported(''), await exported('&agent=SECOND'), await exported('&source=proxy'), await exported(`&repository=${right.repository}`)], [[first, second], [second], [first], [first, second]]);
  const answer = await ask(`/usage/export?${november}`, { claims: auditor });
  assert.equal(answer.headers['content-type'], 'text/csv');
  const { reads } = (await ask('/audit/reads', { claims: auditor })).answer;
  assert.equal(reads.filter(({ query }) => query.startsWith('exportUsage ')).length, 5);
});

test('an export is read in pages, and has every row once', async (context) => {
  const { store, ask, clock } = await aLimited(context);
  const usage = { source: 'self', provider: 'openai', inputTokens: 1, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
  await store.transaction(async (transaction) => {
    for (let index = 0; index < 1_001; index += 1) await transaction.addUsage({ accountId: account, repositoryId: 100, agent: 'robot', usage: { ...usage, model: `m${index}` }, charge: { tokens: 1n, cost: 1n, isPriced: false }, at: clock.now() });
  });
  const rows = rowsOf((await ask(`/usage/export?${november}`, { claims: auditor })).text);
  assert.deepEqual([rows.length, new Set(rows.map(([, model]) => model)).size], [1_001, 1_001]);
});

test('attack: an export without a time, of too long a one, of another tenant or by somebody who may only look is refused', async (context) => {
  const { ask } = await aLimited(context);
  const code = async (query: string, asking: Asking = { claims: auditor }): Promise<unknown> => (await ask(`/usage/export?${query}`, asking)).answer.code;
  assert.deepEqual([await code(''), await code('from=2026-11-01T00:00:00Z'), await code('from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z'), await code('from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z')], ['time_missing', 'time_missing', 'time_missing', 'time_missing']);
  assert.deepEqual([await code(`${november}&account=8`), await code(`${november}&repository=1`), await code(november, { claims: { roles: ['viewer'] } }), await code(`${november}&source=rumour`)], ['other_account', 'not_found', 'other_role', 'invalid_parameter']);
});

test('the overview tells sums by source apart, what counts, windows with what is left, and models whose price is not known', async (context) => {
  const { reserve, ask, right, store, clock } = await aLimited(context);
  const { answer } = await reserve({ body: { ...right, inputTokens: 10, outputTokens: 0 } });
  await ask(`/usage/reservations/${String(answer['id'])}/settle`, { method: 'POST', claims, body: { inputTokens: 60, outputTokens: 0 } });
  await store.transaction((transaction) => transaction.addUsage({ accountId: account, repositoryId: Number(right.repository), agent: 'robot[bot]', usage: { source: 'self', provider: 'own', model: 'secret', inputTokens: 120, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null }, charge: { tokens: 120n, cost: 5n, isPriced: false }, at: clock.now() }));
  const { status, answer: told } = await ask('/usage', { claims: { roles: ['viewer'] } });
  const cost = String(60n * 2_000_000n);
  const sum = { counted: { tokens: '120', costPicoUsd: cost }, bySource: { self: { tokens: '120', costPicoUsd: '5' }, proxy: { tokens: '60', costPicoUsd: cost }, provider: { tokens: '0', costPicoUsd: '0' } } };
  assert.deepEqual([status, told['total'], told['agents']], [200, sum, [{ agent: 'robot[bot]', ...sum }]]);
  assert.deepEqual(told['windows'], [{ scope: 'agent', subject: 'robot[bot]', measure: 'tokens', period: 'day', zone: 'UTC', from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z', limit: '150', used: '120', left: '30', state: 'near' }]);
  const models: unknown = told['models'];
  assert.deepEqual(Array.isArray(models) && models.map(({ model, isPriced, source }) => [model, isPriced, source]), [['secret', false, 'self'], ['gpt-4.1', true, 'proxy']]);
  const nobody = (await ask(`/usage?repository=${right.repository}&agent=new`, { claims: { roles: ['viewer'] } })).answer;
  assert.deepEqual([nobody['agents'], (nobody['windows'] as readonly { readonly left: string }[]).map(({ left }) => left)], [[], ['150']]);
  assert.deepEqual([(await ask('/usage?account=8', { claims: auditor })).status, (await ask('/usage?repository=1', { claims: auditor })).answer.code, (await ask('/usage?from=2026-12-01T00:00:00Z&to=2026-11-01T00:00:00Z', { claims: auditor })).answer.code], [403, 'not_found', 'time_invalid']);
});

test('usage up to the end of a month is that of the month, and a time without an instant is told as none', async (context) => {
  const { reserve, ask } = await aLimited(context);
  await reserve();
  const told = async (query: string): Promise<readonly unknown[]> => {
    const { status, answer } = await ask(`/usage?${query}`, { claims: auditor });
    return [status, answer['from'] ?? answer['code']];
  };
  assert.deepEqual([await told('to=2026-12-01T00:00:00Z'), await told('to=2026-12-01T00:00:00.001Z')], [[200, '2026-11-01T00:00:00.000Z'], [200, '2026-12-01T00:00:00.000Z']]);
  assert.deepEqual(await told('from=2026-12-01T00:00:00Z&to=2026-12-01T00:00:00Z'), [400, 'time_invalid']);
});
