import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobContent } from '../../domain/probe-answer.ts';
import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { Layout } from './layout.ts';
import { withOwnLineEndings } from './line-endings.ts';
import { resolveRef } from './refs.ts';
import { demandGit } from './run-git.ts';
import { listWorktree } from './worktree-files.ts';
import type { WorktreeFile } from './worktree-files.ts';

export interface CapturedWorktree {
  readonly commit: Sha;
  /** Contents that stand nowhere but in the working tree. */
  readonly contents: ReadonlyMap<Sha, BlobContent>;
  /** With this, git sees the commit and its trees. */
  readonly environment: Readonly<Record<string, string>>;
  discard(): Promise<void>;
}

/**
 * Makes a commit of the working tree in a temporary object directory, with a temporary index. Files are hashed here, as
 * they are but for their line endings: `git add` would run the clean filters that the repository's attributes name.
 */
export async function captureWorktree(layout: Layout): Promise<CapturedWorktree> {
  if (layout.bare) throw new Failure('USAGE', `Cannot judge the working tree of ${JSON.stringify(layout.root)}: the repository is bare, expected a working tree. Use --head <ref>.`);
  const head = await resolveRef(layout.root, 'HEAD');
  const files = await withOwnLineEndings(layout, await listWorktree(layout));
  const scratch = await mkdtemp(join(tmpdir(), 'plumbline-worktree-'));
  const discard = async (): Promise<void> => await rm(scratch, { recursive: true, force: true });
  try {
    const commit = await writeCommit(layout, scratch, head, files);
    const contents = new Map(files.flatMap(({ blob, content }) => (content === null ? [] : [[blob, content] as const])));
    return { commit, contents, environment: { GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(join(scratch, 'objects')) }, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function writeCommit(layout: Layout, scratch: string, head: Sha, files: readonly WorktreeFile[]): Promise<Sha> {
  const objects = join(scratch, 'objects');
  await mkdir(objects);
  const environment = { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(layout.objects), GIT_INDEX_FILE: join(scratch, 'index'), ...identity };
  const call = { directory: layout.root, environment };
  await demandGit({ ...call, arguments: ['update-index', '-z', '--index-info'], input: indexLines(files) });
  const tree = await demandGit({ ...call, arguments: ['write-tree', '--missing-ok'] });
  const commit = await demandGit({ ...call, arguments: ['commit-tree', tree.toString('latin1').trim(), '-p', head], input: 'Working tree\n' });
  return commit.toString('latin1').trim();
}

/** Fixed, so that an unchanged working tree is an unchanged commit. */
const identity = {
  GIT_AUTHOR_NAME: 'plumbline',
  GIT_AUTHOR_EMAIL: 'plumbline@localhost',
  GIT_AUTHOR_DATE: '@0 +0000',
  GIT_COMMITTER_NAME: 'plumbline',
  GIT_COMMITTER_EMAIL: 'plumbline@localhost',
  GIT_COMMITTER_DATE: '@0 +0000',
};

function indexLines(files: readonly WorktreeFile[]): Buffer {
  return Buffer.concat(files.flatMap(({ mode, blob, path }) => [Buffer.from(`${mode} ${blob}\t`), path, Buffer.from([0])]));
}

/** The variable holds a list: a path with the separator in it is understood only in quotes. */
function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
