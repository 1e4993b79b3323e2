import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aContract, aWorld, configuration } from './a-world.ts';
import { conclusionOf, pushed } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const governing = (more = '') => ({ '.github/plumbline.yml': configuration.replace('version: 1\n', `version: 1\nbranches:\n  - {entry: main, names: [main]}\n  - {entry: rel, names: ["rel/*"]}\n${more}`) });
const path = 'contracts/checkout.yaml';

/** Main and a branch of another entry, both recorded, and nothing released. */
async function aWorldOfTwo(): Promise<World> {
  const world = aWorld();
  world.github.commit('main', governing());
  world.github.branch('rel/1', 'main');
  for (const branch of ['main', 'rel/1']) await pushed(world, branch);
  return world;
}

/** A pull request that releases this: its head. */
function opened(world: World, number: number, baseBranch: string, files: Readonly<Record<string, string>>): string {
  world.github.branch(`topic/${number}`, baseBranch);
  const head = world.github.commit(`topic/${number}`, files);
  world.github.openPull(number, `topic/${number}`, { baseBranch });
  return head;
}

const gate = 'plumbline (rel) / contracts';

describe('one id and version in two branch entries', () => {
  test('attack: a version that main has released comes to a release branch with another content', async () => {
    const world = await aWorldOfTwo();
    world.github.commit('main', { [path]: aContract() });
    await pushed(world);
    const other = opened(world, 1, 'rel/1', { [path]: aContract({ spec: '{limit: 9}' }) });
    const same = opened(world, 2, 'rel/1', { [path]: aContract() });
    for (const number of [1, 2]) await world.evaluate(number);
    assert.deepEqual([conclusionOf(world, other, gate), conclusionOf(world, same, gate)], ['failure', 'success']);
    assert.match(world.github.check(gate, other)?.state.summary ?? '', /contract\/immutable_changed/);
  });
});
