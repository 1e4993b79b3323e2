import type { AuditDraft } from '../audit/entry.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { FlowPorts } from './flow-ports.ts';
import { landingCommit } from './merged-pull-requests.ts';
import type { MergedPullRequests } from './merged-pull-requests.ts';
import type { DecisionRecord, PullRequestOfCommit, StoreTransaction } from './ports.ts';

export interface MergesToDescribe {
  readonly repository: RepositoryRef;
  readonly entry: string;
  readonly branch: string;
  /** Up to where it was described before. */
  readonly after: Sha;
  readonly tip: Sha;
  /** From `after` to the tip. */
  readonly line: FirstParentLine;
  readonly merged: MergedPullRequests;
}

export interface DescribedMerges {
  readonly drafts: readonly AuditDraft[];
  /** The decision that allowed what each commit has; left out where none did, and for what only came along. */
  readonly decisions: ReadonlyMap<Sha, string>;
}

interface Arrival {
  readonly commit: Sha;
  /** With which it came onto the branch. */
  readonly landing: Sha;
  /** `pull-request:<n>`, or `push` when no pull request brought it. */
  readonly subject: string;
  readonly decision: DecisionRecord | null;
}

/** Each commit costs calls, and a push may bring any number. */
const mostDescribed = 500;

/**
 * What arrived on a governed branch since the last record, one entry per pull request or directly pushed commit, each
 * with the decision that allowed it. Without one it is `governance/bypassed`: an administrator, a race, a direct push,
 * or a time when we were down. So is rewritten history, and what is too much to describe one by one.
 */
export async function describeMerges(ports: FlowPorts, merges: MergesToDescribe): Promise<DescribedMerges> {
  const commits = describedCommits(merges);
  const arrivals = new Map<string, Arrival>();
  const decisions = new Map<Sha, string>();
  for (const sha of commits) {
    const brought = await arrivalsOf(ports, merges, sha, (await merges.merged(sha)).filter(({ baseBranch }) => baseBranch === merges.branch));
    for (const arrival of brought) arrivals.set(arrival.subject === 'push' ? `push:${sha}` : arrival.subject, arrival);
    const decision = decisionAbout(sha, brought);
    if (decision !== null) decisions.set(sha, decision.id);
  }
  const drafts = [...rewrittenDrafts(merges), ...leftOutDrafts(merges, commits.length), ...[...arrivals.values()].map((arrival) => arrivalDraft(merges, arrival))];
  for (const { outcome, subject, rationale, links } of drafts) if (outcome === 'governance/bypassed') ports.log.warn('merged without a valid allow', { subject, rationale, links });
  return { drafts, decisions };
}

/** What was allowed is the commit with which a change landed, and none that came with it on the way. */
function decisionAbout(sha: Sha, brought: readonly Arrival[]): DecisionRecord | null {
  const landed = brought.filter(({ landing, decision }) => landing === sha || decision?.decision.head === sha);
  return landed.every(({ decision }) => decision !== null) ? (landed[0]?.decision ?? null) : null;
}

/** Where nothing tells which commits are new, the tip stands for all. */
function describedCommits({ line }: MergesToDescribe): readonly Sha[] {
  const isUnknown = line.isRewritten && line.resumed === null;
  return line.commits.slice(isUnknown ? -1 : -mostDescribed).map((commit) => commit.sha);
}

async function arrivalsOf(ports: FlowPorts, merges: MergesToDescribe, commit: Sha, pullRequests: readonly PullRequestOfCommit[]): Promise<readonly Arrival[]> {
  if (pullRequests.length === 0) return [{ commit, landing: commit, subject: 'push', decision: await allowFor(ports, merges, commit, null) }];
  return Promise.all(pullRequests.map(async (one) => ({ commit, landing: landingCommit(one), subject: subjectOf(one), decision: await allowFor(ports, merges, commit, one) })));
}

function subjectOf({ number }: PullRequestOfCommit): string {
  return `pull-request:${number}`;
}

/** Nothing that stands may be stricter than an allow: then the check on the commit did not say so either. */
async function allowFor(ports: FlowPorts, merges: MergesToDescribe, commit: Sha, pullRequest: PullRequestOfCommit | null): Promise<DecisionRecord | null> {
  const standing = await ports.store.transaction((transaction) => standingFor(transaction, merges, commit, pullRequest));
  const now = ports.clock.now();
  return standing.every((record) => record.decision.decision === 'allow' && isValid(record, now)) ? (standing[0] ?? null) : null;
}

/** A merge group was judged on this very commit; else the pull request's own head counts, or whatever was judged of a commit that was pushed. */
async function standingFor(transaction: StoreTransaction, { repository, entry, branch }: MergesToDescribe, commit: Sha, pullRequest: PullRequestOfCommit | null): Promise<readonly DecisionRecord[]> {
  const standing = async (head: Sha) => (await transaction.standingDecisions(repository.id, entry, head)).filter((record) => record.baseBranch === branch);
  const own = await standing(commit);
  const groups = own.filter((record) => record.subject.startsWith('merge-group:'));
  if (groups.length > 0) return groups;
  return pullRequest === null ? own : (await standing(pullRequest.head)).filter((record) => record.subject === subjectOf(pullRequest));
}

function isValid(record: DecisionRecord, now: Date): boolean {
  return record.decision.validUntil === null || new Date(record.decision.validUntil) > now;
}

function rewrittenDrafts(merges: MergesToDescribe): readonly AuditDraft[] {
  const { after, tip, line } = merges;
  if (!line.isRewritten) return [];
  const described = line.resumed === null ? 'what they share can not be told, so only the tip is described' : `what came after ${line.resumed} is described`;
  return [bypassedDraft(merges, `history was rewritten: ${after} no longer leads to ${tip}; ${described}`, [`commit:${tip}`, `commit:${after}`])];
}

function leftOutDrafts(merges: MergesToDescribe, described: number): readonly AuditDraft[] {
  const { tip, line } = merges;
  const leftOut = line.commits.length - described;
  if (leftOut === 0 || (line.isRewritten && line.resumed === null)) return [];
  return [bypassedDraft(merges, `${leftOut} older commits arrived with ${tip} and are not described one by one: more than ${mostDescribed} came at once`, [`commit:${tip}`])];
}

function bypassedDraft({ repository, tip }: MergesToDescribe, rationale: string, links: readonly string[]): AuditDraft {
  return { ...mergedEvent(repository), subject: 'push', rationale, outcome: 'governance/bypassed', payload: { sha: tip, decision: null }, links };
}

function arrivalDraft({ repository }: MergesToDescribe, { commit, subject, decision }: Arrival): AuditDraft {
  const links = decision === null ? [`commit:${commit}`] : [`commit:${commit}`, decision.id];
  const rationale = decision === null ? `${commit} arrived without a valid allow` : `${commit} was allowed by decision ${decision.id}`;
  return { ...mergedEvent(repository), subject, rationale, outcome: decision === null ? 'governance/bypassed' : 'allowed', payload: { sha: commit, decision: decision?.id ?? null }, links };
}

function mergedEvent(repository: RepositoryRef): Pick<AuditDraft, 'account' | 'repository' | 'event' | 'actor'> {
  return { account: repository.account.id, repository: { id: repository.id, name: fullNameOf(repository) }, event: 'change.merged', actor: 'system' };
}
