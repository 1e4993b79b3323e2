import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Failure } from '../../src/domain/failure.ts';
import type { LeasedJob } from '../../src/flows/ports/job-queue.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { drain, later } from '../ports/store/suite.ts';

/** One thing that somebody does with the queue. `nth` picks among all leases ever given, lost ones too. */
type Step =
  | { readonly kind: 'enqueue'; readonly key: number; readonly delay: number }
  | { readonly kind: 'receive'; readonly guid: number; readonly keys: readonly number[] }
  | { readonly kind: 'lease'; readonly limit: number }
  | { readonly kind: 'complete' | 'retry' | 'release' | 'bury' | 'renew'; readonly nth: number }
  | { readonly kind: 'advance'; readonly by: number };

const key = fc.nat(4);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('enqueue' as const), key, delay: fc.constantFrom(0, 0, 50) }),
    fc.record({ kind: fc.constant('receive' as const), guid: fc.nat(3), keys: fc.uniqueArray(key, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('lease' as const), limit: fc.constantFrom(1, 2, 5) }),
    fc.record({ kind: fc.constantFrom('complete', 'complete', 'retry', 'release', 'bury', 'renew'), nth: fc.nat(6) }),
    fc.record({ kind: fc.constant('advance' as const), by: fc.constantFrom(1, 50, 100) }),
  ),
  { maxLength: 30 },
);

const clock = fakeClock();

test('the queue in Postgres does what the queue in memory does, step by step', async (context) => {
  const { path, remove } = aTemporaryDirectory();
  await layEmptyStore(path);
  const embedded = await openStore({ databaseUrl: null, directory: path, log: fakeLog(), clock });
  context.after(async () => {
    await embedded.close();
    remove();
  });
  const memory = memoryStore({ clock });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      run += 1;
      const [real, model] = [new Player(embedded, run), new Player(memory, run)];
      for (const step of taken) {
        if (step.kind === 'advance') clock.advance(step.by);
        else assert.deepEqual(await real.play(step), await model.play(step));
      }
      const { buried: _, ...counts } = await embedded.queue.counts();
      const { buried: __, ...expected } = await memory.queue.counts();
      assert.deepEqual(counts, expected);
      for (const store of [embedded, memory]) await drain(store);
    }),
    { seed: 11, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 1_000 : 40 },
  );
});

/** Plays steps on a store and tells what could be seen of them. */
class Player {
  readonly #store: Store;
  readonly #run: number;
  readonly #leases: LeasedJob[] = [];

  constructor(store: Store, run: number) {
    this.#store = store;
    this.#run = run;
  }

  async play(step: Exclude<Step, { kind: 'advance' }>): Promise<unknown> {
    try {
      return await this.#attempt(step);
    } catch (thrown) {
      if (thrown instanceof Failure) return thrown.code;
      throw thrown;
    }
  }

  async #attempt(step: Exclude<Step, { kind: 'advance' }>): Promise<unknown> {
    switch (step.kind) {
      case 'enqueue':
        return this.#store.transaction((transaction) => transaction.enqueue({ ...this.#job(step.key), runAt: later(clock, step.delay) }));
      case 'receive': {
        const delivery = { guid: `${this.#run}/${step.guid}`, event: 'e', action: null, receivedAt: clock.now(), bodyDigest: 'd' };
        return this.#store.transaction((transaction) => transaction.receive(delivery, new Uint8Array(), step.keys.map((one) => this.#job(one))));
      }
      case 'lease': {
        const jobs = await this.#store.queue.lease({ owner: 'o', now: clock.now(), until: later(clock, 80), limit: step.limit });
        this.#leases.push(...jobs);
        return jobs.map((job) => ({ ...job, token: '' }));
      }
      case 'complete':
      case 'retry':
      case 'release':
      case 'bury':
      case 'renew':
        return this.#end(step.kind, this.#leases[step.nth]);
    }
  }

  async #end(kind: 'complete' | 'retry' | 'release' | 'bury' | 'renew', job: LeasedJob | undefined): Promise<unknown> {
    if (job === undefined) return 'nothing leased';
    const failure = new Failure('GITHUB_UNAVAILABLE', 'down');
    const { queue } = this.#store;
    if (kind === 'retry') return queue.retry(job, later(clock, 30), failure);
    if (kind === 'bury') return queue.bury(job, clock.now(), failure);
    if (kind === 'renew') return queue.renew(job, later(clock, 80));
    return kind === 'complete' ? queue.complete(job, clock.now()) : queue.release(job);
  }

  #job(number: number) {
    return { key: `${this.#run}/job-${number}`, kind: 'evaluate' as const, payload: { repository: { account: { id: 100 + (number % 2) } }, at: clock.now().toISOString() } };
  }
}
