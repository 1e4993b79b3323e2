import { namedFilesOf } from '../domain/behavior/named-files.ts';
import type { Behavior } from '../domain/behavior/behavior.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import { behaviorFiles } from '../domain/behavior/behavior-files.ts';
import { Failure } from '../domain/failure.ts';
import type { OlderBehavior } from '../domain/snapshot.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, Tree } from '../domain/tree.ts';
import { behaviorIn } from './behavior-in.ts';
import type { ObjectSource } from './ports/object-source.ts';

type Objects = Pick<ObjectSource, 'blobs' | 'tree' | 'history' | 'namesAt'>;

/** Files that are looked up in history, and how far: each page costs two calls. */
const [mostFiles, mostPages, pageSize] = [20, 10, 100];

/**
 * What judges in the place of behaviours that are not valid at the base: the newest valid one at its path in first-parent history, with
 * what it names as its own commit has it. A baseline of another commit was agreed about another behaviour. Where there is none, or
 * history can not be read that far, none is given, and the gate reaches no verdict.
 */
export async function olderBehaviors(objects: Objects, base: Tree, configuration: Configuration | null): Promise<readonly OlderBehavior[]> {
  const found: OlderBehavior[] = [];
  for (const path of (await brokenAt(objects, base, configuration)).slice(0, mostFiles)) {
    const older = await newestValid(objects, base.commit, path);
    if (older !== null) found.push(older);
  }
  return found;
}

async function brokenAt(objects: Objects, { entries }: Tree, configuration: Configuration | null): Promise<readonly string[]> {
  const files = behaviorFiles(entries, configuration);
  if (files.length === 0) return [];
  const contents = await objects.blobs(files.filter(isPlainFile));
  return files.filter((entry) => !isPlainFile(entry) || behaviorIn(entry.path, contents.get(entry.blob)) === null).map(({ path }) => path);
}

async function newestValid(objects: Objects, tip: Sha, path: string): Promise<OlderBehavior | null> {
  let [from, seen]: [Sha | null, Sha | null] = [tip, null];
  for (let page = 0; page < mostPages && from !== null; page += 1) {
    const history = await historyFrom(objects, from);
    const names = await objects.namesAt(history.commits.map(({ sha }) => ({ commit: sha, path })));
    for (const [index, { sha }] of history.commits.entries()) {
      const named = names[index] ?? null;
      if (named === null || named.kind !== 'blob' || named.name === seen) continue;
      seen = named.name;
      const older = await validAt(objects, { commit: sha, path, blob: named.name });
      if (older !== null) return older;
    }
    from = history.next;
  }
  return null;
}

/** A clone may end where nothing more is known. */
async function historyFrom(objects: Objects, from: Sha): ReturnType<Objects['history']> {
  try {
    return await objects.history(from, { limit: pageSize });
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return { commits: [], next: null };
    throw thrown;
  }
}

async function validAt(objects: Objects, { commit, path, blob }: { readonly commit: Sha; readonly path: string; readonly blob: Sha }): Promise<OlderBehavior | null> {
  const content = (await objects.blobs([{ blob, size: null }])).get(blob);
  const behavior = behaviorIn(path, content);
  const tree = behavior === null ? null : await objects.tree(commit);
  return behavior === null || tree === null || !tree.complete ? null : olderIn(tree, path, behavior);
}

function olderIn({ commit, entries }: Tree, path: string, behavior: Behavior): OlderBehavior | null {
  const named = new Set(namedFilesOf(behavior).map((one) => one.path));
  const own = entries.find((entry) => entry.path === path);
  if (own === undefined || !isPlainFile(own)) return null;
  return { path, commit, side: { mode: own.mode, blob: own.blob, size: own.size }, named: entries.filter((entry) => named.has(entry.path)) };
}
