import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeSamples } from '../../src/flows/take-samples.ts';
import type { VerifiedSamples } from '../../src/flows/take-samples.ts';
import type { SampleOrigin } from '../../src/domain/sample/sample-origin.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { anOrigin } from '../builders/a-sample.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { Failure } from '../../src/domain/failure.ts';
import { jobsIn } from '../web/web-fixture.ts';

async function aChange() {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const github = new FakeGitHub();
  github.commit('main', { 'a.txt': 'a' });
  github.branch('change', 'main');
  const head = github.commit('change', { 'a.txt': 'b' });
  const facts = github.openPull(7, 'change');
  await store.transaction((transaction) => transaction.savePullRequest({ repository: github.ref, facts, authorCanWrite: true }));
  const samples = (changes: { readonly origin?: Partial<SampleOrigin>; readonly value?: JsonObject; readonly head?: string } = {}): VerifiedSamples => ({
    samples: { behavior: 'checkout-quality', head: changes.head ?? head, value: changes.value ?? { n: 1 }, generator: null },
    origin: anOrigin({ repositoryId: github.ref.id, commit: head, ...changes.origin }),
    issuer: 'https://issuer.example.com',
    expiresAt: new Date('2026-11-20T13:00:00Z'),
  });
  const standing = () => store.transaction((transaction) => transaction.sampleOf(github.ref.id, 'checkout-quality', head));
  return { github, store, head, samples, standing, take: (sent: VerifiedSamples) => takeSamples({ store, github: github.app, clock }, sent) };
}

test('takeSamples() keeps samples of the head of an open pull request, and lets it be judged with them', async () => {
  const { take, samples, standing, store, head, github } = await aChange();
  assert.deepEqual(await take(samples()), { kind: 'taken', pullRequests: [7], mergeGroups: [] });
  assert.deepEqual([await standing(), await jobsIn(store)], [{ repositoryId: github.ref.id, behavior: 'checkout-quality', head, value: { n: 1 }, generator: null, receivedAt: '2026-11-20T12:00:00.000Z', origin: samples().origin }, ['evaluate:100:7']]);
});

test("takeSamples() takes those of GitHub's test merge of the head", async () => {
  const { take, samples, github, head } = await aChange();
  const merge = github.commit('merge', {}, [github.branches.get('main') ?? '', head]);
  assert.equal((await take(samples({ origin: { commit: merge } }))).kind, 'taken');
});

test('takeSamples() refuses a head that no open pull request has, and keeps nothing', async () => {
  const { take, samples, standing } = await aChange();
  const outcome = await take(samples({ head: 'b'.repeat(40) }));
  assert.deepEqual([outcome.kind === 'refused' && outcome.reason, await standing()], ['unknown_head', null]);
});

test('attack: samples of a run on another commit are refused', async () => {
  const { take, samples, github, head, standing } = await aChange();
  const main = github.branches.get('main') ?? '';
  const commits = { 'the base': main, 'a commit that is not there': 'c'.repeat(40), 'a commit above the head': github.commit('above', {}, [head]), 'a merge of the head first': github.commit('swapped', {}, [head, main]), 'a merge of three': github.commit('three', {}, [main, head, main]) };
  for (const [title, commit] of Object.entries(commits)) {
    const outcome = await take(samples({ origin: { commit } }));
    assert.equal(outcome.kind === 'refused' && outcome.reason, 'other_commit', title);
  }
  const onBranch = await take(samples({ origin: { commit: github.commit('mine', {}, [main, head]), ref: 'refs/heads/mine' } }));
  assert.deepEqual([onBranch.kind === 'refused' && onBranch.reason, await standing()], ['other_commit', null]);
});

test('attack: samples that are sent again until they are green change nothing', async () => {
  const { take, samples, standing } = await aChange();
  await take(samples({ value: { n: 1 } }));
  const again = await take(samples({ value: { n: 2 }, origin: { token: 'token-2', run: '15/2' } }));
  assert.deepEqual([again.kind === 'refused' && again.reason, (await standing())?.value], ['already_there', { n: 1 }]);
});

test('attack: a token that was used for another behaviour is refused', async () => {
  const { take, samples } = await aChange();
  await take(samples());
  const sent = samples();
  const outcome = await take({ ...sent, samples: { ...sent.samples, behavior: 'another' } });
  assert.equal(outcome.kind === 'refused' && outcome.reason, 'used_token');
});

test('takeSamples() of the very same message says once more that it was taken: the first answer was lost', async () => {
  const { take, samples } = await aChange();
  assert.deepEqual([await take(samples()), await take(samples())].map(({ kind }) => kind), ['taken', 'taken']);
});

test('takeSamples() throws when GitHub does not answer, and the token is still good', async () => {
  const { take, samples, github, head } = await aChange();
  const merge = github.commit('merge', {}, [github.branches.get('main') ?? '', head]);
  github.trouble.set('parentsOf', [new Failure('GITHUB_UNAVAILABLE', 'status 502')]);
  await assert.rejects(take(samples({ origin: { commit: merge } })), isFailure('GITHUB_UNAVAILABLE', /502/));
  assert.equal((await take(samples({ origin: { commit: merge } }))).kind, 'taken');
});

test('takeSamples() takes those of the head of a merge group, which is judged again with them', async () => {
  const { take, samples, github, store } = await aChange();
  const [base, merged] = [github.branches.get('main') ?? '', github.commit('queue', { 'a.txt': 'b' })];
  const group = { headSha: merged, headRef: 'refs/heads/gh-readonly-queue/main/pr-7', baseSha: base, baseRef: 'refs/heads/main' };
  const evaluation = { id: 'e1', repository: github.ref, subject: `merge-group:${group.headRef}`, head: merged, rollUp: 'plumbline', startedAt: new Date('2026-11-20T12:00:00Z'), group };
  await store.transaction((transaction) => transaction.openEvaluation(evaluation));
  assert.deepEqual(await take(samples({ head: merged, origin: { commit: merged, ref: group.headRef } })), { kind: 'taken', pullRequests: [], mergeGroups: [group.headRef] });
  assert.deepEqual(await jobsIn(store), [`evaluate-group:100:${group.headRef}`]);
  const outcome = await take(samples({ head: merged, origin: { commit: base, token: 'token-2' } }));
  assert.equal(outcome.kind === 'refused' && outcome.reason, 'other_commit', 'of another commit');
});
