import type { AuditDraft } from '../audit/entry.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import type { Release } from '../domain/release.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { arrivalsOf, lastOf } from './arrivals.ts';
import type { Arrival, Arriving } from './arrivals.ts';
import { broughtFiles } from './brought-files.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { FlowPorts } from './flow-ports.ts';
import { judgedContent } from './judged-content.ts';
import type { JudgedContent } from './judged-content.ts';
import type { DecisionRecord, ObjectSource } from './ports.ts';
import { watchedPaths } from './watched-paths.ts';

export interface MergesToDescribe extends Arriving {
  readonly objects: ObjectSource;
  readonly configuration: Configuration | null;
  /** Up to where it was described before. */
  readonly after: Sha;
  readonly tip: Sha;
  /** From `after` to the tip. */
  readonly line: FirstParentLine;
}

export interface DescribedMerges {
  readonly drafts: readonly AuditDraft[];
  /** The decision that saw and allowed what was released; null where none did, and for what only came along. */
  decisionOf(release: Pick<Release, 'commit' | 'path' | 'blob'>): string | null;
}

/** Each commit costs calls, and a push may bring any number. */
const mostDescribed = 500;

/** Files that are named where they are not what was allowed. */
const mostNamed = 5;

/**
 * What arrived on a governed branch since the last record, one entry per pull request or directly pushed commit, each
 * with the decision that allowed it. Without one it is `governance/bypassed`: an administrator, a race, a direct push,
 * other content than was judged, or a time when we were down. So is rewritten history, and what is too much to describe one by one.
 * @throws Failure GITHUB_UNAVAILABLE while GitHub may only be about to name who brought a governed commit.
 */
export async function describeMerges(ports: FlowPorts, merges: MergesToDescribe): Promise<DescribedMerges> {
  const commits = describedCommits(merges);
  const arrivals = await arrivalsOf(ports, merges, commits);
  ports.settling.settle(await unnamedCommits(merges, arrivals));
  const told = await Promise.all(arrivals.map((arrival) => tell(merges, arrival, decisionFor(arrival, arrivals))));
  const drafts = [...rewrittenDrafts(merges), ...leftOutDrafts(merges, commits.length), ...told.map((one) => arrivalDraft(merges, one))];
  for (const { outcome, subject, rationale, links } of drafts) if (outcome === 'governance/bypassed') ports.log.warn('merged without a valid allow', { subject, rationale, links });
  return { drafts, decisionOf: (release) => decisionOf(told, release) };
}

/** Where nothing tells which commits are new, the tip stands for all. */
function describedCommits({ line }: MergesToDescribe): readonly Sha[] {
  const isUnknown = line.isRewritten && line.resumed === null;
  return line.commits.slice(isUnknown ? -1 : -mostDescribed).map((commit) => commit.sha);
}

/** Commits that change what is governed, of which nobody knows who brought them. */
async function unnamedCommits({ objects, configuration, line }: MergesToDescribe, arrivals: readonly Arrival[]): Promise<readonly Sha[]> {
  const unnamed = arrivals.filter(({ subject, standing }) => subject === 'push' && standing.kind !== 'allowed').map(({ landing }) => landing);
  if (unnamed.length === 0) return [];
  const shas = [...(line.resumed === null ? [] : [line.resumed]), ...line.commits.map(({ sha }) => sha)];
  const { nameOf } = await watchedPaths(objects, shas, [configuration]);
  const before = new Map(shas.map((sha, place) => [sha, shas[place - 1]]));
  return unnamed.filter((sha) => {
    const parent = before.get(sha);
    return parent === undefined || nameOf(parent) !== nameOf(sha);
  });
}

/** Its own; where nobody judged it, that of another with the same last commit: a second pull request from one head brings nothing else. */
function decisionFor(arrival: Arrival, arrivals: readonly Arrival[]): DecisionRecord | null {
  const { standing } = arrival;
  if (standing.kind !== 'none') return standing.kind === 'allowed' ? standing.record : null;
  const beside = arrivals.filter((other) => lastOf(other) === lastOf(arrival)).map((other) => other.standing);
  const [allowed] = beside.flatMap((other) => (other.kind === 'allowed' ? [other.record] : []));
  return allowed === undefined || beside.some((other) => other.kind === 'refused') ? null : allowed;
}

/** An arrival with the decision that allowed it, and what that did not see of it. */
interface Told {
  readonly arrival: Arrival;
  readonly decision: DecisionRecord | null;
  readonly judged: JudgedContent;
  /** Governed paths at which it left something else than was judged. */
  readonly unseen: readonly string[];
}

async function tell({ objects, configuration, line }: MergesToDescribe, arrival: Arrival, decision: DecisionRecord | null): Promise<Told> {
  if (decision === null) return { arrival, decision, judged: { has: () => false }, unseen: [] };
  const judged = await judgedContent(objects, decision, lastOf(arrival));
  const files = decision.decision.head === lastOf(arrival) ? [] : await broughtFiles(objects, { line, configuration, commits: arrival.commits });
  return { arrival, decision, judged, unseen: files.filter(({ path, file }) => !judged.has(path, file)).map(({ path }) => path) };
}

/** What was allowed is the commit with which a change landed, and none that came with it on the way. Nothing that stands about it may be stricter. */
function decisionOf(told: readonly Told[], { commit, path, blob }: Pick<Release, 'commit' | 'path' | 'blob'>): string | null {
  const landed = told.filter(({ arrival, decision }) => arrival.landing === commit || (arrival.commits.includes(commit) && decision?.decision.head === commit));
  if (landed.some(({ arrival }) => arrival.standing.kind === 'refused')) return null;
  const seen = landed.find(({ judged }) => (['100644', '100755'] as const).some((mode) => judged.has(path, { mode, blob })));
  return seen?.decision?.id ?? null;
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

function arrivalDraft({ repository }: MergesToDescribe, { arrival, decision, unseen }: Told): AuditDraft {
  const commit = lastOf(arrival);
  const isAllowed = decision !== null && unseen.length === 0;
  const links = decision === null ? [`commit:${commit}`] : [`commit:${commit}`, decision.id];
  return { ...mergedEvent(repository), subject: arrival.subject, rationale: rationaleOf(commit, decision, unseen), outcome: isAllowed ? 'allowed' : 'governance/bypassed', payload: { sha: commit, decision: isAllowed ? decision.id : null }, links };
}

function rationaleOf(commit: Sha, decision: DecisionRecord | null, unseen: readonly string[]): string {
  if (decision === null) return `${commit} arrived without a valid allow`;
  if (unseen.length === 0) return `${commit} was allowed by decision ${decision.id}`;
  const more = unseen.length > mostNamed ? ` and ${unseen.length - mostNamed} more` : '';
  return `${commit} left something else than decision ${decision.id} saw at ${unseen.slice(0, mostNamed).join(', ')}${more}`;
}

function mergedEvent(repository: RepositoryRef): Pick<AuditDraft, 'account' | 'repository' | 'event' | 'actor'> {
  return { account: repository.account.id, repository: { id: repository.id, name: fullNameOf(repository) }, event: 'change.merged', actor: 'system' };
}
