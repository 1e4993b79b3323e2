import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { RecordState, Release } from '../../src/domain/release.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import { releaseForm } from '../../src/store/form/release-form.ts';
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts';
import { auditLog } from '../../src/store/migrations/0002-audit-log.ts';
import { lostRuns } from '../../src/store/migrations/0003-lost-runs.ts';
import { pullRequestsByAccount } from '../../src/store/migrations/0003-pull-requests-by-account.ts';
import { reachedLifecycles } from '../../src/store/migrations/0004-reached-lifecycles.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/table.ts';
import { layStoreWithoutTables } from '../builders/empty-store.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { aContract, aWorld, configuration } from '../flows/a-world.ts';
import { released } from '../flows/pushed-world.ts';

const older = Object.entries({ '0001-first-tables': firstTables, '0002-audit-log': auditLog, '0003-lost-runs': lostRuns, '0003-pull-requests-by-account': pullRequestsByAccount, '0004-reached-lifecycles': reachedLifecycles });

/** A directory as the version before schemas left it: what it had recorded, and how far. */
async function layOlderStore(directory: string, kept: { readonly releases: readonly Release[]; readonly states: Readonly<Record<string, RecordState>>; readonly causes: readonly string[] }): Promise<void> {
  await layStoreWithoutTables(directory);
  const { database, release } = await openEmbedded(directory);
  const getMigrations = async () => Object.fromEntries(older.map(([name, statements]) => [name, { up: (inside: typeof database) => runAll(inside, statements) }]));
  const { error } = await new Migrator({ db: database, provider: { getMigrations }, migrationTableName: 'plumbline_migrations', migrationLockTableName: 'plumbline_migration_lock' }).migrateToLatest();
  assert.equal(error, undefined);
  for (const one of kept.releases) await sql`insert into releases (repository_id, entry, contract_key, version_key, path_key, release) values (100, ${one.entry}, ${one.contractId}, ${one.version}, ${one.path}, ${releaseForm.write(one)})`.execute(database);
  for (const [key, state] of Object.entries(kept.states)) await sql`insert into record_states (repository_id, key, state) values (100, ${key}, ${JSON.stringify(state)})`.execute(database);
  for (const [index, cause] of kept.causes.entries()) await sql`insert into decisions (id, repository_id, subject, entry, base_branch, head, cause, record, decided_at) values (${`decision-${index}`}, 100, 'pull-request:1', 'main', 'main', 'c', ${cause}, '{}', ${new Date(Date.UTC(2026, 10, 20, index))})`.execute(database);
  await database.destroy();
  await release();
}

async function runAll(database: Kysely<Tables>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

describe('the upgrade of a store from before schemas, and from before denials were tried again', () => {
  const { path, remove } = aTemporaryDirectory();
  const clock = { now: () => new Date('2026-11-20T12:00:00Z') };
  const world = aWorld();
  const push = { repository: world.github.ref, ref: 'refs/heads/main' };
  let start: string;
  let store: Store;

  before(async () => {
    start = world.github.commit('main', { '.github/plumbline.yml': `${configuration}schemas:\n  - {paths: ["schemas/*.json"]}\n`, 'contracts/checkout.yaml': aContract(), 'schemas/a.json': '{"maxLength":1}' });
    await recordPush(world.ports, push);
    const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
    const states = { 'main@main': { kind: 'complete', upTo: start }, 'main@other': { kind: 'filling', done: 3, total: 9, upTo: start }, '@other': { kind: 'complete', upTo: start } } as const;
    await layOlderStore(path, { releases, states, causes: ['inconclusive', 'fail', 'inconclusive', 'inconclusive'] });
    store = await openStore({ databaseUrl: null, directory: path, log: fakeLog(), clock });
  });
  after(async () => {
    await store.close();
    remove();
  });

  test('goes on counting the attempts of what was', async () => {
    const run = await store.transaction((transaction) => transaction.unansweredRun(100, 'pull-request:1', 'c'));
    assert.deepEqual(run, { count: 2, since: new Date('2026-11-20T02:00:00Z') });
  });

  test('fills the schemas in, tells each merge since then once, and nothing that stood a second time', async () => {
    const tip = world.github.commit('main', { ...released('two'), 'schemas/a.json': '{"maxLength":2}' });
    for (let run = 0; run < 2; run += 1) await recordPush({ ...world.ports, store }, push);
    const states = await store.transaction(async (transaction) => [await transaction.recordState(100, 'main@main'), await transaction.recordState(100, 'main@other'), await transaction.recordState(100, '@other')]);
    const kept = await store.transaction(async (transaction) => [await transaction.allReleases(100, 'main'), await transaction.allSchemaVersions(100, 'main')]);
    const events = (await store.audit.entries(world.github.ref.account.id, 0, 100)).map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf))).map(({ event, outcome }) => `${event} ${outcome}`);
    assert.deepEqual(states, [{ kind: 'complete', upTo: tip }, { kind: 'filling', done: 0, total: null, upTo: null }, { kind: 'complete', upTo: start }]);
    assert.deepEqual(kept.map((all) => all.map((one) => one.commit)), [[start, tip], [start, tip]]);
    assert.deepEqual(events.slice(1), ['release.recorded active', 'change.merged governance/bypassed']);
  });
});
