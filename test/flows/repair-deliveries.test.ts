import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { DeliveryAttempt, DeliveryPage } from '../../src/domain/delivery-attempt.ts';
import { createDeliveryRepair } from '../../src/flows/repair-deliveries.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';

const minute = 60_000;

/** GitHub with a list of attempts in pages; `refuse` makes asking again fail, `read` takes the place of the list. */
function aRepair(pages: readonly (readonly DeliveryAttempt[])[], options: { readonly refuse?: Failure; readonly read?: (cursor: number) => DeliveryPage } = {}) {
  const clock = fakeClock();
  const asked: number[] = [];
  const read: { readonly back: number; readonly page: number }[] = [];
  const listed = (page: number): DeliveryPage => ({ attempts: pages[page] ?? [], next: page + 1 < pages.length ? String(page + 1) : null });
  const github = {
    deliveryAttempts: async (since: Date, cursor: string | null) => {
      read.push({ back: (clock.now().getTime() - since.getTime()) / minute, page: Number(cursor ?? 0) });
      return (options.read ?? listed)(Number(cursor ?? 0));
    },
    redeliver: async (id: number) => {
      asked.push(id);
      if (options.refuse !== undefined) throw options.refuse;
    },
  };
  return { clock, asked, read, repair: createDeliveryRepair({ github, clock, log: fakeLog() }) };
}

function aFailed(id: number, overrides: Partial<DeliveryAttempt> = {}): DeliveryAttempt {
  return { id, guid: `guid-${id}`, deliveredAt: `2026-11-20T11:00:${String(id % 60).padStart(2, '0')}Z`, hasArrived: false, isRepeated: false, ...overrides };
}

/** A list without an end, of which one attempt on each page failed. */
function endless(page: number): DeliveryPage {
  return { attempts: [aFailed(page)], next: String(page + 1) };
}

test('failed deliveries are asked for again, the oldest of a page first', async () => {
  const { asked, repair } = aRepair([[aFailed(3), aFailed(1), aFailed(2)]]);
  assert.equal(await repair(), 3);
  assert.deepEqual(asked, [1, 2, 3]);
});

test('of several attempts with one id only the newest is asked for again, on whatever page the others are', async () => {
  const { asked, repair } = aRepair([[aFailed(3, { guid: 'same', isRepeated: true }), aFailed(2, { guid: 'same', isRepeated: true })], [aFailed(1, { guid: 'same' })]]);
  await repair();
  assert.deepEqual(asked, [3]);
});

test('a delivery of which a repeated attempt arrived is not asked for, on whatever page and in whatever round its first attempt is met', async () => {
  const arrived = aFailed(900, { guid: 'guid-60', hasArrived: true, isRepeated: true });
  const { clock, asked, repair } = aRepair([[arrived], ...Array.from({ length: 70 }, (_, index) => (index === 60 || index === 1 ? [aFailed(index)] : []))]);
  for (let round = 0; round < 3; round += 1) {
    await repair();
    clock.advance(minute);
  }
  assert.deepEqual(asked, [1]);
});

test('a delivery that arrived and whose repetition did not is not asked for', async () => {
  const { asked, repair } = aRepair([[aFailed(2, { guid: 'same', isRepeated: true }), aFailed(1, { guid: 'same', hasArrived: true })]]);
  await repair();
  assert.deepEqual(asked, []);
});

test('the first round looks back almost three days, the next ones an hour, and one an hour all of it again', async () => {
  const { clock, read, repair } = aRepair([]);
  for (let round = 0; round < 14; round += 1) {
    await repair();
    clock.advance(5 * minute);
  }
  assert.deepEqual([0, 1, 11, 12, 13].map((round) => read[round]?.back), [3 * 24 * 60 - 10, 60, 60, 3 * 24 * 60 - 10, 60]);
});

test('a list longer than a round is gone on with in the next ones, each of which also looks at the newest', async () => {
  const { clock, asked, read, repair } = aRepair([], { read: endless });
  await repair();
  assert.deepEqual([asked.length, read.length], [50, 50]);
  clock.advance(5 * minute);
  read.length = 0;
  await repair();
  assert.deepEqual([read[0]?.page, read[50]?.page, read.at(-1)?.page, asked.length], [0, 50, 99, 150]);
});

test('a page of which more failed than a round may ask for is finished in the next round', async () => {
  const { clock, asked, repair } = aRepair([Array.from({ length: 250 }, (_, index) => aFailed(index))]);
  assert.equal(await repair(), 200);
  clock.advance(minute);
  assert.equal(await repair(), 50);
  assert.equal(new Set(asked).size, 250);
});

test('a round that GitHub breaks off is gone on with where it was', async () => {
  let isAway = true;
  const { clock, read, asked, repair } = aRepair([], {
    read: (page) => {
      if (page === 30 && isAway) throw new Failure('GITHUB_UNAVAILABLE', 'Cannot read: 502');
      return endless(page);
    },
  });
  await assert.rejects(repair(), isFailure('GITHUB_UNAVAILABLE'));
  assert.equal(asked.length, 30);
  isAway = false;
  clock.advance(minute);
  read.length = 0;
  await repair();
  assert.equal(read[50]?.page, 30);
});

test('a cursor that GitHub no longer knows begins anew', async () => {
  let isKnown = false;
  const { clock, read, repair } = aRepair([], {
    read: (page) => {
      if (page === 10 && !isKnown) throw new Failure('GITHUB_REFUSED', 'Cannot read: invalid cursor');
      return { attempts: [], next: page < 20 ? String(page + 1) : null };
    },
  });
  await assert.rejects(repair(), isFailure('GITHUB_REFUSED'));
  isKnown = true;
  clock.advance(minute);
  read.length = 0;
  await repair();
  assert.deepEqual([read.length, read[0]], [21, { back: 3 * 24 * 60 - 10, page: 0 }]);
});

test('a delivery that fails again and again is asked for ever less often, and at last no more', async () => {
  const { clock, asked, repair } = aRepair([[aFailed(1)]]);
  for (let round = 0; round < 3 * 24 * 12; round += 1) {
    await repair();
    clock.advance(5 * minute);
  }
  assert.equal(asked.length, 8);
});

test('a round ends when GitHub says that it is limited, and the rest is asked for in a later one', async () => {
  const { clock, asked, repair } = aRepair([[aFailed(1), aFailed(2)]], { refuse: new Failure('GITHUB_RATE_LIMITED', 'Cannot redeliver: limited') });
  await assert.rejects(repair(), isFailure('GITHUB_RATE_LIMITED'));
  clock.advance(5 * minute);
  await assert.rejects(repair(), isFailure('GITHUB_RATE_LIMITED'));
  assert.deepEqual(asked, [1, 1]);
});

test('a delivery that GitHub refuses to hand out again does not keep the others from it', async () => {
  const { asked, repair } = aRepair([[aFailed(1), aFailed(2)]], { refuse: new Failure('NOT_FOUND', 'Cannot redeliver: it is too old') });
  await repair();
  assert.deepEqual(asked, [1, 2]);
});
