import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import manifest from '../../node_modules/@electric-sql/pglite/package.json' with { type: 'json' };

const kept = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'plumbline');
const template = join(kept, `empty-store-${manifest.version}`);

/**
 * Lays an embedded store without tables into a data directory, as a first start makes it there, in a tenth of the time:
 * it was made once and is copied. That a start makes one itself is for the tests of starting.
 */
export async function layEmptyStore(directory: string): Promise<void> {
  if (!existsSync(template)) await makeTemplate();
  mkdirSync(directory, { recursive: true });
  cpSync(template, join(directory, 'store'), { recursive: true });
}

/** Of several processes that make it at once the first one's stays. */
async function makeTemplate(): Promise<void> {
  mkdirSync(kept, { recursive: true });
  const making = mkdtempSync(join(kept, 'making-'));
  const store = join(making, 'store');
  const pglite = await PGlite.create(store);
  await pglite.close();
  try {
    renameSync(store, template);
  } catch (thrown) {
    if (!existsSync(template)) throw thrown;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
