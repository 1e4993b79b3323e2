import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/**
 * Whether a person may let the change pass without samples of it: nothing with secrets runs on the code of a fork, and what
 * mends the sampling itself can have none.
 */
export function mayLackSamples(snapshot: Snapshot): boolean {
  return snapshot.change.fork || changedFiles(snapshot).every(({ path, roles }) => roles.includes('own') || path.startsWith('.github/workflows/'));
}
