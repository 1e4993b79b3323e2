import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { sweepExpiredDecisions } from '../../src/flows/sweep-expired-decisions.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const repository = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' } as const;
const head = 'a'.repeat(40);

/** A store with one open pull request whose decision holds until noon. */
async function aStore() {
  const clock = fakeClock('2026-11-20T11:59:00.000Z');
  const store = memoryStore({ clock });
  await store.transaction(async (transaction) => {
    await transaction.savePullRequest({ repository, authorCanWrite: true, facts: { number: 7, state: 'open', title: 't', author: 'octocat', authorId: 1, draft: false, head, headRepositoryId: 1, baseBranch: 'main', base: head, createdAt: '2026-11-20T11:00:00Z', mergeCommit: null } });
    await transaction.saveDecision({ id: 'd1', repository, subject: 'pull-request:7', entry: 'main', baseBranch: 'main', decision: aDecision({ head, validUntil: '2026-11-20T12:00:00.000Z' }), decidedAt: clock.now() });
  });
  return { clock, store };
}

test('a decision that has not run out is left alone', async () => {
  assert.equal(await sweepExpiredDecisions(await aStore()), 0);
});

test('a decision that has run out is judged again', async () => {
  const { clock, store } = await aStore();
  clock.set('2026-11-20T12:00:00.000Z');
  assert.equal(await sweepExpiredDecisions({ clock, store }), 1);
  const jobs = await store.queue.lease({ owner: 'test', now: clock.now(), until: clock.now(), limit: 10 });
  assert.deepEqual(jobs.map((job) => job.key), ['evaluate:1:7']);
});

test('a job that waits for its next attempt keeps its time and its attempts', async () => {
  const { clock, store } = await aStore();
  clock.set('2026-11-20T12:00:00.000Z');
  await sweepExpiredDecisions({ clock, store });
  const lease = () => store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 10 });
  const [job] = await lease();
  assert.ok(job !== undefined);
  await store.queue.retry(job, new Date('2026-11-20T13:00:00.000Z'), new Failure('GITHUB_RATE_LIMITED', 'Cannot read: limited for an hour'));
  clock.advance(60_000);
  assert.deepEqual([await sweepExpiredDecisions({ clock, store }), await lease()], [0, []]);
  clock.set('2026-11-20T13:00:00.000Z');
  assert.deepEqual((await lease()).map(({ attempt }) => attempt), [2]);
});
