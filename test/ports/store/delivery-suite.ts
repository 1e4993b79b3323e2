import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { Delivery, DeliveryReceipt, JobRequest } from '../../../src/flows/ports/job-queue.ts';
import { aJob, describeStore, enqueue, freshId, lease, leaseOne } from './suite.ts';
import type { SuiteStore } from './suite.ts';

/** What `StoreTransaction.receive` promises, and how jobs end deliveries. */
export function deliverySuite(shared: SuiteStore): void {
  describeStore('the inbox', shared, (suite) => {
    test('a first delivery is new and its jobs wait', async () => {
      assert.equal(await receive(suite, aDelivery(), [aJob(), aJob()]), 'new');
      assert.equal((await lease(suite)).length, 2);
    });

    test('a delivery without jobs is over at once', async () => {
      const delivery = aDelivery();
      await receive(suite, delivery, []);
      assert.equal(await receive(suite, delivery, []), 'completed');
    });

    test('a refused delivery stays to be tried again', async () => {
      const delivery = { ...aDelivery(), refused: 'its payload names no\u0000 repository' };
      await receive(suite, delivery, []);
      assert.equal(await receive(suite, delivery, []), 'new');
    });

    test('a delivery that comes again before its job ended is new and asks for nothing twice', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await receive(suite, delivery, [job]);
      const running = await leaseOne(suite);
      assert.equal(await receive(suite, delivery, [job]), 'new');
      await suite.store.queue.complete(running, suite.clock.now());
      assert.deepEqual([await receive(suite, delivery, [job]), await lease(suite)], ['completed', []]);
    });

    test('a delivery is completed by the last of its jobs', async () => {
      const [delivery, jobs] = [aDelivery(), [aJob(), aJob()]];
      await receive(suite, delivery, jobs);
      const [first, second] = await lease(suite);
      assert.ok(first && second);
      await suite.store.queue.complete(first, suite.clock.now());
      assert.equal(await receive(suite, delivery, jobs), 'new');
      await suite.store.queue.complete(second, suite.clock.now());
      assert.equal(await receive(suite, delivery, jobs), 'completed');
    });

    test('a delivery is completed when its two jobs end at the same time', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [delivery, jobs] = [aDelivery(), [aJob(), aJob()]];
        await receive(suite, delivery, jobs);
        await Promise.all((await lease(suite)).map((job) => suite.store.queue.complete(job, suite.clock.now())));
        assert.equal(await receive(suite, delivery, jobs), 'completed');
      }
    });

    test('one run completes every delivery that it covers', async () => {
      const [first, second, job] = [aDelivery(), aDelivery(), aJob()];
      await receive(suite, first, [job]);
      await receive(suite, second, [job]);
      await suite.store.queue.complete(await leaseOne(suite), suite.clock.now());
      assert.deepEqual([await receive(suite, first, [job]), await receive(suite, second, [job])], ['completed', 'completed']);
    });

    test('a run does not complete a delivery that came after it began', async () => {
      const [early, late, job] = [aDelivery(), aDelivery(), aJob()];
      await receive(suite, early, [job]);
      const running = await leaseOne(suite);
      await receive(suite, late, [job]);
      await suite.store.queue.complete(running, suite.clock.now());
      assert.deepEqual([await receive(suite, early, [job]), await receive(suite, late, [job])], ['completed', 'new']);
    });

    test('retry() completes nothing', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await receive(suite, delivery, [job]);
      await suite.store.queue.retry(await leaseOne(suite), suite.clock.now(), new Failure('GITHUB_UNAVAILABLE', 'down'));
      assert.equal(await receive(suite, delivery, [job]), 'new');
    });

    test('a delivery whose job was buried runs again when it comes again', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await receive(suite, delivery, [job]);
      await suite.store.queue.bury(await leaseOne(suite), suite.clock.now(), new Failure('GITHUB_REFUSED', 'no'));
      assert.deepEqual([await lease(suite), await receive(suite, delivery, [job])], [[], 'new']);
      await suite.store.queue.complete(await leaseOne(suite), suite.clock.now());
      assert.equal(await receive(suite, delivery, [job]), 'completed');
    });

    test('a known id with another body is a conflict and runs nothing', async () => {
      const delivery = aDelivery();
      await receive(suite, delivery, [aJob()]);
      await lease(suite);
      assert.equal(await receive(suite, { ...delivery, bodyDigest: 'sha256:other' }, [aJob()]), 'conflict');
      assert.deepEqual(await lease(suite), []);
    });

    test('a conflict does not take the place of the first body', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await receive(suite, delivery, [job]);
      await receive(suite, { ...delivery, bodyDigest: 'sha256:other' }, []);
      await suite.store.queue.complete(await leaseOne(suite), suite.clock.now());
      assert.equal(await receive(suite, delivery, [job]), 'completed');
    });

    test('a delivery in a transaction that is rolled back was never received', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      const stopped = suite.store.transaction(async (transaction) => {
        await transaction.receive(delivery, body, [job]);
        throw new Error('stop');
      });
      await assert.rejects(stopped, { message: 'stop' });
      assert.deepEqual(await lease(suite), []);
      assert.equal(await receive(suite, delivery, []), 'new');
    });

    test('one delivery that arrives twenty times at once asks for one run', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await Promise.all(Array.from({ length: 20 }, () => receive(suite, delivery, [job])));
      assert.equal((await leaseOne(suite)).generation, 1);
    });

    test('a job enqueued without a delivery completes none', async () => {
      const [delivery, job] = [aDelivery(), aJob()];
      await enqueue(suite.store, job);
      const running = await leaseOne(suite);
      await receive(suite, delivery, [job]);
      await suite.store.queue.complete(running, suite.clock.now());
      assert.equal(await receive(suite, delivery, [job]), 'new');
    });
  });
}

const body = new TextEncoder().encode('{"a":"\u0000"}');

function aDelivery(): Delivery {
  return { guid: `guid-${freshId()}`, event: 'pull_request', action: 'opened', receivedAt: new Date('2026-11-20T12:00:00Z'), bodyDigest: 'sha256:body' };
}

function receive(suite: SuiteStore, delivery: Delivery, jobs: readonly JobRequest[]): Promise<DeliveryReceipt> {
  return suite.store.transaction((transaction) => transaction.receive(delivery, body, jobs));
}
