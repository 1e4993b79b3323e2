import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { readFileAt, readSide, sideRequest } from '../../../domain/document/read-side.ts';
import type { SideText } from '../../../domain/document/read-side.ts';
import { limits } from '../../../domain/limits.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** `path`, and behind a `#` a name that has to stand in it. */
interface ReferencedPlace {
  readonly text: string;
  readonly path: string;
  readonly name: string | null;
}

export function referenceRequests(change: GroundedChange): readonly ProbeRequest[] {
  return lookedUp(change).flatMap(({ path }) => requestFor(change, path) ?? []);
}

function requestFor({ snapshot }: GroundedChange, path: string): ProbeRequest | null {
  const file = snapshot.files.find((one) => one.path === path);
  if (file === undefined) return { kind: 'file-at', commit: snapshot.base, path };
  return sideRequest(file.changed ? file.head : file.base);
}

/** What stands there once the change is merged. */
function textAt({ snapshot, evidence }: GroundedChange, path: string): SideText {
  const file = snapshot.files.find((one) => one.path === path);
  return file === undefined ? readFileAt({ kind: 'file-at', commit: snapshot.base, path }, evidence) : readSide(file.changed ? file.head : file.base, evidence);
}

/** Files that are not there, and names that stand nowhere in theirs. A name without a file is of no place that could be looked into. */
export function referenceFindings(change: GroundedChange): { readonly findings: readonly Finding[]; readonly missing: readonly string[] } {
  const told = lookedUp(change).flatMap((place) => {
    const text = textAt(change, place.path);
    const subject = JSON.stringify([place.path, place.name]);
    if (text.kind === 'unavailable') return [{ place, isMissing: false, finding: finding({ code: 'hallucination/unverifiable', subject, message: `Cannot tell whether ${quoted(place.text)}, which the evidence names, is there: ${text.why}.`, next: waitForRetry }) }];
    if (text.kind === 'absent') return [{ place, isMissing: true, finding: finding({ code: 'hallucination/file_missing', subject, message: `The evidence names ${quoted(place.path)}, and there is no such file once this is merged.`, expected: 'a file of the repository', found: 'none', next: 'Name a file that is there, or take it out of the evidence.' }) }];
    if (place.name === null || text.kind !== 'text' || hasWord(text.text, place.name)) return [];
    return [{ place, isMissing: true, finding: finding({ code: 'hallucination/symbol_missing', path: place.path, subject, message: `The evidence names ${quoted(place.name)} in ${quoted(place.path)}, and it stands nowhere there.`, expected: 'a name that stands in the file', found: 'none', next: 'Name what is there, or take it out of the evidence.' }) }];
  });
  return { findings: [...told.map((one) => one.finding), ...tooMany(placesIn(change).length)], missing: told.flatMap(({ place, isMissing }) => (isMissing ? [place.text] : [])) };
}

/** The first ones, in the order of the documents. */
function lookedUp(change: GroundedChange): readonly ReferencedPlace[] {
  return placesIn(change).slice(0, limits.referencedPlaces);
}

function tooMany(count: number): readonly Finding[] {
  const most = limits.referencedPlaces;
  if (count <= most) return [];
  return [finding({ code: 'hallucination/not_checkable', subject: 'references', message: `The evidence names ${count} files and symbols, of which ${most} are looked up. It is held: a person may release it.`, expected: `at most ${most}`, found: String(count), next: 'Name those that matter, or ask the approvers of tier 3 to look at it.' })];
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

/** Of `Cart.add` each part. The name is looked for as it is, between what is no part of a name. */
function hasWord(text: string, name: string): boolean {
  return name.split(/[.]/).filter((part) => part !== '').every((part) => {
    for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) if (!isPart(text[at - 1]) && !isPart(text[at + part.length])) return true;
    return false;
  });
}

function isPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
}
