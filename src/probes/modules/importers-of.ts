import { limits } from '../../domain/limits.ts';
import type { ModuleFacts } from '../../domain/module/module-facts.ts';
import type { ChangedPath } from '../../domain/module/modules-to-look-at.ts';
import { folderOf } from '../../domain/module/resolve-relative.ts';
import { isSourceFile } from '../../domain/module/source-file.ts';
import type { FileSide } from '../../domain/tree.ts';
import type { ModuleLibrary } from './module-library.ts';
import type { RepositoryTree } from './repository-tree.ts';

export interface Importers {
  /** Modules that the change leaves as they are, and that may import what gives less than before. */
  readonly paths: readonly string[];
  /** Why not all were looked at; null: they were. */
  readonly unlooked: string | null;
}

interface FileAtPath {
  readonly path: string;
  readonly side: FileSide;
}

interface TwoTrees {
  readonly base: RepositoryTree;
  readonly result: RepositoryTree;
  readonly library: ModuleLibrary;
}

/** Who may import a module that is gone, or that gives less than before: whoever has the last part of its path between quotes, and whoever passes on all of such a one. */
export async function importersOf(changed: readonly ChangedPath[], { base, result, library }: TwoTrees): Promise<Importers> {
  const lessened = await lessenedPaths(changed, base, library);
  if (lessened.length === 0) return { paths: [], unlooked: null };
  const { files, unlooked } = filesToSearch(result, new Set(changed.map(({ path }) => path)));
  const texts = await library.texts(files);
  const named = filesByPart(files, texts);
  const found = new Set<string>();
  let open = lessened;
  while (open.length > 0) {
    const words = new Set(open.flatMap(wordsOf));
    const naming = [...new Set([...words].flatMap((word) => named.files.get(word) ?? []))].filter(({ path }) => !found.has(path));
    for (const { path } of naming) found.add(path);
    await library.read(naming);
    open = naming.filter((file) => factsOf(library, file).passesAllOf.length > 0).map(({ path }) => path);
  }
  const whys = [...(unlooked === null ? [] : [unlooked]), ...(named.unlooked === 0 ? [] : [`${named.unlooked} modules have more texts than are searched for imports of what is gone`])];
  return { paths: [...found], unlooked: whys.length === 0 ? null : whys.join('; ') };
}

/** Modules of the base that are gone, or give less. What can not be read may give anything: nobody is looked for on its account. */
async function lessenedPaths(changed: readonly ChangedPath[], base: RepositoryTree, library: ModuleLibrary): Promise<readonly string[]> {
  const before = changed.flatMap(({ path, result }) => {
    const side = isSourceFile(path) ? base.fileAt(path) : null;
    return side === null ? [] : [{ path, side, result }];
  });
  await library.read(before.flatMap(({ path, side, result }) => [{ path, side }, ...(result === null ? [] : [{ path, side: result }])]));
  return before.filter(({ path, side, result }) => result === null || givesLess(factsOf(library, { path, side }), factsOf(library, { path, side: result }))).map(({ path }) => path);
}

function givesLess(before: ModuleFacts, after: ModuleFacts): boolean {
  const given = new Set(namesIn(after));
  return namesIn(before).some((name) => !given.has(name));
}

function namesIn({ exports, passes, passesAllOf }: ModuleFacts): readonly string[] {
  return [...exports, ...passes, ...passesAllOf.map((specifier) => `* ${specifier}`)];
}

const none: ModuleFacts = { uses: [], exports: [], passes: [], passesAllOf: [], isOpen: true };

function factsOf(library: ModuleLibrary, file: { readonly path: string; readonly side: FileSide }): ModuleFacts {
  const reading = library.readingOf(file);
  return reading?.kind === 'read' ? reading.facts : none;
}

/** As many as are read for this, the nearest to nothing in particular: in the order of the tree. */
function filesToSearch(result: RepositoryTree, changed: ReadonlySet<string>): { readonly files: readonly FileAtPath[]; readonly unlooked: string | null } {
  const files = [...result.sides.keys()].filter((path) => isSourceFile(path) && !changed.has(path)).flatMap((path) => {
    const side = result.fileAt(path);
    return side === null ? [] : [{ path, side }];
  });
  let bytes = 0;
  const searched = files.slice(0, limits.importers).filter(({ side }) => {
    bytes += side.size ?? 0;
    return bytes <= limits.importerBytes;
  });
  return { files: searched, unlooked: searched.length === files.length ? null : `${files.length - searched.length} modules were not searched for imports of what is gone` };
}

/** What an import of a module has at its end, without an ending: of an index the name of its folder, or nothing but dots. */
function wordsOf(path: string): readonly string[] {
  const folder = folderOf(path);
  const name = withoutEnding(path.slice(folder === '' ? 0 : folder.length + 1));
  return name === 'index' ? [folder.split('/').at(-1) ?? '', 'index', '.', '..', ''] : [name, withoutPlatform(name)];
}

/** Different last parts of what stands between quotes in one module. */
const mostParts = 10_000;

/** Files by what stands in them between quotes. Of one with more texts than code has nothing is said. */
function filesByPart(files: readonly FileAtPath[], texts: ReadonlyMap<string, string | null>): { readonly files: ReadonlyMap<string, readonly FileAtPath[]>; readonly unlooked: number } {
  const named = new Map<string, FileAtPath[]>();
  let unlooked = 0;
  for (const file of files) {
    const parts = lastParts(texts.get(file.side.blob) ?? '');
    if (parts.size > mostParts) unlooked += 1;
    else for (const part of parts) entryOf(named, part).push(file);
  }
  return { files: named, unlooked };
}

function entryOf(named: Map<string, FileAtPath[]>, part: string): FileAtPath[] {
  const known = named.get(part) ?? [];
  if (known.length === 0) named.set(part, known);
  return known;
}

/** The last parts of all that stands between quotes without a blank in it, without their endings. */
function lastParts(text: string): ReadonlySet<string> {
  const quoted = text.matchAll(/["'`]([^"'`\s]{1,300})(?=["'`])/g);
  return new Set([...quoted].map(([, specifier = '']) => specifier.slice(specifier.lastIndexOf('/') + 1)).flatMap((part) => [part, withoutEnding(part)]));
}

function withoutEnding(name: string): string {
  return name.length < 3 ? name : name.replace(/(?:\.d)?\.[^.]*$/, '');
}

/** `button.native` is asked for as `button`. */
function withoutPlatform(name: string): string {
  return name.replace(/\.[a-z]+$/, '');
}
