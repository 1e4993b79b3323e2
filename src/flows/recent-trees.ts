import type { Sha, Tree } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** Commits of one line are compared with their neighbours: so many trees are held. Each may have 100,000 files. */
const mostHeld = 4;

/** Reads each tree once while it is still held. */
export function recentTrees(objects: Pick<ObjectSource, 'tree'>): Pick<ObjectSource, 'tree'> {
  const held = new Map<Sha, Promise<Tree>>();
  return {
    tree: (commit) => {
      const reading = held.get(commit) ?? objects.tree(commit);
      held.delete(commit);
      held.set(commit, reading);
      const [oldest] = held.keys();
      if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
      return reading;
    },
  };
}
