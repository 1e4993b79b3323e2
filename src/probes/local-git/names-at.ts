import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { NamedObject } from '../../flows/ports/object-source.ts';
import { isObjectName } from './object-name.ts';
import { demandGit } from './run-git.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface PathAtCommit {
  readonly commit: Sha;
  readonly path: string;
}

/** So few paths are looked up one by one in their trees, which tell links and submodules too, and files that stand in the working tree alone. */
const fewPaths = 4;

/** What stands at each path of each commit, null where nothing does, in order; of many paths from one git process. */
export async function readNamesAt(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (NamedObject | null)[]> {
  const isAlone = ({ path }: PathAtCommit): boolean => path !== '' && (wanted.length <= fewPaths || isAwkward(path));
  const batched = (await readBatch(view, wanted.filter((one) => !isAlone(one)))).values();
  const found: (NamedObject | null)[] = [];
  for (const one of wanted) found.push(isAlone(one) ? await readOne(view, one) : (batched.next().value ?? null));
  return found;
}

async function readBatch(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (NamedObject | null)[]> {
  if (wanted.length === 0) return [];
  const input = wanted.map(({ commit, path }) => `${commit}:${path}\n`).join('');
  const output = await demandGit({ ...view, arguments: ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'], input });
  const found = output.toString('utf8').split('\n').slice(0, -1).map((line) => objectOf(line));
  if (found.length !== wanted.length) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot look up paths: git answered ${found.length} times, expected ${wanted.length}. Check the repository with: git fsck`);
  return found;
}

/** A path where nothing stands is echoed with "missing", which no kind of object is called. */
function objectOf(line: string): NamedObject | null {
  const [name = '', kind = ''] = line.split(' ');
  return isObjectName(name) && isKind(kind) ? { name, kind } : null;
}

async function readOne(view: View, { commit, path }: PathAtCommit): Promise<NamedObject | null> {
  if (isNoGitPath(path)) return null;
  const output = await demandGit({ ...view, arguments: ['ls-tree', '-z', '--full-tree', commit, '--', path] });
  const [, mode, kind = '', name = '', at] = /^([0-7]{6}) ([a-z]+) ([0-9a-f]+)\t([^\0]*)\0$/.exec(output.toString('utf8')) ?? [];
  if (at !== path || !isObjectName(name) || !isKind(kind)) return null;
  return { name, kind: mode === '120000' ? 'link' : kind };
}

function isKind(text: string): text is 'blob' | 'tree' | 'commit' {
  return text === 'blob' || text === 'tree' || text === 'commit';
}

/** The batch is read line by line: a path that holds an end of line is asked for alone. */
function isAwkward(path: string): boolean {
  return /[\r\n]|^\.{1,2}\//.test(path);
}

/** Git would resolve `./x` and `x/../y`, but no tree holds such a path. */
function isNoGitPath(path: string): boolean {
  return path.split('/').some((part) => part === '' || part === '.' || part === '..');
}
