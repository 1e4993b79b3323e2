import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { chargeOf } from '../../../src/domain/usage/charge-of.ts';
import { priceMap } from '../../../src/domain/usage/price-map.ts';
import { aScannedWorld } from '../scan/a-scanned-world.ts';

const behavior = ['kind: Behavior', 'name: robot-budget', 'scope: environment', 'source: {type: usage-quotas, agent: "robot[bot]", contract: contracts/robot.yaml}', 'owner: team:makers', 'playbook: halt-contract', ''].join('\n');
const day = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };
const breach = (window: { readonly from: string; readonly to: string }, used: string): JsonValue => ({ differences: [{ kind: 'exceeded', agent: 'robot[bot]', contract: 'contracts/robot.yaml', window, exceeded: [{ scope: 'agent', measure: 'tokens', zone: 'UTC', limit: '100', used }] }] });

test('a snapshot of what was used stands in the log before the drift that it is about, once for a window', async () => {
  const world = aScannedWorld({ 'behaviors/checkout.yaml': behavior });
  const { github: { ref }, store } = world;
  const usage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 101, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
  await store.transaction((transaction) => transaction.addUsage({ accountId: ref.account.id, repositoryId: ref.id, agent: 'robot[bot]', usage, charge: chargeOf(usage), at: new Date(day.from) }));
  world.answers.push(breach(day, '101'), breach(day, '120'));
  await world.scan();
  const told = (await store.audit.entries(ref.account.id, 0, 100)).map(({ leaf, openings }) => ({ event: String(JSON.parse(new TextDecoder().decode(leaf)).event), texts: openings.map(({ bytes }) => new TextDecoder().decode(bytes)) }));
  assert.deepEqual(told.map(({ event }) => event).filter((event) => event.startsWith('usage.') || event.startsWith('drift.')), ['usage.breached', 'drift.detected']);
  const payload: JsonValue = JSON.parse(told.find(({ event }) => event === 'usage.breached')?.texts.at(-1) ?? 'null');
  const group = { repositoryId: ref.id, agent: 'robot[bot]', source: 'proxy', tokens: '101', costPicoUsd: String(101n * 2_000_000n) };
  assert.deepEqual(payload, { agent: 'robot[bot]', contract: 'contracts/robot.yaml', ...day, exceeded: [{ scope: 'agent', measure: 'tokens', zone: 'UTC', limit: '100', used: '120' }], groups: [group], models: [{ ...group, provider: 'openai', model: 'gpt-4.1', isPriced: true }], untold: 0, prices: { takenAt: priceMap.takenAt, digest: priceMap.digest } });
  await world.scan();
  world.answers.push(breach({ from: day.to, to: '2026-11-22T00:00:00.000Z' }, '500'), breach({ from: day.to, to: '2026-11-22T00:00:00.000Z' }, '500'));
  await world.scan();
  const events = (await store.audit.entries(ref.account.id, 0, 100)).map(({ leaf }) => String(JSON.parse(new TextDecoder().decode(leaf)).event));
  assert.deepEqual(events.filter((event) => event.startsWith('usage.') || event.startsWith('drift.')), ['usage.breached', 'drift.detected', 'usage.breached', 'drift.changed']);
});
