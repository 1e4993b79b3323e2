import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditDraft, AuditEvent } from '../../../src/audit/entry.ts';
import { readEntry } from '../../../src/audit/read-entry.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { DecisionFilter, EntryFilter } from '../../../src/flows/ports/store-search.ts';
import { aDecision } from '../../builders/decision-builder.ts';
import { aDecisionRecord, aDraft, aRepositoryRef, describeStore, freshId } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const anyEntry: EntryFilter = { repository: null, event: null, actor: null, tier: null, outcome: null, from: null, to: null };
const anyDecision: DecisionFilter = { repository: null, subject: null, head: null };
const shop = { id: 5, name: 'Acme/Shop' };

/** What `StoreSearch` and `ReadLog` promise. */
export function searchSuite(shared: SuiteStore): void {
  describeStore('the search', shared, (suite) => {
    /** An account whose log has one entry for each draft; their sequences are their places. */
    async function aLogOf(...drafts: readonly Partial<AuditDraft>[]): Promise<number> {
      const account = freshId();
      await suite.store.transaction(async (transaction) => {
        for (const draft of drafts) await transaction.append(aDraft(account, draft));
      });
      return account;
    }

    const found = async (account: number, filter: Partial<EntryFilter>, page = { below: null as number | null, limit: 10 }) => (await suite.store.search.entries(account, { ...anyEntry, ...filter }, page)).map(({ sequence }) => sequence);

    test('entries() finds the newest first, of the account alone, with what opens actor and rationale', async () => {
      const account = await aLogOf({}, { payload: { a: 1 } }, {});
      await aLogOf({});
      assert.deepEqual(await found(account, {}), [2, 1, 0]);
      const [entry] = await suite.store.search.entries(account, anyEntry, { below: 2, limit: 1 });
      const [kept] = await suite.store.audit.entries(account, 1, 1);
      assert.ok(entry && kept);
      assert.deepEqual([entry.sequence, Buffer.from(entry.leaf), entry.openings.map(({ digest }) => digest)], [1, Buffer.from(kept.leaf), kept.openings.slice(0, 2).map(({ digest }) => digest)]);
    });

    test('entries() finds what all of a filter holds for, and nothing else', async () => {
      const blocked = { event: 'action.blocked', payload: { tier: 3 }, outcome: 'hold' } as const;
      const account = await aLogOf({ repository: shop, actor: 'user:Mona, app:helper' }, { ...blocked, repository: shop, actor: 'user:mona, user:mona' }, { ...blocked, actor: 'unknown' }, { actor: 'user:monalisa', outcome: 'deny (inconclusive)' });
      const asked: readonly [Partial<EntryFilter>, readonly number[]][] = [
        [{ event: 'action.blocked' }, [2, 1]],
        [{ actor: 'user:MONA' }, [1, 0]],
        [{ actor: 'app:helper' }, [0]],
        [{ actor: 'user:mon' }, []],
        [{ repository: { kind: 'id', id: 5 } }, [1, 0]],
        [{ repository: { kind: 'name', name: 'acme/SHOP' } }, [1, 0]],
        [{ repository: { kind: 'name', name: 'acme' } }, []],
        [{ tier: 3 }, [2, 1]],
        [{ tier: 2 }, []],
        [{ outcome: 'hold' }, [2, 1]],
        [{ outcome: 'deny' }, [3]],
        [{ outcome: 'allow' }, [0]],
        [{ event: 'action.blocked', actor: 'user:mona', repository: { kind: 'id', id: 5 }, tier: 3, outcome: 'hold' }, [1]],
        [{ event: 'decision.made', actor: 'unknown' }, []],
      ];
      for (const [filter, sequences] of asked) assert.deepEqual(await found(account, filter), sequences, JSON.stringify(filter));
    });

    const tiers: readonly [AuditEvent, JsonObject, number | null][] = [
      ['action.allowed', { tier: 2 }, 2],
      ['approval.counted', { from: 'tier3' }, 3],
      ['decision.made', { verdicts: [{ judged: [{ tier: 1 }, { tier: 4 }] }, { judged: [{ tier: 2 }] }] }, 4],
      ['decision.made', { verdicts: [{}] }, null],
      ['command.run', { tier: 4 }, null],
    ];
    for (const [event, payload, tier] of tiers) {
      test(`entries() finds ${event} of ${JSON.stringify(payload)} ${tier === null ? 'by no tier' : `by tier ${tier}`}`, async () => {
        const account = await aLogOf({ event, payload });
        const by = await Promise.all([1, 2, 3, 4].map(async (one) => ((await found(account, { tier: one })).length > 0 ? [one] : [])));
        assert.deepEqual(by.flat(), tier === null ? [] : [tier]);
      });
    }

    test('entries() keeps to a time: from is within, to is not', async () => {
      const account = freshId();
      const times: Date[] = [];
      for (let count = 0; count < 3; count += 1) {
        const { time } = await suite.store.transaction((transaction) => transaction.append(aDraft(account)));
        times.push(new Date(time));
        suite.clock.advance(1_000);
      }
      const [first, second] = times;
      assert.ok(first && second);
      assert.deepEqual([await found(account, { from: second }), await found(account, { to: second }), await found(account, { from: first, to: second }), await found(account, { from: new Date('2200-01-01T00:00:00Z') })], [[2, 1], [0], [0], []]);
    });

    test('a page below a place stays the same while entries are appended', async () => {
      const account = await aLogOf({}, {}, {});
      const before = await found(account, {}, { below: 2, limit: 2 });
      await suite.store.transaction((transaction) => transaction.append(aDraft(account)));
      assert.deepEqual([before, await found(account, {}, { below: 2, limit: 2 })], [[1, 0], [1, 0]]);
    });

    test('attack: texts that no index holds are kept and found', async () => {
      const account = await aLogOf({ event: 'command.run', actor: `user:${'a'.repeat(5_000)}`, outcome: 'nul\u0000 "' }, { event: 'command.run', repository: { id: 6, name: `x/${'é\u0000'.repeat(900)}` }, outcome: 'x'.repeat(5_000) });
      assert.deepEqual([await found(account, { actor: `user:${'a'.repeat(5_000)}` }), await found(account, { outcome: 'nul\u0000 "' }), await found(account, { outcome: 'x'.repeat(5_000) })], [[0], [0], [1]]);
    });

    test('entry() is found by its id, in its account alone, with all that opens it', async () => {
      const account = await aLogOf({}, { payload: { a: 1 } });
      const [, stored] = await suite.store.audit.entries(account, 0, 2);
      const reading = readEntry(Buffer.from(stored?.leaf ?? []).toString());
      assert.ok(reading.kind === 'entry');
      const { id } = reading.entry;
      assert.equal((await suite.store.search.entry(account, id))?.openings.length, 3);
      assert.deepEqual([(await suite.store.search.entry(account, id))?.sequence, await suite.store.search.entry(freshId(), id), await suite.store.search.entry(account, 'none')], [1, null, null]);
    });

    test('decisions() finds by repository, subject and head, the newest first', async () => {
      const repository = aRepositoryRef();
      const other = aRepositoryRef(repository.account.id);
      const heads = ['1', '2', '3'].map((one) => one.repeat(40));
      const records = heads.map((head, index) => aDecisionRecord(index === 2 ? other : repository, { subject: `pull-request:${index}`, decision: aDecision({ head }) }));
      for (const record of records) await suite.store.transaction((transaction) => transaction.saveDecision(record));
      const [one, two, three] = records.map(({ id }) => id);
      const account = repository.account.id;
      const ids = async (filter: Partial<DecisionFilter>, below: number | null = null) => (await suite.store.search.decisions(account, { ...anyDecision, ...filter }, { below, limit: 10 })).map(({ record }) => record.id);
      assert.deepEqual(await ids({}), [three, two, one]);
      assert.deepEqual([await ids({ repository: { kind: 'id', id: repository.id } }), await ids({ repository: { kind: 'name', name: `ORG-${account}/shop` } }), await ids({ subject: 'pull-request:1' }), await ids({ head: heads[2] ?? '' })], [[two, one], [three, two, one], [two], [three]]);
      const [newest] = await suite.store.search.decisions(account, anyDecision, { below: null, limit: 1 });
      assert.deepEqual(await ids({}, newest?.place ?? 0), [two, one]);
      assert.deepEqual(await suite.store.search.decisions(freshId(), anyDecision, { below: null, limit: 10 }), []);
    });

    test('decision() is found in its account alone', async () => {
      const record = aDecisionRecord(aRepositoryRef());
      await suite.store.transaction((transaction) => transaction.saveDecision(record));
      assert.deepEqual([await suite.store.search.decision(record.repository.account.id, record.id), await suite.store.search.decision(freshId(), record.id)], [record, null]);
    });

    test('a read is kept once for each account, token, query and hour', async () => {
      const [account, other] = [freshId(), freshId()];
      const read = { account, subject: 'ada \u0000\ud800', token: 'a'.repeat(64), query: 'audit.list event=x', at: new Date('2026-11-20T12:59:59Z') };
      const again = [read, { ...read, at: new Date('2026-11-20T12:00:00Z') }, { ...read, at: new Date('2026-11-20T13:00:00Z') }, { ...read, query: 'q'.repeat(5_000) }, { ...read, token: 'b'.repeat(64), subject: 'bob' }, { ...read, account: other }];
      for (const one of again) await suite.store.reads.record(one);
      const kept = await suite.store.reads.reads(account, null, { below: null, limit: 10 });
      const expected = [again[4], again[3], again[2], read];
      assert.deepEqual(kept, expected.map((one, index) => ({ ...one, place: kept[index]?.place })));
      assert.deepEqual((await suite.store.reads.reads(account, 'bob', { below: null, limit: 10 })).map(({ subject }) => subject), ['bob']);
      assert.equal((await suite.store.reads.reads(account, null, { below: kept[2]?.place ?? 0, limit: 10 })).length, 1);
    });
  });
}
