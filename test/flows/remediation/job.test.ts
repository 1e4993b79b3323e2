import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { refusalOf } from '../../../src/domain/refusal.ts';
import { concludeBuried } from '../../../src/flows/conclude-buried.ts';
import { remediateJob } from '../../../src/flows/job-requests.ts';
import { createRemediator } from '../../../src/flows/remediation/create-remediator.ts';
import type { Remediator } from '../../../src/flows/remediation/create-remediator.ts';
import { noSources } from '../../../src/flows/remediation/no-sources.ts';
import type { LeasedJob } from '../../../src/flows/ports/job-queue.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { World } from '../../domain/remediation/model/world.ts';
import { aWorld } from '../a-world.ts';
import { modelledGitHub } from './modelled-github.ts';
import type { Passage } from './modelled-github.ts';
import { behavior, driftIn, planIn, repository } from './modelled-ports.ts';

/** The job as the worker runs it: queue, store and the model of GitHub. */
function aJobWorld(passage: Partial<Passage> = {}) {
  const model = new World(() => 0.5, { brokenLeases: false });
  model.isCalm = true;
  const { ports, store, clock } = aWorld();
  const github = modelledGitHub(model, { read: async () => {}, write: async (_method, perform) => perform(), watch: () => {}, ...passage });
  const measured = { mode: 'propose' as const, last: { kind: 'error' as const } };
  const sources = { driftNow: async () => driftIn(model, measured), planFor: async () => ({ plan: planIn(model), refused: null }), rollbackFor: async () => ({ kind: 'no_playbook' as const }) };
  const remediator = createRemediator({ ...ports, github: { ...ports.github, remediation: () => github } }, sources, 60_000);
  const lease = async (): Promise<LeasedJob> => {
    await store.transaction((transaction) => transaction.enqueue(remediateJob(repository, behavior)));
    const [job] = await store.queue.lease({ owner: 'one', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 1 });
    return job ?? assert.fail('no job');
  };
  return { model, ports, store, clock, remediator, lease };
}

test('a remediate job opens a pull request while its lease is held', async () => {
  const { model, remediator, lease } = aJobWorld();
  await remediator(await lease());
  assert.deepEqual(model.github.pulls.map(({ state }) => state), ['open']);
});

test('a worker that lost its lease writes nothing', async () => {
  const { model, store, clock, remediator, lease } = aJobWorld();
  const job = await lease();
  clock.advance(60_001);
  await store.queue.lease({ owner: 'two', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 1 });
  await assert.rejects(remediator(job), isFailure('LEASE_LOST'));
  assert.deepEqual([model.github.pulls, [...model.github.branches]], [[], []]);
});

test('a worker that loses its lease in the middle stops before its next write', async () => {
  const lost = { now: async () => {} };
  const { model, store, clock, remediator, lease } = aJobWorld({
    write: async (method, perform) => {
      const answer = perform();
      if (method === 'createBranch') await lost.now();
      return answer;
    },
  });
  const job = await lease();
  lost.now = async () => {
    clock.advance(60_001);
    await store.queue.lease({ owner: 'two', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 1 });
  };
  await assert.rejects(remediator(job), isFailure('LEASE_LOST'));
  assert.deepEqual([model.github.pulls.length, model.github.branches.size], [0, 1]);
});

test('under a blocked log nothing is written', async () => {
  const { model, store, remediator, lease } = aJobWorld();
  const job = await lease();
  await store.audit.block(repository.account.id, 'tampered');
  await assert.rejects(remediator(job), isFailure('AUDIT_BLOCKED'));
  assert.deepEqual([model.github.pulls, [...model.github.branches]], [[], []]);
});

test('a payload that this version does not enqueue is refused', async () => {
  const { remediator, lease } = aJobWorld();
  const job = await lease();
  const run = async (remediate: Remediator): Promise<void> => remediate({ ...job, payload: { ...job.payload, behavior: 7 } });
  await assert.rejects(async () => run(remediator), isFailure('STORE_INCONSISTENT'));
});

test('a server that measures nothing does nothing', async () => {
  const { ports, lease } = aJobWorld();
  await createRemediator(ports, noSources, 60_000)(await lease());
});

test('what waits for a verification window looks again by itself', async () => {
  const { model, store, clock, remediator, lease } = aJobWorld();
  const job = await lease();
  await remediator(job);
  await store.queue.complete(job, clock.now());
  model.github.now = clock.now().getTime();
  model.github.merge(model.github.pull(1));
  const second = await lease();
  await remediator(second);
  await store.queue.complete(second, clock.now());
  clock.advance(3_600_000);
  const due = await store.queue.lease({ owner: 'one', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 9 });
  assert.deepEqual(due.map(({ key }) => key).toSorted(), [`digest:${repository.account.id}`, `remediate:${repository.id}:${behavior}`]);
});

test('a buried remediation is told in the log, with who can do something about it', async () => {
  const { ports, store, lease } = aJobWorld();
  const job = await lease();
  await concludeBuried(ports, job, repository, new Failure('GITHUB_REFUSED', 'Cannot read.', { refusal: refusalOf('sso') }));
  await concludeBuried(ports, { ...job, payload: {} }, repository, new Failure('GATE_FAILED', 'Poison.'));
  const entries = (await store.audit.entries(repository.account.id, 0, 10)).map(({ leaf, openings }) => ({ ...JSON.parse(new TextDecoder().decode(leaf)), rationale: new TextDecoder().decode(openings[1]?.bytes) }));
  assert.deepEqual(entries.map(({ event, outcome, rationale }) => [event, outcome, rationale]), [
    ['remediation.error', 'GITHUB_REFUSED', "Cannot read. Authorise the App for the organisation's single sign-on."],
    ['job.buried', 'GITHUB_REFUSED', 'Cannot read.'],
    ['remediation.error', 'GATE_FAILED', 'Poison.'],
    ['job.buried', 'GATE_FAILED', 'Poison.'],
  ]);
});

test('a remediation whose job is buried in the middle is on record as not read, and the digest is written anew', async () => {
  const { ports, store, clock, remediator, lease } = aJobWorld();
  const job = await lease();
  await remediator(job);
  const known = async () => (await store.transaction((transaction) => transaction.remediationsOf(repository.id, behavior))).map(({ said }) => said);
  const [before] = await known();
  await store.transaction(async (transaction) => {
    for (const { fingerprint } of await transaction.remediationsOf(repository.id, behavior)) await transaction.countStep({ repositoryId: repository.id, fingerprint });
  });
  await concludeBuried(ports, job, repository, new Failure('GITHUB_UNAVAILABLE', 'status 502'));
  assert.deepEqual([before?.reason, await known()], ['same_content', [{ row: 0, reason: 'unread', pullRequest: null, about: 'GITHUB_UNAVAILABLE' }]]);
  const due = await store.queue.lease({ owner: 'one', now: new Date(clock.now().getTime() + 300_000), until: new Date(clock.now().getTime() + 400_000), limit: 9 });
  assert.ok(due.some(({ kind }) => kind === 'digest'));
});
