import { readFileAt, readSide, sideRequest } from '../../../domain/document/read-side.ts';
import type { SideText } from '../../../domain/document/read-side.ts';
import { limits } from '../../../domain/limits.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { namesInText } from './names-in-text.ts';
import { referencedPlaces } from './referenced-places.ts';

/**
 * A file that evidence names, as it stands once the change is merged. `listed`: the snapshot says that it is there. `names`: what stands in it, each once, so
 * that looking for one takes no longer the longer it is. `beyond`: it is more than is read.
 */
export type NamedFile = Exclude<SideText, { readonly kind: 'text' }> | { readonly kind: 'names'; readonly names: ReadonlySet<string> } | { readonly kind: 'listed' | 'beyond' };

/** What has to be read to tell of all files that documents name. */
export function namedFileRequests(change: GroundedChange): readonly ProbeRequest[] {
  return readPaths(change).flatMap((path) => requestFor(change, path) ?? []);
}

/** @param isSearched Whether something has to stand in it. */
export function namedFile(change: GroundedChange, path: string, isSearched: boolean): NamedFile {
  const side = isSearched ? undefined : listedSide(change, path);
  if (side !== undefined) return { kind: side === null ? 'absent' : 'listed' };
  const files = known.get(change) ?? readFiles(change);
  known.set(change, files);
  return files.get(path) ?? { kind: 'beyond' };
}

const known = new WeakMap<GroundedChange, ReadonlyMap<string, NamedFile>>();

function requestFor(change: GroundedChange, path: string): ProbeRequest | null {
  const side = listedSide(change, path);
  return side === undefined ? { kind: 'file-at', commit: change.snapshot.base, path } : sideRequest(side);
}

/** What stands there once the change is merged, where the snapshot lists it; undefined: it does not. */
function listedSide({ snapshot }: GroundedChange, path: string): FileSide | null | undefined {
  const sides = listed.get(snapshot) ?? new Map(snapshot.files.map((file) => [file.path, file.changed ? file.head : file.base]));
  listed.set(snapshot, sides);
  return sides.get(path);
}

const listed = new WeakMap<Snapshot, ReadonlyMap<string, FileSide | null>>();

/** The first ones, in the order of the documents: those whose text is looked into, and those of which it is not known without reading whether they are there. */
function readPaths(change: GroundedChange): readonly string[] {
  const claimed = change.documents.flatMap(({ claims }) => claims.filter(({ kind }) => kind === 'file').flatMap(({ changes }) => changes.map(({ path }) => path)));
  const places = [...referencedPlaces(change), ...claimed.map((path) => ({ path, name: null }))];
  return [...new Set(places.filter(({ path, name }) => name !== null || listedSide(change, path) === undefined).map(({ path }) => path))].slice(0, limits.referencedFiles);
}

function readFiles(change: GroundedChange): ReadonlyMap<string, NamedFile> {
  const files = new Map<string, NamedFile>();
  let bytes = 0;
  for (const path of readPaths(change)) {
    const text = textAt(change, path);
    bytes += text.kind === 'text' ? text.bytes.byteLength : 0;
    files.set(path, text.kind !== 'text' ? text : bytes > limits.citedBytes ? { kind: 'beyond' } : { kind: 'names', names: new Set(namesInText(text.text)) });
  }
  return files;
}

function textAt(change: GroundedChange, path: string): SideText {
  const side = listedSide(change, path);
  return side === undefined ? readFileAt({ kind: 'file-at', commit: change.snapshot.base, path }, change.evidence) : readSide(side, change.evidence);
}
