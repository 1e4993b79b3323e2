import { Failure } from '../../domain/failure.ts';
import { shellWord } from '../../domain/shell-word.ts';
import type { Sha } from '../../domain/tree.ts';

export interface Base {
  readonly sha: Sha;
  /** The branch's name on GitHub, which says what governs it. */
  readonly branch: string;
  readonly defaultBranch: string;
  /** Tip of the default branch as far as this repository knows it; the base itself where it does not. */
  readonly defaultTip: Sha;
}

/** A branch as GitHub calls it. */
export interface LocalBranch {
  readonly name: string;
  readonly sha: Sha;
}

/** What a range is read from, beside its objects. */
export interface RangeSource {
  readonly root: string;
  resolve(ref: string): Promise<Sha>;
  /** What the commits from the base to the head say themselves of whose hand is in them: logins, and agents that trailers name. */
  commitHands(base: Sha, head: Sha): Promise<readonly { readonly logins: readonly string[]; readonly agents: readonly string[] }[]>;
  worktreeCommit(): Promise<Sha>;
  defaultBase(): Promise<{ readonly branch: string; readonly sha: Sha } | null>;
  /** Null for a name that is no branch. */
  branchNamed(ref: string): Promise<string | null>;
  /** Those of the remote `origin`, by name; where it has none, the local ones. */
  branches(): Promise<readonly LocalBranch[]>;
  origin(): Promise<{ readonly owner: string; readonly name: string } | null>;
}

/**
 * The named base, or the default one. A base that is no branch counts as the default branch at that commit.
 * @param again The command that was typed, with a name for the base.
 */
export async function findBase(repository: BaseSource, ref: string | null, again: (name: string) => string): Promise<Base> {
  // Each is a process of git or two: side by side where they wait for nothing.
  const [fallback, sha, named] = await Promise.all([repository.defaultBase(), ref === null ? null : repository.resolve(ref), ref === null ? null : repository.branchNamed(ref)]);
  if (ref === null || sha === null) {
    if (fallback === null) throw await noBase(repository, again);
    return { sha: fallback.sha, branch: fallback.branch, defaultBranch: fallback.branch, defaultTip: fallback.sha };
  }
  const branch = named ?? fallback?.branch ?? ref;
  const defaultBranch = fallback?.branch ?? branch;
  return { sha, branch, defaultBranch, defaultTip: branch === defaultBranch ? sha : (fallback?.sha ?? sha) };
}

type BaseSource = Pick<RangeSource, 'resolve' | 'defaultBase' | 'branchNamed' | 'branches'>;

/** Branches that a message names. */
const mostNamed = 5;

async function noBase(repository: BaseSource, again: (name: string) => string): Promise<Failure> {
  const branches = await repository.branches();
  const expected = 'expected the branch that the change would be merged into';
  if (branches.length === 0) return new Failure('USAGE', `Cannot find the base: no branch has a commit yet, ${expected}. Make a first one: git add -A && git commit -m "First commit"`);
  const names = await Promise.all(branches.slice(0, mostNamed).map(async ({ name }) => await nameHere(repository, name)));
  const [only, ...others] = names;
  const list = `${names.join(', ')}${branches.length > names.length ? ', …' : ''}`;
  const name = only !== undefined && others.length === 0 ? shellWord(only) : '<branch>';
  return new Failure('USAGE', `Cannot find the base: there is no origin/HEAD, main or master, ${expected}: ${list}. Type: ${again(name)}`);
}

/** What GitHub calls by its plain name may be known here as the remote's alone. */
async function nameHere(repository: BaseSource, name: string): Promise<string> {
  return await repository.resolve(`refs/heads/${name}`).then(
    () => name,
    () => `origin/${name}`,
  );
}
