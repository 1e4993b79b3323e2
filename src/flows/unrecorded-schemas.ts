import type { Configuration } from '../domain/configuration/configuration.ts';
import { schemaPlace } from '../domain/schema/schema-place.ts';
import { schemaSetsOf } from '../domain/schema/schema-sets-of.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import type { StoreTransaction } from './ports/store.ts';

export interface SchemasToRecord {
  readonly repositoryId: number;
  /** Branch entry. */
  readonly entry: string;
  /** At the tip of the branch; null where there is none. */
  readonly configuration: Configuration | null;
  readonly versions: readonly SchemaVersion[];
  /** Paths of which this run knows what the record has. */
  readonly knownPaths: ReadonlySet<string>;
}

/**
 * What may be recorded of the schemas of a branch, while the record is held. In versioned layout a path has the content that was
 * recorded first: where another branch of the entry has given it one meanwhile, another content here is none of its versions.
 */
export async function unrecordedSchemas(transaction: Pick<StoreTransaction, 'schemaVersions'>, { repositoryId, entry, configuration, versions, knownPaths }: SchemasToRecord): Promise<readonly SchemaVersion[]> {
  const frozen = [...new Set(versions.map(({ path }) => path))].filter((path) => !knownPaths.has(path) && isVersioned(path, configuration));
  if (frozen.length === 0) return versions;
  const others = await transaction.schemaVersions(repositoryId, entry, [...new Set(frozen.map((path) => schemaPlace(path).family))]);
  const taken = Map.groupBy(others, ({ path }) => path);
  // Two branches have a part of their history in common: there nothing is contradicted.
  const shared = new Set(versions.filter(({ path, contentHash }) => taken.get(path)?.some((other) => other.contentHash === contentHash)).map(({ path }) => path));
  const refused = new Set(frozen.filter((path) => taken.has(path) && !shared.has(path)));
  return versions.filter(({ path }) => !refused.has(path));
}

function isVersioned(path: string, configuration: Configuration | null): boolean {
  return configuration !== null && schemaSetsOf(configuration, path).some(({ layout }) => layout === 'versioned');
}
