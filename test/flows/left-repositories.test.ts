import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { refusalOf } from '../../src/domain/refusal.ts';
import type { RefusalCause } from '../../src/domain/refusal.ts';
import { remediateJob, scanJob } from '../../src/flows/job-requests.ts';
import type { GitHubRemediation } from '../../src/flows/ports/github-remediation.ts';
import { fakeRemediation } from '../fakes/fake-remediation.ts';
import { aDriftWorld, behavior } from './a-drift-world.ts';

/** A behaviour drifts, and GitHub has another word for each request of its remediation. */
async function aWorldThatRefuses(requests: Partial<GitHubRemediation>, isShown = true) {
  const world = await aDriftWorld({ remediation: 'propose' });
  const remediation = (): GitHubRemediation => ({ ...fakeRemediation(world.github), ...requests });
  Object.assign(world.ports.github, { remediation });
  if (!isShown) Object.assign(world.github.repository, { defaultBranch: () => Promise.reject(gone()), branchTip: async () => null });
  return { ...world, plan: () => world.store.transaction((transaction) => transaction.scanPlan(world.github.ref.id)) };
}

const gone = (): Failure => new Failure('NOT_FOUND', 'Cannot read acme/shop: GitHub shows no such repository');
const refused = (cause: RefusalCause) => new Failure(cause === 'not_found' || cause === 'disabled' ? 'NOT_FOUND' : 'GITHUB_REFUSED', 'Cannot write.', { refusal: refusalOf(cause) });

for (const [status, cause, isShown] of [[403, 'archived', true], [404, 'not_found', false], [410, 'disabled', false]] as const) {
  test(`a repository that answers a write with ${status} (${cause}), and is archived or gone: one attempt, and nothing is planned there until it is listed again`, async () => {
    let attempts = 0;
    const world = await aWorldThatRefuses({ makeCommit: async () => ((attempts += 1), Promise.reject(refused(cause))) }, isShown);
    for (let look = 0; look < 3; look += 1) await world.look();
    assert.deepEqual([attempts, await world.plan(), world.failures], [1, null, []]);
    assert.deepEqual((await world.auditEvents()).filter((event) => event === 'drift.forgotten' || event === 'remediation.error'), ['remediation.error', 'drift.forgotten']);
  });
}

test('a repository that is not archived any more, as a listing shows: what drifts there is planned again', async () => {
  let isArchived = true;
  const world = await aWorldThatRefuses({});
  Object.assign(world.ports.github, { remediation: (): GitHubRemediation => ({ ...fakeRemediation(world.github), ...(isArchived ? { makeCommit: () => Promise.reject(refused('archived')) } : {}) }) });
  await world.look();
  isArchived = false;
  await world.measured('drift');
  await world.look();
  assert.deepEqual(world.pulls(), ['#900 open plumbline/managed-files/…-g1']);
});

test('a repository that is not shown to a remediation any more is not asked again, and its job does not fail', async () => {
  const world = await aWorldThatRefuses({ read: () => Promise.reject(gone()) }, false);
  await world.look();
  assert.deepEqual([await world.plan(), world.failures], [null, []]);
});

test('a thing that is not found in a repository that is there is told, and the repository stays known', async () => {
  const world = await aWorldThatRefuses({ openPullRequest: () => Promise.reject(refused('not_found')) });
  await world.look();
  const { said } = (await world.store.transaction((transaction) => transaction.remediationsOf(world.github.ref.id, behavior)))[0] ?? { said: null };
  assert.deepEqual([(await world.plan())?.branch, said?.reason, said?.about, world.failures], ['main', 'refused', 'not_found', []]);
});

test('whether a repository is there can not be told: it stays known, and its remediation is tried again', async () => {
  const world = await aWorldThatRefuses({ read: () => Promise.reject(gone()) });
  Object.assign(world.github.repository, { defaultBranch: () => Promise.reject(new Failure('GITHUB_UNAVAILABLE', 'status 502')) });
  await world.enqueue(remediateJob(world.github.ref, behavior));
  await world.settle();
  assert.deepEqual([(await world.plan())?.branch, world.failures.length], ['main', 1]);
});

test('a repository that is gone when it is scanned is left alone, and the scan does not fail', async () => {
  const world = await aWorldThatRefuses({}, false);
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  assert.deepEqual([await world.plan(), world.failures], [null, []]);
});
