import { readFile } from 'node:fs/promises';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import { demandGit } from './run-git.ts';

/** The commits at which a shallow clone was cut off; empty for a whole one. */
export async function shallowBoundary(directory: string): Promise<ReadonlySet<Sha>> {
  const path = (await demandGit({ directory, arguments: ['rev-parse', '--path-format=absolute', '--git-path', 'shallow'] })).toString('utf8').replace(/\n$/, '');
  try {
    return new Set((await readFile(path, 'latin1')).split('\n').filter((line) => line !== ''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Set();
    throw failureOf(error, 'SNAPSHOT_UNREADABLE');
  }
}

export function tooShallow(what: string, at: Sha): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${what}: the clone is cut off at ${at.slice(0, 12)}, expected whole history. Fetch it: git fetch --unshallow`);
}
