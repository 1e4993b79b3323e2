import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aContract, aWorld, configuration } from './a-world.ts';

/** What people, or a GitHub that is not as ours, write where the log tells of it. */
const titles = { empty: '', 'of blanks': ' \n', 'of half a character': '\ud83d', 'with a NUL': 'a\u0000b', 'without end': 'x'.repeat(100_000), 'that shows nothing': '\u3164\u200b' };

for (const [what, title] of Object.entries(titles)) {
  test(`a pull request with a title ${what} is decided, and the log has it`, async () => {
    const world = aWorld();
    const { github, store } = world;
    github.commit('main', { '.github/plumbline.yml': configuration });
    github.branch('a', 'main');
    github.commit('a', { 'contracts/checkout.yaml': aContract() });
    github.openPull(1, 'a', { title });
    await world.evaluate(1);
    assert.deepEqual(world.failures, []);
    assert.equal((await store.transaction((transaction) => transaction.newestDecision(github.ref.id, 'pull-request:1')))?.decision.decision, 'allow');
  });
}
