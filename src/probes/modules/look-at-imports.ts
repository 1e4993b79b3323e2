import { limits } from '../../domain/limits.ts';
import { useSearch } from '../../domain/module/broken-uses.ts';
import type { BrokenUse, ModuleGraph, UseFindings, UseSearch } from '../../domain/module/broken-uses.ts';
import { Effort } from '../../domain/module/effort.ts';
import type { ImportsAnswer } from '../../domain/module/imports-answer.ts';
import type { ChangedPath } from '../../domain/module/modules-to-look-at.ts';
import { isSourceFile } from '../../domain/module/source-file.ts';
import type { Surroundings } from '../../domain/module/surroundings.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { Sha } from '../../domain/tree.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import { importersOf } from './importers-of.ts';
import { ModuleLibrary, TooManyModules } from './module-library.ts';
import type { ModuleParser } from './module-parser.ts';
import { ownPackages } from './own-packages.ts';
import { readSurroundings } from './read-surroundings.ts';
import { treeAt, treeWith } from './repository-tree.ts';
import type { RepositoryTree } from './repository-tree.ts';

export interface ImportsToLookAt {
  /** The base. */
  readonly commit: Sha;
  readonly changed: readonly ChangedPath[];
}

/** Modules through which a name is passed on, one behind the other. */
const deepest = 50;

/** At most so many are told of one change. */
const told = 200;

/**
 * Follows the imports of changed modules, and those of others that lead to a module which gives less than before, in the tree as it is
 * once the change is merged. What was broken at the base is left out.
 */
export async function lookAtImports(objects: Pick<ObjectSource, 'tree' | 'blobs'>, parser: ModuleParser, { commit, changed }: ImportsToLookAt): Promise<ImportsAnswer> {
  const tree = await objects.tree(commit);
  if (!tree.complete) return { kind: 'undecided', why: 'the repository has more files than are listed', own: null };
  const base = treeAt(tree);
  const result = treeWith(base, changed);
  const library = new ModuleLibrary(objects, parser);
  const effort = new Effort(limits.importCharacters);
  let own: Awaited<ReturnType<typeof ownPackages>> | null = null;
  try {
    own = await ownPackages(result, new ModuleLibrary(objects, parser));
    const fresh = changed.filter((one) => isSourceFile(one.path) && one.result !== null && isPlainFile(one.result)).map(({ path }) => path);
    const importers = await importersOf(changed, { base, result, library });
    const surroundings = await readSurroundings(result, base, library);
    const entries = [...new Set([...fresh, ...importers.paths])];
    const found = await follow(entries, { surroundings, tree: result, library, effort });
    demandRead(fresh, result, library);
    const before = await brokenBefore(found.broken, { tree: base, library, effort });
    const broken = found.broken.filter((use) => !before.has(keyOf(use)));
    return { kind: 'looked', modules: entries.length, broken: broken.slice(0, told), untold: found.untold.filter(({ path }) => fresh.includes(path)).slice(0, told), unlooked: importers.unlooked, own };
  } catch (thrown) {
    if (thrown instanceof TooManyModules) return { kind: 'undecided', why: thrown.message, own };
    throw thrown;
  }
}

/** Of a module of the change that only the limits keep from being read somebody has to tell: nobody may hide what is made up behind them. */
function demandRead(fresh: readonly string[], tree: RepositoryTree, library: ModuleLibrary): void {
  for (const path of fresh) {
    const reading = readingAt(path, tree, library);
    if (reading?.kind === 'unread' && reading.isBeyondLimits === true) throw new TooManyModules(`${JSON.stringify(path.slice(0, 80))} can not be read: ${reading.why}`);
  }
}

interface Following {
  readonly tree: RepositoryTree;
  readonly library: ModuleLibrary;
  readonly effort: Effort;
}

/** Reads what is wanted until nothing is. Each round goes one module farther. */
async function follow(entries: readonly string[], { surroundings, tree, library, effort }: Following & { readonly surroundings: Surroundings }): Promise<Pick<UseFindings, 'broken' | 'untold'>> {
  const graph: ModuleGraph = { surroundings, readingOf: (path) => readingAt(path, tree, library) };
  const search = useSearch(graph, effort);
  for (let round = 0; ; round += 1) {
    const { broken, untold, wanted } = await judgeAll(entries, search);
    if (wanted.length === 0) return { broken: search.ordered(broken), untold };
    if (round === deepest) throw new TooManyModules('they pass names on through too many others');
    await library.read(wanted.flatMap((path) => filesAt(path, tree)));
  }
}

/** One module after the other: between two of them others have their turn in this thread. */
async function judgeAll(entries: readonly string[], search: UseSearch): Promise<Omit<UseFindings, 'isOver'>> {
  const found: UseFindings[] = [];
  for (const path of entries) {
    const some = search.judge(path);
    if (some.isOver) throw new TooManyModules(`more than ${limits.importCharacters} characters would have to be looked at to follow what they import`);
    found.push(some);
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  return { broken: found.flatMap((one) => one.broken), untold: found.flatMap((one) => one.untold), wanted: [...new Set(found.flatMap((one) => one.wanted))] };
}

function readingAt(path: string, tree: RepositoryTree, library: ModuleLibrary): ReturnType<ModuleGraph['readingOf']> {
  const side = tree.fileAt(path);
  return side === null ? { kind: 'unread', why: 'it is a link' } : library.readingOf({ path, side });
}

function filesAt(path: string, tree: RepositoryTree): Parameters<ModuleLibrary['read']>[0] {
  const side = tree.fileAt(path);
  return side === null ? [] : [{ path, side }];
}

/** What was broken before in the same files. */
async function brokenBefore(broken: readonly BrokenUse[], following: Following): Promise<ReadonlySet<string>> {
  const { tree: base, library } = following;
  const paths = [...new Set(broken.map(({ path }) => path))].filter((path) => base.fileAt(path) !== null);
  if (paths.length === 0) return new Set();
  const found = await follow(paths, { ...following, surroundings: await readSurroundings(base, base, library) });
  return new Set(found.broken.map(keyOf));
}

function keyOf({ path, specifier, name }: BrokenUse): string {
  return JSON.stringify([path, specifier, name]);
}
