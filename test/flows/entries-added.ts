import type { Decision } from '../../src/domain/decision.ts';
import type { VoteRecord } from '../../src/domain/people/vote-record.ts';
import type { DecisionRecord } from '../../src/flows/ports/decision-store.ts';
import type { StoreTransaction } from '../../src/flows/ports/store.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { memoryStore } from '../fakes/memory-store.ts';

type Append = (transaction: StoreTransaction, record: DecisionRecord, told: { readonly title: string; readonly before: DecisionRecord | null }) => Promise<void>;

/** The entries, as event and outcome, that are appended for the last of these decisions, each made in the order given. @param votes On record before them. */
export async function entriesAdded(append: Append, decisions: readonly Decision[], votes: readonly VoteRecord[] = []): Promise<readonly string[]> {
  const store = memoryStore();
  let before: DecisionRecord | null = null;
  await store.transaction(async (transaction) => {
    for (const vote of votes) await transaction.recordVote(vote);
  });
  let known = 0;
  let events: readonly string[] = [];
  for (const decision of decisions) {
    const record: DecisionRecord = { id: '00000000-0000-7000-8000-000000000001', repository: aSnapshot().repository, subject: 'pull-request:7', entry: 'main', baseBranch: 'main', decision, decidedAt: new Date('2026-11-20T12:00:00Z') };
    await store.transaction((transaction) => append(transaction, record, { title: 'Change', before }));
    const entries = await store.audit.entries(1, known, 100);
    events = entries.map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf))).map(({ event, outcome }: { event: string; outcome: string }) => `${event} ${outcome}`);
    known += events.length;
    before = record;
  }
  return events;
}
