import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { EntryFilter } from '../../src/flows/ports/store-search.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { migrate } from '../../src/store/migrate.ts';
import { refillIndex } from '../../src/store/refill-index.ts';
import { refillTerms } from '../../src/store/refill-terms.ts';
import { sqlStore } from '../../src/store/sql-store.ts';
import type { Tables } from '../../src/store/table.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { countingRandom } from '../fakes/memory-store.ts';
import { aDecisionRecord, aDraft, aRepositoryRef } from '../ports/store/suite.ts';
import { ownDatabase } from '../postgres/own-database.ts';

const postgres = await ownDatabase();
const account = 7;
const nothing: EntryFilter = { repository: null, event: null, actor: null, tier: null, outcome: null, from: null, to: null };

describe('the search on a Postgres server', { skip: typeof postgres === 'string' ? `NOT TESTED: ${postgres}` : false }, () => {
  let database: Kysely<Tables>;
  let store: Store;
  let asked: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];

  before(async () => {
    assert.ok(typeof postgres !== 'string');
    const dialect = new PostgresDialect({ pool: new Pool({ connectionString: postgres.url, max: 4 }) });
    database = new Kysely<Tables>({ dialect, log: ({ level, query }) => void (level === 'query' && asked.push({ sql: query.sql, parameters: query.parameters })) });
    await migrate(database);
    store = sqlStore({ database, clock: fakeClock(), random: countingRandom(), transactionLimit: 30_000, cacheBytes: 1_000_000, release: async () => {} });
  });
  after(() => store.close());

  async function append(count: number): Promise<void> {
    await store.transaction(async (transaction) => {
      for (let index = 0; index < count; index += 1) await transaction.append(aDraft(account, { repository: { id: 1, name: 'acme/shop' }, actor: 'user:mona, user:ada' }));
    });
  }

  /** Terms of so many entries of one account, as the log of a busy one has them. */
  async function fillTerms(count: number): Promise<void> {
    await sql`insert into audit_terms select 8, n, 0, 'id-' || n, timestamptz '2026-01-01' + n * interval '1 second', 'event-' || n % 20, n % 50, 'acme/shop-' || n % 50, 'user:u' || n % 200, n % 4 + 1, (array['allow', 'deny', 'hold'])[n % 3 + 1]
      from generate_series(0, ${count - 1}::int) n`.execute(database);
    await sql`insert into decisions (id, repository_id, account_id, repository_key, subject, entry, base_branch, head, cause, lacks_answer, record, decided_at)
      select 'd' || n, n % 50, 8, 'acme/shop-' || n % 50, 'pull-request:' || n % 300, 'main', 'main', md5(n::text), 'pass', false, '{}', now() from generate_series(0, ${count - 1}::int) n`.execute(database);
    await sql`insert into audit_reads (account_id, hour, token, query_key, subject, subject_key, query, read_at) select 8, now(), 't' || n, 'q', '"s"', 's' || n % 50, '"q"', now() from generate_series(0, ${count - 1}::int) n`.execute(database);
    for (const table of ['audit_terms', 'decisions', 'audit_reads']) await sql.raw(`analyze ${table}`).execute(database);
  }

  /** The plans of what the store asks meanwhile, without what only begins and ends it. */
  async function plansOf(work: () => Promise<unknown>): Promise<string> {
    asked = [];
    await work();
    const selects = asked.filter(({ sql: text }) => text.startsWith('select'));
    assert.ok(selects.length > 0);
    const pool = new Pool({ connectionString: typeof postgres === 'string' ? '' : postgres.url, max: 1 });
    const plans = await Promise.all(selects.map(async ({ sql: text, parameters }) => JSON.stringify((await pool.query(`explain (analyze, format json) ${text}`, [...parameters])).rows)));
    await pool.end();
    return plans.join('\n');
  }

  /** Rows that a plan read and threw away. */
  function readInVain(plan: string): number {
    return [...plan.matchAll(/"Rows Removed by (?:Index Recheck|Filter)":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  test('what is erased of an entry takes its actors from the index, and its entry stands', async () => {
    await append(2);
    await sql`delete from audit_openings where account_id = ${account} and sequence = 1`.execute(database);
    const found = async (actor: string) => (await store.search.entries(account, { ...nothing, actor }, { below: null, limit: 10 })).map(({ sequence }) => sequence);
    assert.deepEqual([await found('user:mona'), await found('user:ada'), (await store.search.entries(account, nothing, { below: null, limit: 10 })).length], [[0], [0], 2]);
    const kept = await sql<{ text: string }>`select audit_terms::text as text from audit_terms where account_id = ${account} and sequence = 1`.execute(database);
    assert.deepEqual([kept.rows.length, kept.rows.some(({ text }) => /mona|ada/.test(text))], [1, false]);
  });

  test('what an older version kept is found after the upgrade, in the same way', async () => {
    const record = aDecisionRecord(aRepositoryRef(account));
    await store.transaction((transaction) => transaction.saveDecision(record));
    const kept = () => sql`select * from audit_terms order by account_id, sequence, place`.execute(database).then(({ rows }) => rows);
    const before = await kept();
    await sql`delete from audit_terms`.execute(database);
    await sql`update decisions set account_id = null, repository_key = null`.execute(database);
    await refillTerms(database);
    assert.deepEqual(await kept(), before);
    assert.deepEqual((await store.search.decisions(account, { repository: { kind: 'name', name: `org-${account}/shop` }, subject: null, head: null }, { below: null, limit: 10 })).map(({ record: { id } }) => id), [record.id]);
  });

  test('what an older version kept gets the index that bundles are made of with the upgrade', async () => {
    await append(600);
    const kept = async () => [await sql`select * from audit_topics order by account_id, topic_key, sequence`.execute(database), await sql`select account_id, tile, encode(root, 'hex') as root from audit_tiles order by account_id, tile`.execute(database)].map(({ rows }) => rows);
    await store.transaction((transaction) => transaction.append(aDraft(account, { repository: { id: 1, name: 'acme/shop' }, subject: 'pull-request:7', links: ['e1', `commit:${'d'.repeat(40)}`, 'unreplayable:too-large'] })));
    const before = await kept();
    assert.ok((before[0]?.length ?? 0) >= 2 && (before[1]?.length ?? 0) >= 2);
    await sql`delete from audit_topics`.execute(database);
    await sql`delete from audit_tiles`.execute(database);
    await refillIndex(database);
    assert.deepEqual(await kept(), before);
  });

  const filters: Readonly<Record<string, Partial<EntryFilter>>> = {
    nothing: {},
    'a repository': { repository: { kind: 'id', id: 3 } },
    'a repository by name': { repository: { kind: 'name', name: 'acme/shop-3' } },
    'an event': { event: 'event-3' },
    'an actor': { actor: 'user:u3' },
    'a tier': { tier: 3 },
    'an outcome': { outcome: 'deny' },
    'a time': { from: new Date('2026-01-01T01:00:00Z'), to: new Date('2026-01-01T02:00:00Z') },
    everything: { repository: { kind: 'id', id: 3 }, event: 'event-3', actor: 'user:u3', tier: 4, outcome: 'allow', from: new Date('2026-01-01T01:00:00Z'), to: new Date('2026-01-01T02:00:00Z') },
    'an event that there is not': { event: 'event-none' },
    'an outcome that there is not': { outcome: 'none' },
    'an actor that there is not': { actor: 'user:none' },
    'a tier that there is not': { tier: 9 },
    'a repository that there is not': { repository: { kind: 'id', id: 9_999 } },
    'a name that there is not': { repository: { kind: 'name', name: 'acme/none' } },
    'an event and an outcome that there is not': { event: 'event-3', outcome: 'none' },
  };

  test('every filter is answered by indexes: no plan reads a table from its start to its end', async () => {
    await fillTerms(20_000);
    for (const [title, filter] of Object.entries(filters)) {
      // There are terms alone, which is told as a log that lacks its entries.
      const plan = await plansOf(() => store.search.entries(8, { ...nothing, ...filter }, { below: 15_000, limit: 50 }).catch(isFailure('AUDIT_TAMPERED')));
      assert.doesNotMatch(plan, /Seq Scan/, title);
      assert.ok(readInVain(plan) < 2_000, `${title}: ${readInVain(plan)} rows were read in vain`);
    }
    const decisions = [{}, { repository: { kind: 'id', id: 3 } as const }, { repository: { kind: 'name', name: 'acme/shop-3' } as const }, { subject: 'pull-request:7' }, { head: 'a'.repeat(40) }];
    for (const filter of decisions) {
      // Their records are no decisions: none may be read.
      const plan = await plansOf(() => store.search.decisions(8, { repository: null, subject: null, head: null, ...filter }, { below: 0, limit: 50 }));
      assert.doesNotMatch(plan, /Seq Scan/, JSON.stringify(filter));
      assert.ok(readInVain(plan) < 100, JSON.stringify(filter));
    }
    assert.doesNotMatch(await plansOf(() => store.search.entry(8, 'id-5000').catch(isFailure('AUDIT_TAMPERED'))), /Seq Scan/);
    for (const subject of [null, 's3']) assert.doesNotMatch(await plansOf(() => store.reads.reads(8, subject, { below: 10_000, limit: 50 })), /Seq Scan/);
  });

  for (const statement of ["update audit_reads set query = 'x'", 'truncate audit_reads']) {
    test(`the database refuses: ${statement}`, async () => {
      await store.reads.record({ account, subject: 'ada', token: 'a', query: 'q', at: new Date() });
      await assert.rejects(sql.raw(statement).execute(database), /stand for ever/);
    });
  }

  test('attack: an entry that was taken away is not passed over, as if the log had none', async () => {
    const other = account + 90;
    await store.transaction(async (transaction) => {
      for (let index = 0; index < 4; index += 1) await transaction.append(aDraft(other));
    });
    const [entry] = await store.search.entries(other, nothing, { below: 3, limit: 1 });
    const { id }: { readonly id: string } = JSON.parse(new TextDecoder().decode(entry?.leaf));
    await database.transaction().execute(async (transaction) => {
      await sql`set local session_replication_role = replica`.execute(transaction);
      await sql`delete from audit_leaves where account_id = ${other} and sequence = 2`.execute(transaction);
    });
    await assert.rejects(store.search.entries(other, nothing, { below: null, limit: 3 }), isFailure('AUDIT_TAMPERED'));
    await assert.rejects(store.search.entry(other, id), isFailure('AUDIT_TAMPERED'));
    assert.deepEqual((await store.search.entries(other, nothing, { below: 2, limit: 3 })).map(({ sequence }) => sequence), [1, 0]);
  });

  test('reads are dropped after 400 days, and not before', async () => {
    const at = (days: number) => new Date(Date.UTC(2026, 10, 20) - days * 86_400_000);
    for (const days of [401, 399]) await store.reads.record({ account: 9, subject: 'ada', token: 'a', query: 'q', at: at(days) });
    await store.prune(new Date(Date.UTC(2026, 10, 20)));
    assert.deepEqual((await store.reads.reads(9, null, { below: null, limit: 10 })).map((read) => read.at), [at(399)]);
  });
});
