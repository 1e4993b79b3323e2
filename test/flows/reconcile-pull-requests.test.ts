import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { DecisionRecord } from '../../src/flows/ports/decision-store.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import type { InstalledRepository } from '../../src/flows/ports/github-app.ts';
import type { PullRequestFacts } from '../../src/flows/ports/pull-request-facts.ts';
import { createReconciler, reconcileRepositories } from '../../src/flows/reconcile-pull-requests.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const repository: RepositoryRef = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' };
const headOf = (letter: string): string => letter.repeat(40);

function aPullRequest(number: number, changes: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return { number, state: 'open', title: 't', author: 'octocat', authorId: 1, draft: false, head: headOf('a'), headRepositoryId: 1, baseBranch: 'main', base: headOf('b'), createdAt: '2026-11-20T11:00:00Z', mergeCommit: null, ...changes };
}

function aDecided(number: number, head: string): DecisionRecord {
  return { id: `decision-${number}`, repository, subject: `pull-request:${number}`, entry: 'main', baseBranch: 'main', decision: aDecision({ head }), decidedAt: new Date('2026-11-20T11:00:00Z') };
}

interface World {
  readonly open?: readonly PullRequestFacts[];
  readonly known?: readonly PullRequestFacts[];
  readonly decided?: readonly DecisionRecord[];
}

/** A repository with open pull requests, and a store that knows some and decided about some. */
async function aWorld({ open = [], known = [], decided = [] }: World) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  await store.transaction(async (transaction) => {
    for (const facts of known) await transaction.savePullRequest({ repository, facts, authorCanWrite: true });
    for (const record of decided) await transaction.saveDecision(record);
  });
  const source: Pick<GitHubRepository, 'openPullRequests'> = { openPullRequests: async () => open };
  const github = { repository: () => source as GitHubRepository, async *repositories() { for (const one of [repository, { ...repository, id: 2 }]) yield { repository: one, defaultBranch: 'main', isArchived: false }; } };
  const ports = { store, github, clock, log: fakeLog() };
  const reconcile = createReconciler(ports);
  const round = async (): Promise<readonly string[]> => {
    await reconcile(repository);
    return leased();
  };
  const leased = async (): Promise<readonly string[]> => {
    const jobs = await store.queue.lease({ owner: 'test', now: clock.now(), until: clock.now(), limit: 100 });
    for (const job of jobs) await store.queue.complete(job, clock.now());
    return jobs.map((job) => job.key).toSorted();
  };
  return { ...ports, round, leased };
}

test('an open pull request that was never heard of is judged', async () => {
  const { round } = await aWorld({ open: [aPullRequest(7)] });
  assert.deepEqual(await round(), ['evaluate:1:7']);
});

test('an open pull request whose newest push was never heard of is judged', async () => {
  const { round } = await aWorld({ open: [aPullRequest(7, { head: headOf('c') })], known: [aPullRequest(7)], decided: [aDecided(7, headOf('a'))] });
  assert.deepEqual(await round(), ['evaluate:1:7']);
});

test('an open pull request whose head is decided is left alone', async () => {
  const { round } = await aWorld({ open: [aPullRequest(7)], known: [aPullRequest(7)], decided: [aDecided(7, headOf('a'))] });
  assert.deepEqual(await round(), []);
});

test('a head that was looked at and left undecided is looked at again after an hour, then ever more rarely', async () => {
  const { clock, round } = await aWorld({ open: [aPullRequest(7)], known: [aPullRequest(7)] });
  const hours: number[] = [];
  for (let quarter = 0; quarter < 4 * 24 * 4; quarter += 1) {
    if ((await round()).length > 0) hours.push(quarter / 4);
    clock.advance(15 * 60_000);
  }
  assert.deepEqual(hours, [1, 3, 7, 15, 31, 55, 79]);
});

test('a pull request that we take for open, and that others share a head with, is recorded as closed', async () => {
  const { round } = await aWorld({ open: [aPullRequest(7)], known: [aPullRequest(7), aPullRequest(8)], decided: [aDecided(7, headOf('a'))] });
  assert.deepEqual(await round(), ['record-close:1:8']);
});

test('every repository of every installation gets a job of its own', async () => {
  const world = await aWorld({});
  await reconcileRepositories(world, new AbortController().signal);
  assert.deepEqual(await world.leased(), ['reconcile:1', 'reconcile:2']);
});

test('reconciling all repositories ends when it is told to, and says why', async () => {
  const world = await aWorld({});
  const stopped = AbortSignal.abort(new Error('stop'));
  await assert.rejects(reconcileRepositories(world, stopped), /stop/);
  assert.deepEqual(await world.leased(), []);
});

test('repositories that can not be listed are a failure, not none', async () => {
  const world = await aWorld({});
  const github = { ...world.github, repositories: (): AsyncIterable<InstalledRepository> => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new TypeError('502')) }) }) };
  await assert.rejects(reconcileRepositories({ ...world, github }, new AbortController().signal), isFailure('GITHUB_UNAVAILABLE'));
});
