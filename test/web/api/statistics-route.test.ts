import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { remediationStatistics } from '../../../src/domain/drift/remediation-statistics.ts';
import type { DriftRun } from '../../../src/domain/drift/drift-record.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { readStatistics } from '../../../src/flows/read-statistics.ts';
import { createTokenVerifier } from '../../../src/web/tokens/verify-token.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { noApi } from '../no-api.ts';
import { anIssuer, atNoon } from '../tokens/an-issuer.ts';
import { aWeb } from '../web-fixture.ts';

const run: DriftRun = { repositoryId: 100, behavior: 'a', playbook: 'restore-managed-file', confirmedAt: '2026-11-20T10:00:00.000Z', inconclusiveMs: 60_000, cleanAt: '2026-11-20T10:05:00.000Z' };

/** A server with one drift that stands and one that was mended, and tokens of the operator's issuer. */
async function aServer(context: TestContext, { hasIssuer = true, isBroken = false } = {}) {
  const issuer = await anIssuer(context, { roles: ['auditor'], accounts: [7] });
  const clock = fakeClock();
  const store = memoryStore({ clock });
  await store.transaction(async (transaction) => {
    await transaction.saveDrift(7, aKeptDrift());
    await transaction.recordDriftRun(7, run);
  });
  const verify = createTokenVerifier({ issuer: issuer.issuer, audience: 'plumbline', mostAge: 3_600 }, { clock: { now: () => atNoon } });
  const read = isBroken ? () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'canary')) : (account: number) => readStatistics({ store, clock }, account);
  const web = await aWeb(context, { api: { ...noApi(), statistics: { principals: hasIssuer ? { verify, claims: { roles: 'roles', accounts: 'accounts' } } : null, read, log: fakeLog() } } });
  const get = async (path: string, token: string | null) => {
    const { status, text } = await web.send({ path, headers: token === null ? {} : { authorization: `Bearer ${token}` } });
    const answer: Readonly<Record<string, unknown>> = JSON.parse(text);
    return { status, answer };
  };
  return { issuer, get };
}

const path = '/api/v1/stats/remediation?account=7';

test('whoever may read an account is told how its drifts stand and are mended', async (context) => {
  const { issuer, get } = await aServer(context);
  const { status, answer } = await get(path, await issuer.sign());
  const time = { runs: 1, mean: 240_000, p90: 240_000, meanInconclusive: 60_000 };
  assert.deepEqual([status, answer], [200, { account: 7, behaviors: { pass: 0, drift: 1, inconclusive: 0, error: 0 }, lastRuns: [run], success: { mended: 1, standing: 1, rate: 0.5 }, repairTime: time, byPlaybook: { 'restore-managed-file': time } }]);
});

const refused: Readonly<Record<string, readonly [path: string, claims: Readonly<Record<string, unknown>>, status: number, code: string]>> = {
  'of another account': [path, { accounts: [8] }, 403, 'other_account'],
  'of an account by its first digits': ['/api/v1/stats/remediation?account=7', { accounts: [77, '70'] }, 403, 'other_account'],
  'without an account': [path, { accounts: undefined }, 403, 'other_account'],
  'without a role': [path, { roles: [] }, 403, 'no_role'],
  'with a role that there is not': [path, { roles: ['root', 'admin'] }, 403, 'no_role'],
  'with an object for roles': [path, { roles: { auditor: true } }, 403, 'no_role'],
  'for no account': ['/api/v1/stats/remediation', {}, 400, 'account_missing'],
  'for an account that is no number': ['/api/v1/stats/remediation?account=acme', {}, 400, 'account_missing'],
  'for what there is not': ['/api/v1/other', {}, 404, 'not_found'],
};

for (const [title, [asked, claims, status, code]] of Object.entries(refused)) {
  test(`a request ${title} is refused`, async (context) => {
    const { issuer, get } = await aServer(context);
    const answered = await get(asked, await issuer.sign({ claims }));
    assert.deepEqual([answered.status, answered.answer['code']], [status, code]);
  });
}

test('without a token, and without an issuer, everything is answered 401', async (context) => {
  const known = await aServer(context);
  const unknown = await aServer(context, { hasIssuer: false });
  const answers = [await known.get(path, null), await unknown.get(path, await unknown.issuer.sign()), await unknown.get('/api/v1/audit', null), await known.get('/api/v1/audit', null)];
  assert.deepEqual(answers.map(({ status, answer }) => [status, answer['code']]), [[401, 'token_missing'], [401, 'no_issuer'], [401, 'no_issuer'], [401, 'token_missing']]);
});

test('a token for all accounts, and one with its roles in a text, are as good', async (context) => {
  const { issuer, get } = await aServer(context);
  assert.equal((await get(path, await issuer.sign({ claims: { accounts: '*', roles: 'openid viewer' } }))).status, 200);
});

test('trouble of the store is told without its inside', async (context) => {
  const { issuer, get } = await aServer(context, { isBroken: true });
  const { status, answer } = await get(path, await issuer.sign());
  assert.deepEqual([status, answer['code'], JSON.stringify(answer).includes('canary')], [503, 'not_read', false]);
});

test('where nothing was mended there is no time and no rate, never a good one', () => {
  const { repairTime, success, byPlaybook } = remediationStatistics([], [], atNoon);
  assert.deepEqual([repairTime, success, byPlaybook], [null, { mended: 0, standing: 0, rate: null }, {}]);
});
