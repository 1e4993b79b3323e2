import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SchemasToCompare } from '../../src/domain/probe-request.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { createProber } from '../../src/probes/prober.ts';
import { compareLengths } from '../gates/contract/schema/a-schema-change.ts';
import { aWorld } from './a-world.ts';
import { conclusionOf, pushed, rebase } from './pushed-world.ts';

const path = 'schemas/name.json';
const upTo = (length: number) => JSON.stringify({ type: 'string', maxLength: length });

/** A world that compares schemas, with one governed schema on main. */
function aSchemaWorld(layout: string, compatibility: string, files: Readonly<Record<string, string>>) {
  const world = aWorld();
  const compare = async (wanted: readonly SchemasToCompare[]) => wanted.map((schemas) => compareLengths({ kind: 'comparison', ...schemas }));
  const validator = { validate: async (wanted: readonly unknown[]) => wanted.map(() => ({ kind: 'valid' }) as const), compare, prepare: () => {}, close: async () => {} };
  Object.assign(world.ports, { proberFor: (objects: Parameters<typeof world.ports.proberFor>[0]) => createProber({ objects, releases: recordedReleases(world.store, world.github.ref, { branch: 'main', awaited: null }), validator }) });
  world.github.commit('main', { '.github/plumbline.yml': `version: 1\nschemas:\n  - {paths: ["schemas/**/*.json"], compatibility: ${compatibility}, layout: ${layout}}\n`, ...files });
  return world;
}

async function opened(world: ReturnType<typeof aWorld>, number: number, files: Readonly<Record<string, string | null>>): Promise<string> {
  world.github.branch(`b${number}`, 'main');
  const head = world.github.commit(`b${number}`, files);
  world.github.openPull(number, `b${number}`);
  await world.evaluate(number);
  return head;
}

describe('two pull requests about schemas', () => {
  test('the second is judged again, and held, when the first brings the version that it has to follow', async () => {
    const [v1, v2, v3] = ['schemas/name/v1.json', 'schemas/name/v2.json', 'schemas/name/v3.json'];
    const world = aSchemaWorld('versioned', 'backward', { [v1]: upTo(3) });
    await pushed(world);
    const head = await opened(world, 1, { [v3]: upTo(5) });
    assert.equal(conclusionOf(world, head), 'success');
    world.github.commit('main', { [v2]: upTo(9) });
    rebase(world, 1);
    await pushed(world);
    assert.equal(conclusionOf(world, head), 'action_required');
    assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /schema\/incompatible/);
  });

  test('one that changes what the other moved is judged again, and denied until its branch is updated', async () => {
    const world = aSchemaWorld('in-place', 'backward', { [path]: upTo(3) });
    await pushed(world);
    const head = await opened(world, 1, { [path]: upTo(5) });
    assert.equal(conclusionOf(world, head), 'success');
    world.github.commit('main', { [path]: null, 'schemas/moved.json': upTo(3) });
    rebase(world, 1);
    await pushed(world);
    assert.equal(conclusionOf(world, head), 'failure');
    assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /snapshot\/update_branch/);
  });
});

describe('a record that is not whole', () => {
  test('a pull request that changes a schema waits for the backfill, and is then judged', async () => {
    const world = aSchemaWorld('in-place', 'backward_transitive', { [path]: upTo(9) });
    world.github.commit('main', { [path]: upTo(3) });
    const head = await opened(world, 1, { [path]: upTo(5) });
    await world.settle();
    assert.equal(conclusionOf(world, head), 'action_required');
    assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /the version of [0-9a-f]{12}/);
  });
});
