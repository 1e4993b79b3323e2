import type { Decision } from '../domain/decision.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { HeldItem } from '../domain/held-item.ts';
import { actorOf } from '../domain/people/actor-of.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

interface Counting {
  readonly title: string;
  /** The newest decision about the same subject before this one; null: there was none. */
  readonly before: Decision | null;
}

/**
 * An entry for every yes that counts in this decision and did not in the one before: whose it is, and what it is bound to. That
 * somebody said it, in a comment or a review, is another matter: it may not count, or count no longer.
 */
export async function appendApprovals(transaction: StoreTransaction, record: DecisionRecord, { title, before }: Counting): Promise<void> {
  const { repository, subject, decision } = record;
  const known = new Set((before?.held ?? []).flatMap((item) => item.approvedBy.map((login) => keyOf(item, login))));
  for (const item of decision.held) {
    for (const login of item.approvedBy.filter((one) => !known.has(keyOf(item, one)))) {
      const { scope, name, binding, from, count } = item;
      await transaction.append({
        account: repository.account.id,
        repository: { id: repository.id, name: fullNameOf(repository) },
        subject,
        event: 'approval.counted',
        actor: actorOf(login),
        rationale: title,
        outcome: `counts for ${name === scope ? scope : `${scope}: ${name}`}, ${item.approvedBy.length} of ${count} needed`,
        after: digestOfValue([binding, login]),
        policyDigest: decision.policyDigest,
        inputDigest: decision.inputDigest,
        payload: { scope, name, binding, from, count, login },
        links: [record.id, `commit:${decision.head}`],
      });
    }
  }
}

/** The same person's yes to the same thing, under the same name, for the same content. */
function keyOf({ scope, name, binding }: HeldItem, login: string): string {
  return JSON.stringify([scope, name, binding, login]);
}
