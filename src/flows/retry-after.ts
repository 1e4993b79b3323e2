import { lacksAnswer } from '../domain/decision.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

const minute = 60_000;
const firstWaits = [1, 5, 15].map((minutes) => minutes * minute);
const lastRetry = 24 * 60 * minute;

/**
 * When a decision that lacks an answer is tried again: after 1, 5 and 15 minutes, then hourly until a day has passed since
 * the first one about this head that did; null when it lacks none or the day is over.
 */
export async function retryAfter(transaction: StoreTransaction, record: DecisionRecord, now: Date): Promise<Date | null> {
  if (!lacksAnswer(record.decision)) return null;
  const run = await transaction.unansweredRun(record.repository.id, record.subject, record.decision.head);
  const since = run.since?.getTime() ?? now.getTime();
  if (now.getTime() - since >= lastRetry) return null;
  return new Date(now.getTime() + (firstWaits[run.count] ?? 60 * minute));
}
