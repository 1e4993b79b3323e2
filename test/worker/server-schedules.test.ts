import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptForEver } from '../../src/config/retention-settings.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import type { CheckpointSealer } from '../../src/flows/seal-checkpoint.ts';
import { serverSchedules } from '../../src/worker/server-schedules.ts';
import { aLogKey } from '../builders/a-log.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { aWorld } from '../flows/a-world.ts';

const day = 86_400_000;

test('the schedule of retention erases what is past the periods of the settings, once clocks went on for a day', async () => {
  const { ports, clock } = aWorld();
  const sealer = createSealer({ store: ports.store, signer: aLogKey(), clock });
  await ports.store.transaction(async (transaction) => {
    for (const event of ['command.run', 'decision.made'] as const) await transaction.append(aFittingDraft(event));
  });
  await sealer.seal(42, { force: true });
  const run = async () => await scheduleOf('apply-retention', { ports, sealer })?.run(new AbortController().signal);
  const opened = async () => (await ports.store.audit.entries(42, 0, 2)).map(({ openings }) => openings.length);
  clock.advance(92 * day);
  await run();
  clock.advance(day - 1);
  await run();
  assert.deepEqual(await opened(), [2, 3]);
  clock.advance(1);
  await run();
  assert.deepEqual(await opened(), [0, 3]);
});

test('attack: a clock far ahead erases nothing by age, whichever schedule sees it first, and nothing once it is set back', async () => {
  const { ports, clock, log } = aWorld();
  const sealer = createSealer({ store: ports.store, signer: aLogKey(), clock });
  await ports.store.transaction((transaction) => transaction.append(aFittingDraft('command.run')));
  await sealer.seal(42, { force: true });
  const pruned: (number | null)[] = [];
  const store: Store = { ...ports.store, prune: async (now) => void pruned.push(now === null ? null : now.getTime()) };
  const run = async (name: string) => await scheduleOf(name, { ports: { ...ports, store }, sealer })?.run(new AbortController().signal);
  await run('prune-store');
  clock.advance(day);
  await run('prune-store');
  assert.deepEqual(pruned.splice(0), [null, clock.now().getTime()]);
  for (const leap of [400 * day, -400 * day]) {
    clock.advance(leap);
    for (const name of ['prune-store', 'apply-retention', 'prune-store']) await run(name);
    clock.advance(day - 1);
    await run('apply-retention');
  }
  assert.deepEqual(pruned, [null, null, null, null]);
  assert.deepEqual((await ports.store.audit.entries(42, 0, 1)).map(({ openings }) => openings.length), [2]);
  assert.deepEqual(log.lines.map(({ level, message }) => `${level} ${message}`), Array.from({ length: 2 }, () => 'warn the clock is far from where it was: nothing is erased by age for a day'));
});

function scheduleOf(name: string, { ports, sealer }: { readonly ports: FlowPorts; readonly sealer: CheckpointSealer }) {
  const watch = { sealing: { everyMs: 60_000, everyEntries: 1_000 }, anchors: [], keys: [], selfAuditMs: 1 };
  return serverSchedules(ports, sealer, watch, { ...keptForEver, commands: 90 }).find((schedule) => schedule.name === name);
}
