import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Client } from 'pg';
import { startPlumbline } from '../acceptance/a-plumbline.ts';
import type { Plumbline } from '../acceptance/a-plumbline.ts';
import { eventually } from '../acceptance/eventually.ts';
import { quiet } from '../acceptance/quiet.ts';
import { spawnPlumbline } from '../acceptance/spawn-plumbline.ts';
import { aContract, hashOf } from '../builders/a-contract.ts';
import { ownDatabase } from '../postgres/own-database.ts';
import { letWaitsPass, withOpenedStore } from './opened-store.ts';

const bump = { 'contracts/checkout.yaml': aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) };

test('a checkpoint that the log contradicts stops every verdict on a running server, which says so, until the log is mended and resumed', async (context) => {
  const postgres = await ownDatabase();
  if (typeof postgres === 'string') return context.skip(`NOT TESTED: ${postgres}`);
  const plumbline = await startPlumbline({ databaseUrl: postgres.url, environment: { LEASE_MS: '5000', SEAL_EVERY_SECONDS: '5' } });
  context.after(() => plumbline.abandon());
  const database = await connected(context, postgres.url);
  const repository = await plumbline.repository('blocking', { 'contracts/checkout.yaml': aContract() });
  const before = await plumbline.pull(repository, 'before', bump);
  await plumbline.check(repository, before.head, { is: 'success' });
  await quiet(plumbline);
  await eventually('an alarm about the log', async () => ((await swapNewest(database)) && (await alarms(plumbline)).includes('log-blocked') ? true : null), { everyMs: 500 });

  const stood = await kept(database);
  const during = await plumbline.pull(repository, 'during', bump);
  await plumbline.check(repository, during.head, { is: 'failure', says: /audit log of this account can not be written/ });
  await quiet(plumbline);
  const runs = await plumbline.checks(repository, during.head);
  assert.deepEqual(runs.map(({ name, conclusion, title }) => [name, conclusion, title]), [['plumbline', 'failure', 'Blocked: the audit log can not be written']]);
  assert.deepEqual(await kept(database), stood);
  assert.deepEqual([(await command(plumbline, postgres.url, 'status')).code, (await resume(plumbline, postgres.url)).code], [1, 1]);
  assert.deepEqual([await kept(database), (await alarms(plumbline)).includes('log-blocked')], [stood, true]);

  await mend(database);
  const resumed = await resume(plumbline, postgres.url);
  assert.match(resumed.output, /goes on at entry/);
  // Whether it was verified whole since is another matter.
  assert.deepEqual([(await command(plumbline, postgres.url, 'status')).code === 1, (await alarms(plumbline)).includes('log-blocked')], [false, false]);
  await withOpenedStore({ directory: plumbline.directory, databaseUrl: postgres.url }, letWaitsPass);
  await plumbline.check(repository, during.head, { is: 'success' });
  await plumbline.finish();
});

async function connected(context: TestContext, connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  context.after(() => client.end());
  return client;
}

/** As somebody does who owns the database: the newest checkpoint is one of another history. Whether there was one; kept aside to be mended. */
async function swapNewest(database: Client): Promise<boolean> {
  const { rowCount } = await database.query('select 1 from audit_checkpoints');
  if (rowCount === 0) return false;
  await database.query(`set session_replication_role = replica;
    create table if not exists kept_aside as select * from audit_checkpoints;
    update audit_checkpoints set note = replace(note, split_part(note, E'\\n', 3), 'RhzFMHOwzA5yaPYTuBSbcFTmmASWSAbUYTJ9d3JhsSw=') where size = (select max(size) from kept_aside);
    set session_replication_role = origin`);
  return true;
}

async function mend(database: Client): Promise<void> {
  await database.query(`set session_replication_role = replica;
    update audit_checkpoints set note = kept_aside.note from kept_aside where kept_aside.account_id = audit_checkpoints.account_id and kept_aside.size = audit_checkpoints.size;
    drop table kept_aside; set session_replication_role = origin`);
}

/** What a verdict would leave behind. */
async function kept(database: Client): Promise<unknown> {
  const { rows } = await database.query(`select (select count(*) from audit_leaves) as entries, (select count(*) from audit_checkpoints) as checkpoints, (select count(*) from decisions) as decisions, (select count(*) from effects where state = 'performed') as performed`);
  return rows[0];
}

async function alarms(plumbline: Plumbline): Promise<readonly unknown[]> {
  const answer: { readonly alarms?: readonly unknown[] } = JSON.parse(await (await fetch(`${plumbline.server.url}/readyz`)).text());
  return answer.alarms ?? [];
}

function command(plumbline: Plumbline, databaseUrl: string, ...words: readonly string[]): ReturnType<typeof spawnPlumbline> {
  return spawnPlumbline(['audit', ...words], { DATA_DIR: plumbline.directory, DATABASE_URL: databaseUrl });
}

function resume(plumbline: Plumbline, databaseUrl: string): ReturnType<typeof spawnPlumbline> {
  return command(plumbline, databaseUrl, 'resume', '--by', 'olga', '--reason', 'looked at');
}
