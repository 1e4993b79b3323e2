import { listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import type { World } from './world.ts';

export interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** A file to commit: text, bytes, a mode of its own, a submodule, or null to delete. */
export type FileChange = string | Uint8Array | null | { readonly mode: '100644' | '100755' | '120000'; readonly content: string | Uint8Array } | { readonly submodule: string };

export async function tipOf(world: World, repository: string, branch: string): Promise<string | null> {
  const reply = await world.upstream.call('GET', `/repos/${repository}/git/ref/heads/${branch}`);
  return reply.status === 200 ? textOf(objectOf(objectOf(reply.body)['object'])['sha']) : null;
}

export async function treeOf(world: World, repository: string, revision: string): Promise<{ readonly sha: string; readonly items: readonly TreeItem[] } | null> {
  const reply = await world.upstream.call('GET', `/repos/${repository}/git/trees/${revision}?recursive=1`);
  if (reply.status !== 200) return null;
  const body = objectOf(reply.body);
  return { sha: textOf(body['sha']), items: listOf(body['tree']).map(itemOf) };
}

function itemOf(item: Json): TreeItem {
  const sized = typeof item['size'] === 'number' ? { size: item['size'] } : {};
  return { path: textOf(item['path']), mode: textOf(item['mode']), type: textOf(item['type']), sha: textOf(item['sha']), ...sized };
}

export async function mergeBaseOf(world: World, repository: string, base: string, head: string): Promise<string | null> {
  const reply = await world.upstream.call('GET', `/repos/${repository}/compare/${base}...${head}?per_page=1&page=2`);
  return reply.status === 200 ? textOf(objectOf(objectOf(reply.body)['merge_base_commit'])['sha']) : null;
}

/** Writes a commit on top of a branch and moves it there; the branch starts at `from` when it is new. */
export async function commitFiles(
  world: World,
  change: { readonly repository: string; readonly branch: string; readonly from: string; readonly files: Readonly<Record<string, FileChange>>; readonly message: string; readonly author: string },
): Promise<{ readonly sha: string; readonly before: string | null }> {
  const before = await tipOf(world, change.repository, change.branch);
  const parent = before ?? (await tipOf(world, change.repository, change.from));
  const known = parent === null ? null : await treeOf(world, change.repository, parent);
  const items = await Promise.all(Object.entries(change.files).map(([path, file]) => treeItem(world, change.repository, path, file)));
  const base = known === null ? {} : { base_tree: known.sha };
  const tree = await world.upstream.must('POST', `/repos/${change.repository}/git/trees`, { ...base, tree: items });
  const sha = await commitTree(world, change, textOf(objectOf(tree.body)['sha']), parent === null ? [] : [parent]);
  await moveBranch(world, change.repository, change.branch, sha, before);
  return { sha, before };
}

export async function commitTree(world: World, change: { readonly repository: string; readonly message: string; readonly author: string }, tree: string, parents: readonly string[]): Promise<string> {
  const identity = { name: change.author, email: `${change.author}@users.example`, date: world.now().toISOString() };
  const commit = await world.upstream.must('POST', `/repos/${change.repository}/git/commits`, { message: change.message, tree, parents, author: identity, committer: identity });
  return textOf(objectOf(commit.body)['sha']);
}

/** `force`: the branch may lose commits, as with a force-push. */
export async function moveBranch(world: World, repository: string, branch: string, sha: string, before: string | null): Promise<void> {
  if (before === null) await world.upstream.must('POST', `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  else await world.upstream.must('PATCH', `/repos/${repository}/git/refs/heads/${branch}`, { sha, force: true });
}

/** The tree that merging gives when no path changed on both sides: the base with the head's changes. */
export async function mergedTree(world: World, repository: string, base: string, head: string): Promise<string> {
  const from = await mergeBaseOf(world, repository, base, head);
  const [before, after, onto] = await Promise.all([from === null ? null : treeOf(world, repository, from), treeOf(world, repository, head), treeOf(world, repository, base)]);
  if (after === null || onto === null) throw new Error(`Cannot merge ${head} into ${base}: a tree is missing`);
  const old = new Map(before?.items.filter(isFile).map((item) => [item.path, item]));
  const present = new Set(onto.items.map((item) => item.path));
  const changes: Json[] = [];
  for (const item of after.items.filter(isFile)) {
    const was = old.get(item.path);
    old.delete(item.path);
    if (was?.sha !== item.sha || was.mode !== item.mode) changes.push({ path: item.path, mode: item.mode, type: item.type, sha: item.sha });
  }
  for (const [path, item] of old) if (present.has(path)) changes.push({ path, mode: item.mode, type: item.type, sha: null });
  if (changes.length === 0) return onto.sha;
  const tree = await world.upstream.must('POST', `/repos/${repository}/git/trees`, { base_tree: onto.sha, tree: changes });
  return textOf(objectOf(tree.body)['sha']);
}

function isFile(item: TreeItem): boolean {
  return item.type !== 'tree';
}

async function treeItem(world: World, repository: string, path: string, file: FileChange): Promise<Json> {
  if (file === null) return { path, mode: '100644', type: 'blob', sha: null };
  if (typeof file === 'object' && 'submodule' in file) return { path, mode: '160000', type: 'commit', sha: file.submodule };
  const { mode, content } = typeof file === 'string' || file instanceof Uint8Array ? { mode: '100644', content: file } : file;
  if (typeof content === 'string') return { path, mode, type: 'blob', content };
  const blob = await world.upstream.must('POST', `/repos/${repository}/git/blobs`, { content: Buffer.from(content).toString('base64'), encoding: 'base64' });
  return { path, mode, type: 'blob', sha: objectOf(blob.body)['sha'] };
}
