import { compareNumbers, schemaPlace } from '../../../domain/schema/schema-place.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import type { SchemaVersion } from '../../../domain/schema/schema-version.ts';
import type { OlderVersion } from './older-versions.ts';
import { demandsAt } from './schema-file.ts';
import type { SchemaFile } from './schema-file.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/**
 * In versioned layout: the file with the greatest lower version among those whose paths differ in nothing but the
 * version; transitively, all lower ones. Released files count as they were released, also where the base has lost
 * them; files that the same change adds count too. A path without a version follows nothing.
 */
export function familyVersions(file: JudgedSchema, demand: SchemaDemand, world: SchemaWorld): readonly OlderVersion[] {
  const own = file.place.version;
  if (own === null) return [];
  const lower = members(file, world)
    .filter(({ version, isNew }) => compareNumbers(version, own) < (isNew ? 0 : 1))
    .toSorted((a, b) => compareNumbers(b.version, a.version));
  const [newest] = lower;
  if (newest === undefined) return [];
  return (demand.isTransitive ? lower : lower.filter((one) => compareNumbers(one.version, newest.version) === 0)).map((one) => one.older);
}

interface Member {
  readonly version: readonly string[];
  /** Added by this change. */
  readonly isNew: boolean;
  readonly older: OlderVersion;
}

function members({ path, place }: JudgedSchema, world: SchemaWorld): readonly Member[] {
  const recorded = Map.groupBy(world.recorded(place.family) ?? [], (version) => version.path);
  const standing = new Map(world.family(place.family).map((one) => [one.path, one]));
  const others = [...new Set([...recorded.keys(), ...standing.keys()])].filter((other) => other !== path && isVersioned(other, world));
  return others.flatMap((other) => memberAt(other, recorded.get(other) ?? [], standing.get(other)) ?? []);
}

function isVersioned(path: string, { configuration }: SchemaWorld): boolean {
  return demandsAt(path, configuration).some((demand) => demand.layout === 'versioned');
}

function memberAt(path: string, recorded: readonly SchemaVersion[], standing: SchemaFile | undefined): Member | null {
  const { version } = schemaPlace(path);
  if (version === null) return null;
  const base = standing?.base ?? null;
  const released = releasedOf(recorded, base?.blob);
  if (released !== null) return { version, isNew: false, older: { path: released.origin, blob: released.blob, size: null, contentHash: released.contentHash, label: path } };
  const side = base ?? standing?.result ?? null;
  if (side === null || (side.mode !== '100644' && side.mode !== '100755')) return null;
  return { version, isNew: base === null, older: { path, blob: side.blob, size: side.size, contentHash: null, label: path } };
}

/** The recorded content that the base still has, else the last one. */
function releasedOf(recorded: readonly SchemaVersion[], blob: string | undefined): SchemaVersion | null {
  return recorded.find((version) => version.blob === blob) ?? recorded.at(-1) ?? null;
}
