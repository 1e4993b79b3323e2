import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDriftWorld, behavior } from './a-drift-world.ts';

test('a fix that was merged and did not help, with nothing left to write: told as merged and as ineffective, with an alert, and not as only reported', async () => {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.look();
  const { github, clock } = world;
  const number = github.opened.at(-1)?.number ?? 0;
  github.commit('main', { '.editorconfig': 'root = true\n' });
  github.openPull(number, github.heads.get(number) ?? '', { state: 'merged', author: 'plumbline[bot]' });
  clock.advance(48 * 3_600_000);
  await world.measured('drift');
  await world.look();
  const said = await world.store.transaction((transaction) => transaction.remediationsOf(github.ref.id, behavior));
  assert.deepEqual([said.map((one) => [one.said?.row, one.said?.reason]), (await world.told()).slice(-2)], [[[12, 'ineffective_last']], ['remediation.merged merged', 'remediation.ineffective ineffective_last']]);
  assert.ok(world.log.lines.some(({ level, message }) => level === 'warn' && message === 'a remediation needs a person'));
});
