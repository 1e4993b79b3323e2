import type { Configuration } from '../../../domain/configuration/configuration.ts';
import { demandOf } from '../../../domain/schema/schema-demand.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import { schemaPlace } from '../../../domain/schema/schema-place.ts';
import type { SchemaPlace } from '../../../domain/schema/schema-place.ts';
import { schemaSetsOf } from '../../../domain/schema/schema-sets-of.ts';
import { resultSide } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';

/** A governed schema path of the snapshot. */
export interface SchemaFile {
  readonly path: string;
  readonly changed: boolean;
  readonly base: FileSide | null;
  /** Its side in R: the base with the changed paths of the head. */
  readonly result: FileSide | null;
  readonly place: SchemaPlace;
  /** What the sets that cover it demand, each demand once. All of them hold. */
  readonly demands: readonly SchemaDemand[];
}

/** All governed schemas of a snapshot, in the order of their paths. */
export function schemaFiles(snapshot: Snapshot, configuration: Configuration): readonly SchemaFile[] {
  return snapshot.files
    .filter((file) => file.roles.includes('schema'))
    .map((file) => ({ path: file.path, changed: file.changed, base: file.base, result: resultSide(file), place: schemaPlace(file.path), demands: demandsAt(file.path, configuration) }));
}

export function demandsAt(path: string, configuration: Configuration): readonly SchemaDemand[] {
  return [...new Map(schemaSetsOf(configuration, path).map(demandOf).map((demand) => [JSON.stringify(demand), demand])).values()];
}
