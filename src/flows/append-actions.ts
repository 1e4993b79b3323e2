import type { JudgedAction } from '../domain/action/judged-action.ts';
import type { Decision } from '../domain/decision.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { actorsOf } from '../domain/people/actors-of.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

interface Judged {
  readonly title: string;
  /** The newest decision about the same subject before this one; null: there was none. */
  readonly before: Decision | null;
}

/**
 * An entry for every action of tier 2 and above, whether it may pass or not: who took part, why, and the entry or the approvals
 * that let it pass. What the decision before said in the same words of the same content is in the log already.
 */
export async function appendActions(transaction: StoreTransaction, record: DecisionRecord, { title, before }: Judged): Promise<void> {
  const { repository, subject, decision } = record;
  const known = new Set(before === null ? [] : tellingsOf(before).map(({ digest }) => digest));
  for (const { action, contributors, digest } of tellingsOf(decision)) {
    if (known.has(digest)) continue;
    const payload: JsonValue = JSON.parse(JSON.stringify({ ...action, contributors }));
    await transaction.append({
      account: repository.account.id,
      repository: { id: repository.id, name: fullNameOf(repository) },
      subject,
      event: action.outcome === 'pass' ? 'action.allowed' : 'action.blocked',
      actor: actorsOf(contributors),
      rationale: title,
      // Why so may name people: it stands in the details, which can be erased.
      outcome: action.outcome,
      after: digest,
      policyDigest: decision.policyDigest,
      inputDigest: decision.inputDigest,
      payload,
      links: [record.id, `commit:${decision.head}`],
    });
  }
}

interface Telling {
  readonly action: JudgedAction;
  readonly contributors: readonly string[];
  /** Over all that an entry says: with the action's binding, its content is part of it. */
  readonly digest: ReturnType<typeof digestOfValue>;
}

function tellingsOf({ verdicts, policyDigest }: Decision): readonly Telling[] {
  return verdicts.flatMap(({ judged = [], contributors = [] }) =>
    judged.filter(({ tier }) => tier > 1).map((action) => ({ action, contributors, digest: digestOfValue([JSON.stringify(action), contributors, policyDigest]) })),
  );
}
