import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import { schemaVersionsOfCommit } from '../domain/schema/versions-of-commit.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import type { ContractsAt } from './contracts-at.ts';
import type { ObjectSource } from './ports/object-source.ts';

export interface SchemasSeen {
  readonly commit: Sha;
  readonly before: ContractsAt;
  readonly seen: ContractsAt;
  /** By path, in the order of their recording. */
  readonly known: ReadonlyMap<string, readonly SchemaVersion[]>;
  readonly isTip: boolean;
}

/** The versions that a commit adds to the record: of schemas that it changed, moved or is the first to cover. At the tip also what was passed over so far. */
export async function schemasOfCommit({ objects, entry }: { readonly objects: ObjectSource; readonly entry: BranchEntry }, { commit, before, seen, known, isTip }: SchemasSeen): Promise<readonly SchemaVersion[]> {
  const { configuration } = seen;
  const files = [...seen.schemas.values()].filter((file) => file.blob !== before.schemas.get(file.path)?.blob || (isTip && !isRecorded(file, known)));
  if (configuration === null || files.length === 0) return [];
  const gone = [...before.schemas.values()].filter((file) => !seen.schemas.has(file.path));
  const contents = await objects.blobs([...files, ...gone]);
  const readable = (entries: readonly TreeEntry[]) =>
    entries.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return content?.kind === 'bytes' ? [{ path, blob, bytes: content.bytes }] : [];
    });
  return schemaVersionsOfCommit({ configuration, entry: entry.entry, commit, files: readable(files), gone: readable(gone), known });
}

function isRecorded({ path, blob }: TreeEntry, known: SchemasSeen['known']): boolean {
  return (known.get(path) ?? []).some((version) => version.blob === blob);
}
