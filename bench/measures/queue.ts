import type { JobRequest } from '../../src/flows/ports/job-queue.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import type { Figure, Measure } from '../measure.ts';
import { onEachDatabase, withStore } from '../parts/databases.ts';
import { median } from '../parts/percentiles.ts';
import { rounds } from '../parts/rounds.ts';
import { secondsOf } from '../parts/seconds.ts';

const leaseMs = 60_000;
const workers = 4;

/** How many jobs a second are enqueued, leased and completed, each in a transaction of its own as the server does it. */
export const queue: Measure = {
  name: 'queue',
  async run({ quick, say }) {
    const figures: Figure[] = [];
    await onEachDatabase(async (database) => {
      say(`queue on ${database.name}`);
      const jobs = quick ? 100 : 1_000;
      const rates = await withStore(database, (store) => rounds(quick ? 1 : 3, async (round) => jobs / (await secondsOf(() => passThrough(store, round, jobs)))));
      figures.push({ id: `queue.${database.name}`, what: `jobs through the queue, ${database.name}`, value: median(rates), unit: 'jobs/s', better: 'higher', scales: 'speed', target: null });
    });
    return figures;
  },
};

async function passThrough(store: Store, round: number, jobs: number): Promise<void> {
  const wanted = Array.from({ length: jobs }, (_, number) => jobOf(round, number));
  await sideBySide(workers, async () => {
    for (let job = wanted.pop(); job !== undefined; job = wanted.pop()) await enqueue(store, job);
  });
  let done = 0;
  await sideBySide(workers, async (worker) => {
    while (done < jobs) {
      const taken = await takeSome(store, `bench/${worker}`);
      done += taken;
    }
  });
  if (done !== jobs) throw new Error(`Cannot measure the queue: ${done} jobs came out, expected ${jobs}`);
}

async function enqueue(store: Store, job: JobRequest): Promise<void> {
  await store.transaction((transaction) => transaction.enqueue(job));
}

async function takeSome(store: Store, owner: string): Promise<number> {
  const now = new Date();
  const leased = await store.queue.lease({ owner, now, until: new Date(now.getTime() + leaseMs), limit: workers });
  for (const job of leased) await store.queue.complete(job, new Date());
  return leased.length;
}

async function sideBySide(count: number, work: (number: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, number) => work(number)));
}

/** Of twenty accounts, as the fairness between them is part of the price. */
function jobOf(round: number, number: number): JobRequest {
  const account = { id: 1 + (number % 20), login: `account-${number % 20}`, kind: 'organization' };
  const repository = { account, installationId: 9, id: number, owner: account.login, name: 'shop' };
  return { key: `evaluate:${round}:${number}`, kind: 'evaluate', payload: { repository, number } };
}
