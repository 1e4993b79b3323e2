import { stat } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';
import { refusalOf, runGit } from './run-git.ts';

/** Where a repository's parts are. */
export interface Layout {
  /** Top of the working tree; the git directory when bare. */
  readonly root: string;
  readonly gitDirectory: string;
  /** The object database, absolute. */
  readonly objects: string;
  /** Where a shallow clone notes what was cut off; there is no such file in a whole one. */
  readonly shallow: string;
  readonly bare: boolean;
  /** Hex digits of an object name: 40 or 64. */
  readonly nameDigits: 40 | 64;
}

export async function openLayout(directory: string): Promise<Layout> {
  if (!(await isDirectory(directory))) throw new Failure('USAGE', `Cannot read ${JSON.stringify(directory)}: there is no such directory, expected a git repository. Name it with --repo <dir>.`);
  const ask = async (...words: readonly string[]) => await runGit({ directory, arguments: ['rev-parse', ...words] });
  // A bare repository has no top: asked for it too, git would give none of the answers.
  const [result, top] = await Promise.all([ask('--is-bare-repository', '--show-object-format', '--absolute-git-dir', '--path-format=absolute', '--git-path', 'objects', '--git-path', 'shallow'), ask('--show-toplevel')]);
  if (result.status !== 0) throw refusalOf(result, directory);
  const [bare, format, gitDirectory, objects, shallow] = result.stdout.toString('utf8').split('\n');
  if (gitDirectory === undefined || objects === undefined || shallow === undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(directory)}: git did not name its directories, expected git 2.36 or newer. Update git.`);
  const shared = { gitDirectory, objects, shallow, nameDigits: format === 'sha256' ? 64 : 40 } as const;
  if (bare === 'true') return { ...shared, root: gitDirectory, bare: true };
  if (top.status !== 0) throw refusalOf(top, directory);
  return { ...shared, root: top.stdout.toString('utf8').replace(/\n$/, ''), bare: false };
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
