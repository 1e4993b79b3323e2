import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckpointSealer } from '../../src/flows/seal-checkpoint.ts';
import { Failure } from '../../src/domain/failure.ts';
import { createSealSchedule } from '../../src/worker/seal-schedule.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';

/** Two logs whose sizes the test sets, and what was sealed of them. */
function aLog() {
  const sizes = new Map([[1, 10], [2, 20]]);
  const sealed: string[] = [];
  const blocked = new Set<number>();
  const seal: CheckpointSealer['seal'] = async (account) => {
    if (blocked.has(account)) throw new Failure('AUDIT_BLOCKED', 'Cannot seal');
    sealed.push(`seal ${account}`);
    return { kind: 'sealed', size: sizes.get(account) ?? 0, note: '' };
  };
  const sealer: CheckpointSealer = {
    seal,
    sealAll: async () => {
      sealed.push('all');
      return [...sizes].map(([account, size]) => ({ account, kind: 'done', sealing: { kind: 'sealed', size, note: '' } }));
    },
  };
  const clock = fakeClock();
  const audit = { accounts: async () => [...sizes.keys()], size: async (account: number) => sizes.get(account) ?? 0 };
  const log = fakeLog();
  const schedule = createSealSchedule({ sealer, audit, clock, log, everyMs: 60_000, everyEntries: 1_000 });
  return { sizes, sealed, log, clock, refuse: (account: number) => void blocked.add(account), look: () => schedule.run(new AbortController().signal) };
}

test('all logs are sealed once a minute', async () => {
  const { sealed, clock, look } = aLog();
  for (let looks = 0; looks < 13; looks += 1) {
    await look();
    clock.advance(10_000);
  }
  assert.deepEqual(sealed, ['all', 'all', 'all']);
});

test('all logs are sealed at the next look after the clock was set back by a day, and once a minute from there on', async () => {
  const { sealed, clock, look } = aLog();
  await look();
  clock.advance(-86_400_000);
  for (let looks = 0; looks < 7; looks += 1) {
    await look();
    clock.advance(10_000);
  }
  assert.deepEqual(sealed, ['all', 'all', 'all']);
});

test('a log that grew by a thousand entries is sealed at the next look', async () => {
  const { sizes, sealed, clock, look } = aLog();
  await look();
  sizes.set(2, 1_020);
  clock.advance(10_000);
  await look();
  assert.deepEqual(sealed, ['all', 'seal 2']);
});

test('a log that can not be sealed does not keep a look from the others, and is reported once', async () => {
  const { sizes, sealed, log, clock, refuse, look } = aLog();
  await look();
  refuse(1);
  for (const account of [1, 2]) sizes.set(account, 5_000);
  for (let looks = 0; looks < 2; looks += 1) {
    clock.advance(10_000);
    await look();
  }
  assert.deepEqual(sealed, ['all', 'seal 2']);
  assert.deepEqual(log.lines.map(({ message, fields }) => [message, fields['account']]), [['audit log not sealed', 1]]);
});

test('a log that can not be sealed is reported as an error', async () => {
  const log = fakeLog();
  const failure = new Failure('AUDIT_TAMPERED', 'Cannot seal');
  const sealer: CheckpointSealer = { seal: () => Promise.reject(failure), sealAll: async () => [{ account: 1, kind: 'failed', failure }] };
  await createSealSchedule({ sealer, audit: { accounts: async () => [], size: async () => 0 }, clock: fakeClock(), log, everyMs: 60_000, everyEntries: 1_000 }).run(new AbortController().signal);
  assert.deepEqual(log.lines, [{ level: 'error', message: 'audit log not sealed', fields: { account: 1, failure } }]);
});
