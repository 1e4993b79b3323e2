import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedClaim, VerificationRecord } from '../../src/domain/agent-evidence/verification-record.ts';
import type { ConfidenceCase } from '../../src/domain/calibration/confidence-case.ts';
import { digestOfValue } from '../../src/domain/digest.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { VoteRecord } from '../../src/domain/people/vote-record.ts';
import { keepReported } from '../../src/flows/calibration/keep-reported.ts';
import { knownLabels } from '../../src/flows/calibration/known-labels.ts';
import { readCalibrations } from '../../src/flows/calibration/read-calibrations.ts';
import { recordCloseJob, recordRevertsJob } from '../../src/flows/job-requests.ts';
import { aRecordedClaim, aVerification } from '../builders/a-verification.ts';
import { aVerdict } from '../builders/decision-builder.ts';
import { aDecisionRecord } from '../ports/store/suite.ts';
import { aWorld } from './a-world.ts';

/** An agent's pull request that was judged, with what it reported of it. */
async function aReported({ agent = 'coder[bot]', head = null }: { readonly agent?: string; readonly head?: string | null } = {}) {
  const world = aWorld();
  const { github, store, clock } = world;
  github.commit('main', { 'README.md': 'hello\n' });
  github.branch('a', 'main');
  const facts = github.openPull(7, 'a', { author: agent });
  const pull = { repository: github.ref, number: 7 };
  await store.transaction((transaction) => transaction.saveConfidence(pull, [{ repositoryId: github.ref.id, pullRequest: 7, agent, selfReport: 0.9, hasVerifiedCritical: true, head: head ?? facts.head, reportedAt: clock.now().toISOString() }]));

  async function close(state: 'closed' | 'merged'): Promise<void> {
    github.pulls.set(7, { ...facts, state, mergeCommit: state === 'merged' ? 'f'.repeat(40) : null });
    await world.enqueue(recordCloseJob(github.ref, 7));
    await world.settle();
  }

  async function revert(reverted: { readonly commits?: readonly string[]; readonly pullRequests?: readonly number[] }, branch = 'main'): Promise<void> {
    await world.enqueue(recordRevertsJob(github.ref, branch, { commits: reverted.commits ?? [], pullRequests: reverted.pullRequests ?? [] }));
    await world.settle();
  }

  async function vote(says: VoteRecord['says'], scope = 'hallucination/confidence_low'): Promise<void> {
    await store.transaction((transaction) => transaction.recordVote({ repositoryId: github.ref.id, pullRequest: 7, person: { login: 'ann', id: 3, kind: 'human' }, says, scope, head: facts.head, items: [{ scope, binding: digestOfValue(scope) }], reason: null, source: `comment:${says.length}`, at: clock.now().toISOString() }));
  }

  const found = async (): Promise<ConfidenceCase | undefined> => (await store.transaction((transaction) => transaction.confidenceOf(github.ref.id, 7)))[0];
  return { world, facts, close, revert, vote, found };
}

test('what each agent reports is kept with the decision, and is gone when its evidence is', async () => {
  const { world, facts } = await aReported();
  const { store, github, clock } = world;
  const keep = async (changes: Partial<VerificationRecord>, claim: Partial<RecordedClaim> = {}, forkBy: string | null = null) => {
    const verification = aVerification({ claims: [aRecordedClaim({ critical: true, verdict: 'moved', ...claim })], confidence: { self_reported: 0.7, calibrated: 0.5, n_labels: 3, agents: ['a[bot]', 'b[bot]'] }, ...changes });
    await store.transaction((transaction) => keepReported(transaction, { repository: github.ref, number: 7, forkBy }, { head: facts.head, verdicts: [aVerdict('change'), aVerdict('hallucination', [], { verification })] }, clock.now()));
    return (await store.transaction((transaction) => transaction.confidenceOf(github.ref.id, 7))).map(({ agent, selfReport, hasVerifiedCritical, head }) => [agent, selfReport, hasVerifiedCritical, head === facts.head]);
  };
  assert.deepEqual(await keep({}), [['a[bot]', 0.7, true, true], ['b[bot]', 0.7, true, true]]);
  for (const trivial of [{ critical: false }, { verdict: 'unsupported' }] as const) assert.deepEqual((await keep({}, trivial))[0], ['a[bot]', 0.7, false, true]);
  // Attack: somebody who may not push names agents in their commits.
  assert.deepEqual([await keep({}, {}, 'mallory'), await keep({}, {}, 'B[bot]')], [[], [['b[bot]', 0.7, true, true]]]);
  assert.deepEqual(await keep({ evidence_digest: null }), []);
});

test('a merge is kept with what other Apps found out about its head, and what people said about the claims', async () => {
  const { world, facts, close, vote, found } = await aReported();
  world.github.conclusions.set(facts.head, 'success');
  await vote('approve');
  await close('merged');
  assert.deepEqual((await found())?.closed, { at: world.clock.now().toISOString(), isMerged: true, checks: 'success', people: 'approve' });
});

test('what people said about anything else than the claims says nothing about the agent', async () => {
  const { close, vote, found } = await aReported();
  await vote('reject', 'schema/incompatible');
  await close('closed');
  assert.deepEqual([(await found())?.closed?.isMerged, (await found())?.closed?.people], [false, null]);
});

test('a no is a no, whatever was merged', async () => {
  const { world, close, vote } = await aReported();
  await vote('reject');
  await close('merged');
  assert.deepEqual((await knownLabels(world.store, world.clock, world.github.ref).labelsOf(['CODER[bot]']))[0], { scores: [{ score: 900, labels: 1, good: 0 }], repository: { labels: 1, good: 0 } });
});

test('where GitHub can not tell what other Apps found out, nothing is kept until it can', async () => {
  const { world, close, found } = await aReported();
  world.github.trouble.set('checksOf', [new Failure('GITHUB_UNAVAILABLE', 'GitHub is away')]);
  await close('merged');
  assert.equal((await found())?.closed, null);
});

test('a merge is good once it stood for 14 days', async () => {
  const { world, close } = await aReported();
  await close('merged');
  const labels = knownLabels(world.store, world.clock, world.github.ref);
  assert.deepEqual((await labels.labelsOf(['coder[bot]']))[0]?.scores, []);
  world.clock.advance(14 * 86_400_000);
  assert.deepEqual((await labels.labelsOf(['coder[bot]']))[0]?.scores, [{ score: 900, labels: 1, good: 1 }]);
});

for (const [title, reverted] of Object.entries({ 'its number': { pullRequests: [7] }, 'the commit that brought it': { commits: ['f'.repeat(40)] } })) {
  test(`a revert that names ${title} speaks against the agent, also where it is heard of before the merge`, async () => {
    const { world, facts, revert, found } = await aReported();
    world.github.broughtBy.set('f'.repeat(40), [7]);
    world.github.pulls.set(7, { ...facts, state: 'merged', mergeCommit: 'f'.repeat(40) });
    await revert(reverted);
    const one = await found();
    assert.deepEqual([one?.closed?.isMerged, one?.revertedAt], [true, world.clock.now().toISOString()]);
  });
}

test('attack: a text that takes back what is open, unknown, or was merged into another branch changes nothing', async () => {
  const { world, close, revert, found } = await aReported();
  for (const code of ['NOT_FOUND', 'GITHUB_REFUSED'] as const) {
    world.github.trouble.set('pullRequestsOf', [new Failure(code, 'No commit found for SHA')]);
    await revert({ pullRequests: [7, 8], commits: [code === 'NOT_FOUND' ? '0'.repeat(40) : '1'.repeat(40)] });
  }
  assert.equal((await found())?.revertedAt, null);
  await close('merged');
  await revert({ pullRequests: [7] }, 'stable');
  assert.equal((await found())?.revertedAt, null);
  assert.deepEqual(world.failures, []);
});

test('attack: what was reported of another head than the merged one earns nothing', async () => {
  const { close, found } = await aReported({ head: 'e'.repeat(40) });
  await close('merged');
  assert.equal(await found(), undefined);
});

test('readCalibrations() tells each agent of a repository, and nothing to another account', async () => {
  const { world, close } = await aReported();
  await close('merged');
  world.clock.advance(14 * 86_400_000);
  const { ref } = world.github;
  await world.store.transaction((transaction) => transaction.saveDecision(aDecisionRecord(ref)));
  const asked = { account: ref.account.id, repository: { kind: 'id', id: ref.id }, agent: null } as const;
  const found = await readCalibrations(world, asked);
  const [one] = found?.agents ?? [];
  assert.deepEqual([found?.repository.id, one?.agent, one?.labels, one?.reported, found?.agents.length], [ref.id, 'coder[bot]', 1, { ece: 0.1, brier: 0.01 }, 1]);
  assert.deepEqual(await readCalibrations(world, { ...asked, repository: { kind: 'name', name: `${ref.owner}/${ref.name}`.toUpperCase() }, agent: 'Coder[bot]' }), found);
  assert.deepEqual((await readCalibrations(world, { ...asked, agent: 'other' }))?.agents, []);
  assert.deepEqual([await readCalibrations(world, { ...asked, account: asked.account + 1 }), await readCalibrations(world, { ...asked, repository: { kind: 'id', id: 9 } })], [null, null]);
});
