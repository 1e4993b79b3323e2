import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { scanJob } from '../../src/flows/job-requests.ts';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import { awaitedMeasurements } from '../../src/store/migrations/0024-awaited-measurements.ts';
import { openStore } from '../../src/store/open-store.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { repository } from '../flows/remediation/modelled-ports.ts';

const { path, remove } = aTemporaryDirectory();
after(remove);

test('of what an older version was scanning, only what has a confirmation on its way is taken for confirming', async () => {
  await layEmptyStore(path);
  const clock = fakeClock();
  const store = await openStore({ databaseUrl: null, directory: path, log: fakeLog(), clock });
  await store.transaction(async (transaction) => {
    await transaction.beginScan({ id: 'open', accountId: 1, begunAt: clock.now().toISOString(), trigger: 'schedule', asked: null }, [100, 101]);
    await transaction.beginScan({ id: 'over', accountId: 1, begunAt: clock.now().toISOString(), trigger: 'schedule', asked: null }, [101]);
    for (const id of [100, 101]) await transaction.noteMeasured(id, ['open', 'over']);
    await transaction.concludeScan('over', clock.now());
    await transaction.enqueue(scanJob({ repository, confirming: null }));
    await transaction.enqueue(scanJob({ repository: { ...repository, id: 101 }, confirming: null }));
    await transaction.enqueue(scanJob({ repository, confirming: ['one'] }));
  });
  await store.close();
  const { database, release } = await openEmbedded(path);
  for (const statement of awaitedMeasurements) await sql.raw(statement).execute(database);
  const { rows } = await sql<{ readonly scan_id: string; readonly repository_id: unknown; readonly state: string }>`select scan_id, repository_id, state from scan_repositories order by scan_id, repository_id`.execute(database);
  await database.destroy();
  await release();
  assert.deepEqual(rows.map((row) => [row.scan_id, Number(row.repository_id), row.state]), [['open', 100, 'confirming'], ['open', 101, 'waiting'], ['over', 101, 'confirming']]);
});
