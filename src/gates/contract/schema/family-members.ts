import { compareNumbers, schemaPlace } from '../../../domain/schema/schema-place.ts';
import type { SchemaVersion } from '../../../domain/schema/schema-version.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { OlderVersion } from './older-versions.ts';
import { demandsAt } from './schema-file.ts';
import type { SchemaFile } from './schema-file.ts';
import type { SchemaWorld } from './schema-world.ts';
import { isPlainFile } from '../../../domain/tree.ts';

/** A file of a versioned family. */
export interface FamilyMember {
  readonly path: string;
  /** Place among the family's versions; equal for one version that is written in two ways. */
  readonly rank: number;
  /** Added by this change. */
  readonly isNew: boolean;
  readonly older: OlderVersion;
}

const known = new WeakMap<SchemaWorld, Map<string, readonly FamilyMember[]>>();

/** The files of a family in the order of their versions. A change may hold thousands of them: they are put in order once. */
export function familyMembers(family: string, world: SchemaWorld): readonly FamilyMember[] {
  const families = known.get(world) ?? new Map<string, readonly FamilyMember[]>();
  known.set(world, families);
  const members = families.get(family) ?? membersOf(family, world);
  families.set(family, members);
  return members;
}

function membersOf(family: string, world: SchemaWorld): readonly FamilyMember[] {
  const recorded = Map.groupBy(world.recorded(family) ?? [], (version) => version.path);
  const standing = new Map(world.family(family).map((one) => [one.path, one]));
  const paths = [...new Set([...recorded.keys(), ...standing.keys()])].filter((path) => isVersioned(path, world));
  const unranked = paths.flatMap((path) => memberAt(path, recorded.get(path) ?? [], standing.get(path), world.snapshot) ?? []).toSorted((a, b) => compareNumbers(a.version, b.version));
  let rank = 0;
  return unranked.map(({ version, ...member }, index) => {
    const before = unranked[index - 1];
    if (before !== undefined && compareNumbers(before.version, version) !== 0) rank += 1;
    return { ...member, rank };
  });
}

function isVersioned(path: string, { configuration }: SchemaWorld): boolean {
  return demandsAt(path, configuration).some((demand) => demand.layout === 'versioned');
}

type Unranked = Omit<FamilyMember, 'rank'> & { readonly version: readonly string[] };

function memberAt(path: string, recorded: readonly SchemaVersion[], standing: SchemaFile | undefined, { base: at, head }: Snapshot): Unranked | null {
  const { version } = schemaPlace(path);
  if (version === null) return null;
  const base = standing?.base ?? null;
  const released = releasedOf(recorded, base?.blob);
  if (released !== null) return { path, version, isNew: false, older: { path: released.origin, blob: released.blob, size: null, contentHash: released.contentHash, label: path, commit: released.commit } };
  const side = base ?? standing?.result ?? null;
  if (side === null || !isPlainFile(side)) return null;
  return { path, version, isNew: base === null, older: { path, blob: side.blob, size: side.size, contentHash: null, label: path, commit: base === null ? head : at } };
}

/** The recorded content that the base still has, else the last one. */
function releasedOf(recorded: readonly SchemaVersion[], blob: string | undefined): SchemaVersion | null {
  return recorded.find((version) => version.blob === blob) ?? recorded.at(-1) ?? null;
}
