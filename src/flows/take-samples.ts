import type { BehaviorSample } from '../domain/sample/behavior-sample.ts';
import type { SentSamples } from '../domain/sample/read-samples.ts';
import type { SampleOrigin } from '../domain/sample/sample-origin.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { Sha } from '../domain/tree.ts';
import { evaluateJob } from './job-requests.ts';
import type { Clock, GitHubApp, PullRequestRecord, Store, StoreTransaction } from './ports.ts';

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
  /** `pullRequests`: those that are judged again with them. */
  | { readonly kind: 'taken'; readonly pullRequests: readonly number[] }
  | { readonly kind: 'refused'; readonly reason: 'unknown_head' | 'other_commit' | 'used_token' | 'already_there'; readonly why: string };

/**
 * Takes samples of a behaviour at the head of an open pull request, once: what came first stands, so that running again until it is
 * green changes nothing. Whether they come from the workflow that the behaviour names is judged by the base, with them.
 * @throws Failure when the store or GitHub does not answer: nothing was taken.
 */
export async function takeSamples(ports: TakeSamplesPorts, verified: VerifiedSamples): Promise<SamplesOutcome> {
  const { samples, origin } = verified;
  const open = await ports.store.transaction((transaction) => transaction.openPullRequestsAt(origin.repositoryId, samples.head));
  const [first] = open;
  if (first === undefined) return refused('unknown_head', `no open pull request with the head ${samples.head} is known here, expected one. Try again when its first check run is there.`);
  if (!(await isOfHead(ports, first, origin, samples.head))) return refused('other_commit', `the run is of ${origin.commit} on ${origin.ref}, expected the head ${samples.head} or GitHub's test merge of it. Start the workflow by pull_request or push.`);
  const sample: BehaviorSample = { ...samples, repositoryId: origin.repositoryId, receivedAt: ports.clock.now().toISOString(), origin };
  return await ports.store.transaction((transaction) => keep(transaction, sample, verified, open));
}

function refused(reason: Extract<SamplesOutcome, { kind: 'refused' }>['reason'], why: string): SamplesOutcome {
  return { kind: 'refused', reason, why };
}

/** Whether the code that ran was that of the head: alone, or merged with the base by GitHub itself. */
async function isOfHead({ github }: TakeSamplesPorts, { repository }: PullRequestRecord, { commit, ref }: SampleOrigin, head: Sha): Promise<boolean> {
  if (commit === head) return true;
  if (!/^refs\/pull\/\d+\/merge$/.test(ref)) return false;
  const parents = await github.repository(repository).parentsOf(commit);
  return parents !== null && parents.length === 2 && parents[1] === head;
}

async function keep(transaction: StoreTransaction, sample: BehaviorSample, { issuer, expiresAt, origin }: VerifiedSamples, open: readonly PullRequestRecord[]): Promise<SamplesOutcome> {
  const taken: SamplesOutcome = { kind: 'taken', pullRequests: open.map(({ facts }) => facts.number) };
  const standing = await transaction.sampleOf(sample.repositoryId, sample.behavior, sample.head);
  // The answer to them was lost.
  if (standing !== null && standing.origin.token === origin.token && canonicalText(standing.value) === canonicalText(sample.value)) return taken;
  if (standing !== null) return refused('already_there', `samples of this behaviour at this head came before, from run ${standing.origin.run}, and stand: expected one message with all of them. Push another commit to measure anew.`);
  if (!(await transaction.useToken({ issuer, id: origin.token, expiresAt }))) return refused('used_token', 'the token was used before, expected a new one for each message');
  await transaction.recordSample(sample);
  for (const { repository, facts } of open) await transaction.enqueue(evaluateJob(repository, facts.number));
  return taken;
}
