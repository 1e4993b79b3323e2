import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { gatherContributors } from '../../../src/domain/people/gather-contributors.ts';
import type { Hand } from '../../../src/domain/people/gather-contributors.ts';

function aHand(input: Partial<Hand> = {}): Hand {
  return { login: 'dev', id: 12, kind: 'human', via: 'commit', ...input };
}

test('gatherContributors() tells everybody once, with every way in which their hand got in', () => {
  const hands = [aHand(), aHand({ login: 'Mona', id: null, via: 'author' }), aHand({ login: 'mona', id: 13, via: 'pusher' }), aHand({ login: 'DEV', via: 'pusher' })];
  assert.deepEqual(gatherContributors(hands), [
    { login: 'dev', id: 12, kind: 'human', via: ['commit', 'pusher'] },
    { login: 'Mona', id: 13, kind: 'human', via: ['author', 'pusher'] },
  ]);
});

test('gatherContributors() keeps apart who shares a login and not an id, in an order of its own', () => {
  assert.deepEqual(gatherContributors([aHand({ id: 99 }), aHand()]).map(({ id }) => id), [12, 99]);
  assert.deepEqual(gatherContributors([aHand(), aHand({ id: 99 })]).map(({ id }) => id), [12, 99]);
});

test('gatherContributors() calls a renamed person by the login that is told first', () => {
  assert.deepEqual(gatherContributors([aHand({ login: 'new-name' }), aHand({ login: 'old-name', via: 'pusher' })]).map(({ login }) => login), ['new-name']);
});

test('gatherContributors() keeps the other logins of a renamed person, each once', () => {
  const hands = [aHand({ login: 'new-name' }), aHand({ login: 'old-name', via: 'pusher' }), aHand({ login: 'New-Name' }), aHand({ login: 'older', via: 'pusher' }), aHand({ login: 'old-name' })];
  assert.deepEqual(gatherContributors(hands).map(({ formerly }) => formerly), [['old-name', 'older']]);
});

test('attack: whoever is an App in one sign is no human by another', () => {
  assert.deepEqual(gatherContributors([aHand(), aHand({ kind: 'app', via: 'pusher' })]).map(({ kind }) => kind), ['app']);
});

const hands = fc.array(fc.record({ login: fc.constantFrom('a', 'A', 'b', 'c'), id: fc.constantFrom(null, 1, 2), kind: fc.constantFrom('human', 'app'), via: fc.constantFrom('author', 'pusher', 'commit', 'asked') }), { maxLength: 12 });

test('one more hand takes nobody away', () => {
  fc.assert(
    fc.property(hands, hands, (some, more) => {
      const all = gatherContributors([...some, ...more]);
      const isThere = ({ login, id }: Hand): boolean => all.some((one) => (id === null ? true : one.id === id) && (id !== null || one.login.toLowerCase() === login.toLowerCase() || one.id !== null));
      assert.deepEqual(some.filter((hand) => !isThere(hand)), []);
    }),
  );
});
