import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upTo } from '../gates/contract/schema/a-schema-change.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const lifting = '{action: infra.drop, actors: ["user:mona"], until: 2026-12-10, owner: "team:platform", reason: migration}';
const glob = '{action: "infra.*", actors: ["user:mona"], until: 2026-12-10, owner: "team:glob", reason: usual}';
const approvals = 'approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["team:governance"]}}';

/** `infra.drop` is of tier 4; the organisation has these entries. */
async function aToldWorld(entries: readonly string[], rules = '') {
  const world = aDeliveredWorld();
  const { github } = world;
  const organization = `version: 1\n${rules}governance:\n  ${approvals}\n  whitelist: [${entries.join(', ')}]\n`;
  const own = 'governance:\n  actions: [{action: infra.drop, tier: 4, paths: ["infra/**"]}]\n';
  const commit = github.commit('main', { '.github/plumbline.yml': `version: 1\nschemas: [{paths: ["schemas/**/*.json"], compatibility: backward, preset: semantic}]\n${own}`, 'schemas/order.json': upTo(9), 'infra/a.tf': 'one\n', 'README.md': 'shop\n' });
  github.organization = { repository: github.ref, commit, bytes: Buffer.from(organization) };
  github.teams.set('governance', new Set(['ann', 'bob', 'cid']));
  return {
    ...world,
    async opened(files: Readonly<Record<string, string>>) {
      await world.receive(world.opens(1, 'mona', files));
      await world.settle();
    },
    async pushed(files: Readonly<Record<string, string>>) {
      await world.receive(world.pushes(1, 'mona', files));
      await world.settle();
    },
    async approved(scope: string, ...people: readonly string[]) {
      for (const login of people) await world.receive(world.comments(1, login, `/plumbline approve ${scope} ${world.headOf(1).slice(0, 12)}`));
      await world.settle();
    },
    /** What the log tells of actions of one name, in order. */
    async told(action: string) {
      assert.deepEqual(world.failures, []);
      const stored = await world.store.audit.entries(github.ref.account.id, 0, 10_000);
      // A leaf stands for ever: whoever took part is named where it can be erased.
      for (const { leaf } of stored) assert.doesNotMatch(new TextDecoder().decode(leaf), /\b(?:mona|ann|bob)\b/);
      const entries = stored.map(({ leaf, openings }) => ({ entry: JSON.parse(new TextDecoder().decode(leaf)), openings }));
      return entries.filter(({ entry }) => String(entry.event).startsWith('action.')).flatMap(({ entry, openings }) => {
        const payload = JSON.parse(new TextDecoder().decode(openings.find(({ digest }) => digest === entry.payload.digest)?.bytes));
        return payload.action === action ? [{ event: entry.event, outcome: `${entry.outcome}: ${payload.because}`, listedBy: payload.whitelistedBy, approvedBy: payload.release?.approvedBy ?? null }] : [];
      });
    },
  };
}

const held = { event: 'action.blocked', outcome: 'hold: schema/incompatible.', listedBy: null };

describe('the log, of what let an action pass', () => {
  it('names the entry that lifts tier 4, and not one that only matches', async () => {
    const world = await aToldWorld([glob, lifting]);
    await world.opened({ 'infra/a.tf': 'two\n' });
    await world.approved('infra.drop', 'ann', 'bob');
    const listedBy = 'infra.drop until 2026-12-10, owned by team:platform (the organisation)';
    assert.deepEqual((await world.told('infra.drop')).at(-1), { event: 'action.allowed', outcome: 'pass: The whitelist names it, approved by ann, bob.', listedBy, approvedBy: ['ann', 'bob'] });
  });

  it('names no entry where tier 4 is denied, though one matches', async () => {
    const world = await aToldWorld([glob]);
    await world.opened({ 'infra/a.tf': 'two\n' });
    assert.deepEqual(await world.told('infra.drop'), [{ event: 'action.blocked', outcome: 'fail: governance/tier_forbidden.', listedBy: null, approvedBy: null }]);
  });

  it('names who released a schema that breaks, and who did so far', async () => {
    const world = await aToldWorld([]);
    await world.opened({ 'schemas/order.json': upTo(5) });
    await world.approved('schema/incompatible', 'ann');
    assert.deepEqual(await world.told('schema.change_breaking'), [{ ...held, approvedBy: [] }, { ...held, approvedBy: ['ann'] }]);
    assert.match(world.github.check('plumbline / governance', world.headOf(1))?.state.summary ?? '', /1 of 2 needed, team:governance \(ann\): `\/plumbline approve schema\/incompatible [0-9a-f]{12}`/);
    await world.approved('schema/incompatible', 'bob');
    assert.deepEqual((await world.told('schema.change_breaking')).slice(2), [{ event: 'action.allowed', outcome: 'pass: schema/incompatible is released by ann, bob.', listedBy: null, approvedBy: ['ann', 'bob'] }]);
  });

  it('tells what is only observed from what was released', async () => {
    const world = await aToldWorld([], 'rules: {schema/incompatible: observe}\n');
    await world.opened({ 'schemas/order.json': upTo(5) });
    assert.deepEqual((await world.told('schema.change_breaking')).map(({ event, outcome }) => `${event} ${outcome}`), ['action.allowed pass: schema/incompatible is only observed.']);
  });

  it('tells the same action once for each content, whatever gate it waits for', async () => {
    const world = await aToldWorld([lifting]);
    const counts = async () => [(await world.told('schema.change_breaking')).length, (await world.told('infra.drop')).length];
    await world.opened({ 'schemas/order.json': upTo(5), 'infra/a.tf': 'two\n' });
    assert.deepEqual(await counts(), [1, 1]);
    await world.pushed({ 'README.md': 'another shop\n' });
    assert.deepEqual(await counts(), [1, 1]);
    await world.pushed({ 'schemas/order.json': upTo(4) });
    assert.deepEqual(await counts(), [2, 1]);
    await world.pushed({ 'infra/a.tf': 'three\n' });
    assert.deepEqual(await counts(), [2, 2]);
  });
});
