import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { Delivery, JobRequest } from '../../src/flows/ports/job-queue.ts';
import { receiveDelivery } from '../../src/flows/receive-delivery.ts';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { aPayload } from '../builders/a-payload.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aPullRequest, aRepositoryRef, anEvaluation } from '../ports/store/suite.ts';

function aVerified(event: string, payload = aPayload(event)): VerifiedDelivery {
  return { guid: 'guid-1', event, body: Buffer.from(JSON.stringify(payload)), payload };
}

/** Receives into a store that shows what it was given. */
async function received(verified: VerifiedDelivery) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const log = fakeLog();
  const kept: { readonly delivery: Delivery; readonly jobs: readonly JobRequest[] }[] = [];
  const spied = { transaction: <Result>(work: Parameters<typeof store.transaction<Result>>[0]) => store.transaction<Result>((transaction) => work({ ...transaction, receive: (delivery, body, jobs) => (kept.push({ delivery, jobs }), transaction.receive(delivery, body, jobs)) })) };
  const result = await receiveDelivery({ store: spied, clock, log, appId: 4711 }, verified);
  return { result, kept, log };
}

test('receiveDelivery() keeps the delivery and its jobs in one transaction', async () => {
  const verified = aVerified('pull_request', aPayload('pull_request', { action: 'opened' }));
  const { result, kept } = await received(verified);
  assert.deepEqual(result, { receipt: 'new', jobs: 1 });
  assert.deepEqual(kept.map(({ delivery, jobs }) => ({ delivery, keys: jobs.map((job) => job.key) })), [{
    delivery: { guid: 'guid-1', event: 'pull_request', action: 'opened', receivedAt: new Date('2026-11-20T12:00:00.000Z'), bodyDigest: digestOfBytes(verified.body) },
    keys: ['evaluate:1296269:7'],
  }]);
});

test('receiveDelivery() keeps an event that asks for nothing, without jobs', async () => {
  const { result, kept } = await received(aVerified('star', { action: 'created' }));
  assert.deepEqual([result, kept[0]?.jobs, kept[0]?.delivery.refused], [{ receipt: 'new', jobs: 0 }, [], undefined]);
});

test('attack: however many check runs of other Apps end that nothing cites, each is an event that asks for nothing', async () => {
  const { result, kept } = await received(aVerified('check_run', aPayload('check_run', { action: 'completed' }, { app: { id: 15_368 } })));
  assert.deepEqual([result, kept[0]?.jobs], [{ receipt: 'new', jobs: 0 }, []]);
});

test('a check run that ends while a pull request of its head is judged is looked at afterwards', async () => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const payload = aPayload('check_run', { action: 'completed' }, { app: { id: 15_368 } });
  const repository = { ...aRepositoryRef(), id: 1296269 };
  const head = 'a'.repeat(40);
  const ends = async (guid: string): Promise<number> => (await receiveDelivery({ store, clock, log: fakeLog(), appId: 4711 }, { ...aVerified('check_run', payload), guid })).jobs;
  await store.transaction((transaction) => transaction.savePullRequest(aPullRequest(repository, { head })));
  const before = await ends('before');
  await store.transaction(async (transaction) => void (await transaction.openEvaluation(anEvaluation(repository, { head, subject: 'pull-request:1' }))));
  assert.deepEqual([before, await ends('during')], [0, 1]);
});

test('attack: an event without an installation is kept with the reason why it is not run', async () => {
  const { kept, log } = await received(aVerified('push', { ref: 'refs/heads/main' }));
  assert.equal(kept[0]?.delivery.refused, "payload / must have required property 'repository'");
  assert.deepEqual(log.lines.map((line) => line.level), ['error']);
});

test('attack: an action of a megabyte is kept cut', async () => {
  const { kept } = await received(aVerified('star', { action: 'a'.repeat(1_000_000) }));
  assert.equal(kept[0]?.delivery.action?.length, 100);
});

test('receiveDelivery() throws when the store did not take it', async () => {
  const store = memoryStore();
  await store.close();
  await assert.rejects(receiveDelivery({ store, clock: fakeClock(), log: fakeLog(), appId: 4711 }, aVerified('push')), isFailure('STORE_UNAVAILABLE'));
});

const arrivals = [
  { guid: 'one', action: 'opened', sha: 'a', login: 'mona', id: 12, updatedAt: '2026-11-20T11:00:00Z' },
  { guid: 'two', action: 'synchronize', sha: 'b', login: 'dev', id: 13, updatedAt: '2026-11-20T11:05:00Z' },
  { guid: 'three', action: 'reopened', sha: 'b', login: 'mona', id: 12, updatedAt: '2026-11-20T11:09:00Z' },
].map(({ guid, action, sha, login, id, updatedAt }) => ({ ...aVerified('pull_request', aPayload('pull_request', { action, sender: { login, id, type: 'User' }, pull_request: { number: 7, head: { sha: sha.repeat(40) }, updated_at: updatedAt } })), guid }));

async function arrivedAfter(deliveries: readonly VerifiedDelivery[]): Promise<readonly string[]> {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  for (const delivery of deliveries) {
    await receiveDelivery({ store, clock, log: fakeLog(), appId: 4711 }, delivery);
    clock.advance(1_000);
  }
  const kept = await store.transaction((transaction) => transaction.arrivals(1296269, 7));
  return kept.map(({ action, head, person, at }) => `${action} ${head.slice(0, 1)} ${person.login} ${at}`).toSorted();
}

test('receiveDelivery() keeps who brought which head, the same for doubled, redelivered and shuffled deliveries', async () => {
  const inOrder = await arrivedAfter(arrivals);
  assert.deepEqual(inOrder, ['opened a mona 2026-11-20T11:00:00.000Z', 'reopened b mona 2026-11-20T11:09:00.000Z', 'synchronize b dev 2026-11-20T11:05:00.000Z']);
  const again = arrivals.map((delivery) => ({ ...delivery, guid: `${delivery.guid} again` }));
  assert.deepEqual(await arrivedAfter([...arrivals.toReversed(), ...arrivals, ...again]), inOrder);
});

test('attack: another body under the id of a delivery brings nobody in', async () => {
  const [first, second] = arrivals;
  assert.deepEqual(first !== undefined && second !== undefined && (await arrivedAfter([first, { ...second, guid: first.guid }])), ['opened a mona 2026-11-20T11:00:00.000Z']);
});

test('receiveDelivery() judges a pull request whose payload does not say who brought its head', async () => {
  const { result } = await received(aVerified('pull_request', aPayload('pull_request', { action: 'synchronize', sender: null })));
  assert.deepEqual(result, { receipt: 'new', jobs: 1 });
});
