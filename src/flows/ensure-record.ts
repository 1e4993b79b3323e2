import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { JobRequest } from './ports.ts';

/** Starts the backfill of an entry's release record where none was begun. Until it ends, contract judgements say that they wait for it. */
export async function ensureRecord(ports: FlowPorts, repository: RepositoryRef, entry: BranchEntry, branch: string): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    const state = await transaction.recordState(repository.id, recordKey(entry.entry, branch));
    if (state?.kind !== 'complete') await transaction.enqueue(recordJob(repository, branch));
  });
}

/** The key under which a branch's record state stands: an entry may hold several branches, each with its own history. */
export function recordKey(entry: string, branch: string): string {
  return `${entry}@${branch}`;
}

/** Brings the record of a branch up to its tip: a backfill the first time, the new commits afterwards. */
export function recordJob(repository: RepositoryRef, branch: string): JobRequest {
  return {
    key: `record-push:${repository.id}:refs/heads/${branch}`,
    kind: 'record-push',
    payload: { repository: { ...repository, account: { ...repository.account } }, ref: `refs/heads/${branch}` },
  };
}
