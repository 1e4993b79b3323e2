import { readFile } from 'node:fs/promises';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';

/** The commits at which a shallow clone was cut off; empty for a whole one. */
export async function shallowBoundary(file: string): Promise<ReadonlySet<Sha>> {
  try {
    return new Set((await readFile(file, 'latin1')).split('\n').filter((line) => line !== ''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set();
    throw failureOf(error, 'SNAPSHOT_UNREADABLE');
  }
}

export function tooShallow(what: string, at: Sha): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${what}: the clone is cut off at ${at.slice(0, 12)}, expected whole history. Fetch it: git fetch --unshallow`);
}
