import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { FlowPorts } from './flow-ports.ts';
import { recordPushJob } from './job-requests.ts';
import { isWhole, knownRecords } from './known-records.ts';
import { askForBranches } from './look-up-branches.ts';

export interface GovernedBranch {
  readonly entry: BranchEntry;
  readonly branch: string;
  /** All entries, as the default branch configures them. */
  readonly branches: readonly BranchEntry[];
  readonly defaultBranch: string;
  /** Where the branch stands now. */
  readonly tip: Sha;
}

/**
 * Starts the backfill of a branch's release record where none was begun, brings it up to the tip where it ends before, and goes on
 * with every one of the repository that has not ended. Until those of its entry have, contract judgements wait.
 * @returns Whether they have, and whether it is known which other branches there are.
 */
export async function ensureRecord(ports: FlowPorts, repository: RepositoryRef, governed: GovernedBranch): Promise<boolean> {
  return ports.store.transaction(async (transaction) => {
    // First: it may wait for who holds the record, and what that one has begun counts.
    const isListed = await askForBranches(transaction, repository, governed);
    const known = knownRecords(await transaction.recordStates(repository.id));
    const own = known.filter((one) => one.entry === governed.entry.entry);
    const isAtTip = own.some(({ branch, state }) => branch === governed.branch && state.upTo === governed.tip);
    const unfinished = known.filter((one) => !isWhole(one.state)).map((one) => one.branch);
    for (const branch of new Set([...(isAtTip ? [] : [governed.branch]), ...unfinished])) await transaction.enqueueMissing(recordPushJob(repository, `refs/heads/${branch}`));
    return isListed && isAtTip && own.every((one) => isWhole(one.state));
  });
}
