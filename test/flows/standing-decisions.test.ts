import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { recordCloseJob } from '../../src/flows/job-requests.ts';
import { aContract, aGovernedWorld, configuration } from './a-world.ts';

type World = ReturnType<typeof aGovernedWorld>;

function conclusionAt(world: World, head: string, name = 'plumbline'): string | null | undefined {
  return world.github.check(name, head)?.state.conclusion;
}

/** Two branches in one entry: on `release` the mutated contract is what was released, on `main` it is a mutation. */
async function aSharedHead() {
  const world = aGovernedWorld();
  const both = `${configuration}branches:\n  - {entry: all, names: [main, release]}\n`;
  const base = world.github.commit('main', { '.github/plumbline.yml': both });
  world.github.commit('release', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) }, [base]);
  const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }), 'README.md': 'y\n' }, [base]);
  return { world, head };
}

test('a head that a strict base denies and a lax base allows shows the denial, whichever is judged last', async () => {
  for (const order of [[1, 2], [2, 1]]) {
    const { world, head } = await aSharedHead();
    world.github.openPull(1, 'a', { baseBranch: 'main' });
    world.github.openPull(2, 'a', { baseBranch: 'release' });
    for (const number of order) await world.evaluate(number);
    assert.equal(conclusionAt(world, head), 'failure');
    const alone = await world.store.transaction((transaction) => transaction.decisionAbout(100, 'pull-request:2', head));
    assert.equal(alone?.decision.decision, 'allow', 'the lax base alone allows it');
  }
});

test('a strict decision keeps counting after its pull request closes, until the head changes', async () => {
  const { world, head } = await aSharedHead();
  const strict = world.github.openPull(1, 'a', { baseBranch: 'main' });
  world.github.openPull(2, 'a', { baseBranch: 'release' });
  await world.evaluate(1);
  await world.evaluate(2);
  world.github.pulls.set(1, { ...strict, state: 'closed' });
  await world.enqueue(recordCloseJob(world.github.ref, 1));
  await world.settle();
  assert.equal(conclusionAt(world, head), 'failure');
  const next = world.github.commit('a', { 'README.md': 'z\n' });
  world.github.openPull(2, 'a', { baseBranch: 'release' });
  await world.evaluate(2);
  assert.equal(conclusionAt(world, next), 'success');
});

test('of two pull requests into one base the one that is left decides when the other closes', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  const first = world.github.openPull(1, 'a');
  world.github.openPull(2, 'a');
  await world.evaluate(1);
  await world.evaluate(2);
  world.github.pulls.set(1, { ...first, state: 'closed' });
  await world.enqueue(recordCloseJob(world.github.ref, 1));
  await world.settle();
  assert.equal(conclusionAt(world, head), 'success');
});

test('a stranger opens a denied head that an allowed pull request left behind: it stays denied', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'contracts/new.yaml': aContract({ contractId: 'new' }) });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.equal(conclusionAt(world, head), 'success');
  world.github.commit('a', { 'README.md': 'moved on\n' });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  const base = world.github.commit('main', { 'contracts/other.yaml': aContract({ contractId: 'new' }) });
  world.github.openPull(2, 'a', { head, base, headRepositoryId: 999, author: 'stranger' });
  await world.evaluate(2);
  assert.equal(conclusionAt(world, head), 'failure');
});

test('a pull request that closes while it is judged is kept as closed and decides nothing', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  const facts = world.github.openPull(1, 'a');
  world.github.before = (method) => {
    if (method !== 'mergeBase') return;
    world.github.before = null;
    world.github.pulls.set(1, { ...facts, state: 'closed' });
  };
  await world.evaluate(1);
  const record = await world.store.transaction((transaction) => transaction.pullRequestRecord(100, 1));
  assert.deepEqual([record?.facts.state, conclusionAt(world, head)], ['closed', 'cancelled']);
});

test('an evaluation that was ended meanwhile writes no decision over a newer one', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  let isEnded = false;
  const ended: string[] = [];
  world.github.before = (method) => {
    if (method !== 'mergeBase' || isEnded) return;
    isEnded = true;
    void world.store.transaction(async (transaction) => {
      for (const open of await transaction.unfinishedEvaluations(100, 'pull-request:1')) {
        ended.push(open.id);
        await transaction.finishEvaluation(open.id, world.clock.now());
      }
    });
  };
  await world.evaluate(1);
  world.clock.advance(3_700_000);
  await world.settle();
  const kept = await world.store.transaction((transaction) => transaction.decisionAbout(100, 'pull-request:1', head));
  assert.deepEqual([ended.length, ended.includes(kept?.id ?? ''), conclusionAt(world, head)], [1, false, 'success']);
});

test('a gate check that was red turns green when its gate no longer has a subject', async () => {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.equal(conclusionAt(world, head, 'plumbline / contracts'), 'failure');
  const base = world.github.commit('main', { '.github/plumbline.yml': configuration.replace('contracts/**', 'other/**') });
  world.github.openPull(1, 'a', { base });
  await world.evaluate(1);
  assert.deepEqual([conclusionAt(world, head), conclusionAt(world, head, 'plumbline / contracts')], ['success', 'success']);
});

test('attack: a strict pull request whose job is buried does not leave the lax one with its head green', async () => {
  const { world, head } = await aSharedHead();
  world.github.openPull(1, 'a', { baseBranch: 'main' });
  world.github.trouble.set('mergeBase', [new Failure('GITHUB_REFUSED', 'no tree for you')]);
  await world.evaluate(1);
  world.github.openPull(2, 'a', { baseBranch: 'release' });
  await world.evaluate(2);
  assert.equal(conclusionAt(world, head), 'failure');
  assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /has the same head and no decision yet/);
});
