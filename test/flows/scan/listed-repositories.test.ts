import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { InstalledRepository } from '../../../src/flows/ports/github-app.ts';
import { listRepositories } from '../../../src/flows/scan/list-repositories.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aScannedWorld } from './a-scanned-world.ts';

/** A drift stands in the third of four repositories, with which the second page of the listing begins. */
async function aListedWorld() {
  const world = aScannedWorld();
  world.answers.push({ readiness: 0.5 });
  await world.scan();
  const { ref } = world.github;
  const item = (id: number): InstalledRepository => ({ repository: { ...ref, id, name: id === ref.id ? ref.name : `other-${id}` }, defaultBranch: 'main', isArchived: false });
  const [before, after] = [item(9_001), item(9_002)];
  const installed = { repositories: [before, after, item(ref.id), item(9_003)], listings: 0, betweenPages: (): void => {} };
  const list = (repositories = pages) => listRepositories({ ...world.ports, github: { ...world.ports.github, repositories } }, new AbortController().signal);
  async function* pages(): AsyncGenerator<InstalledRepository> {
    installed.listings += 1;
    for (let from = 0; from < installed.repositories.length; from += 2) {
      yield* installed.repositories.slice(from, from + 2);
      installed.betweenPages();
    }
  }
  const without = (id: number): void => void (installed.repositories = installed.repositories.filter(({ repository }) => repository.id !== id));
  return {
    ...world, installed, list, without,
    known: async () => [(await world.plan())?.branch ?? null, (await world.drifts()).map(({ record }) => record.standing)],
    log: async () => (await world.auditEvents()).filter((event) => event.startsWith('drift.')),
    ids: async () => (await world.store.transaction((transaction) => transaction.scanPlansOf(ref.account.id))).map(({ repository }) => repository.id),
  };
}

describe('a listing of the repositories', () => {
  it('forgets nothing of one that slips between two of its pages, since another one before it was deleted meanwhile', async () => {
    const world = await aListedWorld();
    world.installed.betweenPages = () => world.without(9_001);
    await world.list();
    assert.deepEqual([await world.known(), await world.log(), world.installed.listings], [['main', ['drift']], ['drift.detected'], 2]);
  });

  it('is made once where nothing is missing', async () => {
    const world = await aListedWorld();
    await world.list();
    assert.deepEqual([await world.known(), world.installed.listings], [['main', ['drift']], 1]);
  });

  it('forgets one that two in a row miss, and the log says so of a drift that stood', async () => {
    const world = await aListedWorld();
    await world.list();
    world.without(world.github.ref.id);
    await world.list();
    assert.deepEqual([await world.known(), await world.log(), await world.ids()], [[null, []], ['drift.detected', 'drift.forgotten'], [9_001, 9_002, 9_003]]);
  });

  it('forgets nothing where the second one breaks', async () => {
    const world = await aListedWorld();
    world.without(world.github.ref.id);
    const once = world.installed.repositories;
    let listings = 0;
    async function* breaking(): AsyncGenerator<InstalledRepository> {
      listings += 1;
      if (listings > 1) throw new Failure('GITHUB_UNAVAILABLE', 'status 502');
      yield* once;
    }
    await assert.rejects(world.list(breaking), isFailure('GITHUB_UNAVAILABLE'));
    assert.deepEqual([await world.known(), await world.log()], [['main', ['drift']], ['drift.detected']]);
  });

  it('forgets one that was archived, and the log says so of a drift that stood', async () => {
    const world = await aListedWorld();
    world.installed.repositories = world.installed.repositories.map((one) => (one.repository.id === world.github.ref.id ? { ...one, isArchived: true } : one));
    for (let listed = 0; listed < 2; listed += 1) await world.list();
    assert.deepEqual([await world.known(), await world.log()], [[null, []], ['drift.detected', 'drift.forgotten']]);
  });

  it('passes over what the blocked log of one account keeps from being told, and learns of the others', async () => {
    const world = await aListedWorld();
    await world.list();
    const { ref } = world.github;
    await world.store.audit.block(ref.account.id, 'an entry is another one');
    const archived = world.installed.repositories.map((one) => (one.repository.id === ref.id ? { ...one, isArchived: true } : one));
    const other = { ...ref, id: 9_101, name: 'new', account: { ...ref.account, id: 77, login: 'others' } };
    world.installed.repositories = [...archived, { repository: other, defaultBranch: 'main', isArchived: false }];
    await world.list();
    const learned = await world.store.transaction((transaction) => transaction.scanPlan(other.id));
    assert.deepEqual([learned?.branch, await world.known(), await world.log()], ['main', ['main', ['drift']], ['drift.detected']]);
    world.without(ref.id);
    world.without(9_001);
    await world.list();
    assert.deepEqual([await world.known(), (await world.ids()).includes(9_001)], [['main', ['drift']], false]);
  });
});
