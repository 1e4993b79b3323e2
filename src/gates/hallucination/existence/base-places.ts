import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import type { DependencyFile, Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { settingsFileOf } from '../../../domain/dependency/settings-file.ts';
import { touchedFiles } from '../../../domain/dependency/touched-files.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';

/** Folders that are looked into: that of each changed manifest or lock file, and those above it; and as many of other changed files. */
const mostFolders = 40;

const names: Readonly<Record<Ecosystem, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', '.npmrc', '.yarnrc.yml', '.yarnrc', 'bunfig.toml', '.bunfig.toml', 'pnpm-workspace.yaml'],
  pypi: ['poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock', 'pylock.toml', 'pip.conf', 'pip.ini', 'uv.toml', 'pdm.toml', '.pdm.toml', 'pyproject.toml', 'Pipfile', 'requirements.txt'],
};

/** A file of the base beside or above a changed manifest that says what is installed, or where packages come from. */
export interface BasePlace {
  readonly ecosystem: Ecosystem;
  /** Without a slash at its end. */
  readonly folder: string;
  readonly request: RequestOf<'file-at'>;
}

export interface BasePlaces {
  readonly places: readonly BasePlace[];
  /** Whether all folders of manifests are among them. */
  readonly isWhole: boolean;
  /** Whether all folders of changed files are: in which of them a package is that a document names nobody knows. */
  readonly isWholeForOthers: boolean;
}

/** @param others Ecosystems of packages that documents name: the folders of all changed files count. */
export function basePlaces(snapshot: Snapshot, others: readonly Ecosystem[]): BasePlaces {
  const touched = touchedFiles(snapshot, dependencyFileOf).filter(({ file }) => file.head !== null);
  const ofManifests = foldersIn(touched.flatMap(({ file, kind }) => foldersOf(file.path).map((folder) => `${kind.ecosystem}:${folder}`)));
  const ofChange = others.length === 0 ? [] : firstFolders(snapshot);
  const ofOthers = others.flatMap((ecosystem) => ofChange.slice(0, mostFolders).map((folder) => `${ecosystem}:${folder}`));
  const looked = new Set([...ofManifests.slice(0, mostFolders), ...ofOthers]);
  const places = [...looked].map((key) => [key.startsWith('npm:') ? 'npm' : 'pypi', key.slice(key.indexOf(':') + 1)] as const).flatMap(([ecosystem, folder]) => names[ecosystem].map((name) => ({ ecosystem, folder, request: { kind: 'file-at' as const, commit: snapshot.base, path: folder === '' ? name : `${folder}/${name}` } })));
  return { places, isWhole: ofManifests.length <= mostFolders, isWholeForOthers: ofChange.length <= mostFolders };
}

/** Folders of all changed files, and those above them, up to one more than are looked into: a path may be as deep as its author likes. */
function firstFolders(snapshot: Snapshot): readonly string[] {
  const found = new Set(['']);
  for (const { path } of changedFiles(snapshot)) {
    for (let end = path.indexOf('/'); end !== -1 && found.size <= mostFolders; end = path.indexOf('/', end + 1)) found.add(path.slice(0, end));
    if (found.size > mostFolders) break;
  }
  return [...found];
}

/** Each once, those that are nearest to the root first. */
function foldersIn(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].toSorted((a, b) => a.length - b.length);
}

/** From that of the path to the root. */
export function foldersOf(path: string): readonly string[] {
  const parts = dividedPath(path).folder.split('/').filter((part) => part !== '');
  return [...parts.keys(), parts.length].map((count) => parts.slice(0, count).join('/'));
}

export type PlaceKind = { readonly kind: 'lock' | 'manifest'; readonly file: DependencyFile } | { readonly kind: 'settings' } | null;

/** What such a file is for. */
export function kindOfPlace(path: string): PlaceKind {
  if (settingsFileOf(path) !== null) return { kind: 'settings' };
  const file = dependencyFileOf(path);
  return file === null ? null : { kind: file.isLock ? 'lock' : 'manifest', file };
}
