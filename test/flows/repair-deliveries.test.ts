import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { FailedDelivery } from '../../src/flows/ports.ts';
import { createDeliveryRepair } from '../../src/flows/repair-deliveries.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';

const minute = 60_000;

/** GitHub with failed deliveries; `refuse` makes asking again fail. */
function aRepair(failed: readonly FailedDelivery[], refuse?: Failure) {
  const clock = fakeClock();
  const asked: number[] = [];
  const since: number[] = [];
  const github = {
    failedDeliveries: async (from: Date) => (since.push((clock.now().getTime() - from.getTime()) / minute), failed),
    redeliver: async (id: number) => {
      asked.push(id);
      if (refuse !== undefined) throw refuse;
    },
  };
  return { clock, asked, since, repair: createDeliveryRepair({ github, clock, log: fakeLog() }) };
}

function aFailed(id: number, guid = `guid-${id}`): FailedDelivery {
  return { id, guid, deliveredAt: `2026-11-20T11:00:${String(id).padStart(2, '0')}Z` };
}

test('failed deliveries are asked for again, the oldest first', async () => {
  const { asked, repair } = aRepair([aFailed(3), aFailed(1), aFailed(2)]);
  assert.equal(await repair(), 3);
  assert.deepEqual(asked, [1, 2, 3]);
});

test('of several attempts with one id only the newest is asked for again', async () => {
  const { asked, repair } = aRepair([aFailed(1, 'same'), aFailed(2, 'same')]);
  await repair();
  assert.deepEqual(asked, [2]);
});

test('the first round looks back almost three days, the next ones an hour, and one an hour all of it again', async () => {
  const { clock, since, repair } = aRepair([]);
  for (let round = 0; round < 14; round += 1) {
    await repair();
    clock.advance(5 * minute);
  }
  assert.deepEqual([since[0], since[1], since[11], since[12], since[13]], [3 * 24 * 60 - 10, 60, 60, 3 * 24 * 60 - 10, 60]);
});

test('a delivery that fails again and again is asked for ever less often, and at last no more', async () => {
  const { clock, asked, repair } = aRepair([aFailed(1)]);
  for (let round = 0; round < 3 * 24 * 12; round += 1) {
    await repair();
    clock.advance(5 * minute);
  }
  assert.equal(asked.length, 8);
});

test('a round ends when GitHub says that it is limited, and the rest is asked for in a later one', async () => {
  const { clock, asked, repair } = aRepair([aFailed(1), aFailed(2)], new Failure('GITHUB_RATE_LIMITED', 'Cannot redeliver: limited'));
  await assert.rejects(repair(), isFailure('GITHUB_RATE_LIMITED'));
  clock.advance(5 * minute);
  await assert.rejects(repair(), isFailure('GITHUB_RATE_LIMITED'));
  assert.deepEqual(asked, [1, 1]);
});

test('a delivery that GitHub refuses to hand out again does not keep the others from it', async () => {
  const { asked, repair } = aRepair([aFailed(1), aFailed(2)], new Failure('NOT_FOUND', 'Cannot redeliver: it is too old'));
  await repair();
  assert.deepEqual(asked, [1, 2]);
});
