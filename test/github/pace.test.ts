import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf } from '../../src/github/call-cost.ts';
import { budgetsFor, defaultPace, Pace } from '../../src/github/pace.ts';
import type { PaceSettings } from '../../src/github/pace.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';

const read = costOf({ kind: 'read', route: 'GET /repos/{owner}/{repo}' });
const comment = costOf({ kind: 'create', route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments' });
const pullRequest = costOf({ kind: 'create', route: 'POST /repos/{owner}/{repo}/pulls' });
const write = costOf({ kind: 'write', route: 'POST /repos/{owner}/{repo}/git/trees' });

function aPace(changes: Partial<PaceSettings> = {}): { readonly pace: Pace; readonly pauses: number[]; readonly clock: ReturnType<typeof fakeClock> } {
  const pauses: number[] = [];
  const clock = fakeClock();
  return { pace: new Pace({ ...defaultPace, concurrency: 2, ...changes }, clock, async (milliseconds) => void pauses.push(Math.round(milliseconds / 100) * 100)), pauses, clock };
}

/** How many go through before one is refused. */
async function run(pace: Pace, cost: typeof read): Promise<number> {
  for (let count = 0; ; count += 1) {
    const refused = await pace.run(cost, async () => false).catch(() => true);
    if (refused) return count;
  }
}

describe('costOf()', () => {
  it('is a point for a read, five for a write, and content where people are told', () => {
    assert.deepEqual([read, write, comment, pullRequest], [
      { points: 1, createsContent: false, opensPullRequest: false },
      { points: 5, createsContent: false, opensPullRequest: false },
      { points: 5, createsContent: true, opensPullRequest: false },
      { points: 5, createsContent: true, opensPullRequest: true },
    ]);
  });
});

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
    await Promise.all([0, 1, 2, 3, 4, 5].map((index) => pace.run(read, call(index))));
    assert.deepEqual([most, order], [2, [0, 1, 2, 3, 4, 5]]);
  });

  it('gives its place back when a call throws', async () => {
    const { pace } = aPace();
    for (let index = 0; index < 5; index += 1) await assert.rejects(pace.run(read, () => Promise.reject(new Error('x'))));
    assert.equal(await pace.run(read, async () => 1), 1);
  });

  it('lets a burst of comments through, spaces the next ones, then refuses instead of sleeping long', async () => {
    const { pace, pauses } = aPace();
    assert.equal(await run(pace, comment), 24);
    assert.deepEqual(pauses, [1_000, 2_000, 3_000, 4_000]);
    await assert.rejects(pace.run(comment, async () => {}), isFailure('GITHUB_RATE_LIMITED'));
    await pace.run(write, async () => {});
  });

  it('counts reads and writes in points', async () => {
    const [reads, writes] = [await run(aPace().pace, read), await run(aPace().pace, write)];
    assert.deepEqual([Math.round(reads / 10) * 10, writes], [480, 96]);
  });

  it('opens no more pull requests than planned for, though more content would go', async () => {
    const { pace } = aPace({ budgets: { ...budgetsFor(80), content: budgetsFor(80_000).content } });
    assert.equal(await run(pace, pullRequest), 75);
    await pace.run(comment, async () => {});
  });

  it('has room for one more pull request until a budget is used up, and none while it is blocked', async () => {
    const { pace, clock } = aPace();
    assert.equal(pace.hasRoomForPullRequest(), true);
    pace.block(new Date(clock.now().getTime() + 10_000));
    assert.equal(pace.hasRoomForPullRequest(), false);
    clock.advance(10_000);
    assert.equal(pace.hasRoomForPullRequest(), true);
    await run(pace, comment);
    assert.equal(pace.hasRoomForPullRequest(), false);
  });

  it('refuses until the instant that GitHub named, and not after it', async () => {
    const { pace, clock } = aPace();
    pace.block(new Date(clock.now().getTime() + 10_000));
    pace.block(new Date(clock.now().getTime() + 5_000));
    await assert.rejects(pace.run(read, async () => {}), isFailure('GITHUB_RATE_LIMITED'));
    clock.advance(10_000);
    assert.equal(await pace.run(read, async () => 1), 1);
  });

  it('waits a short block out', async () => {
    const clock = fakeClock();
    const pace = new Pace(defaultPace, clock, async (milliseconds) => clock.advance(milliseconds));
    pace.block(new Date(clock.now().getTime() + 2_000));
    assert.equal(await pace.run(read, async () => 1), 1);
  });
});
