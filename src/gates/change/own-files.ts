import { ownGlobsOf } from '../../domain/configuration/own-paths.ts';
import type { OwnGlob, OwnKind } from '../../domain/configuration/own-paths.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';

/** A changed file that Plumbline reads to decide something, and as what. */
export interface OwnFile {
  readonly file: SnapshotFile;
  readonly kind: OwnKind;
}

/**
 * The changed files that the base's configuration reads, or that those of the head would read: both are data to
 * validate, so that nobody merges a file that later blocks everybody. A file read as two things is listed twice.
 */
export function ownFiles(snapshot: Snapshot, headDocuments: readonly JsonObject[]): readonly OwnFile[] {
  const globs = [...(snapshot.configuration.effective?.ownGlobs ?? ownGlobsOf({})), ...headDocuments.flatMap((document) => ownGlobsOf(document)), ...schemaGlobs(snapshot)];
  const matchers = [...new Map(globs.map((one) => [`${one.kind} ${one.glob}`, one])).values()].map(({ kind, glob }) => ({ kind, glob: compileGlob(glob) }));
  return changedFiles(snapshot).flatMap((file) => {
    const kinds = new Set(matchers.filter(({ glob }) => glob.matches(file.path)).map(({ kind }) => kind));
    return [...kinds].map((kind) => ({ file, kind }));
  });
}

function schemaGlobs(snapshot: Snapshot): readonly OwnGlob[] {
  const paths = (snapshot.configuration.effective?.schemas ?? []).flatMap((set) => set.paths);
  return paths.map((glob) => ({ kind: 'schema', glob }));
}
