import type { Glob } from '../../domain/glob/glob.ts';
import { ignoredPaths } from '../../domain/module/ignored-paths.ts';
import { readPathSettings } from '../../domain/module/path-settings.ts';
import type { PathSettings, ReadPathSettings } from '../../domain/module/path-settings.ts';
import { readJsonc } from '../../domain/module/read-jsonc.ts';
import { folderOf, pathAt } from '../../domain/module/resolve-relative.ts';
import type { Surroundings } from '../../domain/module/surroundings.ts';
import { workspacePackage } from '../../domain/module/workspace-package.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { ModuleLibrary } from './module-library.ts';
import type { RepositoryTree } from './repository-tree.ts';
import { mostNamed, textsAt, textsNamed } from './texts-named.ts';

/** Patterns of paths that git ignores, those of files near the root first. */
const mostGlobs = 500;

/** Settings that others extend, one after the other. */
const mostExtended = 8;

/** Reads what decides where imports lead in a tree. @param ignoring The tree whose `.gitignore` files count: never those of the change itself. */
export async function readSurroundings(tree: RepositoryTree, ignoring: RepositoryTree, library: ModuleLibrary): Promise<Surroundings> {
  const manifests = await textsNamed(tree, /(?:^|\/)package\.json$/, library);
  const settings = await readSettings(tree, library);
  const ignored = await textsNamed(ignoring, /(?:^|\/)\.gitignore$/, library);
  const globs: readonly Glob[] = ignored.flatMap(([path, text]) => ignoredPaths(text, folderOf(path))).slice(0, mostGlobs);
  return {
    paths: tree,
    packages: manifests.flatMap(([path, text]) => workspacePackage(parseJson(text), path) ?? []),
    settingsAt: (path) => nearestSettings(path, settings),
    isMadeLater: (path) => globs.some((glob) => sourcesOf(path).some((one) => glob.matches(one))),
  };
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

function nearestSettings(path: string, settings: SettingsByPath): PathSettings | 'unread' | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const before = folder === '' ? '' : `${folder}/`;
    const found = settings.get(`${before}tsconfig.json`) ?? settings.get(`${before}jsconfig.json`);
    if (found !== undefined) return found;
    if (folder === '') return null;
  }
}
