import { toldAddress } from '../../../domain/dependency/dependency.ts';
import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';
import type { SourceChange } from './package-change.ts';

/** Indexes that a file names and did not name before, those that it names no more, so that packages come from what is left, and another order of the same: the first one, or the last, counts before the others. */
export function indexChanges(path: string, before: DependencyFacts, head: DependencyFacts): readonly SourceChange[] {
  const [added, gone] = [without(head.indexes, before.indexes), without(before.indexes, head.indexes)];
  const isMoved = added.length + gone.length === 0 && JSON.stringify(head.indexes) !== JSON.stringify(before.indexes);
  return [...added.map((index) => `index ${toldAddress(index)}`), ...gone.map((index) => `without index ${toldAddress(index)}`), ...(isMoved ? ['indexes in another order'] : [])].map((what) => ({ path, what }));
}

function without(indexes: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Set(others);
  return indexes.filter((index) => !left.has(index));
}
