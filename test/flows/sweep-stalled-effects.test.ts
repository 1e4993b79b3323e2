import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Effect } from '../../src/domain/effect.ts';
import { Failure } from '../../src/domain/failure.ts';
import { performJob } from '../../src/flows/job-requests.ts';
import type { LeasedJob } from '../../src/flows/ports/job-queue.ts';
import { sweepStalledEffects } from '../../src/flows/sweep-stalled-effects.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const repository = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' } as const;
const group = 'pull-request:7';
const longest = 600_000;

/** A store with one effect that was requested and is not performed. */
async function aStore() {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const effect: Effect = { kind: 'comment', key: 'comment-7', pullRequest: 7, topic: 'decision', body: 'Held' };
  await store.transaction((transaction) => transaction.request([{ effect, group }], repository, 'e1'));
  return { clock, store, log: fakeLog() };
}

type Ports = Awaited<ReturnType<typeof aStore>>;

function lease({ store, clock }: Ports): Promise<readonly LeasedJob[]> {
  return store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + longest), limit: 10 });
}

test('an effect that may still be performed is left alone', async () => {
  const ports = await aStore();
  ports.clock.advance(longest);
  assert.equal(await sweepStalledEffects(ports, longest), 0);
  assert.deepEqual(await lease(ports), []);
});

test('an effect whose job is gone is asked for again, and told to the log', async () => {
  const ports = await aStore();
  ports.clock.advance(longest + 1);
  assert.equal(await sweepStalledEffects(ports, longest), 1);
  assert.deepEqual((await lease(ports)).map((job) => [job.kind, job.payload['group']]), [['perform', group]]);
  assert.deepEqual(ports.log.lines.map(({ message, fields }) => [message, fields]), [['effects asked for again', { groups: [group] }]]);
});

test('an effect whose job waits for its next attempt is not asked for before that', async () => {
  const ports = await aStore();
  await ports.store.transaction((transaction) => transaction.enqueue(performJob(repository, group)));
  const [job] = await lease(ports);
  assert.ok(job !== undefined);
  await ports.store.queue.retry(job, new Date(ports.clock.now().getTime() + 3 * longest), new Failure('GITHUB_RATE_LIMITED', 'wait'));
  ports.clock.advance(2 * longest);
  assert.equal(await sweepStalledEffects(ports, longest), 0);
  assert.deepEqual([await lease(ports), ports.log.lines], [[], []]);
});
