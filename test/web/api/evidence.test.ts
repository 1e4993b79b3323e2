import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceFound, EvidenceQuery } from '../../../src/flows/retrieval/search-evidence.ts';
import { roles } from '../../../src/web/api/principal.ts';
import { aDecisionRecord } from '../../ports/store/suite.ts';
import { account, anApi } from './an-api.ts';

const shop = { account: { id: account, login: 'acme', kind: 'organization' }, installationId: 7, id: 100, owner: 'acme', name: 'shop' } as const;
const viewer = { roles: ['viewer'] };
const reader = { roles: ['reader'] };
const found: EvidenceFound = { kind: 'found', repository: { id: 100, name: 'acme/shop' }, commit: 'a'.repeat(40), isComplete: true, passages: [{ path: 'a.ts', startLine: 1, endLine: 2, score: 1.5, text: 'x' }] };
const asked = { repository: 'acme/shop', query: 'how often' };

test('a search tells passages, and who searched for what is kept', async (context) => {
  const queries: EvidenceQuery[] = [];
  const { ask, store } = await anApi(context, () => ({ searchEvidence: async (query) => (queries.push(query), found) }));
  const { status, answer } = await ask('/evidence/search', { method: 'POST', claims: reader, body: { ...asked, k: 3, commit: 'b'.repeat(40) } });
  assert.deepEqual([status, answer], [200, { account, repository: { id: 100, name: 'acme/shop' }, commit: 'a'.repeat(40), complete: true, passages: [{ path: 'a.ts', startLine: 1, endLine: 2, score: 1.5, text: 'x' }] }]);
  assert.deepEqual(queries, [{ account, repository: { kind: 'name', name: 'acme/shop' }, commit: 'b'.repeat(40), query: 'how often', k: 3 }]);
  const reads = await store.reads.reads(account, null, { below: null, limit: 5 });
  assert.deepEqual(reads.map(({ query }) => query), [`searchEvidence account=${account} commit=${'b'.repeat(40)} query=how often repository=acme/shop`]);
});

const refused: Readonly<Record<string, readonly [number, unknown]>> = {
  'names no repository': [400, { query: 'a' }],
  'asks for nothing': [400, { repository: '100', query: '' }],
  'asks for a branch': [400, { ...asked, commit: 'main' }],
  'asks for too much': [400, { ...asked, k: 21 }],
  'has what nobody knows': [400, { ...asked, path: '/' }],
  'names no path of a repository': [400, { ...asked, repository: '../../x' }],
};

for (const [title, [status, body]] of Object.entries(refused)) {
  test(`attack: a search that ${title} is refused before anything is read`, async (context) => {
    const { ask } = await anApi(context);
    assert.equal((await ask('/evidence/search', { method: 'POST', claims: reader, body })).status, status);
  });
}

test('attack: a search in another account, or without a token, is refused', async (context) => {
  const { ask } = await anApi(context, () => ({ searchEvidence: async () => found }));
  const statuses = [await ask('/evidence/search?account=8', { method: 'POST', claims: reader, body: asked }), await ask('/evidence/search', { method: 'POST', claims: null, body: asked })].map(({ status }) => status);
  assert.deepEqual(statuses, [403, 401]);
});

test('a search of what is not there is 404, of more than two at once 503', async (context) => {
  const { promise, resolve } = Promise.withResolvers<EvidenceFound>();
  const { promise: areTwo, resolve: begin } = Promise.withResolvers<undefined>();
  let running = 0;
  const { ask } = await anApi(context, () => ({ searchEvidence: () => ((running += 1) === 2 && begin(undefined), promise) }));
  const send = () => ask('/evidence/search', { method: 'POST', claims: reader, body: asked });
  const two = [send(), send()];
  await areTwo;
  assert.deepEqual([(await send()).answer.code], ['busy']);
  resolve({ kind: 'unknown_commit' });
  assert.deepEqual((await Promise.all(two)).map(({ status, answer }) => [status, answer.code]), [[404, 'not_found'], [404, 'not_found']]);
});

test('attack: source text is read by no role but that of a reader, and by nobody of another account', async (context) => {
  let searched = 0;
  const { ask } = await anApi(context, () => ({ searchEvidence: async () => ((searched += 1), found) }));
  for (const role of roles.filter((one) => one !== 'reader')) assert.equal((await ask('/evidence/search', { method: 'POST', claims: { roles: [role] }, body: asked })).answer.code, 'other_role', role);
  assert.equal((await ask('/evidence/search?account=8', { method: 'POST', claims: reader, body: asked })).status, 403);
  assert.equal(searched, 0);
  assert.equal((await ask('/evidence/search', { method: 'POST', claims: { roles: ['viewer', 'reader'] }, body: asked })).status, 200);
});

test('calibration is told by agent to whoever may view, and asked for by repository', async (context) => {
  const { ask, store, clock } = await anApi(context);
  await store.transaction((transaction) => transaction.saveDecision(aDecisionRecord(shop)));
  const pull = { repository: shop, number: 1 };
  await store.transaction(async (transaction) => {
    await transaction.saveConfidence(pull, [{ repositoryId: 100, pullRequest: 1, agent: 'coder[bot]', selfReport: 0.8, hasVerifiedCritical: true, head: 'a'.repeat(40), reportedAt: clock.now().toISOString() }]);
    await transaction.closeConfidence(100, 1, { at: clock.now().toISOString(), isMerged: true, checks: null, people: 'approve' });
  });
  const { status, answer } = await ask('/agents/calibration?repository=acme/shop', { claims: viewer });
  const agents = [{ agent: 'coder[bot]', method: 'beta', labels: 1, good: 1, repository: { labels: 1, good: 1 }, reported: { ece: 0.2, brier: 0.04 }, calibrated: null, reliability: [{ from: 0.8, to: 0.9, labels: 1, reported: 0.8, observed: 1 }] }];
  assert.deepEqual([status, answer], [200, { account, repository: { id: 100, name: 'acme/shop' }, agents }]);
  assert.deepEqual((await ask('/agents/calibration?repository=100&agent=other', { claims: viewer })).answer['agents'], []);
  const codes = [await ask('/agents/calibration'), await ask('/agents/calibration?repository=101'), await ask('/agents/calibration?repository=100&agent=a%20b')].map(({ answer: { code } }) => code);
  assert.deepEqual(codes, ['repository_missing', 'not_found', 'invalid_parameter']);
});
