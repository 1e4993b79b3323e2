import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UsageOverview } from '../../../src/domain/usage/told-usage.ts';
import { usagePretty } from '../../../src/render/usage/usage-pretty.ts';
import { usageForm } from '../../../src/web/operator-form.ts';

const none = { tokens: '0', costPicoUsd: '0' };
const some = { tokens: '1200', costPicoUsd: '2500000000' };
const sum = { counted: some, bySource: { self: { tokens: '900', costPicoUsd: '1000000000' }, proxy: some, provider: none } };
const window = { scope: 'agent', subject: 'robot[bot]', measure: 'tokens', period: 'day', zone: 'UTC', from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z', limit: '1500', used: '1200', left: '300', state: 'near' };
const overview: UsageOverview = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-20T12:00:00.000Z',
  total: sum,
  agents: [{ agent: 'robot[bot]', ...sum }],
  repositories: [{ repository: { id: 100, name: 'acme/shop' }, ...sum }, { repository: { id: 101, name: null }, counted: none, bySource: { self: none, proxy: none, provider: none } }],
  models: [{ repository: { id: 100, name: 'acme/shop' }, agent: 'robot[bot]', source: 'self', provider: 'acme', model: 'own\u001b[31m', isPriced: false, inputTokens: '1', outputTokens: '0', cacheReadTokens: '0', cacheCreationTokens: '0', tokens: '1', costPicoUsd: '600000000' }],
  windows: [{ ...window, scope: 'organization', subject: '7', measure: 'cost', period: 'month', limit: '1000000000000', used: '1500000000000', left: '0', state: 'exceeded' }, window],
  untold: { agents: 3, repositories: 0, windows: 0 },
};

test('what agents used is shown by source, with what is left of their quotas and models whose price is not known; no name steers a terminal', () => {
  assert.equal(usagePretty(7, overview), `account 7  from 2026-11-01T00:00:00.000Z to 2026-11-20T12:00:00.000Z: 1,200 tokens, $0.0025 (self 900 tokens, $0.001; proxy 1,200 tokens, $0.0025)
agents
  robot[bot]  1,200 tokens, $0.0025 (self 900 tokens, $0.001; proxy 1,200 tokens, $0.0025)
  and 3 more
repositories
  acme/shop  1,200 tokens, $0.0025 (self 900 tokens, $0.001; proxy 1,200 tokens, $0.0025)
  repository 101  0 tokens, $0
quotas
  organization 7  $1.5 of $1 in the month that ends at 2026-11-21T00:00:00.000Z (UTC), passed
  agent robot[bot]  1,200 tokens of 1,500 tokens in the day that ends at 2026-11-21T00:00:00.000Z (UTC), 300 tokens left, nearly used up
models without a known price, which cost as much as the dearest one
  acme/own␛[31m  1 token, $0.0006, by robot[bot]
`);
});

test('it goes through the door of a running server as it is', () => {
  for (const told of [{ kind: 'overview', overview }, { kind: 'no_time' }, { kind: 'unknown_repository' }] as const) assert.deepEqual(usageForm.read(usageForm.write(told)), told);
});
