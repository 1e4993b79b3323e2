import { test } from 'node:test';
import { openStore } from '../../src/store/open-store.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { storeSuite } from '../ports/store-suite.ts';
import { ownDatabase } from '../postgres/own-database.ts';

const postgres = await ownDatabase();

if (typeof postgres === 'string') {
  test('the store on a Postgres server', { skip: `NOT TESTED: ${postgres}` }, () => {});
} else {
  storeSuite('the store on a Postgres server', (clock) => openStore({ databaseUrl: postgres.url, directory: '', log: fakeLog(), clock }));
}
