import type { AuditDraft } from '../audit/entry.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { Arrival } from './arrivals.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { JudgedLanding } from './judged-landing.ts';
import type { DecisionRecord } from './ports.ts';

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

/** The entry about one arrival: by which decision it was allowed, its own or, where nobody judged it, that of another that landed with it. */
export function arrivalDraft({ repository }: DescribedLine, { commit, arrivals, decisions, unseen, isOutrun }: JudgedLanding, { subject, standing }: Arrival): AuditDraft {
  const isShared = standing.kind === 'none' && arrivals.every((other) => other.standing.kind !== 'refused');
  const decision = standing.kind === 'allowed' ? standing.record : isShared ? (decisions[0] ?? null) : null;
  const isAllowed = decision !== null && unseen.length === 0 && !isOutrun;
  return {
    ...mergedEvent(repository),
    subject,
    rationale: rationaleOf(commit, decision, { unseen, isOutrun }),
    outcome: isAllowed ? 'allowed' : 'governance/bypassed',
    payload: { sha: commit, decision: isAllowed ? decision.id : null },
    links: decision === null ? [`commit:${commit}`] : [`commit:${commit}`, decision.id],
  };
}

function rationaleOf(commit: Sha, decision: DecisionRecord | null, { unseen, isOutrun }: Pick<JudgedLanding, 'unseen' | 'isOutrun'>): string {
  if (decision === null) return `${commit} arrived without a valid allow`;
  if (unseen.length > 0) return `${commit} left something else than decision ${decision.id} saw at ${unseen.slice(0, mostNamed).join(', ')}${unseen.length > mostNamed ? ` and ${unseen.length - mostNamed} more` : ''}`;
  if (isOutrun) return `${commit} arrived before what came onto the branch after decision ${decision.id} could be judged with it`;
  return `${commit} was allowed by decision ${decision.id}`;
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
