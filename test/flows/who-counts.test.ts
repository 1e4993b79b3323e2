import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = (count = 1, from = '"team:governance"') => `version: 1
governance:
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  approvals: {tier2: {count: ${count}, from: [${from}]}, tier3: {count: 2, from: ["team:governance"]}}
`;

/** A pull request of mona, and what comes of it after each delivery. */
function aWatchedChange() {
  const world = aDeliveredWorld({});
  const after = async (...deliveries: readonly VerifiedDelivery[]): Promise<string> => {
    await world.receive(...deliveries);
    await world.settle();
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.cause, ...(decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [])].join(' ');
  };
  const say = (login: string, word: 'approve' | 'reject', scope = 'all') => after(world.comments(1, login, `/plumbline ${word} ${scope} ${world.headOf(1).slice(0, 12)} because`));
  const told = async () => (await world.decisionOn(1))?.decision.verdicts.flatMap(({ findings }) => findings.map(({ code, next }) => `${code}: ${next}`)) ?? [];
  return { ...world, after, say, told, newestReply: () => world.github.comments.at(-1)?.body ?? '' };
}

/** It changes what somebody of the team, ann or bob, may release. */
async function aChangeThatWaits(text = configuration()) {
  const world = aWatchedChange();
  world.github.commit('main', { '.github/plumbline.yml': text, 'README.md': 'shop\n' });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  await world.after(world.opens(1, 'mona', { 'infra/a.tf': 'one\n' }));
  return { ...world, approve: (login: string) => world.say(login, 'approve') };
}

test('an approver counts although another team of the list is one that GitHub does not show', async () => {
  const world = await aChangeThatWaits(configuration(2, '"team:renamed", "team:governance"'));
  assert.equal(await world.approve('ann'), 'hold hold governance/approvals_missing');
  assert.equal(await world.approve('bob'), 'pass');
});

const unknown = 'hold notice governance/contributors_unknown hold governance/approvals_missing';
const reopen = 'Let its author, or somebody who does not approve it, close the pull request and open it again: whoever opens it has a hand in it.';
const squash = 'Squash its commits, or split it: of one pull request 1,000 commits are read, with 50 authors each.';

test('an approval of a head that was not seen to arrive counts once its author opened the pull request again, as check and reply say', async () => {
  const world = await aChangeThatWaits();
  world.pushes(1, 'mona', { 'infra/a.tf': 'two\n' }); // Its delivery is lost.
  await world.evaluate(1);
  assert.equal(await world.approve('ann'), unknown);
  assert.deepEqual(await world.told(), [`governance/contributors_unknown: ${reopen}`, `governance/approvals_missing: ${reopen}`]);
  assert.ok(world.newestReply().includes(`nobody's yes counts yet. ${reopen} Then what you said counts.`), world.newestReply());
  assert.equal(await world.after(world.reopens(1, 'mona')), 'pass');
});

test('an approval of more commits than can be listed counts once they are squashed, as check and reply say', async () => {
  const world = await aChangeThatWaits();
  world.github.unreadable.add(1);
  await world.evaluate(1);
  assert.equal(await world.approve('ann'), unknown);
  assert.deepEqual(await world.told(), [`governance/contributors_unknown: ${squash}`, `governance/approvals_missing: ${squash}`]);
  assert.ok(world.newestReply().includes(`${squash} Then what you said counts.`), world.newestReply());
  assert.equal(await world.after(world.reopens(1, 'mona')), unknown);
  world.github.unreadable.delete(1);
  assert.equal(await world.after(world.pushes(1, 'mona', { 'infra/a.tf': 'one\n' })), 'pass');
});

test('a reply to an approval says nothing of hands where all are known', async () => {
  const world = await aChangeThatWaits(configuration(2));
  await world.approve('ann');
  assert.doesNotMatch(world.newestReply(), /hands|counts yet/);
});

describe('a first configuration', () => {
  const noAnswer = new Failure('GITHUB_UNAVAILABLE', 'no answer');

  async function aFirstConfiguration() {
    const world = aWatchedChange();
    world.github.commit('main', { 'README.md': 'shop\n' });
    for (const required of ['main', 'plumbline']) world.github.required.add(required);
    for (const admin of ['root', 'boss']) world.github.admins.add(admin);
    assert.equal(await world.after(world.opens(1, 'mona', { '.github/plumbline.yml': 'version: 1\n' })), 'hold hold config/missing');
    const again = async (...troubles: readonly Failure[]) => {
      // The query of all people says nothing of them: they are asked about one by one.
      world.github.hidesCollaborators = troubles.length > 0;
      world.github.trouble.set('permission', [...troubles]);
      await world.evaluate(1);
      return world.after();
    };
    return { ...world, again };
  }

  test('attack: that an admin rejected is not released while GitHub can not tell that they are one', async () => {
    const world = await aFirstConfiguration();
    await world.say('boss', 'reject', 'config/missing');
    assert.equal(await world.say('root', 'approve', 'config/missing'), 'fail notice config/missing deny governance/rejected');
    assert.equal(await world.again(noAnswer), 'inconclusive notice config/missing unknown policy/no_answer');
    assert.equal(await world.again(), 'fail notice config/missing deny governance/rejected');
  });

  test('that an admin approved is tried again, and not left waiting, where GitHub can not tell that they are one', async () => {
    const world = await aFirstConfiguration();
    assert.equal(await world.say('root', 'approve'), 'pass notice config/missing');
    assert.equal(await world.again(noAnswer), 'inconclusive hold config/missing unknown policy/no_answer');
    assert.equal(await world.again(), 'pass notice config/missing');
  });

  test('that an admin approved passes, though GitHub can not tell of another who did', async () => {
    const world = await aFirstConfiguration();
    await world.say('boss', 'approve');
    await world.say('root', 'approve', 'config/missing');
    assert.equal(await world.again(noAnswer), 'pass notice config/missing');
  });
});
