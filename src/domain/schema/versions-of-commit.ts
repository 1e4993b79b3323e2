import type { Configuration } from '../configuration/configuration.ts';
import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import { readOnce } from '../document/read-once.ts';
import type { Sha } from '../tree.ts';
import { schemaSetsOf } from './schema-sets-of.ts';
import type { SchemaVersion } from './schema-version.ts';

export interface SchemaBytes {
  readonly path: string;
  readonly blob: Sha;
  readonly bytes: Uint8Array;
}

export interface SchemaCommit {
  readonly configuration: Configuration;
  /** Branch entry. */
  readonly entry: string;
  readonly commit: Sha;
  /** Governed schemas that the commit adds or changes, or that the record does not have yet. */
  readonly files: readonly SchemaBytes[];
  /** Governed schemas that stood before the commit and are gone after it. */
  readonly gone: readonly SchemaBytes[];
  /** What the record has, by path. */
  readonly known: ReadonlyMap<string, readonly SchemaVersion[]>;
}

/**
 * What a commit adds to the record: each content that a governed schema has for the first time. Where a schema is gone
 * and its content stands at another governed path of the same commit, it moved: its versions come along, so that a
 * rename is no way around them. In versioned layout a path has its first content for ever. What can not be read is no version.
 */
export function schemaVersionsOfCommit(commit: SchemaCommit): readonly SchemaVersion[] {
  const moved = movedVersions(commit);
  return commit.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).flatMap((file) => {
    const contentHash = hashOf(file);
    return contentHash === null ? [] : newVersions(file, contentHash, moved.get(contentHash) ?? [], commit);
  });
}

function newVersions({ path, blob }: SchemaBytes, contentHash: Digest, moved: readonly SchemaVersion[], { configuration, entry, commit, known }: SchemaCommit): readonly SchemaVersion[] {
  const recorded = known.get(path) ?? [];
  const isFrozen = schemaSetsOf(configuration, path).some((set) => set.layout === 'versioned');
  if (isFrozen && recorded.length > 0) return [];
  const own: SchemaVersion = { entry, path, contentHash, blob, commit, origin: path };
  const candidates = [...moved.map((version) => ({ ...version, path })), ...(isFrozen && moved.length > 0 ? [] : [own])];
  const seen = new Set(recorded.map((version) => version.contentHash));
  return candidates.filter((version) => !seen.has(version.contentHash) && seen.add(version.contentHash));
}

/** By the content that moved, the versions of every schema that had it and is gone. */
function movedVersions({ gone, known }: SchemaCommit): ReadonlyMap<Digest, readonly SchemaVersion[]> {
  const moved = new Map<Digest, Map<Digest, SchemaVersion>>();
  for (const file of gone) {
    const contentHash = hashOf(file);
    if (contentHash === null) continue;
    const versions = moved.get(contentHash) ?? new Map<Digest, SchemaVersion>();
    for (const version of known.get(file.path) ?? []) if (!versions.has(version.contentHash)) versions.set(version.contentHash, version);
    moved.set(contentHash, versions);
  }
  return new Map([...moved].map(([contentHash, versions]) => [contentHash, [...versions.values()]]));
}

function hashOf({ bytes, path }: SchemaBytes): Digest | null {
  const reading = readOnce(bytes, path);
  return reading.kind === 'document' ? digestOfValue(reading.document.value) : null;
}
