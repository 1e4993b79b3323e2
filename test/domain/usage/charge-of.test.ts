import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { chargeOf } from '../../../src/domain/usage/charge-of.ts';
import { claimedUsage } from '../../../src/domain/usage/claimed-usage.ts';
import { dollarText } from '../../../src/domain/usage/dollar-text.ts';
import type { ModelUsage } from '../../../src/domain/usage/model-usage.ts';
import { picoDollars } from '../../../src/domain/usage/pico-dollars.ts';
import { priceMap } from '../../../src/domain/usage/price-map.ts';
import map from '../../../src/domain/usage/price-map.json' with { type: 'json' };

function aUsage(input: Partial<ModelUsage> = {}): ModelUsage {
  return { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null, ...input };
}

const counts = fc.integer({ min: 0, max: 1_000_000_000_000 });
const known = Object.keys(map.models).map((name) => ({ provider: name.slice(0, name.indexOf('/')), model: name.slice(name.indexOf('/') + 1) }));

suite('what usage counts as', () => {
  test('attack: a sign that becomes an ASCII letter in lower case spells a model whose price nobody knows', () => {
    const priced = (model: string): boolean => chargeOf(aUsage({ provider: 'anthropic', model })).isPriced;
    assert.deepEqual([priced('Claude-Haiku-4-5'), priced('claude-hai\u212au-4-5')], [true, false]);
  });

  test('is the listed price of each token, in whole pico-dollars', () => {
    assert.deepEqual(chargeOf(aUsage()), { tokens: 1_100n, cost: 1_000n * 2_000_000n + 100n * 8_000_000n, isPriced: true });
    assert.deepEqual(chargeOf(aUsage({ cacheReadTokens: 400 })).cost, 600n * 2_000_000n + 400n * 500_000n + 100n * 8_000_000n);
  });

  test('of a long call is the price of long calls, for all its tokens', () => {
    const usage = { provider: 'anthropic', model: 'claude-sonnet-4-5', outputTokens: 1 };
    assert.equal(chargeOf(aUsage({ ...usage, inputTokens: 200_000 })).cost, 200_000n * 3_000_000n + 15_000_000n);
    assert.equal(chargeOf(aUsage({ ...usage, inputTokens: 200_001 })).cost, 200_001n * 6_000_000n + 22_500_000n);
  });

  test('attack: a model that nobody knows costs as much as the dearest, and nothing makes a known one cheaper', () => {
    const dear = chargeOf(aUsage({ provider: 'nobody', model: 'free' }));
    assert.deepEqual(dear, { tokens: 1_100n, cost: 1_000n * 60_000_000n + 100n * 270_000_000n, isPriced: false });
    assert.equal(chargeOf(aUsage({ statedCost: 1n })).cost, chargeOf(aUsage()).cost);
    assert.equal(chargeOf(aUsage({ statedCost: 10n ** 20n })).cost, 10n ** 20n);
  });

  test('attack: of no known model an unknown one would be cheaper, whatever the amounts', () => {
    fc.assert(fc.property(fc.constantFrom(...known), counts, counts, counts, counts, (model, inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens) => {
      const amounts = { inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens };
      assert.ok(chargeOf(aUsage({ ...model, ...amounts })).cost <= chargeOf(aUsage({ provider: 'x', model: 'y', ...amounts })).cost);
    }));
  });

  test('never falls when more is used, and loses nothing beyond 2^53', () => {
    fc.assert(fc.property(fc.constantFrom(...known), counts, counts, counts, (model, inputTokens, outputTokens, more) => {
      const [less, all] = [aUsage({ ...model, inputTokens, outputTokens }), aUsage({ ...model, inputTokens, outputTokens: outputTokens + more })].map(chargeOf);
      assert.equal((all?.tokens ?? 0n) - (less?.tokens ?? 0n), BigInt(more));
      assert.equal(((all?.cost ?? 0n) - (less?.cost ?? 0n)) % BigInt(more === 0 ? 1 : more), 0n);
      assert.ok((all?.cost ?? 0n) >= (less?.cost ?? 0n));
    }));
  });

  test('attack: tokens of a cache beyond the whole input come on top of it', () => {
    assert.equal(chargeOf(aUsage({ inputTokens: 10, outputTokens: 0, cacheReadTokens: 1_000 })).tokens, 1_010n);
  });

  test('in evidence is read by the names of OpenTelemetry; a cost in another currency is not compared', () => {
    const attributes = { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 2, 'gen_ai.usage.reasoning.output_tokens': 7, 'gen_ai.usage.cache_read.input_tokens': 3 };
    const read = { source: 'self', provider: 'openai', model: 'gpt-4.1', inputTokens: 5, outputTokens: 7, cacheReadTokens: 3, cacheCreationTokens: 0, statedCost: null };
    assert.deepEqual(claimedUsage({ attributes, cost: null }), read);
    assert.deepEqual(claimedUsage({ attributes, cost: { amount: 0.25, currency: 'USD', source: 'provider' } }), { ...read, statedCost: 250_000_000_000n });
    assert.deepEqual(claimedUsage({ attributes, cost: { amount: 9, currency: 'EUR', source: 'proxy' } }), read);
  });
});

suite('an amount of dollars', () => {
  test('is exact to the pico-dollar, however the number is written', () => {
    assert.deepEqual([0, 0.1, 0.3, 300, 5.46875e-7, 1e-12, 1e21].map((one) => picoDollars(one, 'down')), [0n, 100_000_000_000n, 300_000_000_000n, 300_000_000_000_000n, 546_875n, 1n, 10n ** 33n]);
  });

  test('is rounded to the named side below that', () => assert.deepEqual([picoDollars(1.5e-12, 'down'), picoDollars(1.5e-12, 'up'), picoDollars(1e-300, 'down'), picoDollars(1e-300, 'up')], [1n, 2n, 0n, 1n]));

  test('attack: what is negative, endless or no number is none', () => assert.deepEqual([-1, -0.5, Number.NaN, Infinity, -Infinity, 1e40].map((one) => picoDollars(one, 'up')), [null, null, null, null, null, null]));

  test('of the two sides the upper is never less, and they are one apart at most', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1e20, noNaN: true }), (dollars) => {
      const [down, up] = [picoDollars(dollars, 'down'), picoDollars(dollars, 'up')];
      assert.ok(down !== null && up !== null && up - down >= 0n && up - down <= 1n);
    }));
  });

  test('is shown to the millionth, rounded up', () => assert.deepEqual([0n, 1n, 12_500_000_000_000n, 300_000_000_000_000n].map(dollarText), ['$0', '$0.000001', '$12.5', '$300']));
});

test('the price map says where its facts are from, is of whole numbers, and is the one that its digest names', () => {
  assert.match(map.source, /^https:\/\/github\.com\/BerriAI\/litellm\/blob\/[0-9a-f]{40}\//);
  assert.match(map.license, /^MIT/);
  assert.equal(priceMap.digest, digestOfValue(map));
  assert.equal(priceMap.digest, 'sha256:c128dfab51f50216356b0c2c7144119ccb06729a89586bdcaed2d7a227df7f5e');
  for (const price of Object.values(map.models)) for (const kind of ['input', 'output', 'cacheRead', 'cacheCreation'] as const) assert.ok(Number.isSafeInteger(price[kind]) && price[kind] > 0);
});
