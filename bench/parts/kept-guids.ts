import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import type { Database } from './databases.ts';

const wanted = 'select guid from deliveries';

/** The deliveries that a stopped server left in its database. */
export async function keptGuids(database: Database): Promise<ReadonlySet<string>> {
  return new Set((database.url === null ? await fromFolder(database.folder) : await fromPostgres(database.url)).map(({ guid }) => guid));
}

interface Row {
  readonly guid: string;
}

async function fromPostgres(url: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(wanted)).rows;
  } finally {
    await client.end();
  }
}

async function fromFolder(folder: string): Promise<readonly Row[]> {
  const pglite = await PGlite.create(join(folder, 'store'));
  try {
    return (await pglite.query<Row>(wanted)).rows;
  } finally {
    await pglite.close();
  }
}
