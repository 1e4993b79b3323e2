import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Digest } from '../../../src/domain/digest.ts';
import { standingVotes } from '../../../src/domain/people/standing-votes.ts';
import type { VoteRecord } from '../../../src/domain/people/vote-record.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';

const binding = (name: number): Digest => `sha256:${String(name).repeat(64)}`;
const [one, two, three] = [binding(1), binding(2), binding(3)];
const mira = { login: 'mira', id: 21, kind: 'human' as const };

/** One person after the other, each a second later. */
function said(...words: readonly Partial<VoteRecord>[]): readonly VoteRecord[] {
  return words.map((word, index) => aVoteRecord({ source: `comment:${index + 1}`, at: `2026-11-20T12:00:0${index}Z`, ...word }));
}

function toldOf(records: readonly VoteRecord[]): readonly string[] {
  return standingVotes(records).map(({ login, answer, target }) => `${login} ${answer} ${target.kind === 'bindings' ? target.bindings.map((digest) => digest.slice(7, 8)).join('') : target.scope}`);
}

test('an approval stands with its person, reason, time and pull request, and nothing else', () => {
  const vote = { login: 'mira', id: 21, kind: 'human', answer: 'approve', reason: 'looks right', door: 'comment', pullRequest: 3, target: { kind: 'bindings', bindings: [one, two] }, at: '2026-11-20T12:00:00Z' };
  assert.deepEqual(standingVotes(said({ bindings: [two, one], reason: 'looks right' })), [vote]);
});

test('a rejection after an approval takes its place, for the bindings that both are about', () => {
  assert.deepEqual(toldOf(said({ bindings: [one, two] }, { says: 'reject', bindings: [two, three] })), ['mira approve 1', 'mira reject 23']);
});

test('a withdrawal takes back approvals and rejections of its scope, and of its bindings under any', () => {
  assert.deepEqual(toldOf(said({ scope: 'a.b', bindings: [one, two] }, { scope: 'c.d', says: 'reject', bindings: [three] }, { says: 'withdraw', scope: 'e.f', bindings: [two, three] })), ['mira approve 1']);
  assert.deepEqual(toldOf(said({ scope: 'a.b', bindings: [one, two] }, { scope: 'c.d', bindings: [three] }, { says: 'withdraw', scope: 'a.b', bindings: [] })), ['mira approve 3']);
});

test('a withdrawal of all takes back everything that its person said in this pull request, whatever its bindings', () => {
  const others = said({ bindings: [one] }, { bindings: [one], pullRequest: 4 }, { bindings: [one], person: { ...mira, login: 'noor', id: 22 } }, { says: 'withdraw', scope: 'all', bindings: [] });
  assert.deepEqual(standingVotes(others).map(({ login, pullRequest }) => [login, pullRequest]), [['mira', 4], ['noor', 3]]);
});

test('a withdrawal takes back nothing that is said later', () => {
  assert.deepEqual(toldOf(said({ says: 'withdraw', scope: 'all' }, { bindings: [one] })), ['mira approve 1']);
});

test('a renamed person is the same person, and somebody else under the old name is not', () => {
  assert.deepEqual(toldOf(said({ bindings: [one] }, { says: 'withdraw', bindings: [one], person: { ...mira, login: 'mira-new' } })), []);
  assert.deepEqual(toldOf(said({ bindings: [one] }, { says: 'withdraw', bindings: [one], person: { ...mira, id: 99 } })), ['mira approve 1']);
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
      bindings: fc.subarray([one, two, three]),
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
      const standing = standingVotes(all).flatMap(({ id, pullRequest, target, answer }) => (target.kind === 'bindings' ? target.bindings.map((digest) => ({ key: `${id} ${pullRequest} ${digest}`, answer })) : []));
      assert.equal(new Set(standing.map(({ key }) => key)).size, standing.length);
      const given = new Set(all.flatMap((record) => record.bindings.map((digest) => `${record.person.id} ${record.pullRequest} ${digest} ${record.says}`)));
      assert.deepEqual(standing.filter(({ key, answer }) => !given.has(`${key} ${answer}`)), []);
    }),
  );
});
