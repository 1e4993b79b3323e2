import { compareText } from '../compare-text.ts';
import type { Digest } from '../digest.ts';
import { takesBack } from './takes-back.ts';
import type { VoteRecord } from './vote-record.ts';
import type { Vote, VotedItem } from './vote.ts';

/**
 * What stands of what people said: about each binding the newest word of each person, unless they took it back later.
 * The order of the records, and how often one is there, changes nothing.
 */
export function standingVotes(records: readonly VoteRecord[]): readonly Vote[] {
  const said = [...new Map(records.map((record) => [JSON.stringify([record.repositoryId, record.source]), record])).values()].toSorted(byTime);
  const newest = new Map<string, Words>();
  for (const record of said) {
    const person = JSON.stringify([record.repositoryId, record.pullRequest, record.person.id]);
    newest.set(person, saidBy(newest.get(person) ?? new Map(), record));
  }
  const standing = Map.groupBy([...newest.values()].flatMap((words) => [...words.values()]), ({ record }) => record);
  return said.flatMap((record) => asVote(record, (standing.get(record) ?? []).map(({ item }) => item)));
}

/** A source's own number decides within one second, which is as exact as GitHub's times are. */
function byTime(a: VoteRecord, b: VoteRecord): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.source.length - b.source.length || (a.source < b.source ? -1 : 1);
}

/** A person's newest word about each binding. */
type Words = ReadonlyMap<Digest, { readonly item: VotedItem; readonly record: VoteRecord }>;

function saidBy(words: Words, record: VoteRecord): Words {
  if (record.says === 'withdraw') return new Map([...words].filter(([, { item }]) => !takesBack(record, item)));
  return new Map([...words, ...record.items.map((item) => [item.binding, { item, record }] as const)]);
}

function asVote({ person, says, reason, pullRequest, source, at }: VoteRecord, items: readonly VotedItem[]): readonly Vote[] {
  if (says === 'withdraw' || items.length === 0) return [];
  const { login, id, kind } = person;
  return [{ login, id, kind, answer: says, reason, door: source.startsWith('api:') ? 'api' : 'comment', pullRequest, target: { kind: 'items', items: items.toSorted((a, b) => compareText(a.binding, b.binding)) }, at }];
}
