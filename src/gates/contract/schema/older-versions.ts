import type { Digest } from '../../../domain/digest.ts';
import { limits } from '../../../domain/limits.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import type { SchemaVersion } from '../../../domain/schema/schema-version.ts';
import type { Sha } from '../../../domain/tree.ts';
import { familyVersions } from './family-versions.ts';
import { isAsAtBase, recordedAt } from './schema-world.ts';
import type { JudgedSchema, SchemaWorld } from './schema-world.ts';

/** A content that a changed schema has to be compatible with. */
export interface OlderVersion {
  /** Where it stands or stood. */
  readonly path: string;
  readonly blob: Sha;
  readonly size: number | null;
  /** Null: not read yet. */
  readonly contentHash: Digest | null;
  /** For readers: `the base`, `the version of 0123456789ab`, or a path. */
  readonly label: string;
  /** A commit that has it. */
  readonly commit: Sha;
}

export interface OlderVersions {
  /** Newest first. */
  readonly versions: readonly OlderVersion[];
  /** How many more there are than are compared. */
  readonly leftOut: number;
}

const planned = new WeakMap<SchemaWorld, ReadonlyMap<SchemaDemand, OlderVersions>>();

/** What a demand compares a changed schema with; nothing where the value did not change. */
export function olderVersions(demand: SchemaDemand, world: SchemaWorld): OlderVersions {
  const all = planned.get(world) ?? allVersions(world);
  planned.set(world, all);
  return all.get(demand) ?? { versions: [], leftOut: 0 };
}

/** In the order of the paths, as many as one change may ask for: the newest of each schema, and what is left out is told. */
function allVersions(world: SchemaWorld): ReadonlyMap<SchemaDemand, OlderVersions> {
  let left: number = limits.comparisons;
  const found = new Map<SchemaDemand, OlderVersions>();
  for (const file of world.changed) {
    for (const demand of file.demands) {
      const others = versionsBefore(file, demand, world);
      const versions = others.slice(0, Math.min(limits.comparedVersions, left));
      left -= versions.length;
      found.set(demand, { versions, leftOut: others.length - versions.length });
    }
  }
  return found;
}

function versionsBefore(file: JudgedSchema, demand: SchemaDemand, world: SchemaWorld): readonly OlderVersion[] {
  const { inResult } = file;
  if (demand.mode === null || inResult.kind !== 'document' || isAsAtBase(file)) return [];
  if (demand.layout === 'versioned' && isReleased(file, world)) return [];
  const found = demand.layout === 'versioned' ? familyVersions(file, demand, world) : versionsInPlace(file, demand, world);
  return found.filter((version) => version.blob !== inResult.blob && version.contentHash !== inResult.contentHash);
}

/** A released path of a versioned layout was compared when it was released: since then it may not change at all. */
function isReleased(file: JudgedSchema, world: SchemaWorld): boolean {
  return file.atBase.kind === 'document' || (recordedAt(file, world) ?? []).length > 0;
}

/**
 * What the base has. Where the base has lost it, and transitively, also whatever the record has: deleting a schema first is no
 * way around, and the order of recording does not say which content stood last, since one that comes back keeps its first place.
 */
function versionsInPlace(file: JudgedSchema, demand: SchemaDemand, world: SchemaWorld): readonly OlderVersion[] {
  const { atBase, base, path } = file;
  const recorded = (recordedAt(file, world) ?? []).toReversed();
  const standing = atBase.kind === 'document' ? [{ path, blob: atBase.blob, size: base?.size ?? null, contentHash: atBase.contentHash, label: 'the base', commit: world.snapshot.base }] : [];
  const earlier = recorded.filter((version) => standing.every((one) => one.contentHash !== version.contentHash)).map(ofRecord);
  return demand.isTransitive || standing.length === 0 ? [...standing, ...earlier] : standing;
}

function ofRecord({ origin, blob, contentHash, commit }: SchemaVersion): OlderVersion {
  return { path: origin, blob, size: null, contentHash, label: `the version of ${commit.slice(0, 12)}`, commit };
}
