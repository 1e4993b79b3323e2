import type { BehaviorSample } from '../domain/sample/behavior-sample.ts';
import type { SentSamples } from '../domain/sample/read-samples.ts';
import type { SampleOrigin } from '../domain/sample/sample-origin.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { Sha } from '../domain/tree.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { GroupRange } from '../domain/group-range.ts';
import { evaluateGroupJob, evaluateJob } from './job-requests.ts';
import type { Clock, GitHubApp, Store, StoreTransaction } from './ports.ts';

export interface TakeSamplesPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'repository'>;
  readonly clock: Clock;
}

/** Samples with what the verified token says of who sent them. */
export interface VerifiedSamples {
  readonly samples: SentSamples;
  readonly origin: SampleOrigin;
  readonly issuer: string;
  readonly expiresAt: Date;
}

export type SamplesOutcome =
  /** What is judged again with them: numbers of pull requests, refs of merge groups. */
  | { readonly kind: 'taken'; readonly pullRequests: readonly number[]; readonly mergeGroups: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: 'unknown_head' | 'other_commit' | 'used_token' | 'already_there'; readonly why: string };

/**
 * Takes samples of a behaviour at the head of an open pull request or of a merge group, once: what came first stands, so that running
 * again until it is green changes nothing. Whether they come from the workflow that the behaviour names is judged by the base, with them.
 * @throws Failure when the store or GitHub does not answer: nothing was taken.
 */
export async function takeSamples(ports: TakeSamplesPorts, verified: VerifiedSamples): Promise<SamplesOutcome> {
  const { samples, origin } = verified;
  const sampled = await ports.store.transaction((transaction) => sampledAt(transaction, origin.repositoryId, samples.head));
  if (sampled === null) return refused('unknown_head', `no open pull request and no merge group with the head ${samples.head} is known here, expected one. Try again when its first check run is there.`);
  if (!(await isOfHead(ports, sampled.repository, origin, samples.head))) return refused('other_commit', `the run is of ${origin.commit} on ${origin.ref}, expected the head ${samples.head} or GitHub's test merge of it. Start the workflow by pull_request, push or merge_group.`);
  const sample: BehaviorSample = { ...samples, repositoryId: origin.repositoryId, receivedAt: ports.clock.now().toISOString(), origin };
  return await ports.store.transaction((transaction) => keep(transaction, sample, verified, sampled));
}

/** What has a head, and is judged by its samples. */
interface Sampled {
  readonly repository: RepositoryRef;
  readonly pullRequests: readonly number[];
  readonly groups: readonly GroupRange[];
}

async function sampledAt(transaction: StoreTransaction, repositoryId: number, head: Sha): Promise<Sampled | null> {
  const [open, evaluations] = [await transaction.openPullRequestsAt(repositoryId, head), await transaction.evaluationsAt(repositoryId, head)];
  const ofGroups = evaluations.filter(({ group }) => group !== undefined);
  const repository = open[0]?.repository ?? ofGroups[0]?.repository;
  const groups = new Map(ofGroups.flatMap(({ subject, group }) => (group === undefined ? [] : [[subject, group]])));
  return repository === undefined ? null : { repository, pullRequests: open.map(({ facts }) => facts.number), groups: [...groups.values()] };
}

function refused(reason: Extract<SamplesOutcome, { kind: 'refused' }>['reason'], why: string): SamplesOutcome {
  return { kind: 'refused', reason, why };
}

/** Whether the code that ran was that of the head: alone, or merged with the base by GitHub itself. */
async function isOfHead({ github }: TakeSamplesPorts, repository: RepositoryRef, { commit, ref }: SampleOrigin, head: Sha): Promise<boolean> {
  if (commit === head) return true;
  if (!/^refs\/pull\/\d+\/merge$/.test(ref)) return false;
  const parents = await github.repository(repository).parentsOf(commit);
  return parents !== null && parents.length === 2 && parents[1] === head;
}

async function keep(transaction: StoreTransaction, sample: BehaviorSample, { issuer, expiresAt, origin }: VerifiedSamples, { repository, pullRequests, groups }: Sampled): Promise<SamplesOutcome> {
  const taken: SamplesOutcome = { kind: 'taken', pullRequests, mergeGroups: groups.map(({ headRef }) => headRef) };
  const standing = await transaction.sampleOf(sample.repositoryId, sample.behavior, sample.head);
  // The answer to them was lost.
  if (standing !== null && standing.origin.token === origin.token && canonicalText(standing.value) === canonicalText(sample.value)) return taken;
  if (standing !== null) return refused('already_there', `samples of this behaviour at this head came before, from run ${standing.origin.run}, and stand: expected one message with all of them. Push another commit to measure anew.`);
  if (!(await transaction.useToken({ issuer, id: origin.token, expiresAt }))) return refused('used_token', 'the token was used before, expected a new one for each message');
  await transaction.recordSample(sample);
  for (const number of pullRequests) await transaction.enqueue(evaluateJob(repository, number));
  for (const group of groups) await transaction.enqueue(evaluateGroupJob(repository, group));
  return taken;
}
