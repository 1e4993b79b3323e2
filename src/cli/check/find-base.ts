import { Failure } from '../../domain/failure.ts';
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
  worktreeCommit(): Promise<Sha>;
  defaultBase(): Promise<{ readonly branch: string; readonly sha: Sha } | null>;
  /** Null for a name that is no branch. */
  branchNamed(ref: string): Promise<string | null>;
  /** Those of the remote `origin`, by name; where it has none, the local ones. */
  branches(): Promise<readonly LocalBranch[]>;
  origin(): Promise<{ readonly owner: string; readonly name: string } | null>;
}

/** The named base, or the default one. A base that is no branch counts as the default branch at that commit. */
export async function findBase(repository: Pick<RangeSource, 'resolve' | 'defaultBase' | 'branchNamed'>, ref: string | null): Promise<Base> {
  // Each is a process of git or two: side by side where they wait for nothing.
  const [fallback, sha, named] = await Promise.all([repository.defaultBase(), ref === null ? null : repository.resolve(ref), ref === null ? null : repository.branchNamed(ref)]);
  if (ref === null || sha === null) {
    if (fallback === null) throw new Failure('USAGE', 'Cannot find the base: there is no origin/HEAD, main or master, expected the branch that the change would be merged into. Type: plumbline check --base <branch>');
    return { sha: fallback.sha, branch: fallback.branch, defaultBranch: fallback.branch, defaultTip: fallback.sha };
  }
  const branch = named ?? fallback?.branch ?? ref;
  const defaultBranch = fallback?.branch ?? branch;
  return { sha, branch, defaultBranch, defaultTip: branch === defaultBranch ? sha : (fallback?.sha ?? sha) };
}
