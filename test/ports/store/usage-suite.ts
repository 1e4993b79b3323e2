import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { chargeOf } from '../../../src/domain/usage/charge-of.ts';
import type { ModelUsage } from '../../../src/domain/usage/model-usage.ts';
import { reserveUsage } from '../../../src/flows/usage/reserve-usage.ts';
import type { ReservationOutcome, ReservationWanted } from '../../../src/flows/usage/reserve-usage.ts';
import { settleUsage } from '../../../src/flows/usage/settle-usage.ts';
import type { SettlementWanted } from '../../../src/flows/usage/settle-usage.ts';
import type { StoreTransaction } from '../../../src/flows/ports/store.ts';
import type { UsageFilter } from '../../../src/flows/ports/usage-store.ts';
import { aDecisionRecord, aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const digest = digestOfBytes('asked');
const everything = { from: new Date(0), to: new Date('2100-01-01'), repositoryId: null, agent: null, source: null } as const;

function aUsage(input: Partial<ModelUsage> = {}): ModelUsage {
  return { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 80, outputTokens: 20, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null, ...input };
}

/** What the store promises about usage, and that flows over it pass no limit. */
export function usageSuite(shared: SuiteStore): void {
  describeStore('usage', shared, (suite) => {
    const ask = <Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> => suite.store.transaction(work);
    const newId = (): string => `00000000-0000-7000-8000-${String(freshId()).padStart(12, '0')}`;
    const ports = () => ({ store: suite.store, clock: suite.clock, newId });

    /** A repository that was judged, with quotas. */
    const aLimited = async (quota: string): Promise<RepositoryRef> => {
      const repository = aRepositoryRef();
      await ask(async (transaction) => {
        await transaction.saveDecision(aDecisionRecord(repository));
        await transaction.sawConfiguration({ account: repository.account, repositoryId: repository.id, commit: 'a'.repeat(40), path: '.github/plumbline.yml', text: `version: 1\nhallucination: {quotas: [${quota}]}\n` });
      });
      return repository;
    };
    const wantedOf = (repository: RepositoryRef, input: Partial<ReservationWanted> = {}): ReservationWanted => ({ account: repository.account.id, repository: { kind: 'id', id: repository.id }, agent: 'robot[bot]', usage: aUsage(), seconds: 60, by: 'proxy', key: `k${freshId()}`, asked: digest, ...input });
    const reserve = (repository: RepositoryRef, input: Partial<ReservationWanted> = {}): Promise<ReservationOutcome> => reserveUsage(ports(), wantedOf(repository, input));
    const settle = (account: number, id: string, input: Partial<SettlementWanted> = {}) => settleUsage(ports(), { account, id, used: { inputTokens: 30, outputTokens: 10, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null }, by: 'proxy', asked: digestOfBytes('settled'), ...input });
    const usedBy = async ({ account }: RepositoryRef) => (await ask((transaction) => transaction.usageBetween(account.id, new Date(0), new Date('2100-01-01')))).reduce((sum, { tokens }) => sum + tokens, 0n);
    const eventsOf = async ({ account }: RepositoryRef, event: string) => (await suite.store.audit.entries(account.id, 0, 1_000)).filter(({ leaf }) => new TextDecoder().decode(leaf).includes(`"event":"${event}"`)).length;

    test('usageBetween() an account has used nothing in is empty; sums are of its own, by agent, repository and source, in the time alone', async () => {
      const [one, other] = [aRepositoryRef(), aRepositoryRef()];
      const at = new Date('2026-11-20T12:14:59.000Z');
      const charged = (usage: ModelUsage, agent = 'Robot[bot]') => ({ accountId: one.account.id, repositoryId: one.id, agent, usage, charge: chargeOf(usage), at });
      await ask(async (transaction) => {
        for (const used of [charged(aUsage()), charged(aUsage(), 'robot[BOT]'), charged(aUsage({ source: 'self', model: 'odd \u0000\ud800' })), { ...charged(aUsage({ inputTokens: 1_000_000_000_000 })), at: new Date('2026-11-20T12:15:00.000Z') }]) await transaction.addUsage(used);
      });
      const sums = await ask((transaction) => transaction.usageBetween(one.account.id, new Date('2026-11-20T12:00:00Z'), new Date('2026-11-20T12:15:00Z')));
      assert.deepEqual(sums.toSorted((a, b) => (a.source < b.source ? -1 : 1)).reduce<Record<string, bigint>>((all, { agent, source, tokens }) => ({ ...all, [`${agent} ${source}`]: (all[`${agent} ${source}`] ?? 0n) + tokens }), {}), { 'robot[bot] proxy': 200n, 'robot[bot] self': 100n });
      assert.deepEqual(await ask((transaction) => transaction.usageBetween(other.account.id, new Date(0), new Date('2100-01-01'))), []);
      const totals = await ask((transaction) => transaction.usageTotals(one.account.id, everything, { after: null, limit: 10 }));
      assert.deepEqual(totals.map(({ model, from, inputTokens, isPriced }) => [model, from.toISOString(), inputTokens, isPriced]), [['gpt-4.1', '2026-11-20T12:00:00.000Z', 160n, true], ['odd \u0000\ud800', '2026-11-20T12:00:00.000Z', 80n, false], ['gpt-4.1', '2026-11-20T12:15:00.000Z', 1_000_000_000_000n, true]]);
    });

    test('usageTotals() goes on after the row before, each once, and tells what is asked for alone; usageByModel() sums them, the most tokens first', async () => {
      const repository = aRepositoryRef();
      const at = (minute: number): Date => new Date(Date.parse('2026-11-20T12:00:00.000Z') + minute * 60_000);
      const add = (usage: Partial<ModelUsage>, minute: number, agent = 'robot[bot]', repositoryId = repository.id) => ask((transaction) => transaction.addUsage({ accountId: repository.account.id, repositoryId, agent, usage: aUsage(usage), charge: chargeOf(aUsage(usage)), at: at(minute) }));
      for (const [usage, minute, agent] of [[{}, 0], [{ model: 'b' }, 0], [{ source: 'self', model: 'odd \u0000\ud800' }, 0], [{}, 15], [{ source: 'provider' }, 15, 'Other']] as const) await add(usage, minute, agent);
      await add({}, 30, 'robot[bot]', repository.id + 1_000_000);
      const all = await ask((transaction) => transaction.usageTotals(repository.account.id, everything, { after: null, limit: 100 }));
      const paged: (typeof all)[number][] = [];
      for (let last: (typeof all)[number] | null = null; ; ) {
        const after: (typeof all)[number] | null = last;
        const page: typeof all = await ask((transaction) => transaction.usageTotals(repository.account.id, everything, { after, limit: 1 }));
        const [row] = page;
        if (row === undefined) break;
        paged.push(row);
        last = row;
      }
      assert.deepEqual([all.length, paged], [6, all]);
      const told = async (filter: Partial<UsageFilter>) => (await ask((transaction) => transaction.usageTotals(repository.account.id, { ...everything, ...filter }, { after: null, limit: 100 }))).map(({ agent, source, model }) => `${agent} ${source} ${model}`);
      assert.deepEqual([await told({ agent: 'OTHER' }), await told({ source: 'self' }), (await told({ repositoryId: repository.id })).length, (await told({ from: at(15), to: at(30) })).length], [['other provider gpt-4.1'], ['robot[bot] self odd \u0000\ud800'], 5, 2]);
      const sums = await ask((transaction) => transaction.usageByModel(repository.account.id, { ...everything, repositoryId: repository.id, agent: 'Robot[bot]' }, 2));
      assert.deepEqual([sums.map(({ tokens }) => tokens), sums[0]?.model, sums[0]?.inputTokens], [[200n, 100n], 'gpt-4.1', 160n]);
      assert.deepEqual(await ask((transaction) => transaction.usageByModel(aRepositoryRef().account.id, everything, 10)), []);
    });

    test('usageByAgent() sums up all repositories, spellings of a model with a price, and all that have none', async () => {
      const { id, account } = aRepositoryRef();
      const at = new Date('2026-11-20T12:00:00.000Z');
      const add = (usage: Partial<ModelUsage>, agent = 'robot[bot]', repositoryId = id) => ask((transaction) => transaction.addUsage({ accountId: account.id, repositoryId, agent, usage: aUsage(usage), charge: chargeOf(aUsage(usage)), at }));
      for (const [usage, agent, repository] of [[{}], [{ model: 'GPT-4.1' }], [{ provider: 'OpenAI' }, 'Robot[bot]', id + 1_000_000], [{ model: 'odd \u0000\ud800' }], [{ model: 'Odd' }], [{ source: 'provider' }, 'other']] as const) await add(usage, agent, repository);
      const sums = async (to: Date, limit: number) => (await ask((transaction) => transaction.usageByAgent(account.id, at, to, limit))).map(({ agent, source, provider, model, isPriced, inputTokens, tokens }) => [agent, source, provider, model, isPriced, inputTokens, tokens]);
      const after = new Date(at.getTime() + 1);
      const all = [['robot[bot]', 'proxy', 'openai', 'gpt-4.1', true, 240n, 300n], ['robot[bot]', 'proxy', '', '', false, 160n, 200n], ['other', 'provider', 'openai', 'gpt-4.1', true, 80n, 100n]];
      assert.deepEqual([await sums(after, 9), await sums(after, 1), await sums(at, 9)], [all, all.slice(0, 1), []]);
    });

    test('of 60 that charge at once no more get room than there is, and one alert is told', async () => {
      const repository = await aLimited('{scope: organization, tokensPerDay: 2050}');
      const outcomes = await Promise.all(Array.from({ length: 60 }, () => reserve(repository)));
      assert.deepEqual([outcomes.filter(({ kind }) => kind === 'reserved').length, outcomes.filter(({ kind }) => kind === 'exceeded').length], [20, 40]);
      assert.deepEqual([await usedBy(repository), await eventsOf(repository, 'usage.near')], [2_000n, 1]);
      const reserved = outcomes.flatMap((one) => (one.kind === 'reserved' ? [one.reservation.id] : []));
      const settled = await Promise.all(reserved.map((id) => settle(repository.account.id, id)));
      assert.deepEqual([new Set(settled.map(({ kind }) => kind)), await usedBy(repository), await eventsOf(repository, 'usage.near')], [new Set(['settled']), 800n, 1]);
    });

    test('a reservation is known again by its key; the key stands for nothing else', async () => {
      const repository = await aLimited('{scope: agent, tokensPerDay: 150}');
      const [first, again] = [await reserve(repository, { key: 'same' }), await reserve(repository, { key: 'same' })];
      assert.deepEqual([first.kind === 'reserved' && first.isNew, again.kind === 'reserved' && again.isNew, first.kind === 'reserved' && again.kind === 'reserved' && first.reservation.id === again.reservation.id], [true, false, true]);
      assert.deepEqual([(await reserve(repository, { key: 'same', asked: digestOfBytes('other') })).kind, (await reserve(repository)).kind, await usedBy(repository)], ['key_reused', 'exceeded', 100n]);
    });

    test('attack: what is never settled stays charged in full, once, and can not be settled later', async () => {
      const repository = await aLimited('{scope: agent, tokensPerDay: 150}');
      const taken = await reserve(repository);
      const id = taken.kind === 'reserved' ? taken.reservation.id : '';
      suite.clock.advance(61_000);
      assert.deepEqual([(await reserve(repository)).kind, (await settle(repository.account.id, id)).kind, await usedBy(repository), await eventsOf(repository, 'usage.expired')], ['exceeded', 'expired', 100n, 1]);
    });

    test('attack: behind very many that were not settled either none can be settled later', async () => {
      const repository = aRepositoryRef();
      const at = suite.clock.now();
      const ids = Array.from({ length: 102 }, newId);
      await ask(async (transaction) => {
        for (const [index, id] of ids.entries()) await transaction.saveReservation({ id, accountId: repository.account.id, repositoryId: repository.id, agent: 'robot[bot]', usage: aUsage(), charge: chargeOf(aUsage()), at, expiresAt: new Date(at.getTime() + 1_000 + index), by: 'proxy', key: id, asked: digest, settled: null });
      });
      suite.clock.advance(61_000);
      assert.deepEqual([(await settle(repository.account.id, ids.at(-1) ?? '')).kind, await usedBy(repository)], ['expired', 10_200n]);
    });

    test('settling again the same changes nothing, otherwise is refused, and more than was reserved is charged all the same', async () => {
      const repository = await aLimited('{scope: agent, tokensPerDay: 150}');
      const taken = await reserve(repository);
      const id = taken.kind === 'reserved' ? taken.reservation.id : '';
      const more = { used: { inputTokens: 400, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } };
      const settled = await settle(repository.account.id, id, more);
      assert.deepEqual(settled.kind === 'settled' && settled.windows.map(({ used, state }) => [used, state]), [[400n, 'exceeded']]);
      assert.deepEqual([(await settle(repository.account.id, id, more)).kind, (await settle(repository.account.id, id, { asked: digestOfBytes('else') })).kind, await usedBy(repository)], ['settled', 'settled_otherwise', 400n]);
    });

    test('attack: of another account nothing is reserved, settled or seen', async () => {
      const [one, other] = [await aLimited('{scope: organization, tokensPerDay: 150}'), await aLimited('{scope: organization, tokensPerDay: 150}')];
      const taken = await reserve(one, { key: 'shared' });
      const id = taken.kind === 'reserved' ? taken.reservation.id : '';
      assert.deepEqual([(await settle(other.account.id, id)).kind, (await reserve(one, { account: other.account.id })).kind, (await reserve(other, { key: 'shared' })).kind, await usedBy(other)], ['unknown_reservation', 'unknown_repository', 'reserved', 100n]);
    });

    test('breachOnce() is true once for a window and its limit, and alertOnce() once for a window', async () => {
      const window = { scope: 'agent', subject: `robot-${freshId()}`, measure: 'tokens', limit: 100n, zone: 'UTC', period: 'day', from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' } as const;
      const { account } = aRepositoryRef();
      const tell = (one: typeof window | (Omit<typeof window, 'limit'> & { readonly limit: bigint })) => ask(async (transaction) => [await transaction.breachOnce(account.id, one), await transaction.alertOnce(account.id, one)]);
      assert.deepEqual([await tell(window), await tell(window), await tell({ ...window, limit: 150n }), await tell({ ...window, limit: 150n })], [[true, true], [false, false], [true, false], [false, false]]);
    });

    test('chargeEvidence() is true once for a repository, a change and a usage', async () => {
      const [repositoryId, otherId] = [freshId(), freshId()];
      const stated = { repositoryId, changeDigest: digestOfBytes('change'), usageDigest: digestOfBytes('usage'), pullRequest: 7 };
      const charge = (one: typeof stated) => ask((transaction) => transaction.chargeEvidence(one, suite.clock.now()));
      assert.deepEqual([await ask((transaction) => transaction.isCharged(stated)), await charge(stated), await charge(stated), await ask((transaction) => transaction.isCharged(stated))], [false, true, false, true]);
      assert.deepEqual([await charge({ ...stated, repositoryId: otherId }), await charge({ ...stated, usageDigest: digestOfBytes('more') })], [true, true]);
    });
  });
}
