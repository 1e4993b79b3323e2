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
  const named = new Map(files.map((file) => [file, lastParts(texts.get(file.side.blob) ?? '')]));
  const found = new Set<string>();
  let open = lessened;
  while (open.length > 0) {
    const words = [...new Set(open.flatMap(wordsOf))];
    // Words are few. Parts are not gone through: a module may have a hundred thousand, and names be passed on a thousand times past it.
    const naming = files.filter((file) => !found.has(file.path) && words.some((word) => named.get(file)?.has(word)));
    for (const { path } of naming) found.add(path);
    await library.read(naming);
    open = naming.filter((file) => factsOf(library, file).passesAllOf.length > 0).map(({ path }) => path);
  }
  return { paths: [...found], unlooked };
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
function filesToSearch(result: RepositoryTree, changed: ReadonlySet<string>): { readonly files: readonly { readonly path: string; readonly side: FileSide }[]; readonly unlooked: string | null } {
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
