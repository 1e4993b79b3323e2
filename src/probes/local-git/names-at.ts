import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import { isObjectName } from './object-name.ts';
import { demandGit, runGit } from './run-git.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface PathAtCommit {
  readonly commit: Sha;
  readonly path: string;
}

/** The object name at each path of each commit, null where nothing stands, in order, from one git process. */
export async function readNamesAt(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (Sha | null)[]> {
  const plain = wanted.filter((one) => !isAwkward(one.path));
  const names = (await readPlain(view, plain)).values();
  const found: (Sha | null)[] = [];
  for (const one of wanted) found.push(isAwkward(one.path) ? await readOne(view, one) : (names.next().value ?? null));
  return found;
}

async function readPlain(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (Sha | null)[]> {
  if (wanted.length === 0) return [];
  const input = wanted.map(({ commit, path }) => `${commit}:${path}\n`).join('');
  const output = await demandGit({ ...view, arguments: ['cat-file', '--batch-check=%(objectname)', '--buffer'], input });
  const names = output.toString('utf8').split('\n').slice(0, -1).map((line) => (isObjectName(line) ? line : null));
  if (names.length !== wanted.length) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot look up paths: git answered ${names.length} times, expected ${wanted.length}. Check the repository with: git fsck`);
  return names;
}

/** The batch is read line by line: a path that holds an end of line is asked for alone. */
async function readOne(view: View, { commit, path }: PathAtCommit): Promise<Sha | null> {
  const result = await runGit({ ...view, arguments: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${path}`] });
  const name = result.stdout.toString('latin1').trim();
  return result.status === 0 && isObjectName(name) ? name : null;
}

function isAwkward(path: string): boolean {
  return /[\r\n]|^\.{1,2}\//.test(path);
}
