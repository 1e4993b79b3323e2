import type { Configuration } from '../../src/domain/configuration/configuration.ts';
import { schemaVersionsOfCommit } from '../../src/domain/schema/versions-of-commit.ts';
import type { SchemaVersion } from '../../src/domain/schema/schema-version.ts';
import { blobOf, bytesOf } from './content.ts';

/** Texts by path, as one commit has them; null where the path is gone. */
export type SchemaFiles = Readonly<Record<string, string | null>>;

/** The record of commits that follow each other under one configuration. */
export function schemaRecordOf(configuration: Configuration, commits: readonly SchemaFiles[]): readonly SchemaVersion[] {
  const versions: SchemaVersion[] = [];
  const standing = new Map<string, string>();
  for (const [index, files] of commits.entries()) {
    const gone = Object.entries(files).flatMap(([path, text]) => (text === null ? [bytesAt(path, standing.get(path) ?? '')] : []));
    const changed = Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [bytesAt(path, text)]));
    versions.push(...schemaVersionsOfCommit({ configuration, entry: 'main', commit: String(index).repeat(40), files: changed, gone, known: Map.groupBy(versions, (version) => version.path) }));
    for (const [path, text] of Object.entries(files)) if (text !== null) standing.set(path, text);
  }
  return versions;
}

function bytesAt(path: string, text: string): { readonly path: string; readonly blob: string; readonly bytes: Uint8Array } {
  return { path, blob: blobOf(text), bytes: bytesOf(text) };
}
