import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../../../src/domain/action/action.ts';
import { Evidence } from '../../../../src/domain/evidence.ts';
import { matchWhitelist, whitelistRequests } from '../../../../src/gates/governance/whitelist/match-whitelist.ts';
import type { Actors } from '../../../../src/gates/governance/whitelist/match-whitelist.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { anEntry } from '../a-governed-change.ts';
import { workedWithin } from '../worked-within.ts';

const actors: Actors = { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }, { login: 'mona', id: 2, kind: 'human', via: ['commit'] }], operators: [], hasUnknown: false, unread: null };

function anAction(path: string): Action {
  return { action: 'infra.change', tier: 2, subject: { path }, paths: [path], why: 'It changes something.', evidence: {}, place: null, finding: null, remedy: null };
}

/** Each of these entries is for the team and for a path that no other one is for. */
function snapshotWith(count: number) {
  const whitelist = Array.from({ length: count }, (_, index) => anEntry({ actors: ['team:writers'], paths: [`infra/**/part-${index}-*.tf`, `other-${index}/**`] }));
  return aSnapshot({ configured: { document: { version: 1, governance: { whitelist } } } });
}

const members = new Evidence().with('membership', actors.people.map(({ login, id }) => [{ kind: 'membership', login, id, group: 'team:writers' }, { kind: 'answered', value: { kind: 'told', login, isIn: true } }] as const));

const all = process.env['PLUMBLINE_LONG'] === '1' ? 1_000 : 500;

test(`${all} actions meet five hundred entries in no time, however often they are asked about`, () => {
  const snapshot = snapshotWith(500);
  const actions = Array.from({ length: all }, (_, index) => anAction(`infra/a/b/c/part-${index * (1_000 / all)}-x.tf`));
  workedWithin(() => {
    for (let round = 0; round < 5; round += 1) {
      const matched = actions.filter((action) => matchWhitelist(action, actors, snapshot, members).entries.length === 1);
      assert.equal(matched.length, all / 2);
    }
  });
});

test('what matches an action is told once for what is known, and anew for other answers, people or entries', () => {
  const [snapshot, action] = [snapshotWith(1), anAction('infra/part-0-x.tf')];
  const match = matchWhitelist(action, actors, snapshot, members);
  assert.equal(match.entries.length, 1);
  assert.equal(matchWhitelist(action, actors, snapshot, members), match);
  assert.equal(matchWhitelist(action, actors, snapshot, new Evidence()).unknown.length, 2);
  assert.equal(matchWhitelist(action, { ...actors, operators: ['user:ann'] }, snapshot, members).entries.length, 0);
  assert.equal(matchWhitelist(action, actors, snapshotWith(0), members).entries.length, 0);
});

test('a membership is asked for once, however many actions and entries rest on it', () => {
  const actions = Array.from({ length: 100 }, (_, index) => anAction(`infra/part-${index % 10}-x.tf`));
  assert.deepEqual(whitelistRequests(actions, actors, snapshotWith(10)).map(({ login, group }) => `${login} ${group}`), ['author team:writers', 'mona team:writers']);
  assert.deepEqual(whitelistRequests([anAction('elsewhere')], actors, snapshotWith(10)), []);
});

test('it is not told whether an entry matches only where somebody may belong to its team and nobody else is certain not to', () => {
  const [snapshot, action] = [snapshotWith(1), anAction('infra/part-0-x.tf')];
  const unknownOf = (more: Partial<Actors>, evidence: Evidence) => matchWhitelist(action, { ...actors, ...more }, snapshot, evidence).unknown;
  const answered = (login: string, isIn: boolean) => new Evidence().with('membership', actors.people.flatMap((one) => (one.login === login ? [[{ kind: 'membership', login, id: one.id, group: 'team:writers' }, { kind: 'answered', value: { kind: 'told', login, isIn } }] as const] : [])));
  assert.deepEqual(unknownOf({}, answered('author', true)), [{ why: 'whether mona belongs to team:writers could not be read: it was not asked', kind: 'trouble' }]);
  assert.deepEqual([unknownOf({}, answered('author', false)), unknownOf({}, answered('mona', false))], [[], []]);
  assert.deepEqual(unknownOf({ operators: ['user:ann'] }, new Evidence()), []);
});

test('whoever it may be matches while it could not be read whose hand is in the change, and nobody once it is known that somebody is not known', () => {
  const unread: Actors = { people: [], operators: [], hasUnknown: true, unread: { why: 'GitHub gave no answer', kind: 'trouble' } };
  const match = (path: string, who: Actors) => matchWhitelist(anAction(path), who, snapshotWith(1), new Evidence());
  assert.deepEqual(match('infra/part-0-x.tf', unread), { entries: [], unknown: [{ why: 'GitHub gave no answer', kind: 'trouble' }] });
  assert.deepEqual([match('elsewhere', unread), match('infra/part-0-x.tf', { ...unread, unread: null })], [{ entries: [], unknown: [] }, { entries: [], unknown: [] }]);
});
