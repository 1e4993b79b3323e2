import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { sealElsewhere } from '../../src/flows/seal-elsewhere.ts';
import { aDraft, aLogKey, account } from '../builders/a-log.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const clock = fakeClock();

async function aStore(entries = 1) {
  const store = memoryStore({ clock });
  await store.transaction(async (transaction) => {
    for (let count = 0; count < entries; count += 1) await transaction.append(aDraft());
  });
  return { store, jobs: async () => (await store.queue.lease({ owner: 'look', now: clock.now(), until: clock.now(), limit: 5 })).map(({ kind, payload }) => [kind, payload]) };
}

test('sealElsewhere() asks a server to seal, and says what was sealed once all that stood there is', async () => {
  const { store, jobs } = await aStore();
  const waiting = sealElsewhere(store, account);
  await createSealer({ store, signer: aLogKey(), clock }).seal(account, { force: true });
  const sealing = await waiting;
  assert.ok(sealing.kind === 'done' && sealing.sealing.kind === 'sealed' && sealing.sealing.size >= 1);
  assert.deepEqual(await jobs(), [['seal', { account }]]);
});

test('sealElsewhere() says who does it where nobody does in time, and that a log is blocked', async () => {
  const { store } = await aStore();
  const late = await sealElsewhere(store, account, 0);
  assert.ok(late.kind === 'failed');
  assert.match(late.failure.message, /a server on this database does it, and none did within 0 s\. Start one, or look at its log/);
  await store.audit.block(account, 'it was changed');
  const blocked = await sealElsewhere(store, account, 0);
  assert.equal(blocked.kind === 'failed' && blocked.failure.code, 'AUDIT_BLOCKED');
});

test('sealElsewhere() asks for nothing where there is no entry', async () => {
  const { store, jobs } = await aStore(0);
  assert.deepEqual([await sealElsewhere(store, account), await jobs()], [{ account, kind: 'done', sealing: { kind: 'unchanged', size: 0 } }, []]);
});
