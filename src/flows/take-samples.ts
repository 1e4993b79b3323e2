import type { BehaviorSample } from '../domain/sample/behavior-sample.ts';
import type { SentSamples } from '../domain/sample/read-samples.ts';
import { objectionToOrigin } from '../domain/sample/sample-origin.ts';
import type { SampleOrigin } from '../domain/sample/sample-origin.ts';
import { canonicalText } from '../domain/canonical.ts';
import { minuteOf } from '../domain/instant.ts';
import { limits } from '../domain/limits.ts';
import type { Sha } from '../domain/tree.ts';
import type { FlowPorts } from './flow-ports.ts';
import { matchSamples } from './match-samples.ts';
import type { MatchedSamples, SampleCaller } from './match-samples.ts';
import type { StoreTransaction } from './ports/store.ts';
import { jobsOfBase, sampledBases } from './sampled-bases.ts';

export type TakeSamplesPorts = Pick<FlowPorts, 'github' | 'clock'> & { readonly store: Pick<FlowPorts['store'], 'transaction'> };

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
  | { readonly kind: 'refused'; readonly reason: 'unknown_head' | 'unknown_behavior' | 'other_workflow' | 'other_commit' | 'too_much' | 'used_token' | 'already_there'; readonly why: string };

/**
 * Takes samples of a behaviour at the head of an open pull request or of a merge group, for each branch whose behaviour asks for them. What came
 * first stands until it is too old to count, so that running again until it is green changes nothing.
 * @throws Failure when the store or GitHub does not answer: nothing was taken.
 */
export async function takeSamples(ports: TakeSamplesPorts, verified: VerifiedSamples): Promise<SamplesOutcome> {
  const { samples, origin } = verified;
  const bases = await ports.store.transaction((transaction) => sampledBases(transaction, origin.repositoryId, samples.head));
  if (bases.length === 0) return refused('unknown_head', `no open pull request and no merge group with the head ${samples.head} is known here, expected one. Try again when its first check run is there.`);
  const looked: MatchedSamples[] = [];
  for (const base of bases) looked.push(await matchSamples(ports, base, verified));
  const matches = looked.filter((one) => one.kind === 'match');
  const objection = looked.filter((one) => one.kind === 'objection').toSorted((a, b) => furthest.indexOf(a.reason) - furthest.indexOf(b.reason))[0];
  if (matches.length === 0 && objection !== undefined) return refused(objection.reason, objection.why);
  const now = ports.clock.now().toISOString();
  return await ports.store.transaction((transaction) => keep(transaction, matches, { ...verified, now }));
}

type Match = Extract<MatchedSamples, { kind: 'match' }>;

/** Of several bases the one is told that nearly asked for them. */
const furthest = ['other_commit', 'other_workflow', 'unknown_behavior'] as const;

function refused(reason: Extract<SamplesOutcome, { kind: 'refused' }>['reason'], why: string): SamplesOutcome {
  return { kind: 'refused', reason, why };
}

interface Kept {
  readonly sample: BehaviorSample;
  readonly match: Match;
  /** What was there before. */
  readonly before: BehaviorSample | null;
}

async function keep(transaction: StoreTransaction, matches: readonly Match[], verified: VerifiedSamples & { readonly now: string }): Promise<SamplesOutcome> {
  const { samples, origin, issuer, expiresAt, now } = verified;
  const all: Kept[] = [];
  for (const match of matches) {
    const sample = { ...samples, repositoryId: origin.repositoryId, baseBranch: match.base.branch, receivedAt: now, origin, caller: callerIn(match) };
    all.push({ match, sample, before: await transaction.sampleOf(sample.repositoryId, sample.behavior, sample) });
  }
  // The answer to them was lost.
  const told = all.filter(({ sample, before }) => before !== null && before.origin.token === origin.token && canonicalText(before.value) === canonicalText(sample.value));
  if (told.length > 0) return taken(told);
  const open = all.filter((one) => !stands(one, now));
  if (open.length === 0) return alreadyThere(all);
  const bytes = open.length * Buffer.byteLength(JSON.stringify(samples.value));
  if ((await transaction.sampleBytes(origin.repositoryId, samples.head)) + bytes > limits.headSampleBytes) return refused('too_much', `all samples of one head together have more than ${limits.headSampleBytes} bytes, expected at most that.`);
  if (!(await transaction.useToken({ issuer, id: origin.token, expiresAt }))) return refused('used_token', 'the token was used before, expected a new one for each message');
  const kept: Kept[] = [];
  for (const one of open) if ((await transaction.recordSample(one.sample, one.before)) || kept.some(({ sample }) => sample.baseBranch === one.sample.baseBranch)) kept.push(one);
  if (kept.length === 0) return alreadyThere(all);
  await transaction.forgetSamples(origin.repositoryId, { beyond: limits.repositorySampleBytes });
  for (const job of kept.flatMap(({ match }) => jobsOfBase(match.base))) await transaction.enqueue(job);
  return taken(kept);
}

function taken(kept: readonly Kept[]): SamplesOutcome {
  const bases = kept.map(({ match }) => match.base);
  return { kind: 'taken', pullRequests: bases.flatMap(({ pullRequests }) => pullRequests), mergeGroups: bases.flatMap(({ groups }) => groups.map(({ headRef }) => headRef)) };
}

function callerIn({ caller }: Match): BehaviorSample['caller'] {
  return caller === null ? null : { path: caller.path, blob: caller.blob };
}

/** Whether what is there counts: it is not too old, of the workflow that the behaviour names by now, and none was started since that is nearer to what the base has. */
function stands({ before, match }: Kept, now: string): boolean {
  return before !== null && objectionToOrigin(match.source, before.origin) === null && Date.parse(now) <= endOf(before, match) && !isOvertaken(before, match);
}

function isOvertaken({ caller: before }: BehaviorSample, { caller }: Match): boolean {
  return caller !== null && before?.path === caller.path && trustOf(caller.blob, caller) > trustOf(before.blob, caller);
}

/** What the base has counts by itself, what the change brings once people approved it, and anything else not at all. */
function trustOf(blob: Sha, { atBase, atHead }: SampleCaller): number {
  if (blob === atBase) return 2;
  return blob === atHead ? 1 : 0;
}

function endOf({ receivedAt }: BehaviorSample, { maxAge }: Match): number {
  return Date.parse(receivedAt) + maxAge;
}

function alreadyThere(all: readonly Kept[]): SamplesOutcome {
  const [first] = all.flatMap(({ before, match }) => (before === null ? [] : [`from run ${before.origin.run}, and stand until ${minuteOf(new Date(endOf(before, match)).toISOString())}`]));
  return refused('already_there', `samples of this behaviour at this head came before, ${first ?? 'at the same time, and stand'}: expected one message with all of them. Push another commit to measure anew before.`);
}
