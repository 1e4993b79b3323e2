import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptForEver } from '../../src/config/retention-settings.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { serverSchedules } from '../../src/worker/server-schedules.ts';
import { aDraft, aLogKey } from '../builders/a-log.ts';
import { aWorld } from '../flows/a-world.ts';

test('the schedule of retention erases what is past the periods of the settings', async () => {
  const { ports, clock } = aWorld();
  const sealer = createSealer({ store: ports.store, signer: aLogKey(), clock });
  await ports.store.transaction(async (transaction) => {
    for (const event of ['command.run', 'decision.made'] as const) await transaction.append(aDraft({ event }));
  });
  await sealer.seal(42, { force: true });
  clock.advance(92 * 86_400_000);
  const watch = { sealing: { everyMs: 60_000, everyEntries: 1_000 }, anchors: [], keys: [], selfAuditMs: 1 };
  const schedule = serverSchedules(ports, sealer, watch, { ...keptForEver, commands: 90 }).find(({ name }) => name === 'apply-retention');
  await schedule?.run(new AbortController().signal);
  assert.deepEqual((await ports.store.audit.entries(42, 0, 2)).map(({ openings }) => openings.length), [0, 3]);
});
