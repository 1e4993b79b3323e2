import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { ApiPorts } from '../../../src/web/api/mount-api.ts';
import { roles } from '../../../src/web/api/principal.ts';
import { createRateLimit } from '../../../src/web/api/rate-limit.ts';
import { account, anApi } from './an-api.ts';
import type { Asking } from './an-api.ts';
import { shapesOf } from './document-of.ts';

const id = '00000000-0000-7000-9000-000000000001';
const approval = { decision: id, action: 'all', sha: 'abcdef0', reason: 'seen' };

/** Of each operation of the operator's issuer a request that is right, whoever sends it. */
const requests: Readonly<Record<string, readonly [path: string, asking?: Asking]>> = {
  listEntries: ['/audit'],
  exportEntries: ['/audit/export'],
  listReads: ['/audit/reads'],
  readEntry: ['/audit/0'],
  listDecisions: ['/decisions'],
  readDecision: [`/decisions/${id}`],
  askBundle: ['/bundles', { method: 'POST', body: { kind: 'contract', id: 'checkout' } }],
  readBundleRequest: [`/bundle-requests/${id}`],
  readBundle: [`/bundles/${'a'.repeat(64)}`],
  verifyBundle: [`/bundles/${'a'.repeat(64)}/verify`],
  approve: ['/approvals', { method: 'POST', body: approval }],
  readStatistics: ['/stats/remediation'],
  readCalibration: ['/agents/calibration'],
  searchEvidence: ['/evidence/search', { method: 'POST', body: { repository: '100', query: 'a' } }],
  readUsage: ['/usage'],
  exportUsage: ['/usage/export'],
  reserveUsage: ['/usage/reservations', { method: 'POST', headers: { 'idempotency-key': 'k1' }, body: { repository: '100', agent: 'robot[bot]', source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 1, outputTokens: 1 } }],
  settleUsage: [`/usage/reservations/${id}/settle`, { method: 'POST', body: { inputTokens: 1, outputTokens: 1 } }],
  describeApi: ['/openapi.json'],
};

/** Who may ask for what: the one place at which it is written twice. */
const may: Readonly<Record<string, readonly string[]>> = {
  listEntries: ['auditor', 'operator'],
  exportEntries: ['auditor', 'operator'],
  listReads: ['auditor', 'operator'],
  readEntry: ['auditor', 'operator'],
  listDecisions: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
  readDecision: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
  askBundle: ['auditor', 'operator'],
  readBundleRequest: ['auditor', 'operator'],
  readBundle: ['auditor', 'operator'],
  verifyBundle: ['auditor', 'operator'],
  approve: ['approver'],
  readStatistics: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
  readCalibration: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
  searchEvidence: ['reader'],
  readUsage: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
  exportUsage: ['auditor', 'operator'],
  reserveUsage: ['operator'],
  settleUsage: ['operator'],
  describeApi: ['viewer', 'reader', 'auditor', 'approver', 'operator'],
};

const nothingThere: Partial<ApiPorts> = { approve: async () => ({ kind: 'unknown_decision' }), askBundle: async () => ({ kind: 'too-many' }), bundleRequest: async () => null, keptBundle: async () => null, madeBundle: async () => null, verifyBundle: async () => null };

const known = Object.entries(shapesOf()).filter(([, { roles: those }]) => those !== null).map(([name]) => name);

describe('who may ask for what', () => {
  test('is written down for every operation', () => {
    assert.deepEqual([Object.keys(requests).toSorted(), Object.keys(may).toSorted()], [known.toSorted(), known.toSorted()]);
  });

  test('holds for each role and operation', async (context) => {
    const { ask } = await anApi(context, () => nothingThere);
    for (const [operation, [path, asking = {}]] of Object.entries(requests)) {
      for (const role of roles) {
        const { answer } = await ask(path, { ...asking, claims: { roles: [role] } });
        assert.equal(answer['code'] !== 'other_role', may[operation]?.includes(role), `${role} ${operation}: ${answer['code']}`);
      }
      for (const [claims, code] of [[{ roles: [] }, 'no_role'], [{ roles: ['admin', 'AUDITOR', 'auditor '] }, 'no_role'], [{ roles: { auditor: true } }, 'no_role'], [{ roles: undefined }, 'no_role']] as const) assert.equal((await ask(path, { ...asking, claims })).answer['code'], code);
      assert.equal((await ask(path, { ...asking, claims: null })).answer['code'], 'token_missing', operation);
    }
  });

  test('is nobody without an issuer, whatever is asked for', async (context) => {
    const { ask } = await anApi(context, undefined, false);
    for (const [path, asking = {}] of [...Object.values(requests), ['/other'] as const]) {
      const { status, answer, headers } = await ask(path, asking);
      assert.deepEqual([status, answer['code'], headers['www-authenticate'], headers['cache-control']], [401, 'no_issuer', 'Bearer', 'no-store'], path);
    }
  });

  const ofAccount = Object.entries(requests).filter(([operation]) => operation !== 'describeApi');

  test('is answered of the accounts that the token names, and of no other', async (context) => {
    const { ask } = await anApi(context, () => nothingThere);
    const all = { roles: [...roles] };
    for (const [operation, [path, asking = {}]] of ofAccount) {
      const code = async (claims: Readonly<Record<string, unknown>>, query = '') => (await ask(`${path}${query}`, { ...asking, claims: { ...all, ...claims } })).answer['code'] ?? 'answered';
      const refused = [await code({ accounts: [8] }, `?account=${account}`), await code({ accounts: [77, '70', ' 7', '07', 7.5] }, `?account=${account}`), await code({ accounts: [] }, `?account=${account}`), await code({ accounts: undefined }, `?account=${account}`), await code({ accounts: { 7: true } }, `?account=${account}`)];
      assert.deepEqual(new Set(refused), new Set(['other_account']), operation);
      assert.deepEqual([await code({ accounts: [7, 8] }), await code({ accounts: '*' }), await code({ accounts: [] })], ['account_missing', 'account_missing', 'account_missing'], operation);
      const taken = [await code({ accounts: [7] }), await code({ accounts: '7' }), await code({ accounts: '*' }, '?account=7'), await code({ accounts: ['7', 8] }, '?account=7')];
      assert.equal(new Set(taken).size, 1, `${operation}: ${taken.join()}`);
      assert.ok(!taken.includes('other_account') && !taken.includes('account_missing'), operation);
    }
  });
});

describe('what is asked for', () => {
  const bad: Readonly<Record<string, string>> = {
    '/audit?acount=7': 'unknown_parameter',
    '/audit?event=decision.made&Event=x': 'unknown_parameter',
    '/audit?__proto__=x': 'unknown_parameter',
    '/audit?account=7&account=7': 'repeated_parameter',
    '/audit?event=': 'invalid_parameter',
    '/audit?event=decision': 'invalid_parameter',
    '/audit?account=acme': 'invalid_parameter',
    '/audit?account=0': 'invalid_parameter',
    '/audit?account=7.0': 'invalid_parameter',
    '/audit?account=99999999999999999999': 'invalid_parameter',
    '/audit?limit=0': 'invalid_parameter',
    '/audit?limit=201': 'invalid_parameter',
    '/audit?limit=1e1': 'invalid_parameter',
    '/audit?tier=5': 'invalid_parameter',
    '/audit?from=yesterday': 'invalid_parameter',
    '/audit?from=2026-13-01T00:00:00Z': 'invalid_parameter',
    '/audit?from=2026-02-30T00:00:00Z': 'invalid_parameter',
    '/audit?from=2026-11-20T12:00:00': 'invalid_parameter',
    '/audit?actor=mona': 'invalid_parameter',
    "/audit?actor=user:'%20or%201=1": 'invalid_parameter',
    '/audit?repository=a/b/c': 'invalid_parameter',
    '/audit?repository=%00': 'invalid_parameter',
    '/audit?cursor=%2B': 'invalid_parameter',
    [`/audit?outcome=${'a'.repeat(201)}`]: 'invalid_parameter',
    [`/audit?outcome=${'a'.repeat(2_001)}`]: 'query_too_long',
    '/audit/export?event=decision.made': 'unknown_parameter',
    '/decisions?sha=abc': 'invalid_parameter',
    '/decisions/1': 'invalid_parameter',
    '/openapi.json?account=7': 'unknown_parameter',
    '/approvals': 'other_method',
    '/audit/': 'not_found',
    '/audit/0/': 'not_found',
    '/other': 'not_found',
    '/': 'not_found',
  };
  for (const [path, code] of Object.entries(bad)) {
    test(`is refused where it is ${path.slice(0, 60)}: ${code}`, async (context) => {
      const { ask } = await anApi(context);
      const { answer, headers } = await ask(path);
      assert.deepEqual([answer['code'], headers['content-type'], headers['cache-control']], [code, 'application/problem+json', 'no-store']);
    });
  }

  test('is told by which methods an address answers', async (context) => {
    const { ask } = await anApi(context);
    const { status, headers } = await ask('/audit', { method: 'DELETE' });
    assert.deepEqual([status, headers['allow']], [405, 'GET']);
  });

  test('is refused by its name alone: nothing of its value is told again', async (context) => {
    const { ask } = await anApi(context);
    assert.doesNotMatch((await ask('/audit?tier=canary&account=7')).text, /canary/);
  });
});

describe('how often somebody may ask', () => {
  const limits = { perMinute: 60, burst: 3 };

  test('is counted for each subject, and told', async (context) => {
    const { ask, clock } = await anApi(context, ({ clock: its }) => ({ takeTurn: createRateLimit(limits, its) }));
    const statuses = async (claims = {}) => [(await ask('/audit', { claims })).status, (await ask('/audit', { claims })).status, (await ask('/audit', { claims })).status, (await ask('/audit', { claims })).status];
    assert.deepEqual([await statuses(), await statuses({ sub: 'ada' })], [[200, 200, 200, 429], [200, 200, 200, 429]]);
    const { answer, headers } = await ask('/audit');
    assert.deepEqual([answer['code'], headers['retry-after']], ['too_often', '1']);
    clock.advance(1_000);
    assert.deepEqual(await statuses(), [200, 429, 429, 429]);
  });

  test('is counted for each address before anything is known of who asks', async (context) => {
    const { ask, issuer } = await anApi(context, ({ clock }) => ({ takeTurnOfAddress: createRateLimit(limits, clock), proxies: 1 }));
    const from = (address: string, claims: Asking['claims'] = null) => ask('/audit', { claims, headers: { 'x-forwarded-for': address } });
    const before = issuer.asked.length;
    const statuses = [await from('192.0.2.1'), await from('203.0.113.9, 192.0.2.1'), await from('192.0.2.1'), await from('203.0.113.7, 192.0.2.1', {}), await from('192.0.2.2')].map(({ status }) => status);
    assert.deepEqual([statuses, issuer.asked.length], [[401, 401, 401, 429, 401], before]);
  });

  test('attack: what a client writes of its own address counts for nothing without a proxy', async (context) => {
    const { ask } = await anApi(context, ({ clock }) => ({ takeTurnOfAddress: createRateLimit(limits, clock) }));
    const statuses: number[] = [];
    for (let last = 1; last < 6; last += 1) statuses.push((await ask('/audit', { claims: null, headers: { 'x-forwarded-for': `192.0.2.${last}` } })).status);
    assert.deepEqual(statuses, [401, 401, 401, 429, 429]);
  });
});

describe('what is broken', () => {
  test('is told without its inside, whatever it is', async (context) => {
    const thrown: readonly unknown[] = [new Failure('STORE_UNAVAILABLE', 'canary'), new TypeError('canary'), 'canary'];
    for (const one of thrown) {
      const { ask } = await anApi(context, ({ search }) => ({ search: { ...search, entries: () => Promise.reject(one) } }));
      const { status, answer, text } = await ask('/audit');
      assert.deepEqual([status, answer['code'], text.includes('canary')], [503, 'not_answered', false]);
    }
  });

  test('is a problem too where it is in the way to the API', async (context) => {
    const { ask } = await anApi(context, () => ({
      takeTurnOfAddress: () => {
        throw new TypeError('canary');
      },
    }));
    const { status, answer, text } = await ask('/audit');
    assert.deepEqual([status, answer['code'], text.includes('canary')], [500, 'broken', false]);
  });
});
