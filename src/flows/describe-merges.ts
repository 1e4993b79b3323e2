import type { AuditDraft } from '../audit/entry.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { DecisionRecord, GitHubRepository } from './ports.ts';

export interface MergesToDescribe {
  readonly repository: RepositoryRef;
  readonly entry: string;
  readonly after: Sha;
  readonly tip: Sha;
}

export interface DescribedMerges {
  readonly drafts: readonly AuditDraft[];
  /** The decision that allowed what each commit brought; left out where none did. */
  readonly decisions: ReadonlyMap<Sha, string>;
}

interface Arrival {
  readonly commit: Sha;
  /** `pull-request:<n>`, or `push` when no pull request brought it. */
  readonly subject: string;
  readonly decision: DecisionRecord | null;
}

/**
 * What arrived on a governed branch since the last record, one entry per pull request or directly pushed commit, each
 * with the decision that allowed it. Without one it is `governance/bypassed`: an administrator, a race, a direct push,
 * or a time when we were down.
 */
export async function describeMerges(ports: FlowPorts, github: GitHubRepository, merges: MergesToDescribe): Promise<DescribedMerges> {
  const line = await firstParentLine(github, merges.tip, merges.after);
  const arrivals = new Map<string, Arrival>();
  const decisions = new Map<Sha, string>();
  for (const { sha } of line.commits) {
    for (const arrival of await arrivalsOf(ports, github, merges, sha)) {
      arrivals.set(arrival.subject === 'push' ? `push:${sha}` : arrival.subject, arrival);
      if (arrival.decision !== null) decisions.set(sha, arrival.decision.id);
    }
  }
  const drafts = [...arrivals.values()].map((arrival) => draftOf(merges.repository, arrival));
  for (const draft of drafts) if (draft.outcome === 'governance/bypassed') ports.log.warn('merged without a valid allow', { subject: draft.subject, links: draft.links });
  return { drafts, decisions };
}

async function arrivalsOf(ports: FlowPorts, github: GitHubRepository, merges: MergesToDescribe, commit: Sha): Promise<readonly Arrival[]> {
  const numbers = await github.pullRequestsOf(commit);
  if (numbers.length === 0) return [{ commit, subject: 'push', decision: await allowFor(ports, merges, commit, null) }];
  return Promise.all(numbers.map(async (number) => {
    const facts = await github.pullRequest(number);
    const subject = `pull-request:${number}`;
    const byHead = facts === null ? null : await allowFor(ports, merges, facts.head, subject);
    return { commit, subject, decision: byHead ?? (await allowFor(ports, merges, commit, null)) };
  }));
}

/** The decision that allows this head: the pull request's own, or, for the commit itself, a merge group's. */
async function allowFor(ports: FlowPorts, merges: MergesToDescribe, head: Sha, subject: string | null): Promise<DecisionRecord | null> {
  const found = await ports.store.transaction((transaction) =>
    subject === null ? transaction.standingDecisions(merges.repository.id, merges.entry, head) : transaction.decisionAbout(merges.repository.id, subject, head).then((one) => (one === null ? [] : [one])),
  );
  return found.find((record) => record.decision.decision === 'allow' && isValid(record, ports.clock.now())) ?? null;
}

function isValid(record: DecisionRecord, now: Date): boolean {
  return record.decision.validUntil === null || new Date(record.decision.validUntil) > now;
}

function draftOf(repository: RepositoryRef, arrival: Arrival): AuditDraft {
  const { decision } = arrival;
  return {
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: arrival.subject,
    event: 'change.merged',
    actor: 'system',
    rationale: decision === null ? `${arrival.commit} arrived without a valid allow` : `${arrival.commit} was allowed by decision ${decision.id}`,
    outcome: decision === null ? 'governance/bypassed' : 'allowed',
    payload: { sha: arrival.commit, decision: decision?.id ?? null },
    links: decision === null ? [`commit:${arrival.commit}`] : [`commit:${arrival.commit}`, decision.id],
  };
}
