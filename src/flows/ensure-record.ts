import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { FlowPorts } from './flow-ports.ts';
import { recordPushJob } from './job-requests.ts';

/**
 * Starts the backfill of an entry's release record where none was begun. Until it ends, contract judgements wait for it.
 * @returns Whether it has ended.
 */
export async function ensureRecord(ports: FlowPorts, repository: RepositoryRef, entry: BranchEntry, branch: string): Promise<boolean> {
  return ports.store.transaction(async (transaction) => {
    const state = await transaction.recordState(repository.id, recordKey(entry.entry, branch));
    if (state?.kind === 'complete') return true;
    await transaction.enqueueMissing(recordPushJob(repository, `refs/heads/${branch}`));
    return false;
  });
}

/**
 * The key under which a branch's record state stands: an entry may hold several branches, each with its own history.
 * No entry is named with nothing: that is how far a branch was looked at that is not governed itself.
 */
export function recordKey(entry: string, branch: string): string {
  return `${entry}@${branch}`;
}
