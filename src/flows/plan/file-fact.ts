import { decodeText } from '../../domain/document/decode-text.ts';
import { Failure } from '../../domain/failure.ts';
import { quoted } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import type { CommitFact, FileFact } from '../../domain/playbook/playbook-facts.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { PlainFileMode, Sha } from '../../domain/tree.ts';
import { treeDifferences } from '../tree-differences.ts';
import type { ObjectSource } from '../ports/object-source.ts';

/** What stands at a path of a commit: never what a link on the way leads to, since a tree has nothing below a link. @throws Failure where that can not be told. */
export async function fileFactAt(objects: Pick<ObjectSource, 'tree' | 'blobs'>, commit: Sha, path: string): Promise<FileFact> {
  const { entries, complete } = await objects.tree(commit);
  const entry = entries.find((one) => one.path === path);
  if (entry === undefined && !complete) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell whether ${commit} has ${quoted(path)}: its tree could not be read whole. Nothing is planned.`);
  if (entry === undefined) return aboveOrBelow(entries, path);
  if (!isPlainFile(entry)) return { kind: 'other', what: entry.mode === '120000' ? 'a symbolic link' : 'a submodule' };
  const content = (await objects.blobs([entry])).get(entry.blob);
  return content?.kind === 'bytes' ? textFact(content.bytes, entry.mode) : { kind: 'other', what: `more than ${limits.fileBytes} bytes` };
}

/** Where a folder is, or a file where a folder is meant, nothing can be written. */
function aboveOrBelow(entries: readonly { readonly path: string }[], path: string): FileFact {
  if (entries.some((entry) => entry.path.startsWith(`${path}/`))) return { kind: 'other', what: 'a folder' };
  return entries.some((entry) => path.startsWith(`${entry.path}/`)) ? { kind: 'other', what: 'a file where a folder is meant' } : { kind: 'absent' };
}

export function textFact(bytes: Uint8Array, mode: PlainFileMode): FileFact {
  const decoding = decodeText(bytes);
  return decoding.kind === 'text' ? { kind: 'file', text: decoding.text, mode } : { kind: 'other', what: decoding.problem.found };
}

/**
 * What a commit changed against its first parent. One that the base does not have is not looked at: GitHub hands out commits of every fork, so
 * that a source could name a stranger's. @param isOnBase Whether the base has a commit.
 */
export async function commitFact(objects: ObjectSource, commit: Sha, isOnBase: (commit: Sha) => Promise<boolean>): Promise<CommitFact> {
  if (!(await isOnBase(commit))) return { kind: 'unknown' };
  const [found] = (await objects.history(commit, { limit: 1 })).commits;
  if (found === undefined || found.parent === null) return { kind: 'unknown' };
  return changesBetween(objects, found.parent, commit);
}

/** What one commit has that another before it has not. */
export async function changesBetween(objects: Pick<ObjectSource, 'tree' | 'blobs'>, before: Sha, after: Sha): Promise<CommitFact> {
  const differences = await treeDifferences(objects, before, after);
  if (differences === null) return { kind: 'unknown' };
  const files = [...differences.keys()].map(async (path) => ({ path, before: await fileFactAt(objects, before, path), after: await fileFactAt(objects, after, path) }));
  return { kind: 'changes', files: await Promise.all(files) };
}
