import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { anEngine } from '../probes/policy-engine/an-engine.ts';
import { aDeliveredWorld, someone } from './a-delivered-world.ts';

const { engine } = anEngine();
const path = 'policies/own/own.rego';

const configuration = (reviews: boolean): string => `version: 1
governance:
  policies: ["policies/**/*.rego"]
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  whitelist: [{action: policy.change, actors: ["user:mona"], until: "2026-12-01", owner: "team:platform", reason: "keeps them", maxTier: 3}]
  approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["team:governance"]}, reviews: ${reviews}}
`;

const rule = (word: 'pass' | 'hold'): string => `package plumbline.rules.t.own\n\nimport rego.v1\n\nresult contains {"subject": action.name, "outcome": "${word}"} if some action in input.actions\n`;
const broken = `${rule('pass')}}\n`;

/** A repository with Rego of its own, whose approvers are ann and bob, and root its admin. */
async function aPolicyWorld(own: string, reviews = false) {
  const world = aDeliveredWorld({}, engine);
  world.github.commit('main', { '.github/plumbline.yml': configuration(reviews), [path]: own, 'README.md': 'shop\n' });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  world.github.admins.add('root');
  const outcomeOf = async (number: number): Promise<string> => {
    const decision = (await world.decisionOn(number))?.decision;
    return [decision?.cause, ...(decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [])].join(' ');
  };
  const after = async (number: number, delivery: VerifiedDelivery): Promise<string> => {
    await world.receive(delivery);
    await world.settle();
    return outcomeOf(number);
  };
  const say = (number: number, login: string, word: string) => after(number, world.comments(number, login, `/plumbline ${word} all ${world.headOf(number).slice(0, 12)} because`));
  const newestReply = (): string => world.github.comments.at(-1)?.body ?? '';
  return { ...world, after, say, newestReply };
}

test('an approval of what a rule holds is void when a file of it changes', async () => {
  const world = await aPolicyWorld(rule('hold'));
  assert.equal(await world.after(1, world.opens(1, 'mona', { 'a.ts': '1\n', 'deploy/prod.sh': 'echo hello\n' })), 'hold hold policy/held');
  await world.say(1, 'ann', 'approve');
  assert.equal(await world.say(1, 'bob', 'approve'), 'pass notice policy/held');
  assert.equal(await world.after(1, world.pushes(1, 'mona', { 'deploy/prod.sh': 'rm -rf /\n', 'deploy/new.sh': 'true\n' })), 'hold hold policy/held');
});

test('an admin rejects a repair of policies, whoever approves it', async () => {
  const world = await aPolicyWorld(broken);
  assert.equal(await world.after(1, world.opens(1, 'mona', { [path]: rule('pass') })), 'hold hold config/repair');
  await world.say(1, 'root', 'reject');
  await world.say(1, 'ann', 'approve');
  assert.match(await world.say(1, 'bob', 'approve'), /^fail/);
});

test('an admin releases a repair of policies, as its text says', async () => {
  const world = await aPolicyWorld(broken);
  await world.after(1, world.opens(1, 'mona', { [path]: rule('pass') }));
  assert.equal(await world.say(1, 'root', 'approve'), 'pass notice config/repair');
});

test('who takes back their yes is counted no more, whichever door it came through', async () => {
  const world = await aPolicyWorld(rule('pass'), true);
  await world.after(1, world.opens(1, 'mona', { 'infra/a.tf': 'two\n' }));
  const review = { person: { login: 'ann', id: someone('ann').id, kind: 'human' as const }, commit: world.headOf(1), association: 'MEMBER' };
  world.github.reviews.set(1, [{ ...review, at: '2026-11-20T12:00:00Z' }]);
  assert.equal(await world.say(1, 'ann', 'approve'), 'pass');
  assert.match(await world.say(1, 'ann', 'unapprove'), /^hold/);
  world.github.reviews.set(1, [{ ...review, at: '2026-11-30T12:00:00Z' }]);
  await world.evaluate(1);
  assert.equal((await world.decisionOn(1))?.decision.cause, 'pass');
});

test('an approver who may be the one who pushed a head that was not seen releases nothing until the pull request is opened again', async () => {
  const world = await aPolicyWorld(rule('pass'));
  await world.after(1, world.opens(1, 'mona', { 'infra/a.tf': 'two\n' }));
  world.pushes(1, 'ann', { 'infra/a.tf': 'three\n' }, 'mona'); // Its delivery is lost.
  await world.evaluate(1);
  assert.equal(await world.say(1, 'ann', 'approve'), 'hold notice governance/contributors_unknown hold governance/approvals_missing');
  assert.match(world.newestReply(), /not known whose hands are in this change/);
});
