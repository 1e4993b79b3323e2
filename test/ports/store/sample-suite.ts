import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSample } from '../../builders/a-sample.ts';
import { describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What the store promises about samples of behaviours and the tokens with which they come. */
export function sampleSuite(shared: SuiteStore): void {
  describeStore('samples', shared, (suite) => {
    test('sampleOf() is what came first about a behaviour at a head for a branch, whatever came later', async () => {
      const first = aSample({ repositoryId: freshId(), value: { text: 'odd \u0000\ud800' } });
      const others = [{ ...first, value: { n: 2 } }, { ...first, behavior: 'other' }, { ...first, head: 'b'.repeat(40) }, { ...first, baseBranch: 'stable' }, { ...first, repositoryId: freshId() }];
      const kept: boolean[] = [];
      for (const sample of [first, ...others]) kept.push(await suite.store.transaction((transaction) => transaction.recordSample(sample, null)));
      assert.deepEqual(kept, [true, false, true, true, true, true]);
      assert.deepEqual(await suite.store.transaction((transaction) => transaction.sampleOf(first.repositoryId, first.behavior, first)), first);
      assert.equal(await suite.store.transaction((transaction) => transaction.sampleOf(first.repositoryId, first.behavior, { head: 'c'.repeat(40), baseBranch: 'main' })), null);
    });

    test('a sample gives way to the one that is recorded instead, but not to one of somebody who knew an older one', async () => {
      const old = aSample({ repositoryId: freshId(), receivedAt: '2026-11-19T12:00:00.000Z' });
      const [first, second] = [{ ...old, receivedAt: '2026-11-20T12:00:00.000Z', value: { n: 2 } }, { ...old, receivedAt: '2026-11-20T12:00:01.000Z', value: { n: 3 } }];
      const kept: boolean[] = [];
      for (const [sample, instead] of [[old, null], [first, old], [second, old]] as const) kept.push(await suite.store.transaction((transaction) => transaction.recordSample(sample, instead)));
      assert.deepEqual([kept, await suite.store.transaction((transaction) => transaction.sampleOf(old.repositoryId, old.behavior, old))], [[true, true, false], first]);
    });

    test('sampleBytes() are those of all samples of a head, and forgetSamples() drops the oldest of a repository beyond so many', async () => {
      const first = aSample({ repositoryId: freshId(), receivedAt: '2026-11-20T10:00:00.000Z' });
      const [second, third] = [{ ...first, behavior: 'other', receivedAt: '2026-11-20T11:00:00.000Z' }, { ...first, baseBranch: 'stable', receivedAt: '2026-11-20T12:00:00.000Z' }];
      const elsewhere = [{ ...first, head: 'b'.repeat(40) }, { ...first, repositoryId: freshId() }];
      const bytes = async () => await suite.store.transaction((transaction) => transaction.sampleBytes(first.repositoryId, first.head));
      for (const sample of elsewhere) await suite.store.transaction((transaction) => transaction.recordSample(sample, null));
      assert.equal(await bytes(), 0);
      const sizes: number[] = [];
      for (const sample of [first, second, third]) {
        const before = await bytes();
        await suite.store.transaction((transaction) => transaction.recordSample(sample, null));
        sizes.push((await bytes()) - before);
      }
      assert.ok(sizes.every((size) => size > 100 && size < 2_000), String(sizes));
      await suite.store.transaction((transaction) => transaction.forgetSamples(first.repositoryId, { beyond: (sizes[1] ?? 0) + (sizes[2] ?? 0) }));
      const left = await suite.store.transaction(async (transaction) => [await transaction.sampleOf(first.repositoryId, first.behavior, first), await transaction.sampleOf(first.repositoryId, 'other', second), await transaction.sampleOf(first.repositoryId, first.behavior, third)]);
      assert.deepEqual(left, [null, second, third]);
      assert.notEqual(await suite.store.transaction((transaction) => transaction.sampleOf(elsewhere[1]?.repositoryId ?? 0, first.behavior, first)), null);
    });

    test('useToken() of an issuer takes each token once', async () => {
      const token = { issuer: `https://issuer-${freshId()}.example.com`, id: 'odd \u0000'.repeat(200), expiresAt: new Date('2030-01-01T00:00:00Z') };
      const used: boolean[] = [];
      for (const one of [token, token, { ...token, id: 'another' }, { ...token, issuer: 'https://another.example.com' }]) used.push(await suite.store.transaction((transaction) => transaction.useToken(one)));
      assert.deepEqual(used, [true, false, true, true]);
    });
  });
}
