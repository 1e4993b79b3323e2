import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { readFileAt, readSide, sideRequest } from '../../../domain/document/read-side.ts';
import type { SideText } from '../../../domain/document/read-side.ts';
import { limits } from '../../../domain/limits.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** `path`, and behind a `#` a name that has to stand in it. */
interface ReferencedPlace {
  readonly text: string;
  readonly path: string;
  readonly name: string | null;
}

/** What is found of one place, and whether that is that it is not there. */
interface ToldPlace {
  readonly place: ReferencedPlace;
  readonly isMissing: boolean;
  readonly finding: Finding;
}

export function referenceRequests(change: GroundedChange): readonly ProbeRequest[] {
  return [...readPaths(change)].flatMap((path) => requestFor(change, path) ?? []);
}

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

/** Files that are not there, and names that stand nowhere in theirs. A name without a file is of no place that could be looked into. */
export function referenceFindings(change: GroundedChange): { readonly findings: readonly Finding[]; readonly missing: readonly string[] } {
  const files = readFiles(change);
  const told: ToldPlace[] = [];
  let beyond = 0;
  for (const place of placesIn(change)) {
    const file = isKnown(place, change) ? (listedSide(change, place.path) === null ? absent : there) : (files.get(place.path) ?? null);
    if (file === null) beyond += 1;
    else told.push(...toldOf(place, file));
  }
  return { findings: [...told.map((one) => one.finding), ...tooMany(beyond)], missing: told.flatMap(({ place, isMissing }) => (isMissing ? [place.text] : [])) };
}

const [absent, there] = [{ kind: 'absent' }, { kind: 'names', names: new Set<string>() }] as const;

/** Whether it is known without reading it whether a place is there: of a file that the snapshot lists. */
function isKnown({ path, name }: ReferencedPlace, change: GroundedChange): boolean {
  return name === null && listedSide(change, path) !== undefined;
}

/** The first ones, in the order of the documents. */
function readPaths(change: GroundedChange): ReadonlySet<string> {
  const wanted = new Set(placesIn(change).filter((place) => !isKnown(place, change)).map(({ path }) => path));
  return new Set([...wanted].slice(0, limits.referencedFiles));
}

/** Each file that is read, once; null: it is more than is looked through. */
function readFiles(change: GroundedChange): ReadonlyMap<string, FileNames | null> {
  const room = { bytes: limits.citedBytes };
  return new Map([...readPaths(change)].map((path) => [path, fileNames(change, path, room)]));
}

type FileNames = Exclude<SideText, { readonly kind: 'text' }> | { readonly kind: 'names'; readonly names: ReadonlySet<string> };

/** The names in a file, each once, so that looking for one takes no longer the longer the file is. */
function fileNames(change: GroundedChange, path: string, room: { bytes: number }): FileNames | null {
  const side = listedSide(change, path);
  const text = side === undefined ? readFileAt({ kind: 'file-at', commit: change.snapshot.base, path }, change.evidence) : readSide(side, change.evidence);
  if (text.kind !== 'text') return text;
  room.bytes -= text.bytes.byteLength;
  return room.bytes < 0 ? null : { kind: 'names', names: new Set(namesIn(text.text)) };
}

function toldOf(place: ReferencedPlace, file: FileNames): readonly ToldPlace[] {
  const { path, name, text } = place;
  const subject = JSON.stringify([path, name]);
  switch (file.kind) {
    case 'unavailable':
      return [{ place, isMissing: false, finding: finding({ code: 'hallucination/unverifiable', subject, message: `Cannot tell whether ${quoted(text)}, which the evidence names, is there: ${file.why}.`, next: waitForRetry }) }];
    case 'absent':
      return [{ place, isMissing: true, finding: finding({ code: 'hallucination/file_missing', subject, message: `The evidence names ${quoted(path)}, and there is no such file once this is merged.`, expected: 'a file of the repository', found: 'none', next: 'Name a file that is there, or take it out of the evidence.' }) }];
    case 'unreadable':
      return [];
    case 'names':
      if (name === null || namesIn(name).every((part) => file.names.has(part))) return [];
      return [{ place, isMissing: true, finding: finding({ code: 'hallucination/symbol_missing', path, subject, message: `The evidence names ${quoted(name)} in ${quoted(path)}, and it stands nowhere there.`, expected: 'a name that stands in the file', found: 'none', next: 'Name what is there, or take it out of the evidence.' }) }];
  }
}

function tooMany(count: number): readonly Finding[] {
  if (count === 0) return [];
  return [finding({ code: 'hallucination/not_checkable', subject: 'references', message: `The evidence names ${count} files and symbols more than are looked up. It is held: a person may release it.`, expected: `at most ${limits.referencedFiles} files that are read, of ${limits.citedBytes} bytes together`, found: `${count} more`, next: 'Name those that matter, or ask the approvers of tier 3 to look at it.' })];
}

/** A folder, and a symbol without a file, are named too: of them nothing is looked up. */
function placesIn({ documents }: GroundedChange): readonly ReferencedPlace[] {
  const files = documents.flatMap(({ references }) => references.files).filter((path) => !path.endsWith('/')).map((path): ReferencedPlace => ({ text: path, path: plain(path), name: null }));
  const symbols = documents.flatMap(({ references }) => references.symbols).flatMap((text): readonly ReferencedPlace[] => {
    const at = text.lastIndexOf('#');
    return at <= 0 || at === text.length - 1 ? [] : [{ text, path: plain(text.slice(0, at)), name: text.slice(at + 1) }];
  });
  return [...new Map([...files, ...symbols].map((place) => [place.text, place])).values()];
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}

/** What a text names, as it is written: of `Cart.add` each part. */
function namesIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}
