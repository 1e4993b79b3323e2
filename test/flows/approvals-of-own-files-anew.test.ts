import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { VerifiedDelivery } from '../../src/flows/receive-delivery.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';
import { pushed } from './pushed-world.ts';

const path = '.github/plumbline.yml';
const whitelist = ['config.change', 'waiver.grant', 'playbook.change', 'behavior.change'].map((action) => `{action: ${action}, actors: ["user:mona"], until: 2027-12-01, owner: "user:mona", reason: usual}`);
const configuration = `version: 1
governance:
  whitelist: [${whitelist.join(', ')}]
  approvals: {tier3: {count: 2, from: ["team:governance"]}}
`;
const waivers = `waivers: ["w/*.json"]\n`;

function waiverFile(...codes: readonly string[]): string {
  const entry = { fingerprint: 'abcdefabcdefabcd', path: 'contracts/a.yaml', owner: 'team:p', reason: 'later', grantedBy: 'user:mona', until: '2026-12-20' };
  return JSON.stringify({ version: 1, waivers: codes.map((code) => ({ ...entry, code })) });
}

const playbook = (name: string): string => readFileSync(`${import.meta.dirname}/../../playbooks/${name}.yaml`, 'utf8').replace(`id: ${name}`, 'id: mine');

/** A pull request of mona that names files anew, of which ann and bob are asked. */
async function aChangeThatNames(settings: string, files: Readonly<Record<string, string>>, standing: Readonly<Record<string, string>> = {}, before = '') {
  const world = aDeliveredWorld();
  world.github.commit('main', { [path]: `${configuration}${before}`, 'README.md': 'shop\n', ...standing });
  world.github.teams.set('governance', new Set(['ann', 'bob']));
  const after = async (...deliveries: readonly VerifiedDelivery[]): Promise<readonly string[]> => {
    await world.receive(...deliveries);
    await world.settle();
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.decision ?? 'none', ...(decision?.verdicts ?? []).flatMap(({ judged }) => judged ?? []).map(({ action, tier, outcome }) => `${tier} ${action} ${outcome}`)];
  };
  const opened = await after(world.opens(1, 'mona', { [path]: `${configuration}${before}${settings}`, ...files }));
  const approved = async (): Promise<readonly string[]> => {
    for (const login of ['ann', 'bob']) await after(world.comments(1, login, `/plumbline approve all ${world.headOf(1).slice(0, 12)}`));
    return after();
  };
  /** Another change lays files at the base. */
  const moved = async (laid: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    world.github.commit('main', laid);
    world.github.openPull(1, 'topic-1', { author: 'mona' });
    world.clock.advance(60_000);
    await pushed(world);
    return after();
  };
  return { ...world, opened, after, approved, moved };
}

describe('a change that names waiver files anew', () => {
  it('grants the waivers that are pushed after its approval, and waits for people again', async () => {
    const change = await aChangeThatNames(waivers, { 'w/a.json': waiverFile() });
    assert.deepEqual(change.opened, ['hold', '3 config.change hold', '3 config.change hold']);
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass', '3 config.change pass']);
    assert.deepEqual(await change.after(change.pushes(1, 'mona', { 'w/a.json': waiverFile('contract/schema_invalid') })), ['hold', '3 config.change pass', '3 waiver.grant hold']);
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass', '3 waiver.grant pass']);
  });

  it('grants what stands there at the base already', async () => {
    const change = await aChangeThatNames(waivers, {}, { 'w/a.json': waiverFile('contract/schema_invalid', 'contract/id_missing') });
    assert.deepEqual(change.opened, ['hold', '3 config.change hold', '3 waiver.grant hold', '3 waiver.grant hold']);
  });

  it('keeps an approval while what it names stays as it was', async () => {
    const change = await aChangeThatNames(waivers, { 'w/a.json': waiverFile('contract/schema_invalid') });
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass', '3 waiver.grant pass']);
    assert.deepEqual(await change.after(change.pushes(1, 'mona', { 'README.md': 'store\n' })), ['allow', '3 config.change pass', '1 docs.change pass', '3 waiver.grant pass']);
  });

  it('grants what another change lays at the base after the approval', async () => {
    const change = await aChangeThatNames(waivers, {});
    await pushed(change);
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass']);
    assert.deepEqual(await change.moved({ 'w/a.json': waiverFile('contract/schema_invalid') }), ['hold', '3 config.change pass', '3 waiver.grant hold']);
  });

  it('is released by nobody where it names more files than are looked at one by one', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`w/${index}.json`, waiverFile()]));
    const change = await aChangeThatNames(waivers, {}, many);
    assert.deepEqual(change.opened, ['deny', '3 config.change hold', '4 config.change fail']);
  });
});

describe('a change that names other files of Plumbline anew', () => {
  const schema = (rest: object): string => JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', ...rest });

  it('waits for people again once the schema of its contracts is another', async () => {
    const change = await aChangeThatNames('contracts: [{name: all, paths: ["contracts/**"], schema: s.json, signatures: optional}]\n', { 's.json': schema({ required: ['a', 'b'] }) });
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass', '3 config.change pass']);
    assert.deepEqual(await change.after(change.pushes(1, 'mona', { 's.json': schema({}) })), ['hold', '3 config.change pass', '3 config.change hold']);
  });

  it('waits for people again once its playbook does something else', async () => {
    const change = await aChangeThatNames('playbooks: ["pb/*.yaml"]\n', { 'pb/a.yaml': playbook('open-issue') });
    assert.deepEqual(await change.approved(), ['allow', '3 config.change pass', '3 playbook.change pass']);
    assert.deepEqual(await change.after(change.pushes(1, 'mona', { 'pb/a.yaml': playbook('restore-managed-file') })), ['hold', '3 config.change pass', '3 playbook.change hold']);
  });
});

describe('a behaviour that is in force by the change alone', () => {
  const behavior = 'kind: Behavior\nname: a\nscope: environment\nsource: {type: repository-files, files: [{path: .editorconfig, template: templates/e.ini}]}\nowner: team:platform\n';
  const behaviors = 'drift: {behaviors: ["b/*.yaml"]}\n';
  const templates = { 'templates/e.ini': 'one\n' };
  const ways = {
    'that the change names': [behaviors, {}, { 'b/a.yaml': behavior, ...templates }, ''],
    'that the change brings': ['', { 'b/a.yaml': behavior }, templates, behaviors],
  } as const;

  it('is judged again once another change lays what it named in vain', async () => {
    const change = await aChangeThatNames('', { 'b/a.yaml': behavior }, {}, behaviors);
    assert.equal(change.opened[0], 'deny');
    await pushed(change);
    assert.deepEqual(await change.moved(templates), ['hold', '3 behavior.change hold']);
  });

  for (const [way, [settings, files, standing, before]] of Object.entries(ways)) {
    it(`waits for people again once what it is measured by is another at the base, ${way}`, async () => {
      const change = await aChangeThatNames(settings, files, standing, before);
      const approved = await change.approved();
      assert.equal(approved[0], 'allow');
      assert.ok(approved.includes('3 behavior.change pass'));
      await pushed(change);
      const held = await change.moved({ 'templates/e.ini': 'two\n' });
      assert.equal(held[0], 'hold');
      assert.ok(held.includes('3 behavior.change hold'));
      assert.equal((await change.approved())[0], 'allow');
    });

    it(`keeps its approval while that stays as it was, ${way}`, async () => {
      const change = await aChangeThatNames(settings, files, standing, before);
      await change.approved();
      await pushed(change);
      assert.equal((await change.moved({ 'README.md': 'store\n' }))[0], 'allow');
    });
  }
});

describe('a configuration of which no action is asked', () => {
  const key = (kid: string): string => JSON.stringify({ keys: [{ kty: 'OKP', crv: 'Ed25519', kid, x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] });
  const named = 'keys: ["k/*.json"]\n';
  const governed = 'version: 1\ngovernance:\n  approvals: {tier3: {count: 1, from: ["team:governance"]}}\n';

  /** A pull request of mona that names keys first, which an admin released, and what comes of it. @param bases Of the default branch, one after the other. */
  async function aReleasedConfiguration(bases: readonly (string | null)[], files: Readonly<Record<string, string>>) {
    const world = aDeliveredWorld();
    world.github.admins.add('root');
    for (const required of ['main', 'plumbline']) world.github.required.add(required);
    for (const text of bases) {
      world.github.commit('main', { 'README.md': 'shop\n', ...(text === null ? {} : { [path]: text }) });
      await pushed(world);
    }
    const after = async (...deliveries: readonly VerifiedDelivery[]): Promise<string | undefined> => {
      await world.receive(...deliveries);
      await world.settle();
      return (await world.decisionOn(1))?.decision.decision;
    };
    const release = () => after(world.comments(1, 'root', `/plumbline approve all ${world.headOf(1).slice(0, 12)}`));
    const laid = async (standing: Readonly<Record<string, string>>) => {
      world.github.commit('main', standing);
      world.github.openPull(1, 'topic-1', { author: 'mona' });
      world.clock.advance(60_000);
      await pushed(world);
      return after();
    };
    assert.equal(await after(world.opens(1, 'mona', files)), 'hold');
    assert.equal(await release(), 'allow');
    return { ...world, after, release, laid };
  }

  const first = { [path]: `version: 1\n${named}` };
  const ways = { 'that is the first one': [[null], first], 'that mends one': [[governed, 'version: 99\n'], { [path]: `${governed}${named}` }] } as const;

  for (const [way, [bases, files]] of Object.entries(ways)) {
    it(`attack: ${way} waits for people again once another change lays what it names, or makes that another`, async () => {
      const world = await aReleasedConfiguration(bases, files);
      assert.equal(await world.laid({ 'k/a.json': key('a') }), 'hold');
      assert.equal(await world.release(), 'allow');
      assert.equal(await world.laid({ 'k/a.json': key('b') }), 'hold');
    });

    it(`${way} keeps its release while others change what it does not name`, async () => {
      assert.equal(await (await aReleasedConfiguration(bases, files)).laid({ 'docs/a.md': 'a\n' }), 'allow');
    });
  }

  it('attack: that is the first one waits for people again once what comes along with it is another', async () => {
    const world = await aReleasedConfiguration([null], { ...first, 'k/a.json': key('a') });
    assert.equal(await world.after(world.pushes(1, 'mona', { 'k/a.json': key('b') })), 'hold');
  });
});
