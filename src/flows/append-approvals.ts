import type { Decision } from '../domain/decision.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { HeldItem } from '../domain/held-item.ts';
import { actorOf } from '../domain/people/actor-of.ts';
import type { VoteRecord } from '../domain/people/vote-record.ts';
import { fullNameOf } from '../domain/repository.ts';
import { pullRequestNumber } from '../domain/subject.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

interface Counting {
  readonly title: string;
  /** The newest decision about the same subject before this one; null: there was none. */
  readonly before: Pick<DecisionRecord, 'decision' | 'decidedAt'> | null;
}

/**
 * An entry for every yes that counts in this decision and did not in the one before: whose it is, and what it is bound to. That
 * somebody said it, in a comment or a review, is another matter: it may not count, or count no longer. One that counted and, of the same
 * content, does not any more is told too, unless its person has taken it back in words that are in the log.
 */
export async function appendApprovals(transaction: StoreTransaction, record: DecisionRecord, { title, before }: Counting): Promise<void> {
  const { decision } = record;
  for (const one of countedIn(decision, before?.decision ?? null)) {
    const { item: { binding }, login } = one;
    await transaction.append({ ...draftOf(record, one, 'counts'), event: 'approval.counted', actor: actorOf(login), rationale: title, after: digestOfValue([binding, login]) });
  }
  const gone = before === null ? [] : countedIn(before.decision, decision).flatMap((one) => standingIn(decision, one));
  if (before === null || gone.length === 0) return;
  const said = await saidSince(transaction, record, before.decidedAt);
  for (const one of gone) {
    const { item: { binding }, login } = one;
    if (said.some((vote) => vote.person.login === login)) continue;
    const rationale = `The yes of ${login} that counted was not found any more: a review was taken back, dismissed or replaced, or its person may not approve any more`;
    await transaction.append({ ...draftOf(record, one, 'counts no longer'), event: 'approval.withdrawn', actor: 'system', rationale, before: digestOfValue([binding, login]) });
  }
}

/** A yes of a person that counts for something. */
interface Counted {
  readonly item: HeldItem;
  readonly login: string;
}

/** Those that count in one decision and not in another. */
function countedIn({ held }: Decision, other: Decision | null): readonly Counted[] {
  const known = new Set((other?.held ?? []).flatMap((item) => item.approvedBy.map((login) => keyOf(item, login))));
  return held.flatMap((item) => item.approvedBy.filter((login) => !known.has(keyOf(item, login))).map((login) => ({ item, login })));
}

/** As it stands in a decision that asks for the same: with other content it is another thing that nobody said yes to. */
function standingIn({ held }: Decision, { item, login }: Counted): readonly Counted[] {
  const now = held.find((one) => keyOf(one, login) === keyOf(item, login));
  return now === undefined ? [] : [{ item: now, login }];
}

/** What people took back or refused by comment since then: each is an entry of its own. */
async function saidSince(transaction: StoreTransaction, { repository, subject }: DecisionRecord, since: Date): Promise<readonly VoteRecord[]> {
  const number = pullRequestNumber(subject);
  const votes = number === null ? [] : await transaction.voteRecords(repository.id, number);
  return votes.filter(({ says, at }) => says !== 'approve' && new Date(at) >= since);
}

function draftOf({ id, repository, subject, decision }: DecisionRecord, { item, login }: Counted, words: string) {
  const { scope, name, binding, from, count, approvedBy } = item;
  return {
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject,
    outcome: `${words} for ${name === scope ? scope : `${scope}: ${name}`}, ${approvedBy.length} of ${count} needed`,
    policyDigest: decision.policyDigest,
    inputDigest: decision.inputDigest,
    payload: { scope, name, binding, from, count, login },
    links: [id, `commit:${decision.head}`],
  };
}

/** The same person's yes to the same thing, under the same name, for the same content. */
function keyOf({ scope, name, binding }: HeldItem, login: string): string {
  return JSON.stringify([scope, name, binding, login]);
}
