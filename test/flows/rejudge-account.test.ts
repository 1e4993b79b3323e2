import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordPush } from '../../src/flows/record-push.ts';
import { aWorld } from './a-world.ts';
import { brokenAt, pushed } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

describe('the configuration of the organisation', () => {
  const path = 'plumbline.yml';

  /** The organisation's `.github` repository, and two pull requests of other repositories of the account, one of another account. */
  async function anOrganization(files: Readonly<Record<string, string>> = { [path]: 'version: 1\n' }) {
    const world = aWorld({ name: '.github' });
    world.github.commit('main', files);
    await pushed(world);
    const { account } = world.github.ref;
    for (const [id, owner] of [[200, account], [201, account], [300, { ...account, id: 2 }]] as const) {
      const repository = { ...world.github.ref, id, account: owner, name: 'shop' };
      const facts = { ...world.github.openPull(1, 'main'), headRepositoryId: id };
      await world.store.transaction((transaction) => transaction.savePullRequest({ repository, facts, authorCanWrite: true }));
    }
    world.github.pulls.clear();
    return world;
  }

  async function enqueuedBy(world: World): Promise<readonly string[]> {
    await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
    const now = new Date(world.clock.now().getTime() + 86_400_000);
    return (await world.store.queue.lease({ owner: 'test', now, until: now, limit: 100 })).map((job) => job.key).toSorted();
  }

  test('a push that changes it re-judges the open pull requests of every repository of the account, with their records', async () => {
    const world = await anOrganization();
    world.github.commit('main', { [path]: 'version: 1\nkeys: ["k.json"]\n' });
    assert.deepEqual(await enqueuedBy(world), ['evaluate:200:1', 'evaluate:201:1', 'record-push:200:refs/heads/main', 'record-push:201:refs/heads/main']);
  });

  test('a push that leaves it alone re-judges nobody', async () => {
    const world = await anOrganization();
    world.github.commit('main', { 'README.md': 'x\n' });
    assert.deepEqual(await enqueuedBy(world), []);
  });

  describe('its policies', () => {
    const both = ['evaluate:200:1', 'evaluate:201:1', 'record-push:200:refs/heads/main', 'record-push:201:refs/heads/main'];

    async function withPolicies(files: Readonly<Record<string, string>> = {}) {
      return await anOrganization({ [path]: 'version: 1\ngovernance: {policies: ["policies/**/*.rego"]}\n', 'policies/a.rego': 'package a\n', 'docs/a.md': 'x\n', ...files });
    }

    for (const [what, change] of [
      ['edits', { 'policies/a.rego': 'package b\n' }],
      ['adds', { 'policies/deep/b.rego': 'package b\n' }],
      ['deletes', { 'policies/a.rego': null }],
    ] as const) {
      test(`a push that ${what} a file that governance.policies names re-judges every repository`, async () => {
        const world = await withPolicies();
        world.github.commit('main', change);
        assert.deepEqual(await enqueuedBy(world), both);
      });
    }

    test('a push that edits a file that waivers names re-judges every repository', async () => {
      const world = await withPolicies({ [path]: 'version: 1\nwaivers: ["waivers/*.json"]\n', 'waivers/a.json': '{}' });
      world.github.commit('main', { 'waivers/a.json': '{"version": 1, "waivers": []}' });
      assert.deepEqual(await enqueuedBy(world), both);
    });

    for (const changed of ['team.tar.gz', 'keys.json']) {
      test(`a push that edits ${changed} re-judges every repository where the configuration names a bundle`, async () => {
        const bundle = await withPolicies({ [path]: 'version: 1\nkeys: [keys.json]\ngovernance: {bundles: [{name: team, path: team.tar.gz}]}\n', 'team.tar.gz': 'one', 'keys.json': '{}' });
        bundle.github.commit('main', { [changed]: 'two' });
        assert.deepEqual(await enqueuedBy(bundle), both);
        const none = await withPolicies({ [path]: 'version: 1\nkeys: [keys.json]\n', 'team.tar.gz': 'one', 'keys.json': '{}' });
        none.github.commit('main', { [changed]: 'two' });
        assert.deepEqual(await enqueuedBy(none), []);
      });
    }

    test('a push beside them re-judges nobody', async () => {
      const world = await withPolicies();
      world.github.commit('main', { 'docs/a.md': 'y\n', 'policies/README.md': 'x\n' });
      assert.deepEqual(await enqueuedBy(world), []);
    });

    test('a push beside a configuration that is not valid re-judges by what that one names nobody', async () => {
      const world = await withPolicies({ [path]: 'version: 9\ngovernance: {policies: ["**"]}\n' });
      world.github.commit('main', { 'docs/a.md': 'y\n' });
      assert.deepEqual(await enqueuedBy(world), []);
    });

    test('where what changed can not be told, every repository is re-judged', async () => {
      const world = await withPolicies();
      world.github.commit('main', { 'docs/a.md': 'y\n' });
      world.github.treesAreWhole = false;
      assert.deepEqual(await enqueuedBy(world), both);
    });
  });

  test('a push to another repository of that account re-judges nobody elsewhere', async () => {
    const world = aWorld();
    world.github.commit('main', { [path]: 'version: 1\n' });
    const facts = world.github.openPull(1, 'main');
    await world.store.transaction((transaction) => transaction.savePullRequest({ repository: { ...world.github.ref, id: 200 }, facts, authorCanWrite: true }));
    assert.deepEqual(await enqueuedBy(world), []);
  });

  test('a crash while pull requests are enqueued is made up for by the retry', async () => {
    const world = await anOrganization();
    world.github.commit('main', { [path]: 'version: 1\nkeys: ["k.json"]\n' });
    await assert.rejects(recordPush(brokenAt(world, 'openPullRequestsOfAccount'), { repository: world.github.ref, ref: 'refs/heads/main' }));
    assert.equal((await enqueuedBy(world)).length, 4);
  });

  test('more pull requests than are enqueued at a time are all enqueued, the later ones later', async () => {
    const world = await anOrganization();
    const facts = world.github.openPull(1, 'main');
    await world.store.transaction(async (transaction) => {
      for (let number = 1; number <= 600; number += 1) await transaction.savePullRequest({ repository: { ...world.github.ref, id: 202 }, facts: { ...facts, number }, authorCanWrite: true });
    });
    world.github.commit('main', { [path]: 'version: 1\nkeys: ["k.json"]\n' });
    await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
    const due = async () => {
      const jobs = await world.store.queue.lease({ owner: 'test', now: world.clock.now(), until: new Date(world.clock.now().getTime() + 3_600_000), limit: 1_000 });
      return jobs.filter((job) => job.kind === 'evaluate').length;
    };
    const first = await due();
    world.clock.advance(60_000);
    assert.deepEqual([first, await due()], [500, 102]);
  });
});
