import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';
import { readSettings } from '../../../domain/dependency/read-settings.ts';
import { settingsFileOf } from '../../../domain/dependency/settings-file.ts';
import { sideFacts, textFacts } from '../../../domain/dependency/side-facts.ts';
import { touchedFiles } from '../../../domain/dependency/touched-files.ts';
import { readFileAt, readSide, sideRequest } from '../../../domain/document/read-side.ts';
import type { SideText } from '../../../domain/document/read-side.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { basePlaces, foldersOf, kindOfPlace } from './base-places.ts';
import { provenPackages } from './known-at-base.ts';
import type { ProvenPackages } from './known-at-base.ts';
import { indexesOfManifest, namedIndexes } from './named-indexes.ts';
import type { NamedIndex } from './named-indexes.ts';

/** What decides of which registry a name is, and what was fetched before. */
export interface PackageWorld {
  readonly proven: ProvenPackages;
  /** Indexes that files say packages come from, by the folder of the file; a file that can not be read says it of all. */
  readonly indexes: readonly (NamedIndex & { readonly folder: string })[];
  /** Whether the changed files lie in so few folders that all of them were looked into. */
  readonly isWholeForOthers: boolean;
  /** Why it is not all known; null: it is. */
  readonly unavailable: string | null;
}

/** Files of the base, and settings of the head, which may only keep names from being asked. */
export function packageWorldRequests({ snapshot }: GroundedChange, others: readonly Ecosystem[]): readonly ProbeRequest[] {
  const manifests = touchedFiles(snapshot, dependencyFileOf).flatMap(({ file, isOver }) => (isOver ? [] : [file.base, file.head]));
  const settings = touchedFiles(snapshot, settingsFileOf).flatMap(({ file, isOver }) => (isOver ? [] : [file.head]));
  return [...[...manifests, ...settings].flatMap((side) => sideRequest(side) ?? []), ...basePlaces(snapshot, others).places.map(({ request }) => request)];
}

export function packageWorld({ snapshot, evidence }: GroundedChange, others: readonly Ecosystem[]): PackageWorld {
  const { places, isWhole, isWholeForOthers } = basePlaces(snapshot, others);
  const base = places.map(({ ecosystem, folder, request }) => readPlace({ ecosystem, folder, path: request.path, text: readFileAt(request, evidence) }));
  const head = [
    ...touchedFiles(snapshot, settingsFileOf).map(({ file, isOver }) => readPlace({ ecosystem: null, folder: folderOf(file.path), path: file.path, text: isOver ? unreadText : readSide(file.head, evidence, 'without byte order mark') })),
    ...touchedFiles(snapshot, dependencyFileOf).flatMap(({ file, kind, isOver }) => {
      const facts = isOver || kind.isLock || kind.ecosystem !== 'pypi' ? null : sideFacts(file.head, kind, evidence);
      return facts?.kind === 'facts' ? [{ ...nothing, indexes: indexesOfManifest(facts.facts.indexes).map((index) => ({ ...index, folder: folderOf(file.path) })) }] : [];
    }),
  ];
  const all = [...base, ...head];
  const beyond = isWhole ? [] : (['npm', 'pypi'] as const).map((ecosystem) => ({ ecosystem, scope: null, address: beyondFolders, folder: '' }));
  return { proven: provenPackages(base.flatMap(({ lock }) => lock ?? [])), indexes: [...all.flatMap(({ indexes }) => indexes), ...beyond], isWholeForOthers, unavailable: all.find(({ unavailable }) => unavailable !== null)?.unavailable ?? null };
}

/** Stands for an index that is not known, and is none that may be asked. */
const beyondFolders = 'settings in more folders than are looked into';

/** Addresses of all indexes from which a name may come that is named in a file of this path. @param path Null: a document names it, and it may be of any folder. */
export function indexesFor({ indexes, isWholeForOthers }: PackageWorld, ecosystem: Ecosystem, name: string, path: string | null): readonly string[] {
  if (path === null && !isWholeForOthers) return [beyondFolders];
  const folders = path === null ? null : new Set(foldersOf(path));
  const near = indexes.filter((index) => index.ecosystem === ecosystem && (folders === null || folders.has(index.folder)));
  const ofScope = near.filter(({ scope }) => scope !== null && name.toLowerCase().startsWith(`${scope}/`));
  return [...new Set((ofScope.length > 0 ? ofScope : near.filter(({ scope }) => scope === null)).map(({ address }) => address))];
}

interface PlaceToRead {
  /** Null: of settings, whose format tells. */
  readonly ecosystem: Ecosystem | null;
  readonly folder: string;
  readonly path: string;
  readonly text: SideText;
}

interface ReadPlace {
  readonly lock: { readonly ecosystem: Ecosystem; readonly facts: DependencyFacts } | null;
  readonly indexes: PackageWorld['indexes'];
  readonly unavailable: string | null;
}

const nothing: ReadPlace = { lock: null, indexes: [], unavailable: null };

const unreadText: SideText = { kind: 'unreadable', why: 'the settings of this change are over the limit together' };

/** A lock file that can not be read proves nothing; settings that can not may name any index. */
function readPlace(place: PlaceToRead): ReadPlace {
  const { text, path, folder } = place;
  const kind = kindOfPlace(path);
  if (text.kind === 'absent' || kind === null) return nothing;
  if (text.kind === 'unavailable') return { ...nothing, unavailable: text.why };
  if (kind.kind === 'settings') return { ...nothing, indexes: indexesIn(place).map((index) => ({ ...index, folder })) };
  const reading = textFacts(text, kind.file);
  if (reading.kind !== 'facts') return kind.kind === 'lock' || kind.file.ecosystem === 'npm' ? nothing : { ...nothing, indexes: [{ ecosystem: 'pypi', scope: null, address: `what ${path} names, which can not be read`, folder }] };
  return kind.kind === 'lock' ? { ...nothing, lock: { ecosystem: kind.file.ecosystem, facts: reading.facts } } : { ...nothing, indexes: kind.file.ecosystem === 'pypi' ? indexesOfManifest(reading.facts.indexes).map((index) => ({ ...index, folder })) : [] };
}

function indexesIn({ text, path, ecosystem }: PlaceToRead): readonly NamedIndex[] {
  const format = settingsFileOf(path);
  const unread = (ecosystem === null ? (['npm', 'pypi'] as const) : [ecosystem]).map((one) => ({ ecosystem: one, scope: null, address: `what ${path} names, which can not be read` }));
  if (text.kind !== 'text' || format === null) return unread;
  try {
    return namedIndexes(readSettings(text.text, format), format);
  } catch {
    return unread;
  }
}

function folderOf(path: string): string {
  return foldersOf(path).at(-1) ?? '';
}
