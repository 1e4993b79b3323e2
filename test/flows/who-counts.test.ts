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
  return { ...world, after, approve: (login: string) => after(world.comments(1, login, `/plumbline approve all ${world.headOf(1).slice(0, 12)}`)) };
}

test('an approver counts although another team of the list is one that GitHub does not show', async () => {
  const world = await aChangeThatWaits(configuration(2, '"team:renamed", "team:governance"'));
  assert.equal(await world.approve('ann'), 'hold hold governance/approvals_missing');
  assert.equal(await world.approve('bob'), 'pass');
});
