import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { detachConfiguration } from '../../src/flows/detach-configuration.ts';
import { upTo } from '../gates/contract/schema/a-schema-change.ts';
import { aDeliveredWorld, someone } from './a-delivered-world.ts';
import { entriesOf, pushed, rebase } from './pushed-world.ts';

const configured = 'version: 1\nschemas: [{paths: ["schemas/**/*.json"], compatibility: backward, preset: semantic}]\ngovernance:\n  approvals: {reviews: true, tier2: {count: 1, from: ["user:ann"]}, tier3: {count: 1, from: ["user:ann"]}}\n';

/** Pull request 1 of mona breaks a schema: it waits for ann, whose reviews count too. */
async function aWaitingWorld() {
  const world = aDeliveredWorld();
  world.github.commit('main', { '.github/plumbline.yml': configured, 'schemas/order.json': upTo(9), 'README.md': 'shop\n' });
  await world.receive(world.opens(1, 'mona', { 'schemas/order.json': upTo(5) }));
  await world.settle();
  return {
    ...world,
    async says(text: string) {
      world.clock.advance(1_000);
      await world.receive(world.comments(1, 'ann', text.replace('<head>', world.headOf(1).slice(0, 12))));
      await world.settle();
    },
    async reviewed(isStanding: boolean) {
      world.clock.advance(1_000);
      world.github.reviews.set(1, isStanding ? [{ person: { login: 'ann', id: someone('ann').id, kind: 'human' }, commit: world.headOf(1), association: 'MEMBER', at: world.clock.now().toISOString() }] : []);
      await world.evaluate(1);
    },
    told: async () => (await entriesOf(world)).flatMap(({ event, outcome }) => (event.startsWith('approval.') ? [`${event}: ${outcome}`] : [])),
  };
}

const counted = 'approval.counted: counts for schema/incompatible: schemas/order.json, 1 of 1 needed';

describe('the log, of approvals', () => {
  it('tells that a review counts, and once that it does not any more', async () => {
    const world = await aWaitingWorld();
    await world.reviewed(true);
    await world.reviewed(false);
    await world.evaluate(1);
    assert.deepEqual(await world.told(), [counted, 'approval.withdrawn: counts no longer for schema/incompatible: schemas/order.json, 0 of 1 needed']);
  });

  it('tells what is said in comments, and not twice that it was taken back', async () => {
    const world = await aWaitingWorld();
    await world.says('/plumbline approve schema/incompatible <head>');
    await world.says('/plumbline unapprove schema/incompatible <head>');
    assert.deepEqual(await world.told(), ['approval.given: schema/incompatible', counted, 'approval.withdrawn: schema/incompatible']);
  });

  it('tells a review that was dismissed though its person took back another yes before', async () => {
    const world = await aWaitingWorld();
    await world.says('/plumbline approve schema/incompatible <head>');
    await world.says('/plumbline unapprove schema/incompatible <head>');
    await world.reviewed(true);
    await world.reviewed(false);
    assert.match((await world.told()).at(-1) ?? '', /^approval\.withdrawn: counts no longer/);
  });
});

describe('the log, of configurations', () => {
  it('commits to what each said, before and after, and to what was forgotten', async () => {
    const world = await aWaitingWorld();
    const later = `${configured}waivers: ["w/*.json"]\n`;
    world.github.commit('main', { '.github/plumbline.yml': later });
    rebase(world, 1);
    await pushed(world);
    await detachConfiguration(world.store, { account: 1, repository: { id: 100, name: 'acme/shop' }, by: 'olga' });
    const [one, two] = [configured, later].map((text) => digestOfBytes(text));
    const told = (await entriesOf(world)).flatMap(({ event, outcome, before, after }) => (event.startsWith('config.') ? [[event, outcome, before, after]] : []));
    assert.deepEqual(told, [['config.seen', 'first seen', null, one], ['config.seen', 'changed', one, two], ['config.detached', 'detached', two, null]]);
  });
});
