import type { Digest } from '../digest.ts';
import type { VoteRecord } from './vote-record.ts';
import type { Vote } from './vote.ts';

/**
 * What stands of what people said: about each binding the newest word of each person, unless they took it back later.
 * The order of the records, and how often one is there, changes nothing.
 */
export function standingVotes(records: readonly VoteRecord[]): readonly Vote[] {
  const said = [...new Map(records.map((record) => [JSON.stringify([record.repositoryId, record.source]), record])).values()].toSorted(byTime);
  const newest = new Map<string, Map<Digest, VoteRecord>>();
  for (const record of said) {
    const person = JSON.stringify([record.repositoryId, record.pullRequest, record.person.id]);
    newest.set(person, saidBy(newest.get(person) ?? new Map(), record));
  }
  const standing = Map.groupBy([...newest.values()].flatMap((words) => [...words]), ([, record]) => record);
  return said.flatMap((record) => asVote(record, (standing.get(record) ?? []).map(([binding]) => binding)));
}

/** A source's own number decides within one second, which is as exact as GitHub's times are. */
function byTime(a: VoteRecord, b: VoteRecord): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.source.length - b.source.length || (a.source < b.source ? -1 : 1);
}

function saidBy(words: Map<Digest, VoteRecord>, record: VoteRecord): Map<Digest, VoteRecord> {
  // What is taken back by name is taken back whatever it was about: else it would return with the content.
  if (record.says === 'withdraw') return new Map([...words].filter(([binding, word]) => record.scope !== 'all' && word.scope !== record.scope && !record.bindings.includes(binding)));
  for (const binding of record.bindings) {
    words.set(binding, record);
  }
  return words;
}

function asVote({ person, says, reason, pullRequest, at }: VoteRecord, bindings: readonly Digest[]): readonly Vote[] {
  if (says === 'withdraw' || bindings.length === 0) return [];
  const { login, id, kind } = person;
  return [{ login, id, kind, answer: says, reason, door: 'comment', pullRequest, target: { kind: 'bindings', bindings: bindings.toSorted() }, at }];
}
