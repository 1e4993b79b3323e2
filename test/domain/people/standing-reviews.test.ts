import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Digest } from '../../../src/domain/digest.ts';
import { standingReviews } from '../../../src/domain/people/standing-reviews.ts';
import type { VoteRecord } from '../../../src/domain/people/vote-record.ts';
import type { Vote, VoteTarget } from '../../../src/domain/people/vote.ts';
import { aVoteRecord } from '../../builders/vote-builder.ts';

const digest = (name: number): Digest => `sha256:${String(name).repeat(64)}`;
const [one, two, three] = [digest(1), digest(2), digest(3)];
const mira = { login: 'mira', id: 21, kind: 'human' as const };
const head: VoteTarget = { kind: 'head', scope: 'all', sha: 'a'.repeat(40) };
const review: Vote = { ...mira, answer: 'approve', reason: null, door: 'review', pullRequest: 3, target: head, at: '2026-11-20T12:00:00Z' };

function back(more: Partial<VoteRecord> = {}): VoteRecord {
  return aVoteRecord({ person: mira, pullRequest: 3, says: 'withdraw', scope: 'infra.change', items: [{ scope: 'infra.change', binding: one }], at: '2026-11-20T12:00:01Z', ...more });
}

test('a review stands where nothing was taken back since, by this person and here', () => {
  const others = [back({ at: '2026-11-20T11:59:59Z' }), back({ person: { ...mira, id: 22 } }), back({ pullRequest: 4 }), back({ says: 'approve' })];
  assert.deepEqual(standingReviews([review], others), [review]);
});

test('who takes everything back takes the review back, also in its second', () => {
  assert.deepEqual(standingReviews([review], [back({ scope: 'all', items: [] })]), []);
  assert.deepEqual(standingReviews([review], [back({ scope: 'all', at: review.at })]), []);
});

test('who takes one thing back leaves the rest of the review', () => {
  assert.deepEqual(standingReviews([review], [back()]), [{ ...review, target: { ...head, except: { scopes: ['infra.change'], bindings: [one] } } }]);
});

test('who takes one thing back by name in a merge group takes back what a review of another content said too', () => {
  const [other, left] = [{ scope: 'infra.change', binding: two }, { scope: 'schema.change', binding: three }];
  const bound: Vote = { ...review, target: { kind: 'items', items: [{ scope: 'infra.change', binding: one }, other, left] } };
  assert.deepEqual(standingReviews([bound], [back()]), [{ ...bound, target: { kind: 'items', items: [left] } }]);
});
