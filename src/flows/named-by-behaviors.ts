import { namedFilesOf } from '../domain/behavior/named-files.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import { behaviorFiles } from '../domain/behavior/behavior-files.ts';
import { behaviorGlobsOf } from '../domain/configuration/own-paths.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, Tree, TreeEntry } from '../domain/tree.ts';
import { behaviorIn } from './behavior-in.ts';
import type { ObjectSource } from './ports/object-source.ts';

/**
 * Paths that behaviours of any of these trees name to be measured by. Of a change those of its head count beside those of its base, so that
 * what will be read once it is merged is looked at before. One that can not be read names nothing, and is told as that by the gates.
 */
export async function namedByBehaviors(objects: Pick<ObjectSource, 'blobs'>, trees: readonly Pick<Tree, 'entries'>[], configuration: Configuration | null): Promise<ReadonlySet<string>> {
  const files = behaviorFiles(trees.flatMap(({ entries }) => entries), configuration).filter((entry) => isPlainFile(entry));
  const distinct = [...new Map(files.map((entry) => [entry.blob, entry])).values()];
  if (distinct.length === 0) return new Set();
  const contents = await objects.blobs(distinct.map(({ blob, size }) => ({ blob, size })));
  // One content at two paths may be a behaviour at one and unreadable at the other.
  return new Set(files.flatMap((entry) => namedBy(entry, contents)));
}

/** What behaviours of two commits name. Their trees are kept, so that asking again costs nothing. */
export async function namedBetween(objects: Pick<ObjectSource, 'tree' | 'blobs'>, [before, after]: readonly [Sha, Sha], configuration: Configuration | null): Promise<ReadonlySet<string>> {
  if (configuration === null || behaviorGlobsOf(configuration.document).length === 0) return new Set();
  return await namedByBehaviors(objects, await Promise.all([objects.tree(before), objects.tree(after)]), configuration);
}

function namedBy({ path, blob }: TreeEntry, contents: Awaited<ReturnType<ObjectSource['blobs']>>): readonly string[] {
  const behavior = behaviorIn(path, contents.get(blob));
  return behavior === null ? [] : namedFilesOf(behavior).map((named) => named.path);
}
