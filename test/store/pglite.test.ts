import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { storeSuite } from '../ports/store-suite.ts';

storeSuite('the embedded store', async (clock) => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-pglite-'));
  await layEmptyStore(directory);
  const store = await openStore({ databaseUrl: null, directory, log: fakeLog(), clock });
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
