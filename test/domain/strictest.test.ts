import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compareStrictness } from '../../src/domain/decision.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { strictest } from '../../src/domain/strictest.ts';
import type { Standing } from '../../src/domain/strictest.ts';
import { aDecision, aDecisionWith, aFinding } from '../builders/decision-builder.ts';

const allow = aDecision();
const deny = aDecisionWith([aFinding()]);
const hold = aDecisionWith([aFinding({ code: 'snapshot/too_many' })]);
const blocked = aDecisionWith([aFinding({ code: 'snapshot/unreadable' })]);

function standing(number: number, decision: Decision, overrides: Partial<Standing> = {}): Standing {
  return { subject: `pull-request:${number}`, decision, baseBranch: 'main', base: decision.base, fork: false, authorCanWrite: true, createdAt: `2026-11-0${number}T00:00:00Z`, open: true, ...overrides };
}

function strangers(number: number, decision: Decision, overrides: Partial<Standing> = {}): Standing {
  return standing(number, decision, { fork: true, authorCanWrite: false, ...overrides });
}

test('nothing that stands shows nothing', () => {
  assert.equal(strictest([]), null);
});

test('the strictest decision of one head is shown and names whose it is', () => {
  const shown = strictest([standing(1, allow), standing(2, hold), standing(3, blocked)]);
  assert.deepEqual([shown?.subject, shown?.decision.cause, shown?.leftOut], ['pull-request:3', 'inconclusive', []]);
  assert.equal(strictest([standing(1, deny), standing(3, blocked)])?.decision.cause, 'fail');
});

test("a stranger's pull request of the same head and base does not block the repository's own", () => {
  const shown = strictest([standing(1, allow), strangers(2, deny)]);
  assert.deepEqual([shown?.subject, shown?.leftOut.map(({ pullRequest }) => pullRequest)], ['pull-request:1', [2]]);
});

test("a stranger's pull request into another base counts", () => {
  assert.equal(strictest([standing(1, allow), strangers(2, deny, { baseBranch: 'release' })])?.subject, 'pull-request:2');
});

test("a stranger's pull request that stands alone counts", () => {
  assert.equal(strictest([strangers(2, deny)])?.decision.decision, 'deny');
});

test('of two strangers the older one counts', () => {
  const shown = strictest([strangers(2, allow), strangers(3, deny)]);
  assert.deepEqual([shown?.subject, shown?.leftOut.map(({ pullRequest }) => pullRequest)], ['pull-request:2', [3]]);
});

test('of two strangers of one age, or of unknown age, the stricter one counts', () => {
  const createdAt = 'unknown';
  assert.equal(strictest([strangers(2, allow, { createdAt }), strangers(3, deny, { createdAt })])?.subject, 'pull-request:3');
});

test('a fork of someone who can write is never left out', () => {
  assert.equal(strictest([standing(1, allow), strangers(2, deny, { authorCanWrite: true })])?.subject, 'pull-request:2');
});

test('a closed decision for another base keeps counting, one for a base that is judged anew does not', () => {
  assert.equal(strictest([standing(1, deny, { baseBranch: 'release', open: false }), standing(2, allow)])?.subject, 'pull-request:1');
  assert.equal(strictest([standing(1, deny, { open: false }), standing(2, allow)])?.subject, 'pull-request:2');
});

test("the attack: a closed pull request of the repository's own does not leave a stranger's out", () => {
  assert.equal(strictest([standing(1, allow, { open: false }), strangers(2, deny)])?.subject, 'pull-request:2');
});

test('what is shown does not depend on order, and nothing that counts is stricter', () => {
  const any = fc.record({ number: fc.integer({ min: 1, max: 9 }), decision: fc.constantFrom(allow, deny, hold, blocked), fork: fc.boolean(), authorCanWrite: fc.boolean(), open: fc.boolean(), baseBranch: fc.constantFrom('main', 'release') });
  const many = fc.uniqueArray(any, { selector: ({ number }) => number, maxLength: 5 }).map((list) => list.map(({ number, decision, ...rest }) => standing(number, decision, rest)));
  fc.assert(
    fc.property(many, (candidates) => {
      const shown = strictest(candidates);
      assert.deepEqual(strictest(candidates.toReversed()), shown);
      const trusted = candidates.filter((one) => one.open && (!one.fork || one.authorCanWrite));
      assert.ok(trusted.every((one) => shown !== null && compareStrictness(shown.decision, one.decision) >= 0));
    }),
    { seed: 3, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 10_000 : 150 },
  );
});
