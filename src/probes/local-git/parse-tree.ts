import { Failure } from '../../domain/failure.ts';
import type { FileMode, Sha, Tree, TreeEntry } from '../../domain/tree.ts';
import { decodePath } from './decode-path.ts';

const nul = 0;
const tab = 9;

/** Reads the output of `ls-tree -r -z -l --full-tree`. */
export function parseTree(commit: Sha, output: Buffer): Tree {
  const entries: TreeEntry[] = [];
  const seen = new Set<string>();
  let complete = true;
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(nul, start);
    const middle = output.indexOf(tab, start);
    if (end < 0 || middle < 0 || middle > end) throw unexpected(output.subarray(start, start + 80));
    const entry = entryOf(output.toString('latin1', start, middle), output.subarray(middle + 1, end));
    // Two different byte paths that read alike can not both be named: say that something is missing.
    if (seen.has(entry.path)) complete = false;
    else entries.push(entry);
    seen.add(entry.path);
    start = end + 1;
  }
  return { commit, entries, complete };
}

function entryOf(header: string, path: Uint8Array): TreeEntry {
  const match = /^([0-7]{6}) (?:blob|commit|tree) ([0-9a-f]{40,64}) +(\d+|-|BAD)$/.exec(header);
  const [, mode, blob, size] = match ?? [];
  if (mode === undefined || blob === undefined || size === undefined) throw unexpected(header);
  return { path: decodePath(path), mode: fileMode(mode), blob, size: /^\d+$/.test(size) ? Number(size) : null };
}

/** Git has written 100664 and the like long ago; it treats them as one of the four. */
function fileMode(mode: string): FileMode {
  if (mode === '120000' || mode === '160000') return mode;
  return (Number.parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755';
}

function unexpected(found: string | Uint8Array): Failure {
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read a tree: git answered ${JSON.stringify(found.toString())}, expected mode, type, name, size and path. Update git.`);
}
