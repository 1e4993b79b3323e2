import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anEngine } from '../probes/policy-engine/an-engine.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const { engine } = anEngine();
const path = 'policies/own/own.rego';
const configuration = `version: 1
governance:
  policies: ["policies/**/*.rego"]
  whitelist: [{action: policy.change, actors: ["user:mona"], until: "2026-12-01", owner: "team:platform", reason: "keeps them", maxTier: 3}]
  approvals: {tier3: {count: 2, from: ["team:governance"]}}
`;
const passing = (word = 'pass') => `package plumbline.rules.t.own\n\nimport rego.v1\n\nresult contains {"subject": action.name, "outcome": "${word}"} if some action in input.actions\n`;
const garbage = `${passing()}}\n`;

/** A repository with Rego of its own, in which mona works, ann and bob approve tier 3 and root is an admin. OPA itself compiles. */
async function aPolicyWorld(own: string) {
  const world = aDeliveredWorld({}, engine);
  world.github.commit('main', { '.github/plumbline.yml': configuration, [path]: own, 'README.md': 'shop\n' });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  world.github.admins.add('root');
  return {
    ...world,
    outcomeOf,
    async opened(number: number, files: Readonly<Record<string, string>>) {
      await world.receive(world.opens(number, 'mona', files));
      await world.settle();
      assert.deepEqual(world.failures, []);
      return await outcomeOf(number);
    },
    async approved(number: number, login: string) {
      await world.receive(world.comments(number, login, `/plumbline approve all ${world.headOf(number).slice(0, 12)} seen`));
      await world.settle();
      return await outcomeOf(number);
    },
  };

  async function outcomeOf(number: number): Promise<string> {
    const decision = (await world.decisionOn(number))?.decision;
    const codes = decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [];
    return [decision?.cause, ...codes].join(' ');
  }
}

describe('policies that do not compile', () => {
  it('are not merged, whoever approves the change', async () => {
    const world = await aPolicyWorld(passing());
    assert.match(await world.opened(1, { [path]: garbage }), /^fail .*deny policy\/invalid/);
    await world.approved(1, 'ann');
    assert.match(await world.approved(1, 'bob'), /^fail deny policy\/invalid$/);
    const [found] = (await world.decisionOn(1))?.decision.verdicts.flatMap(({ findings }) => findings.filter(({ code }) => code === 'policy/invalid')) ?? [];
    assert.deepEqual([found?.path, found?.line], [path, 6]);
  });

  it('leave at the base every change without an answer, but the one that mends them, which an admin releases', async () => {
    const world = await aPolicyWorld(garbage);
    assert.equal(await world.opened(1, { 'src/a.ts': 'one\n' }), 'inconclusive unknown policy/no_answer');
    assert.equal(await world.opened(2, { [path]: passing(), 'src/a.ts': 'one\n' }), 'inconclusive unknown policy/no_answer');
    assert.equal(await world.opened(3, { [path]: passing() }), 'hold hold config/repair');
    assert.equal(await world.approved(3, 'mona'), 'hold hold config/repair');
    assert.equal(await world.approved(3, 'root'), 'pass notice config/repair');
    assert.equal(world.conclusionOf(3), 'success');
    for (const told of ['approval.given', 'approval.counted']) assert.ok((await world.entries()).some(({ event }) => event === told), told);
  });

  it('are mended with the approvals of tier 3, for the content that they were given to', async () => {
    const world = await aPolicyWorld(garbage);
    assert.equal(await world.opened(1, { [path]: passing() }), 'hold hold config/repair');
    assert.equal(await world.approved(1, 'ann'), 'hold hold config/repair');
    assert.equal(await world.approved(1, 'bob'), 'pass notice config/repair');
    await world.receive(world.pushes(1, 'mona', { [path]: passing('hold') }));
    await world.settle();
    assert.equal(await world.outcomeOf(1), 'hold hold config/repair');
  });

  it('judge again once they are mended', async () => {
    const world = await aPolicyWorld(garbage);
    world.github.commit('main', { [path]: passing('hold') });
    assert.equal(await world.opened(1, { 'src/a.ts': 'one\n' }), 'hold hold policy/held');
  });
});
