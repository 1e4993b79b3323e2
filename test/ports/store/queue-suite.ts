import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aJob, describeStore, enqueue, freshId, later, lease, leaseOne } from './suite.ts';
import type { SuiteStore } from './suite.ts';

const failure = new Failure('GITHUB_UNAVAILABLE', 'down');

/** What `JobQueue` and `StoreTransaction.enqueue` promise. */
export function queueSuite(shared: SuiteStore): void {
  describeStore('the queue', shared, (suite) => {
    test('lease() gives what was enqueued, as it was enqueued', async () => {
      const job = aJob({ kind: 'perform', payload: { text: 'a\u0000b', list: [1, null, { deep: true }] } });
      await enqueue(suite.store, job);
      const leased = await leaseOne(suite);
      assert.deepEqual({ ...leased, token: '' }, { ...job, generation: 1, attempt: 1, lostRuns: 0, token: '' });
      assert.notEqual(leased.token, '');
    });

    test('enqueue() in a transaction that is rolled back enqueues nothing', async () => {
      const stopped = suite.store.transaction(async (transaction) => {
        await transaction.enqueue(aJob());
        throw new Error('stop');
      });
      await assert.rejects(stopped, { message: 'stop' });
      assert.deepEqual(await lease(suite), []);
    });

    test('a job before its time is not leased', async () => {
      await enqueue(suite.store, aJob({ runAt: later(suite.clock, 1_000) }));
      assert.deepEqual(await lease(suite), []);
      suite.clock.advance(1_000);
      await leaseOne(suite);
    });

    test('a leased job is not leased again before its lease ends', async () => {
      await enqueue(suite.store, aJob());
      await leaseOne(suite);
      assert.deepEqual(await lease(suite), []);
    });

    test('lease() counts the runs that nobody ended, also over a newer request, until one is ended', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const counted: number[] = [];
      for (let run = 0; run < 3; run += 1) {
        counted.push((await leaseOne(suite)).lostRuns);
        await enqueue(suite.store, job);
        suite.clock.advance(3_600_000);
      }
      const last = await leaseOne(suite);
      await suite.store.queue.retry(last, suite.clock.now(), failure);
      assert.deepEqual([...counted, last.lostRuns, (await leaseOne(suite)).lostRuns], [0, 1, 2, 3, 0]);
    });

    test('a lease that is given back is no lost run, and leaves their count as it was', async () => {
      await enqueue(suite.store, aJob());
      await leaseOne(suite);
      suite.clock.advance(3_600_000);
      await suite.store.queue.release(await leaseOne(suite));
      assert.equal((await leaseOne(suite)).lostRuns, 1);
    });

    test('enqueueMissing() enqueues a job of which there is none, and leaves one that waits or runs as it is', async () => {
      const job = aJob();
      const missing = (): Promise<boolean> => suite.store.transaction((transaction) => transaction.enqueueMissing(job));
      assert.equal(await missing(), true);
      const leased = await leaseOne(suite);
      assert.equal(await missing(), false);
      await suite.store.queue.retry(leased, later(suite.clock, 1_000), failure);
      assert.equal(await missing(), false);
      assert.deepEqual(await lease(suite), []);
      suite.clock.advance(1_000);
      assert.equal((await leaseOne(suite)).attempt, 2);
    });

    test('a waiting job that is enqueued again runs once, with the newest payload', async () => {
      const job = aJob();
      await enqueue(suite.store, { ...job, payload: { run: 1 } }, { ...job, payload: { run: 2 } }, { ...job, payload: { run: 3 } });
      const leased = await leaseOne(suite);
      assert.deepEqual([leased.payload, leased.generation], [{ run: 3 }, 3]);
      await suite.store.queue.complete(leased, suite.clock.now());
      assert.deepEqual(await lease(suite), []);
    });

    test('a waiting job that is enqueued again keeps the earliest time', async () => {
      const job = aJob();
      await enqueue(suite.store, { ...job, runAt: later(suite.clock, 5_000) }, { ...job, runAt: later(suite.clock, 1_000) }, { ...job, runAt: later(suite.clock, 9_000) });
      suite.clock.advance(1_000);
      await leaseOne(suite);
    });

    test('a running job that is enqueued twice runs once more, with the newest payload', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const first = await leaseOne(suite);
      await enqueue(suite.store, { ...job, payload: { run: 2 } }, { ...job, payload: { run: 3 } });
      assert.deepEqual(await lease(suite), []);
      await suite.store.queue.complete(first, suite.clock.now());
      const second = await leaseOne(suite);
      assert.deepEqual([second.payload, second.generation, second.attempt], [{ run: 3 }, 3, 1]);
      await suite.store.queue.complete(second, suite.clock.now());
      assert.deepEqual(await lease(suite), []);
    });

    test('a request made during the run keeps its own time', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const first = await leaseOne(suite);
      await enqueue(suite.store, { ...job, runAt: later(suite.clock, 30_000) });
      await suite.store.queue.complete(first, suite.clock.now());
      assert.deepEqual(await lease(suite), []);
      suite.clock.advance(30_000);
      await leaseOne(suite);
    });

    test('retry() runs the job again at its time, as the next attempt', async () => {
      await enqueue(suite.store, aJob());
      await suite.store.queue.retry(await leaseOne(suite), later(suite.clock, 1_000), failure);
      assert.deepEqual(await lease(suite), []);
      suite.clock.advance(1_000);
      assert.equal((await leaseOne(suite)).attempt, 2);
    });

    test('retry() of a job that was enqueued meanwhile counts attempts anew, with the newest payload', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const first = await leaseOne(suite);
      await enqueue(suite.store, { ...job, payload: { run: 2 } });
      await suite.store.queue.retry(first, later(suite.clock, 60_000), failure);
      const second = await leaseOne(suite);
      assert.deepEqual([second.payload, second.attempt], [{ run: 2 }, 1]);
    });

    test('a lease that ran out is given to the next worker, as the next attempt', async () => {
      await enqueue(suite.store, aJob());
      await leaseOne(suite);
      suite.clock.advance(60_000);
      assert.equal((await leaseOne(suite)).attempt, 2);
    });

    test('renew() keeps the lease', async () => {
      await enqueue(suite.store, aJob());
      const job = await leaseOne(suite);
      await suite.store.queue.renew(job, later(suite.clock, 120_000));
      suite.clock.advance(60_000);
      assert.deepEqual(await lease(suite), []);
    });

    test('takeBack() frees the leases that end after an instant, and no other', async () => {
      const [soon, far] = [aJob(), aJob()];
      await enqueue(suite.store, soon);
      await lease(suite);
      await enqueue(suite.store, far);
      const [lost] = await suite.store.queue.lease({ owner: 'ahead', now: suite.clock.now(), until: later(suite.clock, 5 * 3_600_000), limit: 1 });
      assert.equal(await suite.store.queue.takeBack(later(suite.clock, 60_001), suite.clock.now()), 1);
      assert.deepEqual((await lease(suite)).map(({ key, lostRuns }) => [key, lostRuns]), [[far.key, 1]]);
      await assert.rejects(suite.store.queue.complete(lost!, suite.clock.now()), isFailure('LEASE_LOST'));
    });

    test('release() gives the job back at once, without counting an attempt', async () => {
      await enqueue(suite.store, aJob());
      await suite.store.queue.release(await leaseOne(suite));
      assert.equal((await leaseOne(suite)).attempt, 1);
    });

    for (const operation of ['renew', 'complete', 'retry', 'release', 'bury'] as const) {
      test(`${operation}() refuses a lost lease and changes nothing`, async () => {
        await enqueue(suite.store, aJob());
        const lost = await leaseOne(suite);
        suite.clock.advance(60_000);
        const current = await leaseOne(suite);
        const { queue } = suite.store;
        const calls = {
          renew: () => queue.renew(lost, later(suite.clock, 1)),
          complete: () => queue.complete(lost, suite.clock.now()),
          retry: () => queue.retry(lost, suite.clock.now(), failure),
          release: () => queue.release(lost),
          bury: () => queue.bury(lost, suite.clock.now(), failure),
        };
        const { buried } = await queue.counts();
        await assert.rejects(calls[operation](), isFailure('LEASE_LOST'));
        assert.deepEqual(await queue.counts(), { waiting: 0, leased: 1, buried });
        await queue.complete(current, suite.clock.now());
      });
    }

    test('complete() twice refuses the second time', async () => {
      await enqueue(suite.store, aJob());
      const job = await leaseOne(suite);
      await suite.store.queue.complete(job, suite.clock.now());
      await assert.rejects(suite.store.queue.complete(job, suite.clock.now()), isFailure('LEASE_LOST'));
    });

    test('bury() keeps a dead letter and frees the key', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const { buried } = await suite.store.queue.counts();
      await suite.store.queue.bury(await leaseOne(suite), suite.clock.now(), new Failure('GITHUB_REFUSED', 'no\u0000way'));
      assert.deepEqual(await suite.store.queue.counts(), { waiting: 0, leased: 0, buried: buried + 1 });
      await enqueue(suite.store, job);
      assert.equal((await leaseOne(suite)).attempt, 1);
    });

    test('bury() of a job that was enqueued meanwhile leaves the newer run waiting', async () => {
      const job = aJob();
      await enqueue(suite.store, job);
      const poison = await leaseOne(suite);
      await enqueue(suite.store, { ...job, payload: { run: 2 } });
      await suite.store.queue.bury(poison, suite.clock.now(), failure);
      assert.deepEqual((await leaseOne(suite)).payload, { run: 2 });
    });

    test('counts() tells waiting from leased jobs', async () => {
      await enqueue(suite.store, aJob(), aJob(), aJob());
      await lease(suite, 1);
      const { buried: _, ...counts } = await suite.store.queue.counts();
      assert.deepEqual(counts, { waiting: 2, leased: 1 });
    });

    const many = process.env['PLUMBLINE_LONG'] === '1' ? 1_000 : 100;

    test(`${many} jobs of one account do not make another account wait`, async () => {
      const [busy, calm] = [freshId(), freshId()];
      await enqueue(suite.store, ...Array.from({ length: many }, () => aJob({ account: busy })));
      suite.clock.advance(1);
      await enqueue(suite.store, aJob({ key: `calm-${calm}`, account: calm }));
      suite.clock.advance(1);
      const first = await lease(suite, 1);
      const second = await lease(suite, 1);
      assert.ok([...first, ...second].some((job) => job.key === `calm-${calm}`));
    });

    test('accounts take turns, each with its oldest job first', async () => {
      const [one, other] = [freshId(), freshId()];
      for (const name of ['a', 'b', 'c']) {
        await enqueue(suite.store, aJob({ key: `${one}/${name}`, account: one }));
        suite.clock.advance(1);
      }
      await enqueue(suite.store, aJob({ key: `${other}/a`, account: other }));
      assert.deepEqual((await lease(suite, 3)).map((job) => job.key), [`${one}/a`, `${other}/a`, `${one}/b`]);
    });

    test('parallel workers never lease one job twice', async () => {
      await enqueue(suite.store, ...Array.from({ length: 40 }, () => aJob({ account: freshId() % 5 })));
      const leased = (await Promise.all(Array.from({ length: 8 }, () => lease(suite, 10)))).flat();
      const rest = await lease(suite, 40);
      const keys = [...leased, ...rest].map((job) => job.key);
      assert.deepEqual([keys.length, new Set(keys).size], [40, 40]);
    });

    test('parallel requests of one key become one run that counts them all', async () => {
      const job = aJob();
      await Promise.all(Array.from({ length: 20 }, (_, run) => enqueue(suite.store, { ...job, payload: { run } })));
      assert.equal((await leaseOne(suite)).generation, 20);
    });

    test('a key too long for an index and a key with its digest stay two jobs', async () => {
      const long = `long-${freshId()}-${'x'.repeat(10_000)}`;
      await enqueue(suite.store, aJob({ key: long }), aJob({ key: `${long}y` }), aJob({ key: `nul\u0000${long.slice(0, 20)}` }));
      const keys = (await lease(suite)).map((job) => job.key);
      assert.deepEqual(keys.toSorted((a, b) => a.length - b.length), [`nul\u0000${long.slice(0, 20)}`, long, `${long}y`]);
    });
  });
}
