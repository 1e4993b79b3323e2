import { lockDirectory } from '../../../src/store/embedded/directory-lock.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { aDraft, aJob } from '../../ports/store/suite.ts';

/** Run as a process of its own by `startHolder`. */
const [directory = '', what] = process.argv.slice(2);
if (what === 'lock') await lockDirectory(directory);
else await holdStore();
process.stdout.write('held\n');
setInterval(() => {}, 60_000);

async function holdStore(): Promise<void> {
  const clock = fakeClock();
  const store = await openStore({ databaseUrl: null, directory, log: fakeLog(), clock });
  await store.transaction(async (transaction) => {
    await transaction.append(aDraft(5));
    await transaction.enqueue(aJob({ key: 'leased-then-killed' }));
  });
  await store.queue.lease({ owner: 'killed', now: clock.now(), until: new Date('2100-01-01T00:00:00Z'), limit: 1 });
}
