import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeSamples } from '../../src/flows/take-samples.ts';
import type { SamplesOutcome, VerifiedSamples } from '../../src/flows/take-samples.ts';
import type { SampleOrigin } from '../../src/domain/sample/sample-origin.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import { anOrigin } from '../builders/a-sample.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import type { SampleStore } from '../../src/flows/ports/sample-store.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { Failure } from '../../src/domain/failure.ts';
import { jobsIn } from '../web/web-fixture.ts';
import { aDocument } from '../domain/behavior/a-behavior.ts';
import { ofChange, sampled } from '../gates/drift/a-behavior-change.ts';

const caller = '.github/workflows/ci.yml';
const governed = {
  '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\nbranches: [{entry: all, names: [main, stable]}]\n',
  'behaviors/checkout.yaml': JSON.stringify(ofChange({ name: 'checkout-quality', maxAge: '2h' })),
  'behaviors/other.yaml': JSON.stringify(ofChange({ name: 'other' })),
  'behaviors/live.yaml': JSON.stringify(aDocument({ name: 'live' })),
  [caller]: 'on: pull_request',
  'a.txt': 'a',
};

interface Changed {
  readonly origin?: Partial<SampleOrigin>;
  readonly value?: JsonObject;
  readonly head?: string;
  readonly behavior?: string;
}

/** Pull request 7 of the branch `change` into `main`, and what its workflow sends. */
async function aChange(files: Readonly<Record<string, string>> = governed) {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const github = new FakeGitHub();
  const main = github.commit('main', files);
  github.branch('change', 'main');
  const head = github.commit('change', { 'a.txt': 'b' });
  const opened = async (number: number, baseBranch: string): Promise<void> => {
    const facts = github.openPull(number, 'change', { baseBranch });
    await store.transaction((transaction) => transaction.savePullRequest({ repository: github.ref, facts, authorCanWrite: true }));
  };
  await opened(7, 'main');
  const samples = (changes: Changed = {}): VerifiedSamples => ({
    samples: { behavior: changes.behavior ?? 'checkout-quality', head: changes.head ?? head, value: changes.value ?? { n: 1 }, generator: null },
    origin: anOrigin({ repositoryId: github.ref.id, commit: head, ...changes.origin }),
    issuer: 'https://issuer.example.com',
    expiresAt: new Date('2026-11-20T13:00:00Z'),
  });
  const standing = (baseBranch = 'main') => store.transaction((transaction) => transaction.sampleOf(github.ref.id, 'checkout-quality', { head, baseBranch }));
  return { github, store, clock, main, head, samples, standing, opened, take: (sent: VerifiedSamples) => takeSamples({ store, github: github.app, clock }, sent) };
}

const reasonOf = (outcome: SamplesOutcome): string => (outcome.kind === 'refused' ? outcome.reason : outcome.kind);

test('takeSamples() keeps samples of the head of an open pull request with the workflow that ran, and lets it be judged with them', async () => {
  const { take, samples, standing, store, head, main, github } = await aChange();
  assert.deepEqual(await take(samples()), { kind: 'taken', pullRequests: [7], mergeGroups: [] });
  const [ran] = await github.repository.namesAt([{ commit: main, path: caller }]);
  const kept = { repositoryId: github.ref.id, behavior: 'checkout-quality', head, baseBranch: 'main', value: { n: 1 }, generator: null, receivedAt: '2026-11-20T12:00:00.000Z', origin: samples().origin, caller: { path: caller, blob: ran?.name } };
  assert.deepEqual([await standing(), await jobsIn(store)], [kept, ['evaluate:100:7']]);
});

test("takeSamples() takes those of GitHub's test merge of the head, with the tip of the base or what it was before", async () => {
  const { take, samples, github, head, main } = await aChange();
  github.commit('main', { 'more.txt': 'm' });
  const tip = github.branches.get('main') ?? '';
  for (const [index, base] of [main, tip].entries()) {
    const merge = github.commit(`merge-${index}`, {}, [base, head]);
    const behavior = index === 0 ? 'checkout-quality' : 'other';
    assert.equal(reasonOf(await take(samples({ behavior, origin: { commit: merge, token: `t${index}` } }))), 'taken');
  }
});

test('takeSamples() refuses a head that no open pull request has, and keeps nothing', async () => {
  const { take, samples, standing } = await aChange();
  assert.deepEqual([reasonOf(await take(samples({ head: 'b'.repeat(40) }))), await standing()], ['unknown_head', null]);
});

test('attack: samples of a run on another commit are refused', async () => {
  const { take, samples, github, head, main, standing } = await aChange();
  const commits = { 'the base': main, 'a commit that is not there': 'c'.repeat(40), 'a commit above the head': github.commit('above', {}, [head]), 'a merge of the head first': github.commit('swapped', {}, [head, main]), 'a merge of three': github.commit('three', {}, [main, head, main]) };
  for (const [title, commit] of Object.entries(commits)) assert.equal(reasonOf(await take(samples({ origin: { commit } }))), 'other_commit', title);
  const merge = github.commit('mine', {}, [main, head]);
  for (const ref of ['refs/heads/mine', 'refs/pull/8/merge']) assert.equal(reasonOf(await take(samples({ origin: { commit: merge, ref } }))), 'other_commit', ref);
  assert.equal(await standing(), null);
});

test("attack: samples of a test merge of the head with another base, whose workflow is the attacker's, are refused", async () => {
  const { take, samples, github, head, standing, opened } = await aChange();
  github.branch('evil', 'main');
  const evil = github.commit('evil', { [caller]: 'run: curl --data fake' });
  const merge = github.commit('merge', {}, [evil, head]);
  await opened(8, 'evil');
  for (const number of [7, 8]) assert.equal(reasonOf(await take(samples({ origin: { commit: merge, ref: `refs/pull/${number}/merge` } }))), 'other_commit');
  assert.equal(await standing(), null);
});

test('samples of a test merge with one governed base say nothing of another one; those of the head itself count for both', async () => {
  const { take, samples, github, head, standing, opened } = await aChange();
  github.branch('stable', 'main');
  const stable = github.commit('stable', { 'old.txt': 'o' });
  await opened(9, 'stable');
  const merge = github.commit('merge', {}, [stable, head]);
  assert.deepEqual(await take(samples({ origin: { commit: merge, ref: 'refs/pull/9/merge' }, value: { n: 9 } })), { kind: 'taken', pullRequests: [9], mergeGroups: [] });
  assert.deepEqual(await take(samples({ origin: { token: 't2' } })), { kind: 'taken', pullRequests: [7], mergeGroups: [] });
  assert.deepEqual([(await standing('main'))?.value, (await standing('stable'))?.value], [{ n: 1 }, { n: 9 }]);
});

test('attack: what another workflow sends is refused, and does not take the place of what the right one sends', async () => {
  const { take, samples } = await aChange();
  const wrong = ['acme/shop/.github/workflows/unrelated.yml@refs/heads/change', 'acme/ci/.github/workflows/sample.yml@refs/heads/change'];
  for (const [index, jobWorkflow] of wrong.entries()) assert.equal(reasonOf(await take(samples({ origin: { jobWorkflow, token: `wrong-${index}` }, value: { n: 0 } }))), 'other_workflow', jobWorkflow);
  assert.equal(reasonOf(await take(samples())), 'taken');
});

test('attack: what was started by a workflow that is not there, or stands elsewhere, is refused', async () => {
  const { take, samples } = await aChange();
  for (const workflow of ['odd', 'acme/shop/.github/workflows/none.yml@refs/pull/7/merge', `acme/ci/${caller}@refs/pull/7/merge`]) assert.equal(reasonOf(await take(samples({ origin: { workflow } }))), 'other_workflow', workflow);
  assert.equal(reasonOf(await take(samples({ origin: { workflow: 'Acme/CI/.github/workflows/sample.yml@refs/heads/main' } }))), 'taken');
});

test('attack: samples of behaviours that the base does not have, or to which none are sent, are not kept', async () => {
  const { take, samples, github } = await aChange();
  github.commit('change', {});
  for (const behavior of ['nobody', 'live', ...Array.from({ length: 20 }, (_, index) => `nobody-${index}`)]) assert.equal(reasonOf(await take(samples({ behavior, origin: { token: behavior } }))), 'unknown_behavior', behavior);
});

test('a behaviour that only the head has, or that two files have, is unknown', async () => {
  const { github, store, clock, samples } = await aChange({ ...governed, 'behaviors/twin.yaml': governed['behaviors/checkout.yaml'] });
  github.branch('adding', 'main');
  const head = github.commit('adding', { 'behaviors/new.yaml': JSON.stringify(ofChange({ name: 'new' })) });
  await store.transaction((transaction) => transaction.savePullRequest({ repository: github.ref, facts: github.openPull(8, 'adding'), authorCanWrite: true }));
  for (const behavior of ['new', 'checkout-quality']) assert.equal(reasonOf(await takeSamples({ store, github: github.app, clock }, samples({ behavior, head, origin: { commit: head } }))), 'unknown_behavior');
});

test('nothing is taken into a branch that nobody governs', async () => {
  const { take, samples } = await aChange({ ...governed, '.github/plumbline.yml': 'version: 1\nbranches: [{entry: stable, names: [stable]}]\ndrift: {behaviors: ["behaviors/*.yaml"]}\n' });
  assert.equal(reasonOf(await take(samples())), 'unknown_behavior');
});

test('takeSamples() throws where the configuration can not be told, and takes nothing', async () => {
  const { take, samples, standing, github } = await aChange();
  github.trouble.set('organizationConfiguration', [new Failure('GITHUB_UNAVAILABLE', 'status 502')]);
  await assert.rejects(take(samples()), isFailure('GITHUB_UNAVAILABLE', /502/));
  assert.equal(await standing(), null);
});

test('attack: samples that are sent again until they are green change nothing', async () => {
  const { take, samples, standing } = await aChange();
  await take(samples({ value: { n: 1 } }));
  const again = await take(samples({ value: { n: 2 }, origin: { token: 'token-2', run: '15/2' } }));
  assert.deepEqual([reasonOf(again), (await standing())?.value], ['already_there', { n: 1 }]);
});

test('samples that are older than the behaviour lets them be are measured again, and not a moment before', async () => {
  const { take, samples, standing, clock } = await aChange();
  await take(samples());
  clock.advance(7_200_000);
  const early = await take(samples({ value: { n: 2 }, origin: { token: 't2' } }));
  assert.deepEqual([reasonOf(early), early.kind === 'refused' && early.why.includes('2026-11-20 14:00 UTC')], ['already_there', true]);
  clock.advance(1);
  assert.deepEqual([await take(samples({ value: { n: 3 }, origin: { token: 't3', run: '16/1' } })), (await standing())?.value], [{ kind: 'taken', pullRequests: [7], mergeGroups: [] }, { n: 3 }]);
  assert.equal(reasonOf(await take(samples({ value: { n: 4 }, origin: { token: 't4' } }))), 'already_there');
});

test('samples of a workflow that the base names no longer give way', async () => {
  const { take, samples, github, standing } = await aChange();
  await take(samples());
  github.commit('main', { 'behaviors/checkout.yaml': JSON.stringify(ofChange({ name: 'checkout-quality', source: { ...sampled, ref: 'refs/heads/v2' } })) });
  const newer = { jobWorkflow: 'acme/ci/.github/workflows/sample.yml@refs/heads/v2', token: 't2' };
  assert.deepEqual([reasonOf(await take(samples({ origin: newer, value: { n: 2 } }))), (await standing())?.value], ['taken', { n: 2 }]);
});

test('samples of a workflow that is behind that of the base give way to those of the one that the base has, not the other way round', async () => {
  const { take, samples, github, head, standing } = await aChange();
  const main = github.commit('main', { [caller]: 'on: [pull_request, push]' });
  const merge = github.commit('merge', {}, [main, head]);
  assert.equal(reasonOf(await take(samples())), 'taken');
  assert.equal(reasonOf(await take(samples({ value: { n: 2 }, origin: { token: 't2' } }))), 'already_there');
  assert.equal(reasonOf(await take(samples({ value: { n: 3 }, origin: { commit: merge, token: 't3' } }))), 'taken');
  assert.equal(reasonOf(await take(samples({ value: { n: 4 }, origin: { token: 't4' } }))), 'already_there');
  assert.deepEqual((await standing())?.value, { n: 3 });
});

test('of two messages at once one is taken, and the other one is told that it was not', async () => {
  const { samples, store, github, clock, standing } = await aChange();
  const racing: Pick<Store, 'transaction'> = { transaction: (work) => store.transaction((transaction) => work({ ...transaction, sampleOf: async () => null })) };
  const [first, second] = [await takeSamples({ store: racing, github: github.app, clock }, samples()), await takeSamples({ store: racing, github: github.app, clock }, samples({ value: { n: 2 }, origin: { token: 't2' } }))];
  assert.deepEqual([reasonOf(first), reasonOf(second), (await standing())?.value], ['taken', 'already_there', { n: 1 }]);
});

test('attack: more samples of one head than are kept of it are refused, whatever behaviours they are of', async () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`behaviors/many-${index}.yaml`, JSON.stringify(ofChange({ name: `many-${index}` }))]));
  const { take, samples } = await aChange({ ...governed, ...many });
  const value = { text: 'x'.repeat(1024 * 1024 - 1_000) };
  const reasons: string[] = [];
  for (let index = 0; index < 17; index += 1) reasons.push(reasonOf(await take(samples({ behavior: `many-${index}`, value, origin: { token: `t${index}` } }))));
  assert.deepEqual(reasons, [...Array.from({ length: 16 }, () => 'taken'), 'too_much']);
  assert.equal(reasonOf(await take(samples({ behavior: 'many-17', origin: { token: 'small' } }))), 'taken');
});

test('attack: samples of many heads push the oldest of their repository out, not those that come', async () => {
  const { samples, store, github, clock, standing } = await aChange();
  const asked: unknown[] = [];
  const forgetSamples: SampleStore['forgetSamples'] = async (...wanted) => void asked.push(wanted);
  const watched: Pick<Store, 'transaction'> = { transaction: (work) => store.transaction((transaction) => work({ ...transaction, forgetSamples })) };
  assert.equal(reasonOf(await takeSamples({ store: watched, github: github.app, clock }, samples())), 'taken');
  assert.deepEqual([asked, (await standing())?.value], [[[github.ref.id, { beyond: 256 * 1024 * 1024 }]], { n: 1 }]);
});

test('attack: a token that was used for another behaviour is refused', async () => {
  const { take, samples } = await aChange();
  await take(samples());
  assert.equal(reasonOf(await take(samples({ behavior: 'other' }))), 'used_token');
});

test('takeSamples() of the very same message says once more that it was taken: the first answer was lost', async () => {
  const { take, samples } = await aChange();
  assert.deepEqual([await take(samples()), await take(samples())].map(reasonOf), ['taken', 'taken']);
});

test('takeSamples() throws when GitHub does not answer, and the token is still good', async () => {
  const { take, samples, github, head, main } = await aChange();
  const merge = github.commit('merge', {}, [main, head]);
  github.trouble.set('parentsOf', [new Failure('GITHUB_UNAVAILABLE', 'status 502')]);
  await assert.rejects(take(samples({ origin: { commit: merge } })), isFailure('GITHUB_UNAVAILABLE', /502/));
  assert.equal(reasonOf(await take(samples({ origin: { commit: merge } }))), 'taken');
});

test('takeSamples() takes those of the head of a merge group as its base asks for them, and lets it be judged with them', async () => {
  const { take, samples, github, store, main } = await aChange();
  const merged = github.commit('queue', { 'a.txt': 'b' }, [main]);
  const group = { headSha: merged, headRef: 'refs/heads/gh-readonly-queue/main/pr-7', baseSha: main, baseRef: 'refs/heads/main' };
  const evaluation = { id: 'e1', repository: github.ref, subject: `merge-group:${group.headRef}`, head: merged, rollUp: 'plumbline', startedAt: new Date('2026-11-20T12:00:00Z'), group };
  await store.transaction((transaction) => transaction.openEvaluation(evaluation));
  const sent = (changes: Changed) => samples({ head: merged, ...changes, origin: { commit: merged, ref: group.headRef, ...changes.origin } });
  assert.equal(reasonOf(await take(sent({ origin: { commit: main } }))), 'other_commit');
  assert.equal(reasonOf(await take(sent({ behavior: 'nobody' }))), 'unknown_behavior');
  assert.deepEqual(await take(sent({})), { kind: 'taken', pullRequests: [], mergeGroups: [group.headRef] });
  assert.deepEqual(await jobsIn(store), [`evaluate-group:100:${group.headRef}`]);
});
