import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultPace, Pace } from '../../src/github/pace.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

const settings = { ...defaultPace, concurrency: 2, burst: 3, writesPerMinute: 60, patience: 4_000 };

function aPace(): { readonly pace: Pace; readonly pauses: number[]; readonly clock: ReturnType<typeof fakeClock> } {
  const pauses: number[] = [];
  const clock = fakeClock();
  return { pace: new Pace(settings, clock, async (milliseconds) => void pauses.push(Math.round(milliseconds / 100) * 100)), pauses, clock };
}

describe('Pace', () => {
  it('runs as many calls at once as allowed, the others in order', async () => {
    const { pace } = aPace();
    let underWay = 0;
    let most = 0;
    const order: number[] = [];
    const call = (index: number) => async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      order.push(index);
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map((index) => pace.run('read', call(index))));
    assert.deepEqual([most, order], [2, [0, 1, 2, 3, 4, 5]]);
  });

  it('gives its place back when a call throws', async () => {
    const { pace } = aPace();
    for (let index = 0; index < 5; index += 1) await assert.rejects(pace.run('read', () => Promise.reject(new Error('x'))));
    assert.equal(await pace.run('read', async () => 1), 1);
  });

  it('lets a burst of writes through, spaces the next ones, then refuses instead of sleeping long', async () => {
    const { pace, pauses } = aPace();
    const write = (): Promise<void> => pace.run('write', async () => {});
    for (let index = 0; index < 7; index += 1) await write();
    assert.deepEqual(pauses, [1_000, 2_000, 3_000, 4_000]);
    await assert.rejects(write(), isFailure('GITHUB_RATE_LIMITED'));
    await pace.run('read', async () => {});
  });

  it('refuses until the instant that GitHub named, and not after it', async () => {
    const { pace, clock } = aPace();
    pace.block(new Date(clock.now().getTime() + 10_000));
    pace.block(new Date(clock.now().getTime() + 5_000));
    await assert.rejects(pace.run('read', async () => {}), isFailure('GITHUB_RATE_LIMITED'));
    clock.advance(10_000);
    assert.equal(await pace.run('read', async () => 1), 1);
  });

  it('waits a short block out', async () => {
    const clock = fakeClock();
    const pace = new Pace(settings, clock, async (milliseconds) => clock.advance(milliseconds));
    pace.block(new Date(clock.now().getTime() + 2_000));
    assert.equal(await pace.run('read', async () => 1), 1);
  });
});
