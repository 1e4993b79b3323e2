import type { GroupRange } from '../domain/group-range.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { evaluateGroupJob, evaluateJob } from './job-requests.ts';
import type { JobRequest } from './ports/job-queue.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/** What is judged at one head for merging it into one branch. */
export interface SampledBase {
  readonly repository: RepositoryRef;
  readonly branch: string;
  /** Whose behaviours ask for samples; null: the tip of the branch. */
  readonly commit: Sha | null;
  readonly pullRequests: readonly number[];
  readonly groups: readonly GroupRange[];
}

/** The branches into which a head that is known here would be merged; empty: nothing known has it. */
export async function sampledBases(transaction: StoreTransaction, repositoryId: number, head: Sha): Promise<readonly SampledBase[]> {
  const [open, evaluations] = [await transaction.openPullRequestsAt(repositoryId, head), await transaction.evaluationsAt(repositoryId, head)];
  const ofGroups = new Map(evaluations.flatMap(({ repository, subject, group }) => (group === undefined ? [] : [[subject, baseOfGroup(repository, group)] as const])));
  return [...[...Map.groupBy(open, ({ facts }) => facts.baseBranch)].flatMap(([branch, pulls]) => baseOfPulls(branch, pulls)), ...ofGroups.values()];
}

function baseOfPulls(branch: string, pulls: readonly PullRequestRecord[]): readonly SampledBase[] {
  const [first] = pulls;
  return first === undefined ? [] : [{ repository: first.repository, branch, commit: null, pullRequests: pulls.map(({ facts }) => facts.number), groups: [] }];
}

function baseOfGroup(repository: RepositoryRef, group: GroupRange): SampledBase {
  return { repository, branch: group.baseRef.replace(/^refs\/heads\//, ''), commit: group.baseSha, pullRequests: [], groups: [group] };
}

/** Judge again what has the samples. */
export function jobsOfBase({ repository, pullRequests, groups }: SampledBase): readonly JobRequest[] {
  return [...pullRequests.map((number) => evaluateJob(repository, number)), ...groups.map((group) => evaluateGroupJob(repository, group))];
}
