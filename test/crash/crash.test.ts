import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aContract } from '../builders/a-contract.ts';
import { startPlumbline } from '../acceptance/a-plumbline.ts';
import type { Plumbline } from '../acceptance/a-plumbline.ts';
import { eventually } from '../acceptance/eventually.ts';
import { seededDraw } from '../github/hostile.ts';
import type { Draw } from '../github/hostile.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { comeToRest } from './come-to-rest.ts';
import { EventStream } from './event-stream.ts';
import { brokenInvariants } from './invariants.ts';
import { withOpenedStore } from './opened-store.ts';
import type { OpenedStore } from './opened-store.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const kills = isLong ? 100 : 1;
const terms = isLong ? 30 : 1;
const seed = Number(process.env['PLUMBLINE_SEED'] ?? 20_261_120);
const released = { 'contracts/checkout.yaml': aContract() };

test(`killed ${kills} times amid a stream of events, the embedded store loses nothing and nothing is done twice`, (context) => survive(context, undefined));

test(`killed ${kills} times amid a stream of events, Postgres loses nothing and nothing is done twice`, async (context) => {
  const postgres = await startPostgres();
  if (typeof postgres === 'string') return context.skip(`NOT TESTED: ${postgres}`);
  context.after(() => postgres.stop());
  return survive(context, postgres.url);
});

test(`told to stop ${terms} times under load, it ends within 25 seconds, answers 202 or 503, loses nothing, and lets nobody else at its store`, async (context) => {
  const plumbline = await startPlumbline({ environment: { LEASE_MS: '5000' } });
  context.after(() => plumbline.abandon());
  await assert.rejects(plumbline.another(), /ended with 3 before it listened:[\s\S]*STORE_LOCKED/);
  const repository = await plumbline.repository('stopping', released);
  const stream = new EventStream(plumbline, repository, seededDraw(seed + 2));
  for (let round = 0; round < terms; round += 1) {
    const events = burst(stream, 4);
    await activity(plumbline, seededDraw(seed + round));
    const told = performance.now();
    assert.equal(await plumbline.stop(), 0);
    assert.ok(performance.now() - told < 25_000);
    await events;
    await plumbline.start();
  }
  const statuses = new Set(plumbline.github.deliveries().map((one) => one.statusCode));
  assert.deepEqual([...statuses].filter((status) => ![0, 202, 503].includes(status)), []);
  await assertHolds(context, plumbline, [repository], undefined);
});

/** Kills at points that the seed chooses, starts again on the same store and port, and looks at what is left. */
async function survive(context: TestContext, databaseUrl: string | undefined): Promise<void> {
  const plumbline = await startPlumbline({ environment: { LEASE_MS: '5000' }, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  context.after(() => plumbline.abandon());
  const repository = await plumbline.repository('crashing', released);
  const draw = seededDraw(seed);
  const stream = new EventStream(plumbline, repository, draw);
  for (let round = 0; round < kills; round += 1) {
    const events = burst(stream, 3 + Math.floor(draw() * 3));
    await activity(plumbline, draw);
    await plumbline.kill();
    await events;
    await plumbline.start();
  }
  await assertHolds(context, plumbline, [repository], databaseUrl);
}

/** One after the other, as people do; the server may go away meanwhile. */
async function burst(stream: EventStream, count: number): Promise<void> {
  for (let event = 0; event < count; event += 1) await stream.next();
}

/** Resolves after a drawn number of calls of the server to GitHub, so that every kind of work is hit; or when it has nothing to do. */
async function activity(plumbline: Plumbline, draw: Draw): Promise<void> {
  const calls = plumbline.github.requests().length + Math.floor(draw() * 60);
  await eventually('enough calls', async () => (plumbline.github.requests().length >= calls ? true : null), { withinMs: 2_500 }).catch(() => undefined);
}

async function countOf({ database }: OpenedStore): Promise<number> {
  return (await database.selectFrom('contributors').select('commit_sha').execute()).length;
}

async function assertHolds(context: TestContext, plumbline: Plumbline, repositories: Parameters<typeof comeToRest>[1], databaseUrl: string | undefined): Promise<void> {
  const place = { directory: plumbline.directory, databaseUrl };
  await comeToRest(plumbline, repositories, place);
  const { problems, mends } = await withOpenedStore(place, async (opened) => ({ problems: await brokenInvariants({ github: plumbline.github, repositories, opened, output: plumbline.lines }), mends: await countOf(opened) }));
  const clicks = plumbline.github.deliveries().filter(({ payload }) => payload['action'] === 'requested_action').length;
  context.diagnostic(`deliveries ${plumbline.github.deliveries().length}, calls ${plumbline.github.requests().length}, clicks ${clicks}, mends ${mends}, problems ${problems.length}`);
  assert.deepEqual(problems, []);
  assert.deepEqual(await plumbline.github.violations(), []);
}
