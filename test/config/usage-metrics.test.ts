import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { metrics } from '@opentelemetry/api';
import type { Attributes, BatchObservableCallback, Meter } from '@opentelemetry/api';
import { observeUsage } from '../../src/config/usage-metrics.ts';
import { Failure } from '../../src/domain/failure.ts';
import { chargeOf } from '../../src/domain/usage/charge-of.ts';
import type { ModelUsage } from '../../src/domain/usage/model-usage.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

/** An SDK as far as gauges of a batch go. */
function aMeterProvider() {
  const callbacks = new Set<BatchObservableCallback>();
  const units = new Map<string, string | undefined>();
  const named = new WeakMap<object, string>();
  const noop = metrics.getMeter('none');
  const meter: Meter = {
    createGauge: noop.createGauge.bind(noop), createHistogram: noop.createHistogram.bind(noop), createCounter: noop.createCounter.bind(noop), createUpDownCounter: noop.createUpDownCounter.bind(noop), createObservableCounter: noop.createObservableCounter.bind(noop), createObservableUpDownCounter: noop.createObservableUpDownCounter.bind(noop),
    createObservableGauge: (name, options) => {
      const gauge = { addCallback: () => {}, removeCallback: () => {} };
      named.set(gauge, name);
      units.set(name, options?.unit);
      return gauge;
    },
    addBatchObservableCallback: (callback) => void callbacks.add(callback),
    removeBatchObservableCallback: (callback) => void callbacks.delete(callback),
  };
  return {
    provider: { getMeter: () => meter },
    units,
    async collect(): Promise<readonly (readonly [string, number, Attributes])[]> {
      const points: [string, number, Attributes][] = [];
      for (const callback of callbacks) await callback({ observe: (gauge, value, attributes) => void points.push([named.get(gauge) ?? '', value, attributes ?? {}]) });
      return points;
    },
  };
}

const account = 7;
const quota = 'version: 1\nhallucination: {quotas: [{scope: agent, tokensPerDay: 100}, {scope: organization, costPerMonth: 1}]}\n';

/** Metrics of a store in which an agent used something in two repositories. */
async function aMeasured(context: TestContext) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const log = fakeLog();
  const add = (usage: Partial<ModelUsage>, repositoryId = 100) => store.transaction((transaction) => {
    const whole: ModelUsage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 80, outputTokens: 20, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null, ...usage };
    return transaction.addUsage({ accountId: account, repositoryId, agent: 'robot[bot]', usage: whole, charge: chargeOf(whole), at: clock.now() });
  });
  await store.transaction(async (transaction) => {
    await transaction.append(aFittingDraft('config.seen', { account, repository: null, subject: 'configuration:one', actor: 'system' }));
    await transaction.sawConfiguration({ account: { id: account, login: 'acme', kind: 'organization' }, repositoryId: 100, commit: 'a'.repeat(40), path: '.github/plumbline.yml', text: quota });
  });
  const sdk = aMeterProvider();
  metrics.setGlobalMeterProvider(sdk.provider);
  context.after(() => metrics.disable());
  return { add, sdk, log, store, clock };
}

test('usage of the month and quotas are told to the SDK that was loaded, each set of attributes once, and none of a model that evidence made up', async (context) => {
  const { add, sdk, ...ports } = await aMeasured(context);
  const stop = observeUsage(ports);
  assert.deepEqual(await sdk.collect(), []);
  await add({});
  await add({}, 101);
  await add({ source: 'self', provider: 'x'.repeat(50), model: 'made up' });
  await add({ source: 'self', provider: 'y', model: 'made up, too', statedCost: 2_000_000_000_000n });
  const points = await sdk.collect();
  const of = (model: string, source: string) => ({ 'plumbline.account.id': 7, 'gen_ai.agent.name': 'robot[bot]', 'gen_ai.provider.name': model === '_OTHER' ? model : 'openai', 'gen_ai.request.model': model, 'plumbline.usage.source': source });
  const told = (name: string, source: string) => points.filter(([one, , attributes]) => one === name && attributes['plumbline.usage.source'] === source);
  assert.deepEqual(told('plumbline.usage.tokens', 'proxy'), [['plumbline.usage.tokens', 160, { ...of('gpt-4.1', 'proxy'), 'gen_ai.token.type': 'input' }], ['plumbline.usage.tokens', 40, { ...of('gpt-4.1', 'proxy'), 'gen_ai.token.type': 'output' }]]);
  assert.deepEqual([told('plumbline.usage.cost', 'proxy'), told('plumbline.usage.tokens', 'self').map(([, value, attributes]) => [value, attributes['gen_ai.request.model']])], [[['plumbline.usage.cost', 0.00064, of('gpt-4.1', 'proxy')]], [[160, '_OTHER'], [40, '_OTHER']]]);
  const quotas = points.flatMap(([name, value, attributes]) => (name.startsWith('plumbline.quota.') ? [[name, attributes['plumbline.quota.scope'], attributes['plumbline.quota.measure'], name.endsWith('exceeded') ? value : value > 1]] : []));
  assert.deepEqual(quotas, [['plumbline.quota.utilization', 'agent', 'tokens', true], ['plumbline.quota.exceeded', 'agent', 'tokens', 1], ['plumbline.quota.utilization', 'organization', 'cost', true], ['plumbline.quota.exceeded', 'organization', 'cost', 1]]);
  assert.deepEqual([...sdk.units], [['plumbline.usage.tokens', '{token}'], ['plumbline.usage.cost', 'USD'], ['plumbline.quota.utilization', '1'], ['plumbline.quota.exceeded', '1']]);
  stop();
  assert.deepEqual(await sdk.collect(), []);
});

test('what can not be read is not told, is in the log, and breaks nothing', async (context) => {
  const { add, sdk, ...ports } = await aMeasured(context);
  await add({});
  const broken = { ...ports.store, transaction: () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'Cannot read: the store is gone.')) };
  context.after(observeUsage({ ...ports, store: broken }));
  assert.deepEqual([await sdk.collect(), ports.log.lines.map(({ message }) => message)], [[], ['usage not measured']]);
});

test('an account whose usage can not be read hides none of the others', async (context) => {
  const { add, sdk, ...ports } = await aMeasured(context);
  const broken = 6;
  await ports.store.transaction((transaction) => transaction.append(aFittingDraft('config.seen', { account: broken, repository: null, subject: 'configuration:one', actor: 'system' })));
  await add({});
  const transaction: typeof ports.store.transaction = (work) => ports.store.transaction((inner) => work({ ...inner, usageBetween: (account, from, to) => (account === broken ? Promise.reject(new Failure('STORE_INCONSISTENT', 'Cannot read usage.')) : inner.usageBetween(account, from, to)) }));
  context.after(observeUsage({ ...ports, store: { ...ports.store, transaction } }));
  const points = await sdk.collect();
  assert.deepEqual([new Set(points.map(([, , attributes]) => attributes['plumbline.account.id'])), ports.log.lines.map(({ message, fields }) => [message, fields['account']])], [new Set([account]), [['usage not measured', broken]]]);
});

test('attack: as many names of models as evidence can make up hide no usage from what is measured', async (context) => {
  const { add, sdk, ...ports } = await aMeasured(context);
  for (let index = 0; index < 210; index += 1) await add({ source: 'self', provider: 'y', model: `made up ${index}`, inputTokens: 900, outputTokens: 0 });
  await add({});
  context.after(observeUsage(ports));
  const told = (await sdk.collect()).filter(([name, , attributes]) => name === 'plumbline.usage.tokens' && attributes['gen_ai.token.type'] === 'input');
  assert.deepEqual(told.map(([, value, attributes]) => [attributes['gen_ai.request.model'], value]), [['_OTHER', 210 * 900], ['gpt-4.1', 80]]);
});
