import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import manifest from '../../node_modules/@electric-sql/pglite/package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');
const kept = join(root, 'node_modules', '.cache', 'plumbline');

/**
 * Lays an embedded store into a data directory as a first start leaves it there, with this version's tables and nothing in
 * them, in a fiftieth of the time: it was made once and is copied. That a start makes one itself is for the tests of starting.
 */
export async function layEmptyStore(directory: string): Promise<void> {
  const template = join(kept, `empty-store-${manifest.version}-${digestOfTables()}`);
  if (!existsSync(template)) await makeTemplate(template, migratedInto);
  lay(template, directory);
}

/** The same before a version has made its tables in it: for the tests of what makes them. */
export async function layStoreWithoutTables(directory: string): Promise<void> {
  const template = join(kept, `empty-store-${manifest.version}`);
  if (!existsSync(template)) await makeTemplate(template, begunIn);
  lay(template, directory);
}

function lay(template: string, directory: string): void {
  mkdirSync(directory, { recursive: true });
  cpSync(template, join(directory, 'store'), { recursive: true });
}

/** Of the code that makes the tables: when it changes, a new template is made. */
function digestOfTables(): string {
  const hash = createHash('sha256');
  for (const path of globSync('src/store/{migrate.ts,migrations/*.ts}', { cwd: root }).toSorted()) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

async function begunIn(directory: string): Promise<void> {
  const { database, release } = await openEmbedded(directory);
  await database.destroy();
  await release();
}

async function migratedInto(directory: string): Promise<void> {
  await layStoreWithoutTables(directory);
  const { database, release } = await openEmbedded(directory);
  await migrate(database);
  await database.destroy();
  await release();
}

/** Of several processes that make it at once the first one's stays. */
async function makeTemplate(template: string, make: (directory: string) => Promise<void>): Promise<void> {
  mkdirSync(kept, { recursive: true });
  const making = mkdtempSync(join(kept, 'making-'));
  try {
    await make(making);
    renameSync(join(making, 'store'), template);
  } catch (thrown) {
    if (!existsSync(template)) throw thrown;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
