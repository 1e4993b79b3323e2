import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';

export interface Base {
  readonly sha: Sha;
  /** The branch's name on GitHub, which says what governs it. */
  readonly branch: string;
  readonly defaultBranch: string;
  /** Tip of the default branch as far as this repository knows it; the base itself where it does not. */
  readonly defaultTip: Sha;
}

/** The named base, or the default one. A base that is no branch counts as the default branch at that commit. */
export async function findBase(repository: LocalRepository, ref: string | null): Promise<Base> {
  const fallback = await repository.defaultBase();
  if (ref === null) {
    if (fallback === null) throw new Failure('USAGE', 'Cannot find the base: there is no origin/HEAD, main or master, expected the branch that the change would be merged into. Type: plumbline check --base <branch>');
    return { sha: fallback.sha, branch: fallback.branch, defaultBranch: fallback.branch, defaultTip: fallback.sha };
  }
  const sha = await repository.resolve(ref);
  const branch = (await repository.branchNamed(ref)) ?? fallback?.branch ?? ref;
  const defaultBranch = fallback?.branch ?? branch;
  return { sha, branch, defaultBranch, defaultTip: branch === defaultBranch ? sha : (fallback?.sha ?? sha) };
}
