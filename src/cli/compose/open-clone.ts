import { Failure } from '../../domain/failure.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { ClonedRepository } from '../audit/claims-about.ts';

export interface Clone extends ClonedRepository {
  close(): Promise<void>;
}

/** A clone on this disk. What its remote has counts before what stands in a branch of the same name here. */
export async function openClone(directory: string, stated: string | null): Promise<Clone> {
  const repository = await openLocalRepository(directory);
  const origin = await repository.origin();
  const tipOf = async (ref: string): Promise<string | null> => {
    try {
      return await repository.resolve(ref);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'USAGE') return null;
      throw thrown;
    }
  };
  const branchTip = async (branch: string): Promise<string | null> => (await tipOf(`refs/remotes/origin/${branch}`)) ?? (await tipOf(`refs/heads/${branch}`));
  return {
    git: {
      mergeBase: async (base, head) => await repository.mergeBase(base, head),
      tree: async (commit) => await repository.tree(commit),
      blobs: async (wanted) => await repository.blobs(wanted),
      namesAt: async (wanted) => await repository.namesAt(wanted),
      history: async (from, page) => await repository.history(from, page),
      branchTip,
    },
    name: stated ?? (origin === null ? null : `${origin.owner}/${origin.name}`),
    isStated: stated !== null,
    close: async () => await repository.close(),
  };
}
