import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aPermittingWorld, day, entry, waiver } from './a-permitting-world.ts';

describe('a scan, of what a repository permits', () => {
  it('tells an entry that has ended once, and once that it is over', async () => {
    const world = aPermittingWorld([entry('infra.change', '2026-11-22'), entry('code.change', '2027-12-01')]);
    await world.days(2);
    assert.deepEqual([await world.listed(), await world.told()], [[], []]);
    await world.days(3);
    assert.deepEqual([await world.listed(), await world.told()], [['acme/shop whitelist/expired infra.change 2026-11-22'], ['whitelist.expired found']]);
    world.write([entry('infra.change', '2027-12-01')]);
    await world.days(2);
    assert.deepEqual([await world.listed(), await world.told()], [[], ['whitelist.expired found', 'whitelist.expired over']]);
  });

  it('tells an entry that matched nothing in 90 days, and not one that did', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01'), entry('infra.drop', '2027-12-01')]);
    await world.days(30);
    await world.changes(1);
    await world.closes(1);
    await world.days(60);
    assert.deepEqual([await world.listed(), await world.told()], [[], []]);
    await world.days(1);
    assert.deepEqual([await world.listed(), await world.told()], [['acme/shop whitelist/unused infra.drop 2026-11-20'], ['whitelist.unused found']]);
    await world.days(31);
    assert.deepEqual(await world.listed(), ['acme/shop whitelist/unused infra.change 2026-12-21', 'acme/shop whitelist/unused infra.drop 2026-11-20']);
    await world.changes(2);
    await world.closes(2);
    await world.days(1);
    assert.deepEqual([await world.listed(), (await world.told()).at(-1)], [['acme/shop whitelist/unused infra.drop 2026-11-20'], 'whitelist.unused over']);
  });

  it('never calls unused what may have matched: the team was not shown, or somebody behind the change is not known', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01', 'team:platform', 'team:platform')]);
    await world.days(60);
    await world.changes(1);
    await world.closes(1);
    await world.days(60);
    world.github.teams.set('platform', new Set(['mona']));
    await world.receive(world.opens(2, 'mona', { 'infra/a.tf': 'two\n' }));
    world.github.commit('topic-2', { 'infra/a.tf': 'three\n' });
    world.github.openPull(2, 'topic-2', { author: 'mona' });
    await world.settle();
    await world.closes(2);
    await world.days(60);
    assert.deepEqual([await world.listed(), await world.told()], [[], []]);
    world.github.teams.set('platform', new Set());
    await world.changes(3);
    await world.closes(3);
    await world.days(33);
    assert.deepEqual((await world.decisionOn(2))?.decision.verdicts.find(({ gate }) => gate === 'governance')?.contributors, ['mona', 'unknown']);
    assert.deepEqual(await world.listed(), ['acme/shop whitelist/unused infra.change 2027-03-21']);
  });

  it('tells an entry as unused 90 days after its last match, not after the one that it keeps of that day', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(30);
    await world.changes(1);
    await world.closes(1);
    world.clock.advance(day - 1_000);
    await world.changes(2);
    await world.closes(2);
    world.clock.advance(2_000);
    await world.days(90);
    assert.deepEqual(await world.listed(), []);
    await world.days(1);
    assert.deepEqual(await world.listed(), ['acme/shop whitelist/unused infra.change 2026-12-21']);
  });

  it('pushes nothing out that it told while it stands, however much comes', async () => {
    const world = aPermittingWorld([], { 'waivers.json': waiver('2026-11-19') });
    await world.days(1);
    assert.deepEqual(await world.told(), ['waiver.expired found']);
    world.write(Array.from({ length: 210 }, (_, index) => entry(`infra.a${index}`, '2026-11-19')));
    await world.days(2);
    const told = await world.told();
    assert.deepEqual([told.filter((one) => one.endsWith('over')), told.length, (await world.listed()).filter((one) => one.includes('waiver/expired')).length], [[], 200, 1]);
    world.github.commit('main', { 'waivers.json': '{"version": 1, "waivers": []}' });
    await world.days(1);
    assert.deepEqual((await world.told()).slice(200).toSorted(), ['waiver.expired over', 'whitelist.expired found']);
  });

  it('counts an entry as used that matched what other rules denied', async () => {
    const world = aPermittingWorld([entry('infra.change', '2027-12-01')]);
    await world.days(80);
    await world.receive(world.opens(1, 'mona', { 'infra/a.tf': 'two\n', '.github/workflows/ci.yml': 'on: pull_request_target\njobs: {}\n' }));
    await world.settle();
    await world.days(20);
    assert.deepEqual(await world.listed(), []);
  });

  it('never calls unused what an extension made last longer within the 90 days, nor what nobody watched for a while', async () => {
    const world = aPermittingWorld([entry('infra.drop', '2027-01-30')]);
    await world.days(50);
    world.write([entry('infra.drop', '2027-12-01', 'team:other')]);
    await world.days(40);
    assert.deepEqual(await world.listed(), []);
    world.clock.advance(8 * day);
    await world.days(90);
    assert.deepEqual(await world.listed(), []);
    await world.days(1);
    assert.equal((await world.listed()).length, 1);
  });

  it('tells what the organisation permits once for all of its repositories', async () => {
    const world = aPermittingWorld([]);
    const commit = world.github.branches.get('main') ?? '';
    world.github.organization = { repository: world.github.ref, commit, bytes: Buffer.from(`version: 1\ngovernance: {whitelist: [${entry('docs.change', '2026-11-01')}]}\n`) };
    await world.days(1);
    assert.deepEqual(await world.listed(), ['organisation whitelist/expired docs.change 2026-11-01']);
    const [told] = (await world.entries()).filter(({ event }) => event === 'whitelist.expired');
    assert.equal(told?.repository, null);
  });

  it('keeps what it knew where the configuration of the organisation can not be told', async () => {
    const world = aPermittingWorld([entry('infra.change', '2026-11-01')]);
    world.github.organization = { repository: world.github.ref, commit: world.github.branches.get('main') ?? '', bytes: Buffer.from('version: 1\n') };
    await world.changes(1);
    await world.closes(1);
    await world.days(1);
    const known = await world.listed();
    world.github.organization = null;
    world.clock.advance(day);
    await assert.rejects(world.days(1), isFailure('SNAPSHOT_UNREADABLE'));
    assert.deepEqual([known.length, await world.listed(), await world.told()], [1, known, ['whitelist.expired found']]);
  });

  it('tells a waiver that has ended, and keeps what it knew while its file can not be read', async () => {
    const world = aPermittingWorld([], { 'waivers.json': waiver('2026-11-22') });
    await world.days(2);
    assert.deepEqual(await world.listed(), []);
    await world.days(1);
    assert.deepEqual([await world.listed(), await world.told()], [['acme/shop waiver/expired contract/schema_invalid 2026-11-22'], ['waiver.expired found']]);
    world.github.trouble.set('blobs', [null, new Failure('GITHUB_UNAVAILABLE', 'status 502')]);
    await world.days(1);
    assert.deepEqual([(await world.listed()).length, world.github.trouble.get('blobs')], [1, []]);
    world.github.commit('main', { 'waivers.json': '{"version": 1, "waivers": []}' });
    await world.days(1);
    assert.deepEqual([await world.listed(), await world.told()], [[], ['waiver.expired found', 'waiver.expired over']]);
  });

  for (const [what, broken] of [['has a member that none has', '{"version": 1, "waivers": [], "x": 1}'], ['can not be parsed', '{'], ['is no text', '\u0000']] as const) {
    it(`keeps what it knew of a waiver file that ${what}, and of no other`, async () => {
      const world = aPermittingWorld([], { 'waivers.json': waiver('2026-11-19'), 'others.json': waiver('2026-11-18') });
      await world.days(1);
      const each = ['acme/shop waiver/expired contract/schema_invalid 2026-11-18', 'acme/shop waiver/expired contract/schema_invalid 2026-11-19'];
      assert.deepEqual([(await world.listed()).toSorted(), (await world.told()).length], [each, 2]);
      world.github.commit('main', { 'waivers.json': broken, 'others.json': '{"version": 1, "waivers": []}' });
      await world.days(1);
      assert.deepEqual([await world.listed(), (await world.told()).slice(2)], [each.slice(1), ['waiver.expired over']]);
      world.github.commit('main', { 'waivers.json': null });
      await world.days(1);
      assert.deepEqual([await world.listed(), (await world.told()).slice(3)], [[], ['waiver.expired over']]);
    });
  }

  it('keeps what it knew of a waiver file of the organisation that is not valid', async () => {
    const world = aPermittingWorld([]);
    const lists = (text: string): void => {
      const commit = world.github.commit('organisation', { 'plumbline.yml': 'version: 1\n', 'waivers/a.json': text });
      world.github.organization = { repository: { ...world.github.ref, id: 1, name: '.github' }, commit, bytes: Buffer.from('version: 1\nwaivers: [waivers/*.json]\n') };
    };
    lists(waiver('2026-11-19'));
    await world.days(1);
    const known = await world.listed();
    lists('{');
    await world.days(1);
    assert.deepEqual([known, await world.listed(), await world.told()], [['organisation waiver/expired contract/schema_invalid 2026-11-19'], known, ['waiver.expired found']]);
  });

  it('tells no waiver for a path that is not there yet as one to clean up', async () => {
    const world = aPermittingWorld([], { 'waivers.json': waiver('2026-12-20') });
    await world.days(1);
    assert.deepEqual(await world.listed(), []);
  });
});
