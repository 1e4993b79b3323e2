import type { AuditDraft } from '../audit/entry.ts';
import type { Release } from '../domain/release.ts';
import type { Sha } from '../domain/tree.ts';
import type { LandedChange, LandingPlace } from './landed-changes.ts';
import { grantDrafts } from './describe-grants.ts';
import type { ConfigurationOfCommit } from './configuration-of-commit.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { FlowPorts } from './flow-ports.ts';
import { judgeLanding, landingsOf } from './judged-landing.ts';
import type { JudgedLanding, LandedLine } from './judged-landing.ts';
import { landedDraft, leftOutDraft, rewrittenDraft } from './merge-drafts.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { recentTrees } from './recent-trees.ts';
import { requestGrants } from './request-grants.ts';
import { waiverGrants } from './waiver-grants.ts';

export interface MergesToDescribe extends LandedLine, LandingPlace {
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
  /** Up to where it was described before. */
  readonly after: Sha;
  readonly tip: Sha;
  readonly configurationOf: ConfigurationOfCommit;
}

export interface DescribedMerges {
  readonly drafts: readonly AuditDraft[];
  /** The decision that saw and allowed what landed with a commit; null where none did, and for what only came along. */
  decisionOf(release: Pick<Release, 'commit'>): string | null;
}

/** Each commit costs calls, and a push may bring any number. */
export const mostDescribed = 500;

/** The commits of a line that are described one by one. Where nothing tells which are new, the tip stands for all. */
export function describedCommits({ commits, isRewritten, resumed }: FirstParentLine): readonly Sha[] {
  return commits.slice(isRewritten && resumed === null ? -1 : -mostDescribed).map(({ sha }) => sha);
}

/**
 * What arrived on a governed branch since the last record, one entry per pull request or directly pushed commit, each
 * with the decision that allowed it. Without one it is `governance/bypassed`: an administrator, a race, a direct push,
 * other content than was judged, or a time when we were down. So is rewritten history, and what is too much to describe one by one.
 * Action requests and waivers that came are entries of their own.
 * @param changes Of the described commits.
 */
export async function describeMerges(ports: FlowPorts, merges: MergesToDescribe, changes: readonly LandedChange[]): Promise<DescribedMerges> {
  const objects = { ...recentTrees(merges.objects), blobs: (wanted: Parameters<ObjectSource['blobs']>[0]) => merges.objects.blobs(wanted) };
  const landed = { ...merges, objects };
  const landings: JudgedLanding[] = [];
  for (const landing of landingsOf(changes)) landings.push(await judgeLanding(landed, landing));
  const drafts = [...rewrittenDraft(merges), ...leftOutDraft(merges, describedCommits(merges.line).length), ...landings.flatMap((landing) => landing.changes.map((change) => landedDraft(merges, landing, change)))];
  for (const { outcome, subject, rationale, links } of drafts) if (outcome === 'governance/bypassed') ports.log.warn('merged without a valid allow', { subject, rationale, links });
  const allowed = new Map(landings.flatMap((landing) => (landing.kind === 'allowed' && !landing.isContested ? [[landing.commit, landing.record.id]] : [])));
  const granted: AuditDraft[] = [];
  for (const kind of [requestGrants, waiverGrants]) granted.push(...(await grantDrafts(ports.log, landed, landings, kind)));
  return { drafts: [...drafts, ...granted], decisionOf: ({ commit }) => allowed.get(commit) ?? null };
}
