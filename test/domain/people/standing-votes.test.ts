import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Digest } from '../../../src/domain/digest.ts';
import { standingVotes } from '../../../src/domain/people/standing-votes.ts';
import type { VoteRecord } from '../../../src/domain/people/vote-record.ts';
import type { VotedItem } from '../../../src/domain/people/vote.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';

const binding = (name: number): Digest => `sha256:${String(name).repeat(64)}`;
const [one, two, three] = [binding(1), binding(2), binding(3)];
const mira = { login: 'mira', id: 21, kind: 'human' as const };

const under = (scope: string, ...bindings: readonly Digest[]): readonly VotedItem[] => bindings.map((digest) => ({ scope, binding: digest }));
const items = (...bindings: readonly Digest[]): readonly VotedItem[] => under('workflow.change', ...bindings);

/** One person after the other, each a second later. */
function said(...words: readonly Partial<VoteRecord>[]): readonly VoteRecord[] {
  return words.map((word, index) => aVoteRecord({ source: `comment:${index + 1}`, at: `2026-11-20T12:00:0${index}Z`, ...word }));
}

function toldOf(records: readonly VoteRecord[]): readonly string[] {
  return standingVotes(records).map(({ login, answer, target }) => `${login} ${answer} ${target.kind === 'items' ? target.items.map((item) => item.binding.slice(7, 8)).join('') : target.scope}`);
}

test('an approval stands with its person, reason, time and pull request, and nothing else', () => {
  const vote = { login: 'mira', id: 21, kind: 'human', answer: 'approve', reason: 'looks right', door: 'comment', pullRequest: 3, target: { kind: 'items', items: items(one, two) }, at: '2026-11-20T12:00:00Z' };
  assert.deepEqual(standingVotes(said({ items: items(two, one), reason: 'looks right' })), [vote]);
});

test('a rejection after an approval takes its place, for the bindings that both are about', () => {
  assert.deepEqual(toldOf(said({ items: items(one, two) }, { says: 'reject', items: items(two, three) })), ['mira approve 1', 'mira reject 23']);
});

test('a withdrawal takes back approvals and rejections of its bindings under any name', () => {
  assert.deepEqual(toldOf(said({ scope: 'a.b', items: under('a.b', one, two) }, { scope: 'c.d', says: 'reject', items: under('c.d', three) }, { says: 'withdraw', scope: 'e.f', items: under('e.f', two, three) })), ['mira approve 1']);
});

test('attack: a yes of the API, dated to the millisecond, outlives no withdrawal and no rejection of the same second, which GitHub dates by its beginning', () => {
  const yes = { source: 'api:sha256:0', at: '2026-11-20T12:00:05.700Z', items: items(one) };
  for (const [says, told] of [['withdraw', []], ['reject', ['mira reject 1']]] as const) {
    assert.deepEqual(toldOf(said(yes, { says, source: 'comment:9', at: '2026-11-20T12:00:05Z', items: items(one) })), told);
  }
  assert.deepEqual(toldOf(said({ says: 'reject', source: 'comment:9', at: '2026-11-20T12:00:04Z', items: items(one) }, yes)), ['mira approve 1']);
});

test('a withdrawal by name takes back everything of that name, said by name or with all', () => {
  const withdrawal = { says: 'withdraw', scope: 'a.b', items: [] } as const;
  assert.deepEqual(toldOf(said({ scope: 'a.b', items: under('a.b', one, two) }, { scope: 'c.d', items: under('c.d', three) }, withdrawal)), ['mira approve 3']);
  assert.deepEqual(toldOf(said({ scope: 'all', items: [...under('a.b', one), ...under('c.d', three)] }, withdrawal)), ['mira approve 3']);
  assert.deepEqual(toldOf(said({ scope: 'all', says: 'reject', items: [...under('a.b', one), ...under('c.d', three)] }, withdrawal)), ['mira reject 3']);
});

test('a withdrawal of all takes back everything that its person said in this pull request, whatever its bindings', () => {
  const others = said({ items: items(one) }, { items: items(one), pullRequest: 4 }, { items: items(one), person: { ...mira, login: 'noor', id: 22 } }, { says: 'withdraw', scope: 'all', items: items() });
  assert.deepEqual(standingVotes(others).map(({ login, pullRequest }) => [login, pullRequest]), [['mira', 4], ['noor', 3]]);
});

test('a withdrawal takes back nothing that is said later', () => {
  assert.deepEqual(toldOf(said({ says: 'withdraw', scope: 'all' }, { items: items(one) })), ['mira approve 1']);
});

test('a renamed person is the same person, and somebody else under the old name is not', () => {
  assert.deepEqual(toldOf(said({ items: items(one) }, { says: 'withdraw', items: items(one), person: { ...mira, login: 'mira-new' } })), []);
  assert.deepEqual(toldOf(said({ items: items(one) }, { says: 'withdraw', items: items(one), person: { ...mira, id: 99 } })), ['mira approve 1']);
});

test('what is said twice in one second is ordered by the numbers of the comments, not by their digits', () => {
  const at = '2026-11-20T12:00:00Z';
  assert.deepEqual(toldOf(said({ source: 'comment:99', at }, { source: 'comment:100', at, says: 'withdraw' })), []);
});

const words: fc.Arbitrary<readonly VoteRecord[]> = fc
  .array(
    fc.record({
      person: fc.constantFrom(mira, { ...mira, login: 'noor', id: 22 }),
      pullRequest: fc.constantFrom(3, 4),
      says: fc.constantFrom('approve', 'reject', 'withdraw'),
      scope: fc.constantFrom('all', 'workflow.change'),
      items: fc.subarray([one, two, three]).map((bindings) => items(...bindings)),
      second: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 9 },
  )
  .map((all) => all.map(({ second, ...word }, index) => aVoteRecord({ ...word, source: `comment:${index + 8}`, at: `2026-11-20T12:00:0${second}Z` })));

test('shuffled and repeated records give the same votes', () => {
  const shuffled = words.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length, maxLength: all.length * 2 })));
  fc.assert(fc.property(shuffled, ([all, some]) => assert.deepEqual(standingVotes([...some, ...all]), standingVotes(all))));
});

test('a person never stands with two answers to one binding, and never with one that was not said', () => {
  fc.assert(
    fc.property(words, (all) => {
      const standing = standingVotes(all).flatMap(({ id, pullRequest, target, answer }) => (target.kind === 'items' ? target.items.map((item) => ({ key: `${id} ${pullRequest} ${item.binding}`, answer })) : []));
      assert.equal(new Set(standing.map(({ key }) => key)).size, standing.length);
      const given = new Set(all.flatMap((record) => record.items.map((item) => `${record.person.id} ${record.pullRequest} ${item.binding} ${record.says}`)));
      assert.deepEqual(standing.filter(({ key, answer }) => !given.has(`${key} ${answer}`)), []);
    }),
  );
});
