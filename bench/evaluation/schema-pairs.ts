import type { PublishedVersion } from './corpus.ts';
import { pairsOf } from './pairs-of.ts';

/** A schema as one version of a package ships it. */
export interface SchemaVersion {
  readonly version: string;
  readonly path: string;
  readonly content: Buffer;
}

/** The distinct contents of each schema in the order of the versions, a line for each path. */
export function schemaVersions(versions: readonly PublishedVersion[]): readonly (readonly SchemaVersion[])[] {
  const paths = [...new Set(versions.flatMap(({ files }) => Object.keys(files)))];
  return paths.map((path) => {
    const all = versions.flatMap(({ version, files }) => (files[path] === undefined ? [] : [{ version, path, content: files[path] }]));
    return all.filter(({ content }, index) => all[index - 1]?.content.equals(content) !== true);
  });
}

/** Each version of a schema with the one before. */
export function schemaPairs(versions: readonly PublishedVersion[]): readonly (readonly [before: SchemaVersion, after: SchemaVersion])[] {
  return schemaVersions(versions).flatMap(pairsOf);
}
