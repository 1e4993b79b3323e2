import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { HowToName, NamedObject } from '../../flows/ports/object-source.ts';
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

/** What stands at each path of each commit, null where nothing does, in order; of many paths from one git process, with modes from one for each commit. */
export async function readNamesAt(view: View, wanted: readonly PathAtCommit[], { tellsModes }: HowToName = { tellsModes: false }): Promise<readonly (NamedObject | null)[]> {
  return tellsModes && wanted.length > fewPaths ? await readTrees(view, wanted) : await readNames(view, wanted);
}

async function readNames(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (NamedObject | null)[]> {
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
  return (await readEntries(view, commit, [path])).get(path) ?? null;
}

/** So many paths are named to one process: a command has room for no more. */
const mostPaths = 100;

async function readTrees(view: View, wanted: readonly PathAtCommit[]): Promise<readonly (NamedObject | null)[]> {
  const known = new Map<Sha, Map<string, NamedObject>>();
  for (const [commit, places] of Map.groupBy(wanted, (one) => one.commit)) {
    const entries = new Map<string, NamedObject>();
    const paths = [...new Set(places.map(({ path }) => path))];
    for (let start = 0; start < paths.length; start += mostPaths) {
      for (const [path, found] of await readEntries(view, commit, paths.slice(start, start + mostPaths))) entries.set(path, found);
    }
    known.set(commit, entries);
  }
  return wanted.map(({ commit, path }) => known.get(commit)?.get(path) ?? null);
}

/** What the trees of a commit have at these paths. The root is in no tree. */
async function readEntries(view: View, commit: Sha, paths: readonly string[]): Promise<ReadonlyMap<string, NamedObject>> {
  const asked = paths.filter((path) => !isNoGitPath(path));
  // Without a path git would list the root; a commit that is not there has to be told all the same.
  const output = await demandGit({ ...view, arguments: ['ls-tree', '-z', '-t', '--full-tree', commit, '--', ...(asked.length === 0 ? [':'] : asked)] });
  const found = new Map<string, NamedObject>();
  for (const line of output.toString('utf8').split('\0')) {
    const [, mode, kind = '', name = '', at = ''] = /^([0-7]{6}) ([a-z]+) ([0-9a-f]+)\t([^\0]*)$/.exec(line) ?? [];
    if (isObjectName(name) && isKind(kind)) found.set(at, { name, kind: mode === '120000' ? 'link' : kind });
  }
  return found;
}

function isKind(text: string): text is 'blob' | 'tree' | 'commit' {
  return text === 'blob' || text === 'tree' || text === 'commit';
}

/** The batch is read line by line, and each line up to a NUL: a path that holds one is asked for alone. */
function isAwkward(path: string): boolean {
  // oxlint-disable-next-line no-control-regex -- NUL is what is looked for
  return /[\0\r\n]|^\.{1,2}\//.test(path);
}

/** Git would resolve `./x` and `x/../y`, but no tree holds such a path, nor one with NUL. */
function isNoGitPath(path: string): boolean {
  return path.includes('\0') || path.split('/').some((part) => part === '' || part === '.' || part === '..');
}
