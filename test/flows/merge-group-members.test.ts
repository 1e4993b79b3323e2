import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { mergeGroupMembers } from '../../src/flows/merge-group-members.ts';
import { isFailure } from '../builders/is-failure.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';

/** Two pull requests and the group commits that a queue made of them, merged or squashed. */
function aQueue(method: 'merge' | 'squash' = 'squash') {
  const github = new FakeGitHub();
  const base = github.commit('main', { 'a.txt': 'a' });
  const heads = [1, 2].map((number) => {
    github.branch(`topic-${number}`, 'main');
    const head = github.commit(`topic-${number}`, { [`${number}.txt`]: 'new' });
    github.openPull(number, `topic-${number}`);
    return head;
  });
  github.branch('queue', 'main');
  const ends = heads.map((head, index) => github.commit('queue', { [`${index + 1}.txt`]: 'new' }, [github.branches.get('queue') ?? '', ...(method === 'merge' ? [head] : [])]));
  const [one = '', two = ''] = ends;
  const entries = [{ number: 1, base, head: one }, { number: 2, base: one, head: two }];
  const members = async (headSha = two, baseSha = base, number = 2) =>
    (await mergeGroupMembers(github.repository, { headSha, baseSha, baseBranch: 'main', headRef: `refs/heads/gh-readonly-queue/main/pr-${number}-${baseSha}` }))?.map((member) => member.number) ?? null;
  return { github, base, one, two, entries, members };
}

test('the members of a squashed group are the entries from its base to its head', async () => {
  const { github, entries, members, one } = aQueue();
  github.queues.set('main', entries);
  assert.deepEqual(await members(), [1, 2]);
  assert.deepEqual(await members(one, undefined, 1), [1]);
  assert.deepEqual(await members(undefined, one), [2]);
});

test('entries of one group that all begin at its base are its members', async () => {
  const { github, entries, members, base } = aQueue();
  github.queues.set('main', entries.map((entry) => ({ ...entry, base })));
  assert.deepEqual(await members(), [1, 2]);
});

test('attack: a squashed group that the queue does not show stands for nobody', async () => {
  const { github, entries, members } = aQueue();
  for (const queue of [null, [], entries.slice(0, 1), entries.slice(1), entries.toReversed(), entries.map((entry) => ({ ...entry, head: entry.number === 1 ? null : entry.head }))]) {
    if (queue === null) github.queues.delete('main');
    else github.queues.set('main', queue);
    assert.equal(await members(), null);
  }
});

test('a group whose branch is named for another pull request than the last of it stands for nobody', async () => {
  const { github, entries, members } = aQueue();
  github.queues.set('main', entries);
  assert.equal(await members(undefined, undefined, 1), null);
});

test('a group with an entry that is no open pull request into its branch stands for nobody', async () => {
  const { github, entries, members } = aQueue();
  github.queues.set('main', entries);
  github.openPull(1, 'topic-1', { state: 'closed' });
  assert.equal(await members(), null);
});

test('the members of a merged group are known without a queue, by the heads that it merges', async () => {
  assert.deepEqual(await aQueue('merge').members(), [1, 2]);
});

test('attack: a pull request rebased behind one that was merged as it is does not hide behind it', async () => {
  const { github, base, members } = aQueue();
  github.branch('fast', 'topic-1');
  const head = github.commit('fast', { '2.txt': 'new' });
  assert.equal(await members(head, base), null);
});

test('members that could not be asked for throw', async () => {
  const { github, members } = aQueue();
  github.trouble.set('mergeQueue', [new Failure('GITHUB_UNAVAILABLE', 'no answer')]);
  await assert.rejects(members(), isFailure('GITHUB_UNAVAILABLE'));
});
