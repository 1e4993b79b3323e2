import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import { isPlainFile } from '../../domain/tree.ts';

/** Governed paths that the change turns into a symlink, a submodule or a directory. Contracts are the contract gate's. */
export function notAFile(snapshot: Snapshot, ownPaths: ReadonlySet<string>): readonly Finding[] {
  const changed = changedFiles(snapshot);
  const standing = changed.filter((file) => file.head !== null).map((file) => file.path).toSorted();
  return changed.filter((file) => isMine(file, ownPaths)).flatMap((file) => {
    const found = kindOf(file, standing);
    return found === null ? [] : [refused(file.path, found)];
  });
}

function isMine(file: SnapshotFile, ownPaths: ReadonlySet<string>): boolean {
  return ownPaths.has(file.path) || (file.roles.length > 0 && !file.roles.includes('contract'));
}

function kindOf(file: SnapshotFile, standing: readonly string[]): string | null {
  if (file.head === null) return isFolder(file.path, standing) ? 'a directory' : null;
  if (isPlainFile(file.head)) return null;
  return file.head.mode === '120000' ? 'a symlink' : 'a submodule';
}

/** Whether the head has a file below the path; binary search, since a hostile change has many paths. */
function isFolder(path: string, standing: readonly string[]): boolean {
  const below = `${path}/`;
  let [low, high] = [0, standing.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((standing[middle] ?? '') < below) low = middle + 1;
    else high = middle;
  }
  return standing[low]?.startsWith(below) === true;
}

function refused(path: string, found: string): Finding {
  return finding({
    code: 'snapshot/not_a_file',
    path,
    message: `Cannot use \`${path}\`: found ${found}, expected a plain file.`,
    expected: 'a plain file',
    found,
    next: `Replace ${path} by a plain file with the content.`,
  });
}
