import { bytesToRead } from '../domain/bytes-to-read.ts';
import type { BranchEntry, Configuration } from '../domain/configuration/configuration.ts';
import { ownKindsOf } from '../domain/configuration/own-kinds.ts';
import { limits } from '../domain/limits.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pathTwins, snapshotFiles } from '../domain/snapshot-files.ts';
import type { Trees } from '../domain/snapshot-files.ts';
import type { Change, ConfigurationState, Snapshot } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { configurationAtHead } from './configuration-at-head.ts';
import { namedByBehaviors } from './named-by-behaviors.ts';
import { olderBehaviors } from './older-behaviors.ts';
import type { ObjectSource } from './ports/object-source.ts';

export interface SnapshotToCapture {
  readonly engine: string;
  readonly now: Date;
  readonly objects: ObjectSource;
  readonly repository: RepositoryRef;
  readonly change: Change;
  readonly entry: BranchEntry | null;
  readonly configuration: ConfigurationState;
  readonly base: Sha;
  readonly head: Sha;
}

/** Freezes M, B and H by SHA. What can not be read whole is named in the snapshot, never left out in silence. */
export async function captureSnapshot(wanted: SnapshotToCapture): Promise<Snapshot> {
  const { objects, base, head, configuration } = wanted;
  const mergeBase = await objects.mergeBase(base, head);
  const trees = await readTrees(objects, mergeBase, base, head);
  const atHead = await configurationAtHead(objects, trees, configuration, wanted.change.baseBranch);
  const byBase = await namedByBehaviors(objects, [trees.base], configuration.effective);
  const bytes = bytesToRead(trees, configuration.effective, atHead);
  const isExcess = bytes > limits.changedBytes;
  const byHead = isExcess ? [] : [...(await namedByBehaviors(objects, [trees.head], configuration.effective)), ...(await namedByBehaviors(objects, [trees.base, trees.head], atHead)), ...ownPathsIn(trees, atHead)];
  // What these read is kept, so that looking again at what the base has costs nothing.
  const older = await olderBehaviors(objects, trees.base, configuration.effective);
  const files = snapshotFiles(trees, configuration.effective, { byBase: new Set([...byBase, ...older.flatMap((one) => one.named.map(({ path }) => path))]), byHead: new Set(byHead) });
  return {
    version: 1,
    engine: wanted.engine,
    now: wanted.now.toISOString(),
    repository: wanted.repository,
    change: wanted.change,
    entry: wanted.entry,
    mergeBase,
    base,
    head,
    files,
    twins: pathTwins(trees, files),
    unreadable: unreadableTrees(trees),
    configuration,
    ...(older.length === 0 ? {} : { olderBehaviors: older }),
    ...(isExcess ? { excessBytes: bytes } : {}),
  };
}

/** What a configuration reads is Plumbline's own before it is in force, so that it is released with it. */
function ownPathsIn({ base, head }: Trees, configuration: Configuration | null): readonly string[] {
  return configuration === null ? [] : [...base.entries, ...head.entries].flatMap(({ path }) => (ownKindsOf(configuration, path).length > 0 ? [path] : []));
}

async function readTrees(objects: ObjectSource, mergeBase: Sha, base: Sha, head: Sha): Promise<Trees> {
  const commits = [...new Set([mergeBase, base, head])];
  const trees = new Map(await Promise.all(commits.map(async (commit) => [commit, await objects.tree(commit)] as const)));
  const treeOf = (commit: Sha) => trees.get(commit) ?? { commit, entries: [], complete: false };
  return { mergeBase: treeOf(mergeBase), base: treeOf(base), head: treeOf(head) };
}

function unreadableTrees(trees: Trees): readonly string[] {
  const named = [['merge base', trees.mergeBase], ['base', trees.base], ['head', trees.head]] as const;
  return named.filter(([, tree]) => !tree.complete).map(([name, tree]) => `the tree of the ${name} ${tree.commit.slice(0, 7)} could not be read whole`);
}
