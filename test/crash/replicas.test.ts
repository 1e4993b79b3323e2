import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startPlumbline } from '../acceptance/a-plumbline.ts';
import { aContract } from '../builders/a-contract.ts';
import { ownSettings, shortLived } from '../builders/short-lived.ts';
import { seededDraw } from '../github/hostile.ts';
import { runServer } from '../github/run-server.ts';
import { startCommitProxy } from '../postgres/commit-proxy.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { comeToRest } from './come-to-rest.ts';
import { EventStream } from './event-stream.ts';
import { brokenInvariants } from './invariants.ts';
import { withOpenedStore } from './opened-store.ts';

const rounds = process.env['PLUMBLINE_LONG'] === '1' ? 120 : 1;
const seed = Number(process.env['PLUMBLINE_SEED'] ?? 20_261_127);
const leaseMs = 5_000;

/** Round by round Postgres is killed, a replica is paused for longer than its leases, and Postgres is stopped at once; commits get no answer all the while. */
test(`two replicas, without Postgres, without answers to their commits or paused beyond their leases ${rounds} times, lose nothing and do nothing twice`, { timeout: 3_600_000 }, async (context) => {
  const postgres = await startPostgres();
  if (typeof postgres === 'string' || postgres.restart === null) return context.skip(`NOT TESTED: ${typeof postgres === 'string' ? postgres : 'the Postgres at PG_TEST_URL is not ours'}`);
  context.after(() => postgres.stop());
  const draw = seededDraw(seed);
  const proxy = await startCommitProxy(context, postgres.url, draw, 0.04);
  // A server that loses its store while it starts ends, as it should, and is not what is tried here.
  proxy.rest();
  const plumbline = await startPlumbline({ databaseUrl: proxy.url, environment: { LEASE_MS: String(leaseMs), SEAL_EVERY_SECONDS: '5' } });
  context.after(() => plumbline.abandon());
  const other = await runServer({ github: plumbline.github, dataDirectory: plumbline.directory, databaseUrl: proxy.url, node: shortLived, environment: { ...ownSettings(), LEASE_MS: String(leaseMs), SEAL_EVERY_SECONDS: '5', SETTLING_MS: '0' } });
  context.after(() => other.kill());
  proxy.resume();
  const repository = await plumbline.repository('replicated', { 'contracts/checkout.yaml': aContract() });
  const stream = new EventStream(plumbline, repository, draw);
  for (let round = 0; round < rounds; round += 1) {
    for (let event = 0; event < 3; event += 1) await stream.next();
    await wait(draw() * 1_000);
    if (round % 3 === 1) await paused(draw() < 0.5 ? other.pid : plumbline.server.pid, leaseMs + 1_500);
    else await postgres.restart(round % 3 === 0 ? 'SIGKILL' : 'SIGQUIT');
  }
  proxy.rest();
  assert.equal(await other.stop(), 0);
  const place = { directory: plumbline.directory, databaseUrl: postgres.url };
  await comeToRest(plumbline, [repository], place);
  const problems = await withOpenedStore(place, (opened) => brokenInvariants({ github: plumbline.github, repositories: [repository], opened, output: [...plumbline.lines, ...other.lines] }));
  context.diagnostic(`commits without an answer ${proxy.counts().unanswered}, never sent ${proxy.counts().unsent}, deliveries ${plumbline.github.deliveries().length}, calls ${plumbline.github.requests().length}`);
  assert.deepEqual(problems, []);
  assert.deepEqual(await plumbline.github.violations(), []);
});

async function paused(pid: number, forMs: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await wait(forMs);
  process.kill(pid, 'SIGCONT');
}
