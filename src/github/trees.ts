import { Failure } from '../domain/failure.ts';
import type { FileMode, Sha, Tree, TreeEntry } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { flagAt, listAt, optionalNumberAt, shaAt, textAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Directory reads for a tree that GitHub cut, and entries kept in memory. Beyond them the tree is incomplete. */
const mostReads = 200;
const mostEntries = 500_000;
/** Characters of a tree kept in the cache. */
const mostCached = 8_000_000;

/** All paths of a commit: one call, or a walk by directories where GitHub cuts (100,000 entries or 7 MB). */
export async function readTree(calls: RepositoryCalls, cache: ObjectCache, commit: Sha): Promise<Tree> {
  const key = `tree:${commit}`;
  const kept = await cache.find(calls.ref.account.id, key);
  const known = kept === null ? null : parseKept(kept);
  if (known !== null) return { commit, entries: known, complete: true };
  const walk: Walk = { calls, entries: [], reads: 0, complete: true };
  await walkRecursively(walk, commit, '');
  const complete = walk.complete && !hasTwice(walk.entries);
  const text = complete ? JSON.stringify(walk.entries.map((entry) => [entry.path, entry.mode, entry.blob, entry.size])) : '';
  if (complete && text.length <= mostCached) await cache.keep(calls.ref.account.id, key, text);
  return { commit, entries: walk.entries, complete };
}

interface Walk {
  readonly calls: RepositoryCalls;
  readonly entries: TreeEntry[];
  reads: number;
  complete: boolean;
}

async function walkRecursively(walk: Walk, name: Sha, prefix: string): Promise<void> {
  const listed = await readDirectory(walk, name, true);
  if (listed === null) return;
  if (listed.truncated) await walkByDirectory(walk, name, prefix);
  else for (const item of listed.items) keepEntry(walk, item, prefix);
}

async function walkByDirectory(walk: Walk, name: Sha, prefix: string): Promise<void> {
  const listed = await readDirectory(walk, name, false);
  if (listed === null) return;
  if (listed.truncated) walk.complete = false;
  for (const item of listed.items) {
    if (textAt(item, ['type']) === 'tree') await walkRecursively(walk, shaAt(item, ['sha']), `${prefix}${textAt(item, ['path'])}/`);
    else keepEntry(walk, item, prefix);
  }
}

async function readDirectory(walk: Walk, name: Sha, recursive: boolean): Promise<{ readonly items: readonly unknown[]; readonly truncated: boolean } | null> {
  if (walk.reads >= mostReads || walk.entries.length >= mostEntries) {
    walk.complete = false;
    return null;
  }
  walk.reads += 1;
  const { body } = await walk.calls.read('/git/trees/{tree_sha}', { tree_sha: name, ...(recursive ? { recursive: '1' } : {}) });
  return { items: listAt(body, ['tree']), truncated: flagAt(body, ['truncated']) };
}

function keepEntry(walk: Walk, item: unknown, prefix: string): void {
  if (textAt(item, ['type']) === 'tree') return;
  const mode = modeOf(textAt(item, ['mode']));
  const size = mode === '160000' ? null : optionalNumberAt(item, ['size']);
  walk.entries.push({ path: prefix + textAt(item, ['path']), mode, blob: shaAt(item, ['sha']), size });
}

/** Old histories hold modes like 100664, which git reads as these two. */
function modeOf(text: string): FileMode {
  if (text === '120000' || text === '160000') return text;
  if (/^100[0-7]{3}$/.test(text)) return (Number.parseInt(text.slice(3), 8) & 0o100) === 0 ? '100644' : '100755';
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read a tree: mode "${text.slice(0, 80)}", expected a mode that git knows`);
}

/** Paths that are no UTF-8 arrive with replacement characters, and two can become one: then nobody knows which is which. */
function hasTwice(entries: readonly TreeEntry[]): boolean {
  return new Set(entries.map((entry) => entry.path)).size !== entries.length;
}

/** Null for what does not read as a kept tree: losing the cache costs a call. */
function parseKept(text: string): readonly TreeEntry[] | null {
  try {
    const rows: unknown = JSON.parse(text);
    return listAt(rows, []).map((row) => ({ path: textAt(row, [0]), mode: modeOf(textAt(row, [1])), blob: shaAt(row, [2]), size: optionalNumberAt(row, [3]) }));
  } catch {
    return null;
  }
}
