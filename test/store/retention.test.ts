import { test } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { retentionTests } from '../flows/retention/retention-tests.ts';
import { ownDatabase } from '../postgres/own-database.ts';

retentionTests('the embedded store', async (clock) => {
  const { path, remove } = aTemporaryDirectory();
  await layEmptyStore(path);
  const store = await openStore({ databaseUrl: null, directory: path, log: fakeLog(), clock });
  return { ...store, close: () => store.close().finally(remove) };
});

const postgres = await ownDatabase();
if (typeof postgres === 'string') test('retention on a Postgres server', { skip: `NOT TESTED: ${postgres}` }, () => {});
else retentionTests('a Postgres server', (clock) => openStore({ databaseUrl: postgres.url, directory: '', log: fakeLog(), clock }));
