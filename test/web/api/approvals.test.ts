import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import type { ApprovalOutcome, ApprovalRefusal, TokenApproval } from '../../../src/flows/approve-by-token.ts';
import { account, anApi } from './an-api.ts';

const body = { decision: '00000000-0000-7000-9000-000000000001', action: 'workflow.change', sha: 'abcdef0', reason: 'seen with the team' };
const head = 'abcdef0'.padEnd(40, '0');
const item = { scope: 'workflow.change', name: 'workflow.change a', binding: `sha256:${'a'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true } as const;
const approved: ApprovalOutcome = { kind: 'approved', login: 'alice', pullRequest: 4, isNew: true, done: { kind: 'voted', word: 'approve', head, items: [item], left: [], uncounted: null } };
const asked = { method: 'POST', claims: { roles: ['approver'] }, body };

test('an approval is handed on with whom the token names, and told as it was kept', async (context) => {
  const taken: TokenApproval[] = [];
  const { ask } = await anApi(context, () => ({ approve: async (wanted) => (taken.push(wanted), approved) }));
  const { status, answer } = await ask('/approvals', asked);
  assert.deepEqual([status, answer], [201, { decision: body.decision, account, pullRequest: 4, login: 'alice', head, recorded: true, approved: [{ scope: item.scope, name: item.name, binding: item.binding }], left: [], uncounted: null }]);
  assert.deepEqual(taken, [{ ...body, account, person: 21 }]);
});

test('what was said before is told with another status', async (context) => {
  const { ask } = await anApi(context, () => ({ approve: async () => ({ ...approved, isNew: false }) }));
  const { status, answer } = await ask('/approvals', asked);
  assert.deepEqual([status, answer['recorded']], [200, false]);
});

const persons: readonly unknown[] = [undefined, null, '', 'alice', '021', '-1', '1e3', 1.5, [21], { id: 21 }, true, '9'.repeat(16)];
test('attack: a token that names no account at GitHub by its number approves nothing', async (context) => {
  const { ask } = await anApi(context);
  for (const person of persons) assert.equal((await ask('/approvals', { ...asked, claims: { roles: ['approver'], github_id: person } })).answer['code'], 'no_github_user', JSON.stringify(person));
});

const bad: Readonly<Record<string, readonly [unknown, number, string]>> = {
  'no object': ['[]', 400, 'body_invalid'],
  'no JSON': ['{', 400, 'body_invalid'],
  'a name twice': [JSON.stringify(body).replace('{', '{"action":"all",'), 400, 'body_invalid'],
  'no reason': [{ ...body, reason: undefined }, 400, 'body_invalid'],
  'an empty reason': [{ ...body, reason: '' }, 400, 'body_invalid'],
  'a reason without end': [{ ...body, reason: 'a'.repeat(1_001) }, 400, 'body_invalid'],
  'a sha that is too short': [{ ...body, sha: 'abcdef' }, 400, 'body_invalid'],
  'a sha in other letters': [{ ...body, sha: 'ABCDEF0' }, 400, 'body_invalid'],
  'an action with a blank': [{ ...body, action: 'a b' }, 400, 'body_invalid'],
  'a decision that is no id': [{ ...body, decision: '../1' }, 400, 'body_invalid'],
  'whom it is for': [{ ...body, person: 7 }, 400, 'body_invalid'],
  'too much': [{ ...body, reason: 'a'.repeat(20_000) }, 413, 'too_large'],
};
for (const [title, [sent, status, code]] of Object.entries(bad)) {
  test(`a body with ${title} is refused`, async (context) => {
    const { ask } = await anApi(context);
    const told = await ask('/approvals', { ...asked, body: sent });
    assert.deepEqual([told.status, told.answer['code']], [status, code]);
  });
}

test('a body of another type is refused', async (context) => {
  const { ask } = await anApi(context);
  assert.equal((await ask('/approvals', { ...asked, headers: { 'content-type': 'text/plain' } })).status, 415);
});

const refusals: readonly [ApprovalRefusal, number][] = [
  [{ kind: 'moved', given: 'abcdef0', head, line: '' }, 409],
  [{ kind: 'nothing_held', scope: 'a', head, scopes: ['b'] }, 409],
  [{ kind: 'not_approver', from: ['tier2'] }, 403],
  [{ kind: 'contributor' }, 403],
  [{ kind: 'closed' }, 409],
  [{ kind: 'role_unreadable' }, 503],
];
for (const [refusal, status] of refusals) {
  test(`a refusal is told with its reason: ${refusal.kind}`, async (context) => {
    const { ask } = await anApi(context, () => ({ approve: async () => ({ kind: 'refused', refusal }) }));
    const told = await ask('/approvals', asked);
    assert.deepEqual([told.status, told.answer['code']], [status, refusal.kind]);
  });
}

test('a decision that is not the newest, one that there is not, and nobody at GitHub are told apart', async (context) => {
  const outcomes: ApprovalOutcome[] = [{ kind: 'superseded', newest: body.decision }, { kind: 'unknown_decision' }, { kind: 'unknown_person' }];
  const { ask } = await anApi(context, () => ({ approve: async () => outcomes.shift() ?? approved }));
  const told = [await ask('/approvals', asked), await ask('/approvals', asked), await ask('/approvals', asked)];
  assert.deepEqual(told.map(({ status, answer }) => [status, answer['code']]), [[409, 'superseded'], [404, 'not_found'], [403, 'unknown_person']]);
});

test('an approval of another account is refused, and trouble is told without its inside', async (context) => {
  const { ask } = await anApi(context, () => ({ approve: () => Promise.reject(new Failure('GITHUB_UNAVAILABLE', 'canary')) }));
  assert.equal((await ask('/approvals?account=8', asked)).answer['code'], 'other_account');
  const { status, text } = await ask('/approvals', asked);
  assert.deepEqual([status, text.includes('canary')], [503, false]);
});
