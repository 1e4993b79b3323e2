import type { Glob } from '../../domain/glob/glob.ts';
import { ignoredPaths } from '../../domain/module/ignored-paths.ts';
import { readPathSettings } from '../../domain/module/path-settings.ts';
import type { PathSettings, ReadPathSettings } from '../../domain/module/path-settings.ts';
import { readJsonc } from '../../domain/module/read-jsonc.ts';
import { folderOf, pathAt } from '../../domain/module/resolve-relative.ts';
import type { Surroundings } from '../../domain/module/surroundings.ts';
import { workspacePackage, workspacePackages } from '../../domain/module/workspace-package.ts';
import type { ModuleLibrary } from './module-library.ts';
import type { RepositoryTree } from './repository-tree.ts';
import { mostNamed, textsAt, textsNamed } from './texts-named.ts';
import type { TextAtPath } from './texts-named.ts';

/** Patterns of paths that git ignores, those of files near the root first. */
const mostGlobs = 500;

/** Settings that others extend, one after the other. */
const mostExtended = 8;

/** To hold a path against one costs as much as to look at so many characters. */
const perFolder = 8;

/** Reads what decides where imports lead in a tree. @param ignoring The tree whose `.gitignore` files count: never those of the change itself. */
export async function readSurroundings(tree: RepositoryTree, ignoring: RepositoryTree, library: ModuleLibrary): Promise<Surroundings> {
  const manifests = await textsNamed(tree, /(?:^|\/)package\.json$/, library);
  const settings = await readSettings(tree, library);
  const ignored = await textsNamed(ignoring, /(?:^|\/)\.gitignore$/, library);
  const globs = globsOf(ignored);
  const folders = foldersOf(settings);
  const nearest = new Map<string, PathSettings | 'unread' | null>();
  return {
    paths: tree,
    packages: workspacePackages(manifests.flatMap(([path, text]) => workspacePackage(text, path) ?? [])),
    settingsAt(path, effort) {
      const within = `${folderOf(path)}/`;
      effort.spend(within.length);
      const known = nearest.get(within);
      if (known !== undefined) return known;
      effort.spend(folders.length * perFolder);
      const found = folders.find(({ folder }) => path.startsWith(folder))?.settings ?? null;
      nearest.set(within, found);
      return found;
    },
    isMadeLater(path, effort) {
      const sources = sourcesOf(path);
      effort.spend(globs.length * sources.reduce((sum, one) => sum + one.length, 0));
      return globs.some((glob) => sources.some((one) => glob.matches(one)));
    },
  };
}

function globsOf(ignored: readonly TextAtPath[]): readonly Glob[] {
  const globs: Glob[] = [];
  for (const [path, text] of ignored) {
    if (globs.length < mostGlobs) globs.push(...ignoredPaths(text, folderOf(path)));
  }
  return globs.slice(0, mostGlobs);
}

/** Git may be told to ignore a file by its ending. */
function sourcesOf(path: string): readonly string[] {
  return [path, ...['.ts', '.js', '.json', '/index.ts'].map((ending) => `${path.replace(/\.[cm]?js$/, '')}${ending}`)];
}

type SettingsByPath = ReadonlyMap<string, PathSettings | 'unread'>;

/** With what each extends: its own words come first. What is extended from a package is installed, and says nothing of paths here. */
async function readSettings(tree: RepositoryTree, library: ModuleLibrary): Promise<SettingsByPath> {
  const read = new Map<string, ReadPathSettings | null>();
  let open = (await textsNamed(tree, /(?:^|\/)[jt]sconfig\.json$/, library)).map(([path]) => path);
  const named = [...open];
  for (let round = 0; round < mostExtended && open.length > 0; round += 1) {
    for (const [path, text] of await textsAt(tree, open, library)) read.set(path, readPathSettings(readJsonc(text), path));
    open = open.flatMap((path) => extendedBy(read.get(path) ?? null, path, tree)).filter((path) => !read.has(path)).slice(0, mostNamed);
  }
  return new Map(named.map((path) => [path, withExtended(path, read, tree)]));
}

function extendedBy(settings: ReadPathSettings | null, path: string, tree: RepositoryTree): readonly string[] {
  return (settings?.extended ?? []).filter((one) => one.startsWith('.')).flatMap((one) => {
    const at = pathAt(folderOf(path), one);
    return at === null ? [] : [[at, `${at}.json`, `${at}/tsconfig.json`].find((other) => tree.has(other)) ?? []].flat();
  });
}

function withExtended(path: string, read: ReadonlyMap<string, ReadPathSettings | null>, tree: RepositoryTree): PathSettings | 'unread' {
  const seen = new Set([path]);
  const all: ReadPathSettings[] = [];
  for (const one of seen) {
    const settings = read.get(one) ?? null;
    if (settings === null) return 'unread';
    all.push(settings);
    for (const other of extendedBy(settings, one, tree)) seen.add(other);
    if (seen.size > mostExtended) return 'unread';
  }
  return {
    mappings: all.find(({ mappings }) => mappings.length > 0)?.mappings ?? [],
    hasRootFolders: all.some(({ hasRootFolders }) => hasRootFolders),
  };
}

interface SettingsOfFolder {
  /** With a slash at its end; empty: the root. */
  readonly folder: string;
  readonly settings: PathSettings | 'unread';
}

/** The deepest folder first, in which a `tsconfig.json` comes before a `jsconfig.json`. */
function foldersOf(settings: SettingsByPath): readonly SettingsOfFolder[] {
  const found = new Map<string, PathSettings | 'unread'>();
  for (const name of ['jsconfig.json', 'tsconfig.json']) {
    for (const [path, one] of settings) if (path === name || path.endsWith(`/${name}`)) found.set(path.slice(0, -name.length), one);
  }
  return [...found].map(([folder, one]) => ({ folder, settings: one })).toSorted((a, b) => b.folder.length - a.folder.length);
}
