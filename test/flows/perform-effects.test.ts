import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { performEffects } from '../../src/flows/perform-effects.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aGovernedWorld } from './a-world.ts';

async function judgedWith(trouble: Readonly<Record<string, readonly (Failure | null)[]>>) {
  const world = aGovernedWorld();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'y\n' });
  world.github.openPull(1, 'a');
  for (const [method, failures] of Object.entries(trouble)) world.github.trouble.set(method, [...failures]);
  await world.evaluate(1);
  for (let retry = 0; retry < 3; retry += 1) {
    world.clock.advance(3_700_000);
    await world.settle();
  }
  return { world, runs: world.github.checks.filter((one) => one.name === 'plumbline' && one.head === head) };
}

test('performing adopts a check run whose creation had no clear answer, and makes no second one', async () => {
  const { runs } = await judgedWith({ createCheck: [new Failure('GITHUB_AMBIGUOUS', 'the connection broke')] });
  assert.deepEqual(runs.map((one) => one.state.conclusion), ['success']);
});

test('performing creates the check run after all when the first attempt never arrived', async () => {
  const { runs } = await judgedWith({ createCheck: [new Failure('GITHUB_UNAVAILABLE', '503')] });
  assert.deepEqual(runs.map((one) => one.state.conclusion), ['success']);
});

test('performing abandons what GitHub refuses for good and keeps that in the log', async () => {
  const { world, runs } = await judgedWith({ createCheck: [new Failure('GITHUB_REFUSED', 'no permission'), new Failure('GITHUB_REFUSED', 'no permission')] });
  assert.deepEqual(runs, []);
  assert.ok((await world.auditEvents()).includes('effect.failed'));
});

test('performing again changes nothing outside', async () => {
  const { world } = await judgedWith({});
  const calls = world.github.calls.length;
  await world.settle();
  assert.equal(world.github.calls.length, calls);
});

test('performing refuses while the log is blocked, since what it wrote could not be kept', async () => {
  const { world } = await judgedWith({ createCheck: Array.from({ length: 9 }, () => new Failure('GITHUB_UNAVAILABLE', '503')) });
  await world.store.audit.block(1, 'tampered');
  const group = `head:${world.github.branches.get('a') ?? ''}`;
  await assert.rejects(performEffects(world.ports, { repository: world.github.ref, group }), isFailure('AUDIT_BLOCKED'));
  assert.deepEqual([world.github.checks, (await world.store.transaction((transaction) => transaction.pendingEffects(100, group))).length > 0], [[], true]);
});
