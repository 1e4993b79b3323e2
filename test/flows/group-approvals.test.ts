import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = `version: 1
governance:
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  approvals: {tier2: {count: 1, from: ["team:reviewers"]}}
`;

const files = { 1: { 'infra/a.tf': 'mine\n' }, 2: { 'infra/b.tf': 'theirs\n' } };

/** Pull request 1 by mona and 2 by dev, each an action of tier 2, and what people said in them. */
async function aQueueWorld(said: readonly (readonly [number: 1 | 2, login: string, word?: string])[]) {
  const world = aDeliveredWorld();
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': configuration, 'README.md': 'shop\n' });
  github.teams.set('reviewers', new Set(['ann', 'bob', 'dev']));
  await world.receive(world.opens(1, 'mona', files[1]), world.opens(2, 'dev', files[2]));
  await world.settle();
  for (const [number, login, word = 'approve'] of said) await world.receive(world.comments(number, login, `/plumbline ${word} infra.change ${world.headOf(number).slice(0, 12)} why`));
  await world.settle();
  assert.deepEqual(world.failures, []);
  return world;
}

/** What the group of both comes to. */
async function grouped(world: Awaited<ReturnType<typeof aQueueWorld>>, changes: Readonly<Record<number, Readonly<Record<string, string>>>> = files) {
  await world.receive(world.queues(changes));
  await world.settle();
  const verdicts = (await world.store.transaction((transaction) => transaction.newestDecision(100, `merge-group:refs/heads/gh-readonly-queue/main/pr-2-${world.github.branches.get('main')}`)))?.decision.verdicts ?? [];
  return {
    conclusion: world.github.check('plumbline', world.github.branches.get('queue') ?? '')?.state.conclusion,
    contributors: verdicts.flatMap(({ contributors = [] }) => contributors),
    approvedBy: verdicts.flatMap(({ judged = [] }) => judged).filter(({ tier }) => tier > 1).map(({ name, release }) => `${name}: ${release?.approvedBy.join(' ')}`),
  };
}

describe('a merge group', () => {
  it('passes with the approvals that its members have, and has the contributors of all of them', async () => {
    const world = await aQueueWorld([[1, 'ann'], [2, 'bob']]);
    assert.deepEqual([world.conclusionOf(1), world.conclusionOf(2)], ['success', 'success']);
    assert.deepEqual(await grouped(world), { conclusion: 'success', contributors: ['dev', 'mona'], approvedBy: ['infra.change infra/a.tf: ann', 'infra.change infra/b.tf: bob'] });
  });

  it('is held where a member has no approval, whatever another one has', async () => {
    const world = await aQueueWorld([[1, 'ann']]);
    assert.deepEqual(await grouped(world), { conclusion: 'action_required', contributors: ['dev', 'mona'], approvedBy: ['infra.change infra/a.tf: ann', 'infra.change infra/b.tf: '] });
  });

  it('does not count in it whoever has a hand in another member', async () => {
    const world = await aQueueWorld([[1, 'dev'], [2, 'bob']]);
    assert.equal(world.conclusionOf(1), 'success');
    assert.deepEqual(await grouped(world), { conclusion: 'action_required', contributors: ['dev', 'mona'], approvedBy: ['infra.change infra/a.tf: ', 'infra.change infra/b.tf: bob'] });
  });

  it('is denied by a rejection in one of its members', async () => {
    const world = await aQueueWorld([[1, 'ann'], [2, 'bob'], [2, 'ann', 'reject']]);
    assert.equal((await grouped(world)).conclusion, 'failure');
  });

  it('is held where the queue brings other content than was approved', async () => {
    const world = await aQueueWorld([[1, 'ann'], [2, 'bob']]);
    const { conclusion, approvedBy } = await grouped(world, { ...files, 2: { 'infra/b.tf': 'more than that\n' } });
    assert.deepEqual([conclusion, approvedBy], ['action_required', ['infra.change infra/a.tf: ann', 'infra.change infra/b.tf: ']]);
  });
});
