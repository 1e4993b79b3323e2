import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = (count = 1, from = '"team:governance"') => `version: 1
governance:
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  approvals: {tier2: {count: ${count}, from: [${from}]}, tier3: {count: 2, from: ["team:governance"]}}
`;

/** A pull request of mona changes what somebody of the team, ann or bob, may release. */
async function aChangeThatWaits(text = configuration()) {
  const world = aDeliveredWorld({});
  world.github.commit('main', { '.github/plumbline.yml': text, 'README.md': 'shop\n' });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  const after = async (delivery: VerifiedDelivery): Promise<string> => {
    await world.receive(delivery);
    await world.settle();
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.cause, ...(decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [])].join(' ');
  };
  await after(world.opens(1, 'mona', { 'infra/a.tf': 'one\n' }));
  const told = async () => (await world.decisionOn(1))?.decision.verdicts.flatMap(({ findings }) => findings.map(({ code, next }) => `${code}: ${next}`)) ?? [];
  return { ...world, after, told, newestReply: () => world.github.comments.at(-1)?.body ?? '', approve: (login: string) => after(world.comments(1, login, `/plumbline approve all ${world.headOf(1).slice(0, 12)}`)) };
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
