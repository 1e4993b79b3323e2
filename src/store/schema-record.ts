import { schemaPlace } from '../domain/schema/schema-place.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { schemaVersionForm } from './form/schema-version-form.ts';
import { inChunks } from './in-chunks.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type SchemaPart = Pick<StoreTransaction, 'recordSchemas' | 'allSchemaVersions' | 'schemaVersions'>;

/** The record of schema versions: a content that a path once had is never taken from it. */
export function schemaRecord(session: Session): SchemaPart {
  return {
    async recordSchemas(repositoryId, versions) {
      for (const chunk of inChunks(versions, 1_000)) await keep(session, repositoryId, chunk);
    },
    allSchemaVersions: (repositoryId, entry) => read(session, repositoryId, entry, null),
    schemaVersions: (repositoryId, entry, families) => read(session, repositoryId, entry, families),
  };
}

async function keep(session: Session, repositoryId: number, versions: readonly SchemaVersion[]): Promise<void> {
  const rows = versions.map((version) => ({
    repository_id: repositoryId,
    entry: keyText(version.entry),
    family_key: keyText(schemaPlace(version.path).family),
    path_key: keyText(version.path),
    content_hash: version.contentHash,
    version: schemaVersionForm.write(version),
  }));
  await session.run(session.database.insertInto('schema_versions').values(rows).onConflict((conflict) => conflict.doNothing()));
}

async function read(session: Session, repositoryId: number, entry: string, families: readonly string[] | null): Promise<readonly SchemaVersion[]> {
  const all = session.database.selectFrom('schema_versions').select(['version', 'position']).where('repository_id', '=', repositoryId).where('entry', '=', keyText(entry)).orderBy('position');
  if (families === null) return (await session.rows(all)).map((row) => schemaVersionForm.read(row.version));
  const found = [];
  for (const chunk of inChunks([...new Set(families.map(keyText))], 10_000)) found.push(...(await session.rows(all.where('family_key', 'in', chunk))));
  return found.toSorted((a, b) => Number(a.position) - Number(b.position)).map((row) => schemaVersionForm.read(row.version));
}
