import type { Evidence } from '../../../domain/evidence.ts';
import type { SchemaVersion } from '../../../domain/schema/schema-version.ts';
import { isRecordComplete } from '../is-record-complete.ts';
import type { Governed } from '../plan-contracts.ts';
import { schemaFiles } from './schema-file.ts';
import type { SchemaFile } from './schema-file.ts';
import { readSchemaSide } from './schema-reading.ts';
import type { SchemaReading } from './schema-reading.ts';

/** A changed schema with what stands there at B and in R. */
export interface JudgedSchema extends SchemaFile {
  readonly atBase: SchemaReading;
  readonly inResult: SchemaReading;
}

/** All that the checks of schemas look at. */
export interface SchemaWorld extends Governed {
  readonly evidence: Evidence;
  readonly changed: readonly JudgedSchema[];
  /** Governed schemas of B and R whose paths differ in nothing but the version. */
  family(name: string): readonly SchemaFile[];
  /** What the record has of a family; null when the record is not whole: nothing may be concluded from it. */
  recorded(family: string): readonly SchemaVersion[] | null;
  /** Of one changed path. */
  judged(path: string): JudgedSchema | null;
}

export function schemaWorld(governed: Governed, evidence: Evidence): SchemaWorld {
  const files = schemaFiles(governed.snapshot, governed.configuration);
  const changed = files.filter((file) => file.changed).map((file) => ({ ...file, atBase: readSchemaSide(file.base, file.path, evidence), inResult: readSchemaSide(file.result, file.path, evidence) }));
  const byFamily = Map.groupBy(files, (file) => file.place.family);
  const byPath = new Map(changed.map((file) => [file.path, file]));
  const entry = governed.entry.entry;
  const isWhole = isRecordComplete(entry, evidence);
  return {
    ...governed,
    evidence,
    changed,
    family: (name) => byFamily.get(name) ?? [],
    recorded(family) {
      const answer = evidence.find({ kind: 'schema-versions', entry, family });
      return isWhole && answer?.kind === 'answered' ? answer.value : null;
    },
    judged: (path) => byPath.get(path) ?? null,
  };
}

/** The versions recorded at one path; null as for a family. */
export function recordedAt({ path, place }: SchemaFile, world: SchemaWorld): readonly SchemaVersion[] | null {
  const recorded = world.recorded(place.family);
  return recorded === null ? null : (byPathOf(recorded).get(path) ?? []);
}

/** Asked for each file of a family that may have thousands. */
const indexes = new WeakMap<readonly SchemaVersion[], ReadonlyMap<string, readonly SchemaVersion[]>>();

function byPathOf(recorded: readonly SchemaVersion[]): ReadonlyMap<string, readonly SchemaVersion[]> {
  const known = indexes.get(recorded) ?? Map.groupBy(recorded, (version) => version.path);
  indexes.set(recorded, known);
  return known;
}

/** Whether the change leaves the value as it was: a byte-only change, or none. */
export function isAsAtBase({ atBase, inResult }: JudgedSchema): boolean {
  return atBase.kind === 'document' && inResult.kind === 'document' && atBase.contentHash === inResult.contentHash;
}
