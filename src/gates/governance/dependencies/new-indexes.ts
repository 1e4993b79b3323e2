import { toldAddress } from './dependency.ts';
import type { DependencyFacts } from './dependency.ts';
import type { SourceChange } from './package-change.ts';

/** Indexes that a file names and did not name before. */
export function newIndexes(path: string, before: DependencyFacts, head: DependencyFacts): readonly SourceChange[] {
  const known = new Set(before.indexes);
  return head.indexes.filter((index) => !known.has(index)).map((index) => ({ path, what: `index ${toldAddress(index)}` }));
}
