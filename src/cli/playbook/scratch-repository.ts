import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { demandGit } from '../../probes/local-git/run-git.ts';
import type { Sha } from '../../domain/tree.ts';

/** A git repository of its own in a temporary folder, without a remote. Call `remove` when done. */
export interface ScratchRepository {
  readonly directory: string;
  /** On the branch that is checked out. Null: the file goes. */
  commit(files: ReadonlyMap<string, string | null>, message: string): Promise<Sha>;
  /** As a pull request would bring it: a commit on a branch of its own, merged into main. Gives the merge. */
  merge(files: ReadonlyMap<string, string | null>, branch: string): Promise<Sha>;
  remove(): Promise<void>;
}

const identity = { name: 'Plumbline', email: 'plumbline@example.com', date: '2027-01-01T00:00:00Z' } as const;

export async function openScratchRepository(): Promise<ScratchRepository> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-playbook-')));
  const git = async (...words: readonly string[]): Promise<string> => (await demandGit({ directory, arguments: words, environment: environment() })).toString('utf8').trim();
  const commit: ScratchRepository['commit'] = async (files, message) => {
    for (const [path, text] of files) await place(join(directory, path), text);
    await git('add', '-A');
    await git('commit', '-q', '--allow-empty', '-m', message);
    return await git('rev-parse', 'HEAD');
  };
  await git('init', '-q', '-b', 'main');
  return {
    directory,
    commit,
    merge: async (files, branch) => {
      await git('checkout', '-q', '-b', branch);
      await commit(files, `Apply ${branch}`);
      await git('checkout', '-q', 'main');
      await git('merge', '-q', '--no-ff', '-m', `Merge ${branch}`, branch);
      return await git('rev-parse', 'HEAD');
    },
    remove: async () => await rm(directory, { recursive: true, force: true }),
  };
}

async function place(file: string, text: string | null): Promise<void> {
  if (text === null) return await rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Nothing of this machine's settings for git. */
function environment(): Readonly<Record<string, string>> {
  const { name, email, date } = identity;
  return { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date };
}
