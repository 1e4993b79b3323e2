import { after, test } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { storeSuite } from '../ports/store-suite.ts';
import { startPostgres } from '../postgres/start-postgres.ts';

const postgres = await startPostgres();

if (typeof postgres === 'string') {
  test('the store on a Postgres server', { skip: `NOT TESTED: ${postgres}` }, () => {});
} else {
  storeSuite((clock) => openStore({ databaseUrl: postgres.url, directory: '', log: fakeLog(), clock }));
  after(() => postgres.stop());
}
