import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { aContract, aGovernedWorld, aWorld, configuration } from './a-world.ts';
import { landedOf, pushed, rebase, released, versionsOf } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

describe('an allow', () => {
  const branches = 'branches:\n  - {entry: main, names: [main], require: false}\n  - {entry: dev, names: [dev], require: false}\n';

  test('for another base branch does not count for a merge into this one', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', `version: 1\n${branches}`), 'contracts/checkout.yaml': aContract() });
    world.github.branch('dev', 'main');
    world.github.commit('dev', { 'contracts/checkout.yaml': null });
    await pushed(world);
    await pushed(world, 'dev');
    world.github.branch('a', 'dev');
    world.github.commit('a', { 'README.md': 'q\n' });
    world.github.openPull(1, 'a', { baseBranch: 'dev' });
    await world.evaluate(1);
    rebase(world, 1, { baseBranch: 'main', state: 'merged' });
    world.github.broughtBy.set(world.github.commit('main', { 'contracts/checkout.yaml': null, 'README.md': 'q\n' }), [1]);
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed']]);
  });

  test('of a pull request that was not merged does not count for a commit that it only holds', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    world.github.branch('a', 'main');
    world.github.commit('a', { 'README.md': 'y\n' });
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    world.github.broughtBy.set(world.github.commit('main', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) }), [1]);
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['push', 'governance/bypassed']]);
  });

  test('of one merge group does not count where another group with the same commit was denied', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    const base = world.github.branches.get('main') ?? '';
    world.github.branch('a', 'main');
    const headSha = world.github.commit('a', { 'README.md': 'y\n' });
    world.github.openPull(1, 'a');
    const group = (name: string) => evaluateGroupJob(world.github.ref, { headSha, headRef: `refs/heads/gh-readonly-queue/main/${name}`, baseSha: base, baseRef: 'refs/heads/main' });
    await world.enqueue(group('one'));
    await world.settle();
    rebase(world, 1, { state: 'closed' });
    await world.enqueue(group('two'));
    await world.settle();
    world.github.branches.set('main', headSha);
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['push', 'governance/bypassed']]);
  });

  test('of the merge group counts for the commit that it judged', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    const baseSha = world.github.branches.get('main') ?? '';
    world.github.branch('a', 'main');
    const headSha = world.github.commit('a', { 'README.md': 'y\n' });
    world.github.openPull(1, 'a');
    await world.enqueue(evaluateGroupJob(world.github.ref, { headSha, headRef: 'refs/heads/gh-readonly-queue/main/one', baseSha, baseRef: 'refs/heads/main' }));
    await world.settle();
    world.github.branches.set('main', headSha);
    world.github.broughtBy.set(headSha, [1]);
    rebase(world, 1, { state: 'merged' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed']]);
  });
});

describe('a forced push', () => {
  async function aLongWorld(commits: number) {
    const world = aGovernedWorld();
    const line = [world.github.branches.get('main') ?? ''];
    for (let number = 0; number < commits; number += 1) line.unshift(world.github.commit('main', { 'README.md': `${number}\n` }));
    await pushed(world);
    world.github.calls = [];
    return { world, line };
  }
  const lookups = (world: World) => world.github.calls.filter((call) => call === 'pullRequestsOf').length;

  test('is recorded once as rewritten history, and only what came after the fork is described', async () => {
    const { world, line } = await aLongWorld(50);
    world.github.commit('main', { ...released('two') }, [line[1] ?? '']);
    await pushed(world);
    assert.equal(lookups(world), 1);
    assert.deepEqual(await landedOf(world), [['push', 'governance/bypassed'], ['push', 'governance/bypassed']]);
    const rewritten = world.log.lines.filter((entry) => entry.message === 'merged without a valid allow');
    assert.deepEqual(rewritten[0]?.fields?.['links'], [`commit:${world.github.branches.get('main')}`, `commit:${line[0]}`]);
    assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true], ['two', '1.0.0', false]]);
  });

  test('that only takes commits back is recorded as rewritten history', async () => {
    const { world, line } = await aLongWorld(3);
    world.github.branches.set('main', line[2] ?? '');
    await pushed(world);
    assert.deepEqual([lookups(world), await landedOf(world)], [0, [['push', 'governance/bypassed']]]);
    assert.deepEqual(await world.store.transaction((transaction) => transaction.recordState(100, 'main@main')), { kind: 'complete', upTo: line[2] });
  });

  test('over a commit that is gone describes the tip alone', async () => {
    const { world, line } = await aLongWorld(5);
    world.github.commit('main', { 'README.md': 'rewritten\n' }, [line[1] ?? '']);
    world.github.trouble.set('mergeBase', [new Failure('SNAPSHOT_UNREADABLE', 'gone')]);
    await pushed(world);
    // The root is asked for once more: the record wants to know with what it landed.
    assert.deepEqual([lookups(world), (await landedOf(world)).length], [2, 2]);
  });

  test('whose fork can not be read now is put off: it is not taken for history that is gone', async () => {
    const { world, line } = await aLongWorld(5);
    world.github.commit('main', { 'README.md': 'rewritten\n' }, [line[1] ?? '']);
    world.github.trouble.set('mergeBase', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await pushed(world);
    assert.deepEqual([world.failures.map((one) => one.code), await landedOf(world)], [['GITHUB_UNAVAILABLE'], []]);
  });
});

test('a push whose first parent is another line rewrites nothing, and describes only what that line brought', async () => {
  const world = aGovernedWorld();
  const fork = world.github.branches.get('main') ?? '';
  const recorded = world.github.commit('main', { 'README.md': 'theirs\n' });
  await pushed(world);
  world.github.branches.set('local', fork);
  const local = world.github.commit('local', released('two'));
  world.github.branches.set('main', world.github.commit('local', { 'README.md': 'theirs\n' }, [local, recorded]));
  await pushed(world);
  assert.equal((await landedOf(world)).length, 2);
  assert.equal(world.log.lines.some((line) => JSON.stringify(line.fields).includes('rewritten')), false);
  assert.deepEqual(await versionsOf(world), [['checkout', '1.0.0', true], ['two', '1.0.0', false]]);
});

test('a push of more commits than are described says how many were left out', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  for (let number = 0; number < 503; number += 1) world.github.commit('main', { 'README.md': `${number}\n` });
  await pushed(world);
  assert.equal((await landedOf(world)).length, 501);
  assert.ok(world.log.lines.some((line) => JSON.stringify(line.fields).includes('3 older commits')));
});
