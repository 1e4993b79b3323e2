import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rejudgePeopleJob } from '../../src/flows/job-requests.ts';
import { aDecision, aVerdict } from '../builders/decision-builder.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configured = ['version: 1', 'governance:', '  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]', '  approvals: {tier2: {count: 1, from: ["team:governance"]}}', ''].join('\n');

/** Pull request 1, which alice of the team approved, and 2, about which nobody was asked. */
async function anApproved() {
  const world = aDeliveredWorld();
  world.github.commit('main', { '.github/plumbline.yml': configured, 'infra/a.tf': 'a' });
  world.github.teams.set('governance', new Set(['alice']));
  await world.receive(world.opens(1, 'mona', { 'infra/a.tf': 'b' }));
  await world.settle();
  world.github.branch('other', 'main');
  const facts = world.github.openPull(2, 'other');
  await world.store.transaction(async (transaction) => {
    const decision = aDecision({ head: facts.head, verdicts: [aVerdict('governance', [])] });
    await transaction.savePullRequest({ repository: world.github.ref, facts, authorCanWrite: true });
    await transaction.saveDecision({ id: 'unasked', repository: world.github.ref, subject: 'pull-request:2', entry: 'main', baseBranch: 'main', decision, decidedAt: world.clock.now() });
  });
  await world.receive(world.comments(1, 'alice', `/plumbline approve infra.change ${world.headOf(1)}`));
  await world.settle();
  const decisions = async () => Promise.all([1, 2].map(async (number) => (await world.decisionOn(number))?.id));
  return { ...world, decisions };
}

describe('a team whose members approved', () => {
  for (const [title, action, changes] of [
    ['is deleted', 'deleted', {}],
    ['is renamed', 'edited', { name: { from: 'governance' } }],
    ['is hidden', 'edited', { privacy: { from: 'closed' } }],
  ] as const) {
    it(`lets nothing pass any more once it ${title}, and what asked for nobody is not judged again`, async () => {
      const world = await anApproved();
      const [before, [first, second]] = [world.conclusionOf(1), await world.decisions()];
      world.github.teams.delete('governance');
      await world.receive(world.teamIs(action, changes));
      await world.settle();
      const [firstNow, secondNow] = await world.decisions();
      assert.deepEqual([before, world.conclusionOf(1), firstNow === first, secondNow === second, world.failures], ['success', 'failure', false, true, []]);
    });
  }

  it('counts again once it is back under the name that is configured', async () => {
    const world = await anApproved();
    world.github.teams.delete('governance');
    await world.receive(world.teamIs('edited', { name: { from: 'governance' } }));
    await world.settle();
    world.github.teams.set('governance', new Set(['alice']));
    await world.receive(world.teamIs('edited', { name: { from: 'platform' } }));
    await world.settle();
    assert.equal(world.conclusionOf(1), 'success');
  });

  it('concerns no other account, and no other repository where it is about one', async () => {
    const world = await anApproved();
    const before = await world.decisions();
    const { account, id } = world.github.ref;
    for (const place of [{ account: account.id + 1, repository: null }, { account: account.id, repository: id + 1 }]) await world.enqueue(rejudgePeopleJob(place));
    await world.settle();
    assert.deepEqual(await world.decisions(), before);
  });
});
