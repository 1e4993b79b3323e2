import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { Group } from '../../src/domain/people/group.ts';
import { peopleOf } from '../../src/flows/people-of.ts';
import { aVoteRecord } from '../builders/vote-builder.ts';
import { isFailure } from '../builders/is-failure.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const at = '2026-11-20T12:00:00Z';

/** A pull request by mona, which dev pushed to, with the people of its one commit. */
async function aWorldOfPeople(pushedBy: 'dev' | null = 'dev') {
  const github = new FakeGitHub();
  const store = memoryStore();
  github.commit('main', { 'a.txt': 'a' });
  for (const number of [1, 2]) {
    github.branch(`topic-${number}`, 'main');
    const head = github.commit(`topic-${number}`, { 'a.txt': `${number}` });
    github.openPull(number, `topic-${number}`);
    github.people.set(number, [{ sha: head, people: [{ login: 'mona', id: 13 }] }]);
    if (pushedBy !== null) await store.transaction((transaction) => transaction.recordArrival({ repositoryId: 100, pullRequest: number, head, person: { login: pushedBy, id: 12, kind: 'human' }, action: 'synchronize', at }));
  }
  const members = [...github.pulls.values()];
  const asked = (wanted: Partial<Parameters<typeof peopleOf>[2]> = {}) => peopleOf({ store, github: github.app }, github.repository, { repository: github.ref, members: members.slice(0, 1), reviews: false, isGroup: false, ...wanted });
  return { github, store, members, asked };
}

test('contributors() of a pull request are its author, whoever pushed, and whoever is in its commits', async () => {
  const { asked } = await aWorldOfPeople();
  assert.deepEqual(await asked().contributors(), {
    people: [{ login: 'dev', id: 12, kind: 'human', via: ['pusher'] }, { login: 'mona', id: 13, kind: 'human', via: ['author', 'commit'] }],
    unknown: null,
  });
});

test('contributors() of a head that nobody was seen to bring may have others', async () => {
  const { asked, members } = await aWorldOfPeople(null);
  assert.deepEqual((await asked().contributors()).unknown, [{ kind: 'unseen', why: `the head ${members[0]?.head.slice(0, 7)} was not seen to arrive` }]);
});

test('contributors() of commits that GitHub does not list to the end may have others', async () => {
  const { asked, github } = await aWorldOfPeople();
  github.unreadable.add(1);
  assert.deepEqual((await asked().contributors()).unknown?.map(({ kind }) => kind), ['unlisted']);
});

test('contributors() of a merge group are those of all its members', async () => {
  const { asked, github, members } = await aWorldOfPeople();
  github.people.set(2, [{ sha: members[1]?.head ?? '', people: [{ login: 'chief', id: 14 }] }]);
  assert.deepEqual((await asked({ members }).contributors()).people.map(({ login }) => login), ['chief', 'dev', 'mona']);
});

test('contributors() of a commit that somebody asked our App for name that person', async () => {
  const { asked, github, members, store } = await aWorldOfPeople(null);
  const [commit = ''] = members.map(({ head }) => head);
  github.people.set(1, [{ sha: commit, people: [{ login: 'plumbline[bot]', id: 900 }] }]);
  await store.transaction((transaction) => transaction.recordContribution({ repositoryId: 100, pullRequest: 1, commit, person: { login: 'chief', id: 14 }, effect: 'mend/1' }));
  const { people, unknown } = await asked().contributors();
  assert.deepEqual([people.map(({ login, via }) => `${login} ${via.join(' ')}`), unknown], [['chief asked', 'mona author'], null]);
});

test('contributors() throws when commits can not be read, when the head moved, and for a group whose members are not known', async () => {
  const { asked, github, members } = await aWorldOfPeople();
  const [member] = members;
  if (member === undefined) throw new Error('no pull request');
  github.trouble.set('commitPeople', [new Failure('GITHUB_UNAVAILABLE', 'no answer')]);
  await assert.rejects(asked().contributors(), isFailure('GITHUB_UNAVAILABLE'));
  await assert.rejects(asked({ members: [{ ...member, head: 'f'.repeat(40) }] }).contributors(), isFailure('SNAPSHOT_UNREADABLE'));
  await assert.rejects(asked({ members: null }).contributors(), isFailure('SNAPSHOT_UNREADABLE'));
  await assert.rejects(asked({ members: null }).votes(), isFailure('SNAPSHOT_UNREADABLE'));
});

test('votes() are what stands of what was said in each pull request that the change stands for', async () => {
  const { asked, members, store } = await aWorldOfPeople();
  const records = [aVoteRecord({ pullRequest: 1 }), aVoteRecord({ pullRequest: 2, source: 'comment:2' }), aVoteRecord({ pullRequest: 2, source: 'comment:3', says: 'withdraw' }), aVoteRecord({ pullRequest: 9, source: 'comment:4' })];
  for (const record of records) await store.transaction((transaction) => transaction.recordVote(record));
  assert.deepEqual((await asked({ members }).votes()).map(({ login, answer, pullRequest }) => [login, answer, pullRequest]), [['mira', 'approve', 1]]);
});

test('votes() include approving reviews only where reviews count, each about the commit that was reviewed', async () => {
  const { asked, github, members } = await aWorldOfPeople();
  const [commit = ''] = members.map(({ head }) => head);
  github.reviews.set(1, [{ person: { login: 'mira', id: 21, kind: 'human' }, commit, association: 'MEMBER', at }]);
  assert.deepEqual(await asked().votes(), []);
  assert.equal(github.calls.includes('reviews'), false);
  assert.deepEqual(await asked({ reviews: true }).votes(), [{ login: 'mira', id: 21, kind: 'human', answer: 'approve', reason: null, door: 'review', pullRequest: 1, target: { kind: 'head', scope: 'all', sha: commit }, at }]);
});

async function memberships(github: FakeGitHub, asked: ReturnType<typeof peopleOf>, ...wanted: readonly (readonly [string, Group])[]) {
  github.calls = [];
  const answers = await asked.memberships(wanted.map(([login, group]) => ({ login, id: null, group })));
  return answers.map((answer) => (answer.kind === 'unavailable' ? answer.why : answer.value.kind === 'told' ? answer.value.isIn : 'gone'));
}

for (const hides of [false, true]) test(`memberships() asks once for all teams and people${hides ? ', once more for each person of whom nothing is told so' : ''}, and Apps belong nowhere`, async () => {
  const { asked, github } = await aWorldOfPeople();
  github.hidesCollaborators = hides;
  github.teams.set('governance', new Set(['mira']));
  github.admins.add('alice');
  github.writers.add('dev');
  github.owners.add('boss');
  const wanted = [['mira', 'team:governance'], ['dev', 'team:governance'], ['alice', 'admins'], ['alice', 'writers'], ['dev', 'admins'], ['dev', 'writers'], ['boss', 'owners'], ['ci[bot]', 'team:governance'], ['ci[bot]', 'admins']] as const;
  assert.deepEqual(await memberships(github, asked(), ...wanted), [true, false, true, true, false, true, true, false, false]);
  assert.deepEqual(github.calls.toSorted(), ['isOwner', 'people', ...(hides ? ['permission', 'permission'] : [])]);
});

test('memberships() asks anew each time: who was demoted between no longer belongs', async () => {
  const { asked, github } = await aWorldOfPeople();
  github.admins.add('alice');
  const people = asked();
  assert.deepEqual(await memberships(github, people, ['alice', 'admins']), [true]);
  github.admins.delete('alice');
  assert.deepEqual(await memberships(github, people, ['alice', 'admins']), [false]);
});

test('memberships() tells of a team that can not be read that it can not, and answers the others', async () => {
  const { asked, github } = await aWorldOfPeople();
  github.admins.add('alice');
  github.trouble.set('people', [new Failure('GITHUB_REFUSED', 'Resource not accessible by integration')]);
  assert.deepEqual(await memberships(github, asked(), ['mira', 'team:governance'], ['alice', 'admins']), ['Resource not accessible by integration', true]);
});

test('attack: memberships() answers nothing about a login that was taken over while it was asked', async () => {
  const { asked, github } = await aWorldOfPeople();
  github.teams.set('governance', new Set(['mira-new']));
  github.renamed.set(21, 'mira-new');
  const ask = async () => (await asked().memberships([{ login: 'mira', id: 21, group: 'team:governance' }])).map((answer) => (answer.kind === 'answered' ? answer.value : answer.kind));
  assert.deepEqual(await ask(), [{ kind: 'told', login: 'mira-new', isIn: true }]);
  github.calls = [];
  github.before = () => (github.calls.filter((call) => call === 'people').length === 2 ? void github.renamed.set(21, 'mira-newer') : undefined);
  assert.deepEqual(await ask(), ['unavailable']);
});

test('memberships() tells of a team that GitHub does not show that nobody is known to be outside of it', async () => {
  const { asked, github } = await aWorldOfPeople();
  assert.deepEqual(await memberships(github, asked(), ['mira', 'team:no-such-team']), [null]);
});

test('contributors() tell agents that trailers name, and which of them is our own App', async () => {
  const { github, asked, members } = await aWorldOfPeople();
  github.people.set(1, [{ sha: members[0]?.head ?? '', people: [{ login: 'plumbline[bot]', id: 900 }], agents: ['Coder 3'] }, { sha: 'f'.repeat(40), people: [], agents: ['Coder 3', 'Maker'] }]);
  const { named, own } = await asked().contributors();
  assert.deepEqual([named, own], [['Coder 3', 'Maker'], 'plumbline[bot]']);
});
