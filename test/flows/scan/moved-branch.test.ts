import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDriftSources } from '../../../src/flows/remediation/drift-sources.ts';
import { aDriftWorld, behavior as managed } from '../a-drift-world.ts';
import { listRepositories } from '../../../src/flows/scan/list-repositories.ts';
import { aScannedWorld, behavior, configuration } from './a-scanned-world.ts';

const files = { '.github/plumbline.yml': configuration, 'behaviors/checkout.yaml': behavior };

/** A drift that stands on `main`, when `trunk` becomes the default branch. */
async function aMovedWorld() {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  world.github.commit('trunk', files);
  world.github.defaultBranch = 'trunk';
  const states = async () => (await world.drifts()).map(({ record: { standing, last, first } }) => [standing, last, first?.outcome ?? null]);
  return { ...world, states, log: async () => (await world.auditEvents()).filter((event) => event.startsWith('drift.')) };
}

describe('a default branch that another one takes the place of', () => {
  it('begins without what was known of the one before, and the log says that a drift was forgotten', async () => {
    const world = await aMovedWorld();
    assert.deepEqual(await world.states(), [['drift', 'drift', null]]);
    await world.list();
    assert.deepEqual([await world.states(), await world.log()], [[], ['drift.detected', 'drift.forgotten']]);
    const now = await createDriftSources(world.ports).driftNow(world.github.ref, 'checkout-quality');
    assert.deepEqual([now?.baseBranch, now?.seen, now?.mode], ['trunk', { kind: 'inconclusive' }, 'report']);
  });

  it('has a drift once two measurements of it say so: the first one opens nothing', async () => {
    const world = await aMovedWorld();
    await world.list();
    const before = world.remediated.length;
    await world.ask();
    assert.deepEqual([await world.states(), world.remediated.length - before], [[[null, 'drift', 'drift']], 0]);
    world.pass(61_000);
    await world.settle();
    assert.deepEqual([await world.states(), await world.log()], [[['drift', 'drift', null]], ['drift.detected', 'drift.forgotten', 'drift.detected']]);
  });

  it('is as new to the scan that finds that it is another one', async () => {
    const world = await aMovedWorld();
    world.github.branches.delete('main');
    await world.ask();
    assert.deepEqual([(await world.plan())?.branch, await world.states(), await world.log()], ['trunk', [[null, 'drift', 'drift']], ['drift.detected', 'drift.forgotten']]);
  });

  it('is measured whole where what was to be confirmed was of the one before', async () => {
    const world = await aMovedWorld();
    world.answers.push({ readiness: 0.847 });
    await world.ask();
    world.github.branches.delete('main');
    world.answers.push({ readiness: 0.5 });
    const states: unknown[] = [await world.states()];
    for (let passed = 0; passed < 2; passed += 1) {
      world.pass(61_000);
      await world.settle();
      states.push(await world.states());
    }
    assert.deepEqual([states, (await world.plan())?.branch], [[[['drift', 'pass', 'pass']], [[null, 'drift', 'drift']], [['drift', 'drift', null]]], 'trunk']);
  });

  it('is as new where nothing is on it yet', async () => {
    const world = await aMovedWorld();
    for (const branch of ['main', 'trunk']) world.github.branches.delete(branch);
    await world.ask();
    assert.deepEqual([(await world.plan())?.branch, await world.states()], ['trunk', []]);
  });

  it('has no pull request for a drift that was measured on the one before', async () => {
    const world = await aManagedWorld();
    await world.moves();
    await world.look();
    assert.deepEqual([world.pulls(), world.failures], [[], []]);
  });

  it('leaves what is open, and GitHub gave to it with the name, as it is until it was measured', async () => {
    const world = await aManagedWorld();
    await world.look();
    await world.moves();
    world.github.pulls.set(900, { ...(world.github.pulls.get(900) ?? assert.fail('no pull request')), baseBranch: 'trunk' });
    await world.look();
    assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [['#900 open plumbline/managed-files/…-g1'], 'remediation.skipped missing_evidence']);
  });
});

/** A drift of a file on `main`, that is so on purpose on `trunk`. */
async function aManagedWorld() {
  const world = await aDriftWorld({ remediation: 'propose' });
  const { github, ports } = world;
  github.branch('trunk', 'main');
  github.commit('trunk', { '.editorconfig': 'root = on purpose\n', 'behaviors/managed.yaml': `kind: Behavior\nname: ${managed}\nscope: environment\nsource: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}\nowner: team:platform\n` });
  const moved = { ...ports.github, async *repositories() { yield { repository: github.ref, defaultBranch: 'trunk', isArchived: false }; } };
  return { ...world, moves: () => listRepositories({ ...ports, github: moved }, new AbortController().signal) };
}

it('a repository whose default branch is another one by now, of which nothing is there, can not be measured since then, however often it is looked at', async () => {
  const world = aScannedWorld();
  await world.scan();
  world.github.branches.delete('main');
  world.github.defaultBranch = 'trunk';
  const since: (string | null | undefined)[] = [];
  for (let look = 0; look < 3; look += 1) {
    await world.ask();
    since.push((await world.plan())?.failedSince);
    world.pass(3_600_000);
  }
  assert.deepEqual([typeof since[0], since[1], since[2]], ['string', since[0], since[0]]);
});
