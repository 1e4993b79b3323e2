import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Arrival } from '../../../src/domain/people/arrival.ts';
import type { Contribution } from '../../../src/domain/people/contribution.ts';
import type { UnknownHands } from '../../../src/domain/people/contributor.ts';
import { gatherContributors } from '../../../src/domain/people/gather-contributors.ts';
import { handsIn } from '../../../src/domain/people/hands-in.ts';
import type { KnownHands } from '../../../src/domain/people/hands-in.ts';

const [first, head] = ['a'.repeat(40), 'b'.repeat(40)];
const [mona, dev, chief] = [{ login: 'mona', id: 13 }, { login: 'dev', id: 12 }, { login: 'chief', id: 14 }];
const bot = { login: 'plumbline[bot]', id: 900 };

function anArrival(person = mona, at: Partial<Arrival> = {}): Arrival {
  return { repositoryId: 100, pullRequest: 1, head, person: { ...person, kind: person === bot ? 'app' : 'human' }, action: 'synchronize', at: '2026-11-20T12:00:00Z', ...at };
}

function asked(commit: string): Contribution {
  return { repositoryId: 100, pullRequest: 1, commit, person: chief, effect: 'mend/1' };
}

/** One commit by the author, pushed by the author, unless a test says otherwise. */
function told(input: Partial<KnownHands> = {}): { readonly people: readonly string[]; readonly unknown: readonly UnknownHands[] } {
  const { hands, unknown } = handsIn({ author: 'mona', authorId: null, head, commits: { head, commits: [{ sha: head, people: [mona] }], complete: true }, arrivals: [anArrival()], contributions: [], ownLogin: bot.login, ...input });
  return { people: gatherContributors(hands).map(({ login, kind, via }) => `${login}${kind === 'human' ? '' : ` (${kind})`} ${via.join(' ')}`), unknown };
}

test('an author who commits and pushes alone is the only contributor', () => {
  assert.deepEqual(told(), { people: ['mona author commit pusher'], unknown: [] });
});

test("whoever pushes to another's branch is a contributor, by whatever name the commits go", () => {
  assert.deepEqual(told({ arrivals: [anArrival(), anArrival(dev)] }).people, ['dev pusher', 'mona author commit pusher']);
});

test('whoever opens a closed pull request again is a contributor', () => {
  assert.deepEqual(told({ arrivals: [anArrival(), anArrival(chief, { action: 'reopened' })] }).people, ['chief pusher', 'mona author commit pusher']);
});

test('attack: a commit in the name of somebody else adds them, and takes the pusher not away', () => {
  const commits = { head, commits: [{ sha: head, people: [chief] }], complete: true };
  assert.deepEqual(told({ commits }).people, ['chief commit', 'mona author pusher']);
});

test('attack: a commit in the name of nobody adds nobody, and its pusher stays', () => {
  const commits = { head, commits: [{ sha: head, people: [] }], complete: true };
  assert.deepEqual(told({ author: 'chief', commits, arrivals: [anArrival(dev)] }).people, ['chief author', 'dev pusher']);
});

test('a commit that somebody asked our App for is theirs, and not our App\'s', () => {
  const commits = { head, commits: [{ sha: first, people: [mona] }, { sha: head, people: [bot] }], complete: true };
  const arrivals = [anArrival(mona, { head: first }), anArrival(bot)];
  assert.deepEqual(told({ commits, arrivals, contributions: [asked(head)] }), { people: ['chief asked', 'mona author commit pusher'], unknown: [] });
});

test('a head that our App made for somebody counts as seen before its event comes', () => {
  const commits = { head, commits: [{ sha: head, people: [bot] }], complete: true };
  assert.deepEqual(told({ commits, arrivals: [], contributions: [asked(head)] }), { people: ['chief asked', 'mona author'], unknown: [] });
});

test('our App is a contributor of what nobody asked for, beside what somebody did', () => {
  const commits = { head, commits: [{ sha: first, people: [bot] }, { sha: head, people: [bot] }], complete: true };
  const told2 = told({ author: bot.login, commits, arrivals: [anArrival(bot, { head: first }), anArrival(bot)], contributions: [asked(head)] });
  assert.deepEqual(told2.people, ['chief asked', 'plumbline[bot] (app) commit pusher']);
  assert.deepEqual(told({ author: bot.login, commits, arrivals: [anArrival(bot)] }).people, ['plumbline[bot] (app) author commit pusher']);
});

test('attack: a commit forged in the name of our App, which nobody asked for, adds our App', () => {
  const commits = { head, commits: [{ sha: head, people: [bot] }], complete: true };
  assert.deepEqual(told({ commits, contributions: [asked(first)] }).people, ['chief asked', 'mona author pusher', 'plumbline[bot] (app) commit']);
});

test('another App is a contributor, also where somebody asked ours', () => {
  const renovate = { login: 'renovate[bot]', id: 77 };
  const commits = { head, commits: [{ sha: head, people: [renovate] }], complete: true };
  assert.deepEqual(told({ author: renovate.login, commits, contributions: [asked(head)] }).people, ['chief asked', 'mona pusher', 'renovate[bot] (app) author commit']);
});

test('a head that was not seen to arrive, and commits that could not all be listed, mean that there may be others', () => {
  assert.deepEqual(told({ arrivals: [anArrival(mona, { head: first })] }).unknown, [{ kind: 'unseen', why: 'the head bbbbbbb was not seen to arrive' }]);
  assert.deepEqual(told({ commits: { head, commits: [], complete: false } }).unknown, [{ kind: 'unlisted', why: 'not all commits up to bbbbbbb, or not all their authors, could be listed' }]);
});

test('an author who was renamed between two events is one person, by the account', () => {
  const commits = { head, commits: [{ sha: head, people: [] }], complete: true };
  assert.deepEqual(told({ author: 'mona-now', authorId: mona.id, commits }).people, ['mona-now author pusher']);
});

test('attack: whoever takes the former login of an author is somebody else', () => {
  assert.deepEqual(told({ author: 'mona', authorId: 66 }).people, ['mona commit pusher', 'mona author']);
});

test('an identity that was imported is nobody who could approve', () => {
  assert.deepEqual(told({ author: 'mannequin:chief' }).people, ['mannequin:chief (app) author', 'mona commit pusher']);
});

test('more commits, more events and any order of them never take a contributor away', () => {
  const people = fc.array(fc.constantFrom(mona, dev, chief, bot), { maxLength: 4 });
  fc.assert(
    fc.property(people, people, people, (committers, forged, pushers) => {
      const ids = (input: Partial<KnownHands>) => new Set(handsIn({ author: 'mona', authorId: null, head, commits: { head, commits: [], complete: true }, arrivals: [], contributions: [asked(first)], ownLogin: bot.login, ...input }).hands.map(({ login }) => login));
      const before = { commits: { head, commits: [{ sha: head, people: committers }], complete: true }, arrivals: pushers.map((person) => anArrival(person)) };
      const after = ids({ commits: { ...before.commits, commits: [{ sha: first, people: forged }, ...before.commits.commits] }, arrivals: [...before.arrivals.toReversed(), anArrival(dev)] });
      assert.deepEqual([...ids(before)].filter((login) => !after.has(login)), []);
    }),
  );
});
