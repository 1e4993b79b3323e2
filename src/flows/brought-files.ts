import type { Configuration } from '../domain/configuration/configuration.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import { Failure } from '../domain/failure.ts';
import type { Sha, Tree, TreeEntry } from '../domain/tree.ts';
import { differingPaths } from './differing-paths.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { ObjectSource } from './ports.ts';

export interface CommitsOfLine {
  readonly line: FirstParentLine;
  readonly configuration: Configuration | null;
  /** Of the line, oldest first. */
  readonly commits: readonly Sha[];
}

/** A governed path that commits changed, and what the last of them left there; null: nothing. */
export interface BroughtFile {
  readonly path: string;
  readonly file: TreeEntry | null;
}

/** What commits changed of what is governed. Those that stand one after the other are compared as one. */
export async function broughtFiles(objects: ObjectSource, { line, configuration, commits }: CommitsOfLine): Promise<readonly BroughtFile[]> {
  const wanted = new Set(commits);
  const brought = new Map<string, TreeEntry | null>();
  let before: Sha | null = line.resumed;
  for (const [place, { sha }] of line.commits.entries()) {
    const next = line.commits[place + 1]?.sha;
    if (!wanted.has(sha)) before = sha;
    else if (next === undefined || !wanted.has(next)) {
      for (const { path, file } of await changesOf(objects, before, sha)) if (isGoverned(configuration, path)) brought.set(path, file);
      before = sha;
    }
  }
  return [...brought].map(([path, file]) => ({ path, file }));
}

async function changesOf(objects: ObjectSource, before: Sha | null, after: Sha): Promise<readonly BroughtFile[]> {
  const tree = await objects.tree(after);
  const old: Tree = before === null ? { commit: '', entries: [], complete: true } : await objects.tree(before);
  const paths = differingPaths(old, tree);
  if (paths === null) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell what ${after} brought: its tree, or that of the commit before it, could not be read whole`);
  const files = new Map(tree.entries.map((entry) => [entry.path, entry]));
  return [...paths].map((path) => ({ path, file: files.get(path) ?? null }));
}

/** What configures the repository always is, also where its change was to govern less. */
function isGoverned(configuration: Configuration | null, path: string): boolean {
  return path === repositoryConfigurationPath || (configuration !== null && rolesOf(configuration, path).length > 0);
}
