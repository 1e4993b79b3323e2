import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { namedFile } from './named-files.ts';
import type { NamedFile } from './named-files.ts';
import { namesInText } from './names-in-text.ts';
import { referencedPlaces } from './referenced-places.ts';
import type { ReferencedPlace } from './referenced-places.ts';

/** What is found of one place, and whether that is that it is not there. */
interface ToldPlace {
  readonly place: ReferencedPlace;
  readonly isMissing: boolean;
  readonly finding: Finding;
}

/** Files that are not there, and names that stand nowhere in theirs. A name without a file is of no place that could be looked into. */
export function referenceFindings(change: GroundedChange): { readonly findings: readonly Finding[]; readonly missing: readonly string[] } {
  const places = referencedPlaces(change).map((place) => ({ place, file: namedFile(change, place.path, place.name !== null) }));
  const told = places.flatMap(({ place, file }) => toldOf(place, file));
  return { findings: [...told.map((one) => one.finding), ...tooMany(places.filter(({ file }) => file.kind === 'beyond').length)], missing: told.flatMap(({ place, isMissing }) => (isMissing ? [place.text] : [])) };
}

function toldOf(place: ReferencedPlace, file: NamedFile): readonly ToldPlace[] {
  const { path, name, text } = place;
  const subject = JSON.stringify([path, name]);
  switch (file.kind) {
    case 'unavailable':
      return [{ place, isMissing: false, finding: finding({ code: 'hallucination/unverifiable', subject, message: `Cannot tell whether ${quoted(text)}, which the evidence names, is there: ${file.why}.`, next: waitForRetry }) }];
    case 'absent':
      return [{ place, isMissing: true, finding: finding({ code: 'hallucination/file_missing', subject, message: `The evidence names ${quoted(path)}, and there is no such file once this is merged.`, expected: 'a file of the repository', found: 'none', next: 'Name a file that is there, or take it out of the evidence.' }) }];
    case 'unreadable':
    case 'listed':
    case 'beyond':
      return [];
    case 'names':
      if (name === null || namesInText(name).every((part) => file.names.has(part))) return [];
      return [{ place, isMissing: true, finding: finding({ code: 'hallucination/symbol_missing', path, subject, message: `The evidence names ${quoted(name)} in ${quoted(path)}, and it stands nowhere there.`, expected: 'a name that stands in the file', found: 'none', next: 'Name what is there, or take it out of the evidence.' }) }];
  }
}

function tooMany(count: number): readonly Finding[] {
  if (count === 0) return [];
  return [finding({ code: 'hallucination/not_checkable', subject: 'references', message: `The evidence names ${count} files and symbols more than are looked up. It is held: a person may release it.`, expected: `at most ${limits.referencedFiles} files that are read, of ${limits.citedBytes} bytes together`, found: `${count} more`, next: 'Name those that matter, or ask the approvers of tier 3 to look at it.' })];
}
