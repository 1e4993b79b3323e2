import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';

/** What is scanned of a repository: its default branch, and no other. */
export interface ScannedBranch {
  readonly branch: string;
  /** Null where the repository has no commit, or its default branch is not there. */
  readonly tip: Sha | null;
  /** The branch that was known before; null: none was. Where it is another by the time that something is kept, what was measured does not count. */
  readonly known: string | null;
}

/** By the plan, which only the listing of repositories and GitHub itself make: who asks for a scan has no say. GitHub is asked where that branch is unknown or gone. */
export async function scannedBranch({ store }: Pick<FlowPorts, 'store'>, github: Pick<GitHubRepository, 'branchTip' | 'defaultBranch'>, { id }: RepositoryRef): Promise<ScannedBranch> {
  const known = (await store.transaction((transaction) => transaction.scanPlan(id)))?.branch ?? null;
  const tip = known === null ? null : await github.branchTip(known);
  if (known !== null && tip !== null) return { branch: known, tip, known };
  const branch = await github.defaultBranch();
  return { branch, tip: branch === known ? null : await github.branchTip(branch), known };
}
