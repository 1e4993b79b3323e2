import type { Snapshot } from '../domain/snapshot.ts';

/** Paths that exist at the head, for annotations; their lines are not counted. */
export function headFilesOf(snapshot: Snapshot): ReadonlyMap<string, number | null> {
  return new Map(snapshot.files.filter((file) => file.head !== null).map((file) => [file.path, null]));
}
