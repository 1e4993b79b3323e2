import type { ReadEntry } from '../../audit/read-entry.ts';
import { pullRequestNumber } from '../../domain/subject.ts';
import type { StoreTransaction } from '../ports/store.ts';

/**
 * Erases what opens these entries, and where the store has the same statement once more: the decision's own record, the reason of a vote, the title
 * of a pull request. The caller MUST have asked `whyKept` of each, and append what was done in the same transaction.
 */
export async function eraseEntries(transaction: StoreTransaction, account: number, entries: readonly ReadEntry[]): Promise<void> {
  await transaction.eraseOpenings(account, entries.map(({ sequence }) => sequence));
  await transaction.eraseDecisions(account, entries.flatMap(({ event, links }) => (event === 'decision.made' ? links.slice(0, 1) : [])));
  const sources = Map.groupBy(entries.filter(({ event }) => saying.has(event)), ({ repository }) => repository?.id ?? 0);
  for (const [repository, said] of sources) await transaction.eraseReasons(repository, [...new Set(said.flatMap(({ links }) => links.filter((link) => /^(?:comment|api):/.test(link))))]);
  for (const [repository, number] of titled(entries)) await transaction.eraseTitle(repository, number);
}

const saying: ReadonlySet<string> = new Set(['command.run', 'approval.given', 'approval.rejected', 'approval.withdrawn']);

const titling: ReadonlySet<string> = new Set(['decision.made', 'action.allowed', 'action.blocked', 'approval.counted']);

/** Those whose rationale is the title of their pull request, each once. */
function titled(entries: readonly ReadEntry[]): readonly (readonly [number, number])[] {
  const titles = new Map<string, readonly [number, number]>();
  for (const { event, repository, subject } of entries) {
    const number = pullRequestNumber(subject);
    if (titling.has(event) && repository !== null && number !== null) titles.set(`${repository.id} ${number}`, [repository.id, number]);
  }
  return [...titles.values()];
}
