import { isMergeGroup, pullRequestSubject } from '../domain/subject.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { MergedPullRequests } from './merged-pull-requests.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { PullRequestOfCommit } from './ports/pull-request-facts.ts';
import type { StoreTransaction } from './ports/store.ts';

/** What one pull request brought onto a branch, or one commit that none did. */
export interface LandedChange {
  /** `pull-request:<n>`, or `push` when no pull request brought it. */
  readonly subject: string;
  /** Oldest first. */
  readonly commits: readonly [Sha, ...Sha[]];
  readonly standing: Standing;
}

/** `none`: nobody judged it. `refused`: what stands about it is not all a valid allow. */
export type Standing = { readonly kind: 'none' } | { readonly kind: 'refused'; readonly records: readonly DecisionRecord[] } | { readonly kind: 'allowed'; readonly record: DecisionRecord };

export interface LandingPlace {
  readonly repository: RepositoryRef;
  readonly entry: string;
  readonly branch: string;
  readonly merged: MergedPullRequests;
}

interface Brought {
  readonly commits: [Sha, ...Sha[]];
  readonly pullRequest: PullRequestOfCommit | null;
}

/** What arrived with these commits of the branch, oldest first, and whether a decision that is valid now allowed it. */
export async function landedChanges(ports: FlowPorts, place: LandingPlace, commits: readonly Sha[]): Promise<readonly LandedChange[]> {
  const brought = new Map<string, Brought>();
  for (const sha of commits) {
    const pullRequests = (await place.merged(sha)).filter(({ baseBranch }) => baseBranch === place.branch);
    for (const pullRequest of pullRequests.length === 0 ? [null] : pullRequests) {
      const key = pullRequest === null ? sha : pullRequestSubject(pullRequest.number);
      const known = brought.get(key);
      if (known === undefined) brought.set(key, { commits: [sha], pullRequest });
      else known.commits.push(sha);
    }
  }
  return ports.store.transaction(async (transaction) => {
    const changes: LandedChange[] = [];
    for (const one of brought.values()) changes.push(await landedChange(transaction, ports.clock.now(), place, one));
    return changes;
  });
}

async function landedChange(transaction: StoreTransaction, now: Date, place: LandingPlace, { commits, pullRequest }: Brought): Promise<LandedChange> {
  const last = lastOf({ commits });
  const decisions = await standingFor(transaction, place, last, pullRequest);
  const [first] = decisions;
  // Nothing that stands may be stricter than an allow: then the check on the commit did not say so either.
  const isAllowed = decisions.every((record) => record.decision.decision === 'allow' && isValid(record, now));
  return {
    subject: pullRequest === null ? 'push' : pullRequestSubject(pullRequest.number),
    commits,
    standing: first === undefined ? { kind: 'none' } : isAllowed ? { kind: 'allowed', record: first } : { kind: 'refused', records: decisions },
  };
}

/** By which a landed change is told. */
export function lastOf({ commits }: Pick<LandedChange, 'commits'>): Sha {
  return commits.at(-1) ?? commits[0];
}

/** A merge group was judged on this very commit; else the pull request's own head counts, or whatever was judged of a commit that was pushed. */
async function standingFor(transaction: StoreTransaction, { repository, entry, branch }: LandingPlace, commit: Sha, pullRequest: PullRequestOfCommit | null): Promise<readonly DecisionRecord[]> {
  const standing = async (head: Sha) => (await transaction.standingDecisions(repository.id, entry, head)).filter((record) => record.baseBranch === branch);
  const own = await standing(commit);
  const groups = own.filter((record) => isMergeGroup(record.subject));
  if (groups.length > 0) return groups;
  return pullRequest === null ? own : (await standing(pullRequest.head)).filter((record) => record.subject === pullRequestSubject(pullRequest.number));
}

function isValid(record: DecisionRecord, now: Date): boolean {
  return record.decision.validUntil === null || new Date(record.decision.validUntil) > now;
}
