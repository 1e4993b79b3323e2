import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createSchedules } from '../../src/worker/schedules.ts';
import type { Schedule } from '../../src/worker/schedules.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aWorker, until } from './worker-fixture.ts';

/** Replicas over one store, with one schedule that runs once a minute. */
function replicas(context: TestContext, count: number, run: Schedule['run']) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const log = fakeLog();
  const all = Array.from({ length: count }, () => {
    const schedules = createSchedules({ store, clock, log }, [{ name: 'sweep', everyMs: 60_000, run }]);
    const { worker } = aWorker(context, (job, signal) => schedules.run(job, signal), { store, clock, ports: { onSetBack: () => schedules.start() } });
    return { schedules, worker };
  });
  const start = async (): Promise<void> => {
    for (const { schedules } of all) await schedules.start();
    for (const { worker } of all) worker.start();
  };
  return { clock, store, log, start };
}

test('a schedule runs at start and then once per period, however many replicas there are', async (context) => {
  let runs = 0;
  const { clock, store, start } = replicas(context, 3, async () => void (runs += 1));
  await start();
  for (let period = 1; period <= 4; period += 1) {
    await until(async () => runs === period && (await store.queue.counts()).leased === 0);
    clock.advance(59_000);
    assert.deepEqual(await store.queue.lease({ owner: 'test', now: clock.now(), until: clock.now(), limit: 1 }), []);
    clock.advance(1_000);
  }
});

test('a schedule that fails is reported and runs again at its next time', async (context) => {
  let runs = 0;
  const { clock, store, log, start } = replicas(context, 1, async () => {
    runs += 1;
    if (runs === 1) throw new Error('boom');
  });
  await start();
  await until(async () => runs === 1 && (await store.queue.counts()).leased === 0);
  assert.deepEqual(log.lines.map((line) => line.message), ['schedule failed']);
  clock.advance(60_000);
  await until(() => runs === 2);
});

test('a schedule that this version does not know ends quietly', async (context) => {
  const { store, log, start } = replicas(context, 1, async () => undefined);
  await store.transaction((transaction) => transaction.enqueue({ key: 'schedule:old', kind: 'schedule', payload: { schedule: 'old' } }));
  await start();
  await until(() => log.lines.some((line) => line.message === 'schedule unknown to this version'));
});

test('a schedule does not wait for its old time when the clock was set back', async (context) => {
  let runs = 0;
  const { clock, store, start } = replicas(context, 1, async () => void (runs += 1));
  await start();
  await until(async () => runs === 1 && (await store.queue.counts()).leased === 0);
  clock.advance(-5 * 3_600_000);
  await until(async () => runs === 2 && (await store.queue.counts()).leased === 0);
  clock.advance(5 * 3_600_000);
  await until(async () => runs === 3 && (await store.queue.counts()).leased === 0);
});

test('at its start a schedule is taken back from a dead worker whose clock was ahead, and not from a living one', async () => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const schedules = createSchedules({ store, clock, log: fakeLog() }, [{ name: 'sweep', everyMs: 60_000, run: async () => undefined }]);
  const lease = (ahead: number) => store.queue.lease({ owner: 'test', now: new Date(clock.now().getTime() + ahead), until: new Date(clock.now().getTime() + ahead + 60_000), limit: 1 });
  await schedules.start();
  assert.equal((await lease(0)).length, 1);
  await schedules.start();
  assert.deepEqual(await lease(0), []);
  assert.equal((await lease(5 * 3_600_000)).length, 1);
  assert.deepEqual(await lease(0), []);
  await schedules.start();
  assert.equal((await lease(0)).length, 1);
});
