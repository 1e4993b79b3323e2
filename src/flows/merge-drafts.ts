import type { AuditDraft } from '../audit/entry.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { LandedChange } from './landed-changes.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { JudgedLanding } from './judged-landing.ts';
import type { DecisionRecord } from './ports/decision-store.ts';

/** A line of commits that came to the tip of a branch. */
export interface DescribedLine {
  readonly repository: RepositoryRef;
  /** Up to where it was described before. */
  readonly after: Sha;
  readonly tip: Sha;
  readonly line: FirstParentLine;
}

/** Paths that are named where they are not what was allowed. */
const mostNamed = 5;

/** The entry about one landed change. An allow counts for others that landed with it, unless something stricter stands about the same head. */
export function landedDraft({ repository }: DescribedLine, landing: JudgedLanding, { subject, standing }: LandedChange): AuditDraft {
  const { commit } = landing;
  const isAllowed = landing.kind === 'allowed' && (standing.kind === 'allowed' || !landing.isContested);
  const record = landing.kind === 'unjudged' || (landing.kind === 'allowed' && !isAllowed) ? null : landing.record;
  return {
    ...mergedEvent(repository),
    subject,
    rationale: record === null ? `${commit} arrived without a valid allow` : rationaleOf(landing, record),
    outcome: isAllowed ? 'allowed' : 'governance/bypassed',
    payload: { sha: commit, decision: isAllowed ? landing.record.id : null },
    links: record === null ? [`commit:${commit}`] : [`commit:${commit}`, record.id],
  };
}

function rationaleOf(landing: JudgedLanding, { id }: DecisionRecord): string {
  const { commit } = landing;
  if (landing.kind !== 'unseen') return `${commit} was allowed by decision ${id}`;
  const { why } = landing;
  if (why.kind === 'unreadable') return `${commit} can not be compared with what decision ${id} saw: a tree can not be read any more`;
  if (why.kind === 'outrun') return `${commit} arrived before what came onto the branch after decision ${id} could be judged with it`;
  const { paths } = why;
  return `${commit} left something else than decision ${id} saw at ${paths.slice(0, mostNamed).join(', ')}${paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : ''}`;
}

/** Somebody forced the branch. */
export function rewrittenDraft(described: DescribedLine): readonly AuditDraft[] {
  const { after, tip, line } = described;
  if (!line.isRewritten) return [];
  const rest = line.resumed === null ? 'what they share can not be told, so only the tip is described' : `what came after ${line.resumed} is described`;
  return [bypassedDraft(described, `history was rewritten: ${after} no longer leads to ${tip}; ${rest}`, [`commit:${tip}`, `commit:${after}`])];
}

/** More came at once than is described one by one. */
export function leftOutDraft(described: DescribedLine, count: number): readonly AuditDraft[] {
  const { tip, line } = described;
  const leftOut = line.commits.length - count;
  if (leftOut === 0 || (line.isRewritten && line.resumed === null)) return [];
  return [bypassedDraft(described, `${leftOut} older commits arrived with ${tip} and are not described one by one: more than ${count} came at once`, [`commit:${tip}`])];
}

function bypassedDraft({ repository, tip }: DescribedLine, rationale: string, links: readonly string[]): AuditDraft {
  return { ...mergedEvent(repository), subject: 'push', rationale, outcome: 'governance/bypassed', payload: { sha: tip, decision: null }, links };
}

function mergedEvent(repository: RepositoryRef): Pick<AuditDraft, 'account' | 'repository' | 'event' | 'actor'> {
  return { account: repository.account.id, repository: { id: repository.id, name: fullNameOf(repository) }, event: 'change.merged', actor: 'system' };
}
