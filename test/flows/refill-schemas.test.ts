import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordState } from '../../src/domain/release.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { aContract, aWorld, configuration } from './a-world.ts';
import { conclusionOf, entriesOf, pushed, released } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const schema = (length: number) => ({ 'schemas/a.json': `{"maxLength":${length}}` });
const key = 'main@main';

/** Recorded up to a push, as a version of Plumbline does that knows schemas. */
async function aRecordedWorld(): Promise<World> {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml': `${configuration}schemas:\n  - {paths: ["schemas/*.json"]}\n`, 'contracts/checkout.yaml': aContract(), ...schema(1) });
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ emergencyFlags: '{halted: true}' }), ...schema(2) });
  await pushed(world);
  return world;
}

/** What the migration leaves of a record that was whole before schemas were recorded. */
async function withoutSchemas(world: World): Promise<void> {
  const state = await stateOf(world);
  assert.ok(state?.kind === 'complete');
  await world.store.transaction((transaction) => transaction.recordReleases(world.github.ref, [], { key, record: { kind: 'filling', done: 0, total: null, upTo: null, describedUpTo: state.upTo } }));
}

const stateOf = (world: World): Promise<RecordState | null> => world.store.transaction((transaction) => transaction.recordState(100, key));

/** Arrivals of every kind, in one push. */
async function pushMore(world: World): Promise<void> {
  world.github.commit('main', { ...released('two'), ...schema(3) });
  world.github.commit('main', { 'contracts/checkout.yaml': aContract({ lifecycle: 'deprecated' }) });
  world.github.commit('main', schema(4));
}

async function keptIn(world: World): Promise<unknown> {
  const entries = (await entriesOf(world)).map(({ event, subject, outcome, before, after, links }) => ({ event, subject, outcome, before, after, links }));
  const kept = await world.store.transaction(async (transaction) => [await transaction.allReleases(100, 'main'), await transaction.allSchemaVersions(100, 'main')]);
  return { entries, kept, state: await stateOf(world) };
}

describe('a record that is filled with schemas after an upgrade', () => {
  test('what was merged meanwhile is told once, and all else stands as if schemas had been recorded all along', async () => {
    const [upgraded, other] = [await aRecordedWorld(), await aRecordedWorld()];
    await withoutSchemas(upgraded);
    for (const world of [upgraded, other]) {
      await pushMore(world);
      await pushed(world);
      await pushed(world);
    }
    assert.deepEqual(await keptIn(upgraded), await keptIn(other));
    assert.deepEqual((await upgraded.auditEvents()).filter((event) => event === 'change.merged').length, 3);
  });

  test('cut off at any transaction, it goes on and tells and keeps the same', async () => {
    const whole = await aRecordedWorld();
    await pushMore(whole);
    await pushed(whole);
    for (let last = 0; last < 12; last += 1) {
      const world = await aRecordedWorld();
      await withoutSchemas(world);
      await pushMore(world);
      await recordPush(downAfter(world, last), { repository: world.github.ref, ref: 'refs/heads/main' }).catch((thrown: unknown) => assert.ok(thrown instanceof Failure));
      await pushed(world);
      assert.deepEqual(await keptIn(world), await keptIn(whole), `cut off after ${last} transactions`);
    }
  });

  test('until then a pull request waits, and at its end it is judged', async () => {
    const world = await aRecordedWorld();
    await withoutSchemas(world);
    world.github.branch('a', 'main');
    const head = world.github.commit('a', released('two'));
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
    assert.equal((await stateOf(world))?.kind, 'complete');
  });

  test('a branch that was forced meanwhile is filled along its new history, and told as rewritten', async () => {
    const world = await aRecordedWorld();
    await withoutSchemas(world);
    const old = world.github.branches.get('main') ?? '';
    world.github.branches.delete('main');
    world.github.commit('main', { '.github/plumbline.yml': `${configuration}schemas:\n  - {paths: ["schemas/*.json"]}\n`, ...schema(7) });
    await pushed(world);
    assert.equal((await entriesOf(world)).filter(({ event, links }) => event === 'change.merged' && links.includes(`commit:${old}`)).length, 1);
    assert.deepEqual(await stateOf(world), { kind: 'complete', upTo: world.github.branches.get('main') });
  });
});

function downAfter(world: World, count: number): FlowPorts {
  let left = count;
  const transaction: FlowPorts['store']['transaction'] = async (work) => {
    left -= 1;
    if (left < 0) throw new Failure('STORE_UNAVAILABLE', 'the machine went down');
    return world.store.transaction(work);
  };
  return { ...world.ports, store: { ...world.store, transaction } };
}
