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

/**
 * By the second, which is as exact as GitHub's times are: a comment is dated by the beginning of its own. Within one a source's own number decides,
 * and what a comment takes back or refuses is after a yes of the API, whichever came first.
 */
function byTime(a: VoteRecord, b: VoteRecord): number {
  return secondOf(a) - secondOf(b) || Number(isOfApi(b)) - Number(isOfApi(a)) || a.source.length - b.source.length || (a.source < b.source ? -1 : 1);
}

function secondOf({ at }: VoteRecord): number {
  return Math.floor(Date.parse(at) / 1_000);
}

function isOfApi({ source }: VoteRecord): boolean {
  return source.startsWith('api:');
}

/** A person's newest word about each binding. */
type Words = ReadonlyMap<Digest, { readonly item: VotedItem; readonly record: VoteRecord }>;

function saidBy(words: Words, record: VoteRecord): Words {
  if (record.says === 'withdraw') return new Map([...words].filter(([, { item }]) => !takesBack(record, item)));
  return new Map([...words, ...record.items.map((item) => [item.binding, { item, record }] as const)]);
}

function asVote(record: VoteRecord, items: readonly VotedItem[]): readonly Vote[] {
  const { person, says, reason, pullRequest, at } = record;
  if (says === 'withdraw' || items.length === 0) return [];
  const { login, id, kind } = person;
  return [{ login, id, kind, answer: says, reason, door: isOfApi(record) ? 'api' : 'comment', pullRequest, target: { kind: 'items', items: items.toSorted((a, b) => compareText(a.binding, b.binding)) }, at }];
}
