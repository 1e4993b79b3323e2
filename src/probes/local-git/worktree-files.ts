import type { BlobContent } from '../../domain/probe-answer.ts';
import { Failure } from '../../domain/failure.ts';
import type { FileMode, Sha } from '../../domain/tree.ts';
import type { Layout } from './layout.ts';
import { objectNameOf } from './object-name.ts';
import { demandGit, runGit } from './run-git.ts';
import { WorktreeReader } from './worktree-reader.ts';

export interface WorktreeFile {
  readonly path: Buffer;
  readonly mode: FileMode;
  readonly blob: Sha;
  /** Null when the object database has it already. */
  readonly content: BlobContent | null;
}

interface Tracked {
  readonly mode: string;
  readonly blob: Sha;
  readonly path: Buffer;
  /** Left out of the working tree on purpose (sparse checkout): its absence is no deletion. */
  readonly skipped: boolean;
}

/** What the working tree holds: tracked files as they stand on disk, and untracked ones that are not ignored. */
export async function listWorktree(layout: Layout): Promise<readonly WorktreeFile[]> {
  const directory = layout.root;
  const tracked = trackedOf(await demandGit({ directory, arguments: ['ls-files', '-s', '-t', '-z', '--full-name'] }));
  const untracked = paths(await demandGit({ directory, arguments: ['ls-files', '--others', '--exclude-standard', '-z', '--full-name'] }));
  const modes = await runGit({ directory, arguments: ['config', '--type=bool', '--get', 'core.fileMode'] });
  const reader = new WorktreeReader(directory, layout.nameDigits, modes.stdout.toString('latin1').trim() !== 'false');
  return [...[...tracked.values()].map((file) => trackedFile(reader, file)), ...untracked.map((path) => untrackedFile(reader, path, layout.nameDigits))].filter((file) => file !== null);
}

function trackedFile(reader: WorktreeReader, file: Tracked): WorktreeFile | null {
  if (file.mode === '160000') return reader.isDirectory(file.path) || file.skipped ? { path: file.path, mode: '160000', blob: file.blob, content: null } : null;
  const found = reader.read(file.path, file.mode);
  if (found === null) return file.skipped ? { path: file.path, mode: modeOf(file.mode), blob: file.blob, content: null } : null;
  return { path: file.path, ...found, content: found.blob === file.blob ? null : found.content };
}

function untrackedFile(reader: WorktreeReader, path: Buffer, digits: number): WorktreeFile | null {
  const slash = 47;
  if (path.at(-1) !== slash) {
    const found = reader.read(path, null);
    return found === null ? null : { path, ...found };
  }
  // A repository inside this one, as `git add` would take it: as a submodule. Its own git is not asked for its head.
  const inner = path.subarray(0, -1);
  return { path: inner, mode: '160000', blob: objectNameOf(inner, digits), content: null };
}

/** By path: an unmerged path stands there up to three times and is one file on disk. */
function trackedOf(output: Buffer): ReadonlyMap<string, Tracked> {
  return new Map(paths(output).map((record) => {
    const tab = record.indexOf(9);
    const [, tag, mode, blob] = /^(\S) ([0-7]{6}) ([0-9a-f]{40,64}) [0-3]$/.exec(record.toString('latin1', 0, tab)) ?? [];
    if (tag === undefined || mode === undefined || blob === undefined) throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot list the working tree: git answered in an unknown form, expected tag, mode, name and stage. Update git.');
    const path = record.subarray(tab + 1);
    return [path.toString('latin1'), { mode, blob, path, skipped: tag === 'S' }] as const;
  }));
}

function paths(output: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    found.push(output.subarray(start, end < 0 ? output.length : end));
    start = end < 0 ? output.length : end + 1;
  }
  return found;
}

function modeOf(mode: string): FileMode {
  return mode === '120000' || mode === '100755' ? mode : '100644';
}
