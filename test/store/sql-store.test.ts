import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { standingVotes } from '../../src/domain/people/standing-votes.ts';
import { readBranchName } from '../../src/domain/remediation/branch-name.ts';
import { placeOfJob } from '../../src/flows/job-reader.ts';
import type { Delivery, JobRequest } from '../../src/flows/ports/job-queue.ts';
import type { Store, StoreTransaction } from '../../src/flows/ports/store.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import type { OpenDatabase } from '../../src/store/embedded/open-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { refillJudged } from '../../src/store/refill-judged.ts';
import { olderJobs } from '../../src/store/migrations/0022-older-jobs.ts';
import { openPostgres } from '../../src/store/open-postgres.ts';
import { sqlStore } from '../../src/store/sql-store.ts';
import type { Tables } from '../../src/store/table.ts';
import { aJudgedInput } from '../builders/a-judged-input.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { aVoteRecord } from '../builders/vote-builder.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { countingRandom } from '../fakes/memory-store.ts';
import { aDecisionRecord, aDraft, aJob, aPullRequest, aRepositoryRef, freshId } from '../ports/store/suite.ts';
import { ownDatabase } from '../postgres/own-database.ts';

/** What SQL alone can show: the tables under the store, and transactions that go wrong. */
function sqlTests(title: string, open: () => Promise<OpenDatabase>): void {
  describe(title, () => {
    const clock = fakeClock();
    let database: Kysely<Tables>;
    let store: Store;
    let hasty: Store;
    before(async () => {
      const opened = await open();
      const ports = { ...opened, clock, random: countingRandom(), cacheBytes: 1_000_000 };
      database = opened.database;
      store = sqlStore({ ...ports, transactionLimit: 30_000 });
      hasty = sqlStore({ ...ports, transactionLimit: 100 });
    });
    after(() => store.close());

    test('voteRecords() names what an older version kept of a word about all without its names, so that it can be taken back by name', async () => {
      const repository = aRepositoryRef();
      const [bump, moved, unheld]: readonly Digest[] = [digestOfBytes('1'), digestOfBytes('2'), digestOfBytes('3')];
      assert.ok(bump !== undefined && moved !== undefined && unheld !== undefined);
      const held = [{ scope: 'contract.bump', binding: bump }, { scope: 'contract.move', binding: moved }].map((one) => ({ ...one, name: `${one.scope} a`, from: 'tier2', count: 1, approvedBy: [], waits: true }) as const);
      await store.transaction((transaction) => transaction.saveDecision(aDecisionRecord(repository, { subject: 'pull-request:3', decision: aDecision({ held }) })));
      const { items: _, ...said } = aVoteRecord({ repositoryId: repository.id, scope: 'all' });
      await sql`insert into votes (repository_id, pull_request, source_key, vote) values (${repository.id}, 3, 'comment:1', ${JSON.stringify({ ...said, bindings: [bump, moved, unheld] })})`.execute(database);
      const withdrawal = aVoteRecord({ repositoryId: repository.id, says: 'withdraw', scope: 'contract.bump', items: [], source: 'comment:2', at: '2026-11-21T12:00:00Z' });
      await store.transaction((transaction) => transaction.recordVote(withdrawal));
      const records = await store.transaction((transaction) => transaction.voteRecords(repository.id, 3));
      const named = [{ scope: 'contract.move', binding: moved }, { scope: 'all', binding: unheld }];
      assert.deepEqual(records.find(({ source }) => source === 'comment:1')?.items, [{ scope: 'contract.bump', binding: bump }, ...named]);
      assert.deepEqual(standingVotes(records).flatMap(({ target }) => (target.kind === 'items' ? target.items : [])).toSorted((a, b) => (a.scope < b.scope ? 1 : -1)), named);
    });

    test('jobs that an older version asked for become such that can be read and do no less', async () => {
      const repository = aRepositoryRef();
      const fingerprint = digestOfBytes(`${repository.id}`);
      await store.transaction((transaction) => transaction.recordRemediationPull({ repositoryId: repository.id, fingerprint }, 7, {}));
      const [person, { id }] = [{ account: repository.account.id, repository: null, login: 'x\0\uD800 "id"', mayGain: false }, repository];
      const place = { account: person.account, repository: null };
      const payload = JSON.parse(JSON.stringify({ repository }));
      const older: readonly JobRequest[] = [
        { key: `rejudge-person:${id}:\0`, kind: 'rejudge-person', payload: person },
        { key: `rejudge-person:${id}:new`, kind: 'rejudge-person', payload: { ...person, id: 5 } },
        { key: `follow-remediation:${id}:7`, kind: 'follow-remediation', payload: { ...payload, number: 7 } },
        { key: `follow-remediation:${id}:8`, kind: 'follow-remediation', payload: { ...payload, number: 8 } },
        { key: `follow-remediation:${id}:b`, kind: 'follow-remediation', payload: { ...payload, branch: 'b' } },
        { key: `evaluate:${id}`, kind: 'evaluate', payload: { ...payload, number: 7 } },
      ];
      await store.transaction(async (transaction) => {
        for (const job of older) await transaction.enqueue(job);
      });
      for (const statement of olderJobs) await sql.raw(statement).execute(database);
      const now = clock.now();
      const leased = (await store.queue.lease({ owner: 'test', now, until: new Date(now.getTime() + 60_000), limit: 100 })).filter(({ key }) => older.some((one) => one.key === key));
      const branches = [fingerprint.slice('sha256:'.length), '0'.repeat(16)].map((digits) => `plumbline/followed/${digits.slice(0, 16)}-g1`);
      const read = [['rejudge-people', place], older[1], ['follow-remediation', { ...payload, branch: branches[0] }], ['follow-remediation', { ...payload, branch: branches[1] }], older[4], older[5]].map((one) => (one === undefined || 'kind' in one ? [one?.kind, one?.payload] : one));
      assert.deepEqual(older.map(({ key }) => leased.find((one) => one.key === key)).map((job) => [job?.kind, job?.payload]), read);
      assert.deepEqual([placeOfJob(leased.find(({ key }) => key === older[0]?.key) ?? assert.fail()), branches.map((branch) => readBranchName(branch)?.prefix)], [place, [fingerprint.slice(0, 23), `sha256:${'0'.repeat(16)}`]]);
      for (const job of leased) await store.queue.complete(job, now);
    });

    for (const statement of [
      "update audit_leaves set leaf = 'x'",
      'delete from audit_leaves',
      'truncate audit_leaves',
      "update audit_openings set bytes = 'x'",
      "update audit_snapshots set gzip = 'x'",
      'delete from audit_snapshots',
      'truncate audit_snapshots',
      "update audit_inputs set gzip = 'x'",
      "update audit_checkpoints set note = 'x'",
      'delete from audit_checkpoints',
      'delete from audit_heads',
      'update audit_heads set size = size - 1',
      'delete from releases',
      "update releases set release = 'x'",
      "update reached_lifecycles set lifecycle = 'active'",
      'delete from reached_lifecycles',
      'truncate reached_lifecycles',
      "update schema_versions set content_hash = 'x'",
      'delete from schema_versions',
      'truncate schema_versions',
      "update contributors set login = 'x'",
      'delete from contributors',
      'truncate contributors',
      "update arrivals set arrival = 'x'",
      'delete from arrivals',
      'truncate arrivals',
      "update votes set vote = 'x'",
      "update votes set vote = replace(vote, 'approve', 'reject')",
      'update votes set pull_request = pull_request + 1',
      'delete from votes',
      'truncate votes',
    ]) {
      test(`the database refuses: ${statement}`, async () => {
        await fill(store);
        await assert.rejects(sql.raw(statement).execute(database), /stand for ever|never shrinks/);
      });
    }

    test('what was judged can be erased', async () => {
      const account = await fill(store);
      const { digest } = snapshotOf(new Uint8Array(2));
      assert.equal((await store.audit.snapshots(account, [digest])).length, 1);
      await sql`delete from audit_inputs where account_id = ${account}`.execute(database);
      assert.deepEqual(await store.audit.snapshots(account, [digest]), []);
    });

    test('of which entries what was judged is kept is noted for those of an older version, too', async () => {
      const account = freshId();
      const [kept, gone] = [aJudgedInput(['a']), aJudgedInput(['b'])];
      await store.transaction(async (transaction) => {
        await transaction.keepInputs(account, kept.parts);
        for (const links of [[kept.link], [], ['unreplayable:secret'], [gone.link], [kept.link]]) await transaction.append(aDraft(account, { links: [...links, `commit:${'d'.repeat(40)}`, 'unreplayable:too-large'] }));
      });
      const judged = () => store.transaction((transaction) => transaction.judgedEntries(account, { from: 0, before: null, limit: 10 }));
      await sql`delete from audit_judged`.execute(database);
      assert.deepEqual(await judged(), []);
      await refillJudged(database);
      assert.deepEqual(await judged(), [{ sequence: 0, digest: kept.root }, { sequence: 4, digest: kept.root }]);
    });

    test('openings can be erased, and the entry stands without them', async () => {
      const account = await fill(store);
      await sql`delete from audit_openings where account_id = ${account}`.execute(database);
      assert.deepEqual((await store.audit.entries(account, 0, 1)).map((entry) => entry.openings), [[]]);
    });

    test('a transaction in which a statement failed is not kept, though its work went on', async () => {
      const account = freshId();
      const work = store.transaction(async (transaction) => {
        await transaction.append(aDraft(account));
        await assert.rejects(transaction.savePullRequest(aPullRequest(aRepositoryRef(), { number: 1.5 })), isFailure('STORE_INCONSISTENT'));
      });
      await assert.rejects(work, isFailure('STORE_UNAVAILABLE'));
      assert.equal(await store.audit.size(account), 0);
    });

    test('a transaction that takes too long is rolled back, and the store goes on', async () => {
      const account = freshId();
      const work = hasty.transaction(async (transaction) => {
        await transaction.append(aDraft(account));
        await new Promise(() => {});
      });
      await assert.rejects(work, isFailure('STORE_UNAVAILABLE', /longer than/));
      assert.equal(await store.audit.size(account), 0);
    });

    test('work that waits for the store itself is stopped, not waited for without end', async () => {
      const account = freshId();
      const work = hasty.transaction(async (transaction) => {
        await transaction.append(aDraft(account));
        await hasty.queue.counts();
        await new Promise(() => {});
      });
      await assert.rejects(work, isFailure('STORE_UNAVAILABLE', /longer than/));
      assert.equal(await store.audit.size(account), 0);
    });

    test('a transaction refuses everything after its end', async () => {
      const late = await store.transaction(async (transaction): Promise<StoreTransaction> => ({ ...transaction }));
      await assert.rejects(async () => late.enqueue(aJob()), isFailure('STORE_INCONSISTENT', /ended/));
      await assert.rejects(async () => late.append(aDraft(freshId())), isFailure('STORE_INCONSISTENT', /ended/));
    });

    test('what the work throws comes back as it is', async () => {
      const thrown = new TypeError('mine');
      await assert.rejects(store.transaction(() => Promise.reject(thrown)), (caught) => caught === thrown);
    });

    test('transactions that lock two logs crosswise both succeed', async () => {
      const [one, other] = [freshId(), freshId()];
      const append = (first: number, second: number) =>
        store.transaction(async (transaction) => {
          await transaction.append(aDraft(first));
          await transaction.append(aDraft(second));
        });
      await Promise.all(Array.from({ length: 6 }, (_, number) => (number % 2 === 0 ? append(one, other) : append(other, one))));
      assert.deepEqual([await store.audit.size(one), await store.audit.size(other)], [6, 6]);
    });

    test('receive() keeps a body that asks for work, only the beginning of a large one, and none that is ignored', async () => {
      const kept = async (body: Uint8Array, changes: Partial<Delivery>) => {
        const delivery = { guid: `guid-${freshId()}`, event: 'push', action: null, receivedAt: clock.now(), bodyDigest: 'd', ...changes };
        await store.transaction((transaction) => transaction.receive(delivery, body, []));
        const found = await sql<{ readonly size: number | null }>`select length(body) as size from deliveries where guid = ${delivery.guid}`.execute(database);
        return found.rows;
      };
      const large = new Uint8Array(256 * 1024 + 1);
      assert.deepEqual(await kept(new Uint8Array(3), { refused: 'no repository' }), [{ size: 3 }]);
      assert.deepEqual(await kept(large, { refused: 'no repository' }), [{ size: 256 * 1024 }]);
      assert.deepEqual(await kept(large, {}), [{ size: null }]);
    });

    test('receive() keeps only the beginning of a large body under a known id', async () => {
      const delivery = { guid: `guid-${freshId()}`, event: 'push', action: null, receivedAt: clock.now(), bodyDigest: 'd' };
      await store.transaction((transaction) => transaction.receive(delivery, new Uint8Array(3), []));
      const receipt = await store.transaction((transaction) => transaction.receive({ ...delivery, bodyDigest: 'other' }, new Uint8Array(1_000_000), []));
      const found = await sql<{ readonly size: number }>`select length(body) as size from delivery_conflicts where guid = ${delivery.guid}`.execute(database);
      assert.deepEqual([receipt, found.rows], ['conflict', [{ size: 256 * 1024 }]]);
    });

    test('prune() drops bodies, GUIDs, checks and evaluations past their dates, and nothing before', async () => {
      const repository = aRepositoryRef();
      const guid = `guid-${freshId()}`;
      const delivery = { guid, event: 'ping', action: null, receivedAt: clock.now(), bodyDigest: 'd', refused: 'no installation' };
      const state = { status: 'completed', conclusion: 'success', title: 't', summary: 's', text: null, annotations: [] } as const;
      await store.transaction(async (transaction) => {
        await transaction.receive(delivery, new Uint8Array(3), []);
        await transaction.receive({ guid: `${guid}-ignored`, event: 'ping', action: null, receivedAt: clock.now(), bodyDigest: 'd' }, new Uint8Array(3), []);
        await transaction.request([{ effect: { kind: 'check', key: `check-${guid}`, name: 'n', head: 'c', state }, group: 'g' }], repository, 'e');
        await transaction.request([{ effect: { kind: 'comment', key: `comment-${guid}`, pullRequest: 1, topic: 't', body: 'b' }, group: 'g' }], repository, 'e');
        for (const kind of ['check', 'comment']) await transaction.markPerformed(`${kind}-${guid}`, 1, 1);
      });
      const standing = async (days: number) => {
        await store.prune(new Date(clock.now().getTime() + days * 86_400_000 + 1));
        const bodies = await sql<{ readonly body: unknown }>`select body from deliveries where guid in (${guid}, ${`${guid}-ignored`}) order by guid`.execute(database);
        const effects = await sql<{ readonly key: string }>`select key from effects where repository_id = ${repository.id} order by key`.execute(database);
        return [bodies.rows.map((row) => row.body !== null), effects.rows.map((row) => row.key.split('-')[0])];
      };
      assert.deepEqual(await standing(6), [[true, false], ['check', 'comment']]);
      assert.deepEqual(await standing(7), [[false, false], ['check', 'comment']]);
      assert.deepEqual(await standing(30), [[false], ['comment']]);
      assert.deepEqual(await standing(90), [[], ['comment']]);
    });

    test('prune() drops bundles and what was asked for them after 30 days, and nobody changes a bundle before', async () => {
      const account = freshId();
      const [id, request] = [digestOfBytes('bundle'), `request-${account}`];
      await store.transaction(async (transaction) => {
        await transaction.askBundle({ id: request, account, subject: 'ada', key: null, question: '{}', askedAt: clock.now(), progress: { state: 'ready', bundle: id } });
        await transaction.keepBundle({ account, id, file: new Uint8Array(3), entries: 1, madeAt: clock.now() });
      });
      await assert.rejects(sql`update audit_bundles set entries = 2 where account_id = ${account}`.execute(database), /stand for ever/);
      const isKept = async (days: number) => {
        await store.prune(new Date(clock.now().getTime() + days * 86_400_000 + 1));
        return await store.transaction(async (transaction) => [(await transaction.keptBundle(account, id)) !== null, (await transaction.bundleRequest(account, request)) !== null]);
      };
      assert.deepEqual([await isKept(29), await isKept(30)], [[true, true], [false, false]]);
    });

    test('prune() drops usage past its dates in parts, and nothing that is reserved and open, or was charged of an open pull request', async () => {
      const repository = aRepositoryRef();
      const [accountId, repositoryId] = [repository.account.id, repository.id];
      const usage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 1, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
      const charged = { accountId, repositoryId, agent: 'robot', usage, charge: { tokens: 1n, cost: 1n, isPriced: true }, at: clock.now() };
      const window = { scope: 'agent', subject: 'robot', measure: 'tokens', limit: 1n, zone: 'UTC', period: 'day', from: clock.now().toISOString(), to: clock.now().toISOString() } as const;
      const reservation = (id: number, settled: boolean) => ({ ...charged, id: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`, expiresAt: clock.now(), by: 'proxy', key: `k${id}`, asked: digestOfBytes('asked'), settled: settled ? { asked: digestOfBytes('asked'), usage, charge: charged.charge } : null });
      const [open, settled] = [reservation(freshId(), false), reservation(freshId(), true)];
      const of = (pullRequest: number) => ({ repositoryId, changeDigest: digestOfBytes(`change ${pullRequest}`), usageDigest: digestOfBytes('usage'), pullRequest });
      await store.transaction(async (transaction) => {
        await transaction.addUsage(charged);
        for (const one of [open, settled]) await transaction.saveReservation(one);
        for (const pullRequest of [1, 2]) await transaction.chargeEvidence(of(pullRequest), clock.now());
        await transaction.alertOnce(accountId, window);
        await transaction.breachOnce(accountId, window);
        await transaction.savePullRequest(aPullRequest(repository, { number: 1, state: 'open' }));
        await transaction.savePullRequest(aPullRequest(repository, { number: 2, state: 'closed' }));
      });
      await sql`insert into usage_totals select ${accountId}, quarter - interval '900 days', repository_id, agent_key || n, source, model_key, is_priced, agent, model, 1, 0, 0, 0, 1, 1 from usage_totals, generate_series(1, 5001) n where account_id = ${accountId}`.execute(database);
      const standing = async (days: number) => {
        await store.prune(new Date(clock.now().getTime() + days * 86_400_000 + 1_000_000));
        const totals = await sql<{ readonly count: string | number }>`select count(*) as count from usage_totals where account_id = ${accountId}`.execute(database);
        return await store.transaction(async (transaction) => [Number(totals.rows[0]?.count), (await transaction.reservation(accountId, open.id)) !== null, (await transaction.reservation(accountId, settled.id)) !== null, await transaction.isCharged(of(1)), await transaction.isCharged(of(2))]);
      };
      const told = async () => (await sql<{ readonly n: string | number }>`select (select count(*) from usage_alerts where account_id = ${accountId}) + (select count(*) from usage_breaches where account_id = ${accountId}) as n`.execute(database)).rows.map(({ n }) => Number(n));
      assert.deepEqual([await standing(89), await told()], [[1, true, true, true, true], [2]]);
      assert.deepEqual([await standing(90), await told()], [[1, true, false, true, true], [0]]);
      assert.deepEqual([await standing(729), await standing(730)], [[1, true, false, true, true], [0, true, false, true, false]]);
    });

    test('askedEntries() looks for a login through a bounded number of bytes at a time, and goes on to the end', async () => {
      const account = freshId();
      for (let count = 0; count < 4; count += 1) await store.transaction((transaction) => transaction.append(aDraft(account, { payload: { text: count === 3 ? 'by mona' : 'x'.repeat(900_000) } })));
      const pages: [readonly number[], number | null][] = [];
      for (let from: number | null = 0; from !== null; ) {
        const begin: number = from;
        const { entries, next } = await store.transaction((transaction) => transaction.askedEntries(account, { kind: 'naming', login: 'mona' }, { from: begin, limit: 10 }));
        pages.push([entries.map(({ sequence }) => sequence), next]);
        from = next;
      }
      assert.deepEqual(pages, [[[], 2], [[3], null]]);
    });

    test('prune() without a time drops nothing by its age', async () => {
      const [account, id] = [freshId(), digestOfBytes('old bundle')];
      await store.transaction((transaction) => transaction.keepBundle({ account, id, file: new Uint8Array(3), entries: 1, madeAt: new Date(0) }));
      const isKept = async () => await store.transaction(async (transaction) => (await transaction.keptBundle(account, id)) !== null);
      await store.prune(null);
      assert.equal(await isKept(), true);
      await store.prune(clock.now());
      assert.equal(await isKept(), false);
    });

    test('prune() drops the least recently used objects beyond the bounds', async () => {
      const account = freshId();
      for (const name of ['old', 'used', 'new']) {
        await store.cache.keepBlobs(account, new Map([[name, { kind: 'bytes', bytes: new Uint8Array(200_000) }]]));
        clock.advance(2 * 86_400_000);
      }
      await store.cache.blobs(account, ['used']);
      await store.prune(null);
      assert.deepEqual([...(await store.cache.blobs(account, ['old', 'used', 'new'])).keys()].toSorted((a, b) => (a < b ? -1 : 1)), ['new', 'used']);
    });

    test('a row changed by hand is refused, never read as something else', async () => {
      const repository = aRepositoryRef();
      await store.transaction((transaction) => transaction.recordReleases(repository, [], { key: 'k', record: { kind: 'complete', upTo: 'a' } }));
      await sql`update record_states set state = '{"kind":"complete"}' where repository_id = ${repository.id}`.execute(database);
      await assert.rejects(store.transaction((transaction) => transaction.recordState(repository.id, 'k')), isFailure('STORE_INCONSISTENT', /release record/));
    });
  });
}

/** A log with an entry and a checkpoint, and a release that was retired later. */
async function fill(store: Store): Promise<number> {
  const account = freshId();
  const repository = aRepositoryRef();
  const release = { entry: 'main', contractId: 'a', version: '1', contentHash: 'sha256:1', parent: null, path: 'p', commit: 'c', blob: 'b', bytesDigest: 'sha256:2', adopted: false, decisionId: null, lifecycle: 'active' } as const;
  await store.transaction(async (transaction) => {
    await transaction.append(aDraft(account));
    await transaction.keepSnapshots(account, [snapshotOf(new Uint8Array(1))]);
    await transaction.keepInputs(account, [snapshotOf(new Uint8Array(2))]);
    await transaction.recordReleases(repository, [release], { key: 'k', record: { kind: 'complete', upTo: 'c' } });
    await transaction.recordReached(repository.id, [{ entry: 'main', contractId: 'a', version: '1', lifecycle: 'retired', commit: 'c' }]);
    await transaction.recordSchemas(repository.id, [{ entry: 'main', path: 'p', contentHash: 'sha256:1', blob: 'b', commit: 'c', origin: 'p' }]);
    await transaction.recordArrival({ repositoryId: repository.id, pullRequest: 1, head: 'c', person: { login: 'dev', id: 12, kind: 'human' }, action: 'opened', at: '2026-11-20T12:00:00Z' });
    await transaction.recordVote(aVoteRecord({ repositoryId: repository.id }));
    await transaction.recordContribution({ repositoryId: repository.id, pullRequest: 1, commit: 'c', person: { login: 'dev', id: 12 }, effect: 'e' });
  });
  await store.transaction((transaction) => transaction.saveCheckpoint(account, { size: 1, note: 'n', sealedAt: new Date(0) }));
  return account;
}

sqlTests('the embedded store', async () => {
  const { path, remove } = aTemporaryDirectory();
  await layEmptyStore(path);
  const { database, release } = await openEmbedded(path);
  return { database, release: () => release().finally(remove) };
});

const postgres = await ownDatabase();
if (typeof postgres === 'string') {
  test('the shared store', { skip: `NOT TESTED: ${postgres}` }, () => {});
} else {
  sqlTests('the shared store', async () => {
    const shared = openPostgres({ databaseUrl: postgres.url, log: fakeLog(), poolSize: 10, statementLimit: 15_000 });
    await migrate(shared.database);
    return shared;
  });
}
