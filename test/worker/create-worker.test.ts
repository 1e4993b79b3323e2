import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { JobQueue } from '../../src/flows/ports/job-queue.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { mostLostRuns } from '../../src/worker/run-job.ts';
import { aWorker, deadlinesOf, isIdle, until } from './worker-fixture.ts';
import type { WorkerFixture } from './worker-fixture.ts';

const forever = () => new Promise<void>(() => undefined);

test('a worker does every job once and completes it', async (context) => {
  const done: string[] = [];
  const { worker, store, enqueue } = aWorker(context, async (job) => void done.push(job.key));
  await enqueue(1, 2, 3, 4, 5);
  worker.start();
  await until(() => isIdle(store));
  assert.deepEqual(done.toSorted(), ['evaluate:1:1', 'evaluate:1:2', 'evaluate:1:3', 'evaluate:1:4', 'evaluate:1:5']);
});

test('a worker runs no more jobs at once than it may', async (context) => {
  let now = 0;
  let most = 0;
  const { worker, store, enqueue } = aWorker(context, async () => {
    most = Math.max(most, (now += 1));
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
  });
  await enqueue(...Array.from({ length: 20 }, (_, index) => index));
  worker.start();
  await until(() => isIdle(store));
  assert.equal(most, 2);
});

test('wake() finds what was enqueued without waiting for the next poll', async (context) => {
  const { worker, store, enqueue } = aWorker(context, async () => undefined, { options: { pollMs: 60_000 } });
  worker.start();
  await until(() => worker.isAlive());
  await enqueue(1);
  worker.wake();
  await until(() => isIdle(store));
});

test('a job that is enqueued again while it runs runs once more with the newest payload', async (context) => {
  const seen: unknown[] = [];
  const fixture = aWorker(context, async (job) => {
    seen.push(job.payload['number']);
    if (seen.length === 1) await fixture.store.transaction((transaction) => transaction.enqueue({ key: job.key, kind: 'evaluate', payload: { number: 'newer' } }));
  });
  await fixture.enqueue(1);
  fixture.worker.start();
  await until(() => isIdle(fixture.store));
  assert.deepEqual(seen, [1, 'newer']);
});

test('a job that fails is retried later, not at once', async (context) => {
  let runs = 0;
  const { worker, store, clock, enqueue } = aWorker(context, async () => {
    runs += 1;
    if (runs === 1) throw new Failure('GITHUB_UNAVAILABLE', 'Cannot read: 502');
  });
  await enqueue(1);
  worker.start();
  await until(async () => runs === 1 && worker.running() === 0);
  assert.deepEqual(await store.queue.counts(), { waiting: 1, leased: 0, buried: 0 });
  clock.advance(60_000);
  await until(() => isIdle(store));
  assert.equal(runs, 2);
});

test('a job that fails five times is concluded, buried, and its key is free', async (context) => {
  let runs = 0;
  const { worker, store, clock, buried, enqueue } = aWorker(context, async () => {
    runs += 1;
    throw new TypeError('boom');
  });
  await enqueue(1);
  worker.start();
  await until(async () => (clock.advance(3_600_000), (await store.queue.counts()).buried === 1));
  assert.deepEqual({ runs, buried }, { runs: 5, buried: [{ key: 'evaluate:1:1', code: 'GATE_FAILED' }] });
  assert.deepEqual(await store.queue.counts(), { waiting: 0, leased: 0, buried: 1 });
});

/** A job whose process died in each of some runs: leased, and never heard of again. */
async function killRuns({ store, clock }: WorkerFixture, runs: number): Promise<void> {
  for (let run = 0; run < runs; run += 1) {
    await store.queue.lease({ owner: 'dead', now: clock.now(), until: clock.now(), limit: 1 });
  }
}

test('a job that kills its process ten times in a row is concluded and buried without another run', async (context) => {
  let runs = 0;
  const fixture = aWorker(context, async () => void (runs += 1));
  await fixture.enqueue(1);
  await killRuns(fixture, mostLostRuns);
  fixture.worker.start();
  await until(() => isIdle(fixture.store));
  assert.deepEqual([runs, fixture.buried, (await fixture.store.queue.counts()).buried], [0, [{ key: 'evaluate:1:1', code: 'JOB_TIMED_OUT' }], 1]);
});

test('a job that waited out a long outage is run, however many attempts that took', async (context) => {
  let runs = 0;
  const fixture = aWorker(context, async () => {
    runs += 1;
    if (runs < 20) throw new Failure('GITHUB_UNAVAILABLE', 'Cannot read: 502');
  }, { options: { leaseMs: 30 * 24 * 3_600_000 } });
  await fixture.enqueue(1);
  await killRuns(fixture, mostLostRuns - 1);
  fixture.worker.start();
  await until(async () => (fixture.clock.advance(3_600_000), isIdle(fixture.store)));
  assert.deepEqual([runs, fixture.buried], [20, []]);
});

test('a job that kills its process and can not be concluded is left alone until it can', async (context) => {
  let runs = 0;
  let tries = 0;
  const fixture = aWorker(context, async () => void (runs += 1), {
    ports: { onBuried: async () => { tries += 1; if (tries < 3) throw new Failure('AUDIT_BLOCKED', 'Cannot append'); } },
  });
  await fixture.enqueue(1);
  await killRuns(fixture, mostLostRuns);
  fixture.worker.start();
  let lapsed = 0;
  await until(async () => {
    if (fixture.log.lines.filter(({ message }) => message === 'job not settled').length > lapsed) {
      lapsed += 1;
      fixture.clock.advance(60_000);
    }
    return (await fixture.store.queue.counts()).buried === 1;
  });
  assert.deepEqual([runs, tries], [0, 3]);
});

test('a job whose end could not be told to anybody is not buried until it was', async (context) => {
  let tries = 0;
  const { worker, store, clock, enqueue } = aWorker(context, () => Promise.reject(new Error('boom')), {
    ports: { onBuried: async () => { tries += 1; if (tries < 3) throw new Failure('STORE_UNAVAILABLE', 'Cannot append'); } },
  });
  await enqueue(1);
  worker.start();
  await until(async () => (clock.advance(3_600_000), (await store.queue.counts()).buried === 1));
  assert.equal(tries, 3);
});

test('a poison job does not hold up the others', async (context) => {
  const done = new Set<string>();
  const { worker, enqueue } = aWorker(context, async (job) => {
    if (job.key === 'evaluate:1:1') throw new Error('poison');
    done.add(job.key);
  });
  await enqueue(1, 2, 3);
  worker.start();
  await until(() => done.size === 2);
});

test('a job that was superseded counts as done', async (context) => {
  const { worker, store, enqueue } = aWorker(context, () => Promise.reject(new Failure('SUPERSEDED', 'a newer head is judged')));
  await enqueue(1);
  worker.start();
  await until(() => isIdle(store));
  assert.equal((await store.queue.counts()).buried, 0);
});

test('a job that hangs is told to end at its deadline and retried', async (context) => {
  const reasons: unknown[] = [];
  const { worker, store, log, enqueue } = aWorker(context, (_job, signal) => {
    signal.addEventListener('abort', () => reasons.push(signal.reason instanceof Failure ? signal.reason.code : signal.reason));
    return forever();
  }, { options: { deadlines: deadlinesOf(20) } });
  await enqueue(1);
  worker.start();
  await until(() => worker.running() === 0 && log.lines.some((line) => line.message === 'job failed'));
  assert.deepEqual([reasons, await store.queue.counts()], [['JOB_TIMED_OUT'], { waiting: 1, leased: 0, buried: 0 }]);
});

test('a job that takes longer than a lease keeps it', async (context) => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  let renewals = 0;
  const queue = { ...store.queue, renew: async (...given: Parameters<JobQueue['renew']>) => (await store.queue.renew(...given), void (renewals += 1)) };
  const { worker, enqueue } = aWorker(context, () => until(() => renewals >= 3), { clock, store: { ...store, queue }, options: { leaseMs: 30 } });
  await enqueue(1);
  worker.start();
  await until(() => isIdle(store));
});

test('a job whose lease was lost ends and touches nothing', async (context) => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const settled: string[] = [];
  const queue = {
    ...store.queue,
    renew: () => Promise.reject(new Failure('LEASE_LOST', 'it was lost')),
    complete: async () => void settled.push('complete'),
    retry: async () => void settled.push('retry'),
    bury: async () => void settled.push('bury'),
  };
  const { worker, log, enqueue } = aWorker(context, forever, { clock, store: { ...store, queue }, options: { leaseMs: 30 } });
  await enqueue(1);
  worker.start();
  await until(() => log.lines.some((line) => line.message === 'job left to its next lease'));
  assert.deepEqual(settled, []);
});

test('a store that is away for a while stops nothing for good', async (context) => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  let outage = 3;
  const queue = { ...store.queue, lease: (...given: Parameters<JobQueue['lease']>) => ((outage -= 1) >= 0 ? Promise.reject(new Failure('STORE_UNAVAILABLE', 'away')) : store.queue.lease(...given)) };
  const { worker, log, enqueue } = aWorker(context, async () => undefined, { clock, store: { ...store, queue } });
  await enqueue(1);
  worker.start();
  await until(() => isIdle(store));
  assert.equal(log.lines.filter((line) => line.message === 'no lease').length, 3);
});

test('a job that could not be completed is left to its next lease, and the worker goes on', async (context) => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  let runs = 0;
  const queue = { ...store.queue, complete: (...given: Parameters<JobQueue['complete']>) => (runs === 1 ? Promise.reject(new Failure('STORE_UNAVAILABLE', 'away')) : store.queue.complete(...given)) };
  const { worker, enqueue } = aWorker(context, async () => void (runs += 1), { clock, store: { ...store, queue } });
  await enqueue(1);
  worker.start();
  await until(async () => (clock.advance(1_000), isIdle(store)));
  assert.equal(runs, 2);
});

test('stop() leases nothing more and waits for what runs', async (context) => {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const { worker, store, enqueue } = aWorker(context, async () => (begun.resolve(), end.promise), { options: { concurrency: 1 } });
  await enqueue(1, 2);
  worker.start();
  await begun.promise;
  const stopped = worker.stop();
  end.resolve();
  await stopped;
  assert.deepEqual([await store.queue.counts(), worker.isAlive()], [{ waiting: 1, leased: 0, buried: 0 }, false]);
});

test('stop() gives back the leases of what does not end in time, without counting an attempt', async (context) => {
  const begun = Promise.withResolvers<void>();
  const { worker, store, clock, enqueue } = aWorker(context, () => (begun.resolve(), forever()), { options: { stopMs: 20 } });
  await enqueue(1);
  worker.start();
  await begun.promise;
  await worker.stop();
  const [again] = await store.queue.lease({ owner: 'other', now: clock.now(), until: clock.now(), limit: 1 });
  assert.deepEqual([again?.key, again?.attempt], ['evaluate:1:1', 1]);
});

test('stop() under load loses no job: each is done, or waits for the next process', async (context) => {
  const done = new Set<string>();
  const run = async (job: { readonly key: string }): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    done.add(job.key);
  };
  const clock = fakeClock();
  const store = memoryStore({ clock });
  for (let round = 0; round < 5; round += 1) {
    const { worker, enqueue } = aWorker(context, run, { clock, store, options: { concurrency: 8 } });
    await enqueue(...Array.from({ length: 40 }, (_, index) => round * 40 + index));
    worker.start();
    await until(() => done.size > round * 40 + 3);
    await worker.stop();
    assert.equal((await store.queue.counts()).leased, 0);
  }
  const last = aWorker(context, run, { clock, store });
  last.worker.start();
  await until(() => isIdle(store));
  assert.equal(done.size, 200);
});
