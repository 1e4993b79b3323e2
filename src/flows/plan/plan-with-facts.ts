import { Failure } from '../../domain/failure.ts';
import type { Planning } from '../../domain/playbook/plan.ts';
import type { FactRequest, PlaybookFacts } from '../../domain/playbook/playbook-facts.ts';

/** Enough for every chain of facts that a plan can ask for: files, then what stands beside them. */
const mostRounds = 20;

/**
 * Plans with each fact that is asked for.
 * @throws Failure where a fact can not be read, or facts never suffice.
 */
export async function planWithFacts(start: PlaybookFacts, plan: (facts: PlaybookFacts) => Planning, read: (wanted: FactRequest) => Promise<Partial<PlaybookFacts>>): Promise<Exclude<Planning, { readonly kind: 'unread' }>> {
  let facts = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const planning = plan(facts);
    if (planning.kind !== 'unread') return planning;
    for (const wanted of planning.wanted) facts = withFact(facts, await read(wanted));
  }
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot plan: facts are still missing after ${mostRounds} rounds, expected all of them.`);
}

function withFact(facts: PlaybookFacts, read: Partial<PlaybookFacts>): PlaybookFacts {
  return {
    ...facts,
    files: new Map([...facts.files, ...(read.files ?? [])]),
    templates: new Map([...facts.templates, ...(read.templates ?? [])]),
    contracts: new Map([...facts.contracts, ...(read.contracts ?? [])]),
    commits: new Map([...facts.commits, ...(read.commits ?? [])]),
  };
}
