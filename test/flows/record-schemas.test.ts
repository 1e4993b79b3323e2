import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeConfiguration } from '../../src/domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../src/domain/configuration/read-configuration.ts';
import { buildRecord } from '../../src/flows/build-record.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const governing = (glob = 'schemas/**/*.json', layout = 'in-place') => ({ '.github/plumbline.yml': `version: 1\nschemas:\n  - {paths: ["${glob}"], layout: ${layout}}\n` });
const [one, two, three] = ['{"type":"object"}', '{"type":"array"}', '{"type":"string"}'];
const [a, b] = ['schemas/a.json', 'schemas/b.json'];

/** Path and content of everything recorded, in the order of its recording. */
async function versionsOf(world: ReturnType<typeof aWorld>, entry = 'main'): Promise<readonly unknown[]> {
  const versions = await world.store.transaction((transaction) => transaction.allSchemaVersions(100, entry));
  return Promise.all(versions.map(async ({ path, blob }) => [path, await textOf(world, blob)]));
}

async function textOf(world: ReturnType<typeof aWorld>, blob: string): Promise<string> {
  const content = (await world.ports.github.repository(world.github.ref).blobs([{ blob, size: null }])).get(blob);
  return content?.kind === 'bytes' ? new TextDecoder().decode(content.bytes) : '';
}

describe('the record of schema versions', () => {
  test('the backfill and pushes one by one record the same, from the adoption commit on', async () => {
    const commits = [{ [a]: three }, { [a]: one, ...governing() }, { [a]: two }, { 'README.md': 'more\n' }, { [a]: null, [b]: two }, { [b]: one }, { [b]: three }];
    for (const isBackfilled of [true, false]) {
      const world = aWorld();
      for (const files of commits) {
        world.github.commit('main', files);
        if (!isBackfilled) await pushed(world);
      }
      await pushed(world);
      assert.deepEqual(await versionsOf(world), [[a, one], [a, two], [b, one], [b, two], [b, three]]);
    }
  });

  test('a local repository builds the same record from its own history', async () => {
    const world = aWorld();
    for (const files of [{ [a]: one, ...governing() }, { [a]: two }, { [a]: null, [b]: two }]) world.github.commit('main', files);
    const tip = world.github.branches.get('main') ?? '';
    const reading = readConfiguration(new TextEncoder().encode(governing()['.github/plumbline.yml']), 'plumbline.yml');
    assert.ok(reading.kind === 'valid');
    const effective = mergeConfiguration({ organization: null, repository: reading.document, defaultBranch: 'main' }).configuration;
    const [entry] = effective.branches;
    assert.ok(entry);
    const configuration = { kind: 'effective', effective, organization: null, repository: null, organizationText: null, organizationFiles: null, findings: [], requiredByBranch: null, repairs: [] } as const;
    const record = await buildRecord({ objects: world.ports.github.repository(world.github.ref), entry, tip, defaultBranch: 'main', configuration });
    await pushed(world);
    for (const path of [a, b]) assert.deepEqual(await record.schemaVersions('main', [path]), await recordedReleases(world.store, world.github.ref, { branch: 'main', awaited: null }).schemaVersions('main', [path]));
    assert.equal((await record.schemaVersions('main', [b])).length, 2);
  });

  test('a force-push and a revert take no version away', async () => {
    const world = aWorld();
    const start = world.github.commit('main', { [a]: one, ...governing() });
    world.github.commit('main', { [a]: two });
    await pushed(world);
    world.github.branches.set('main', start);
    await pushed(world);
    world.github.commit('main', { [a]: three });
    await pushed(world);
    assert.deepEqual(await versionsOf(world), [[a, one], [a, two], [a, three]]);
  });

  test('a version that stood between two commits of one push is recorded', async () => {
    const world = aWorld();
    world.github.commit('main', { [a]: one, ...governing() });
    await pushed(world);
    world.github.commit('main', { [a]: two });
    world.github.commit('main', { [a]: one });
    await pushed(world);
    assert.deepEqual(await versionsOf(world), [[a, one], [a, two]]);
  });

  test('what the configuration begins to cover is recorded as it stands then', async () => {
    const world = aWorld();
    world.github.commit('main', { [a]: one, 'api/c.json': one, ...governing() });
    await pushed(world);
    world.github.commit('main', { 'api/c.json': two });
    world.github.commit('main', governing('{schemas,api}/**/*.json'));
    await pushed(world);
    assert.deepEqual(await versionsOf(world), [[a, one], ['api/c.json', two]]);
  });

  test('in versioned layout a mutation that was pushed directly is no version', async () => {
    const world = aWorld();
    world.github.commit('main', { 'schemas/a/v1.json': one, ...governing('schemas/**/*.json', 'versioned') });
    await pushed(world);
    world.github.commit('main', { 'schemas/a/v1.json': two });
    world.github.commit('main', { 'schemas/a/v2.json': two });
    await pushed(world);
    assert.deepEqual(await versionsOf(world), [['schemas/a/v1.json', one], ['schemas/a/v2.json', two]]);
  });
});
