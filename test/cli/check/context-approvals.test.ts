import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import type { CheckContext, ContextApproval } from '../../../src/cli/check/check-context.ts';
import { contextApprovals } from '../../../src/cli/check/context-approvals.ts';

const approvals = { tier2: { from: ['team:governance'] }, tier3: { from: ['user:chief', 'team:governance'] } };
const agents = [{ login: '*', operator: 'team:operators' }];
const { configuration } = mergeConfiguration({ organization: null, repository: { version: 1, governance: { approvals }, hallucination: { agents } }, defaultBranch: 'main' });
const now = new Date('2026-11-20T12:00:00Z');

function anApproval(change: Partial<ContextApproval> = {}): ContextApproval {
  return { login: 'ann', kind: 'human', scope: 'all', at: '2026-11-20T11:00:00Z', ...change };
}

function counted(approval: ContextApproval, change: Partial<CheckContext> = {}): readonly string[] {
  const context: CheckContext = { author: { login: 'author', kind: 'human' }, teams: { governance: ['ann', 'author', 'op'], operators: ['op'] }, approvals: [approval], fork: false, now: now.toISOString(), ...change };
  return contextApprovals(context, configuration, now).map(({ login, tier, admin }) => `${login} ${tier}${admin ? ' admin' : ''}`);
}

test('contextApprovals() counts a member of the named team for each tier, never as an administrator', () => {
  assert.deepEqual(counted(anApproval()), ['ann tier2', 'ann tier3']);
});

test('contextApprovals() finds people by login whatever the case, and a team with or without its prefix', () => {
  assert.deepEqual(counted(anApproval({ login: 'CHIEF' })), ['CHIEF tier3']);
  assert.deepEqual(counted(anApproval(), { teams: { 'team:governance': ['Ann'] } }), ['ann tier2', 'ann tier3']);
});

for (const [what, approval, change] of [
  ['somebody whom nobody named', anApproval({ login: 'stranger' }), {}],
  ['the author', anApproval({ login: 'Author' }), {}],
  ['a contributor', anApproval(), { contributors: [{ login: 'ANN', kind: 'human' }] }],
  ['an agent', anApproval({ kind: 'agent' }), {}],
  ['an app', anApproval({ kind: 'app' }), {}],
  ['somebody who approves later than now', anApproval({ at: '2026-11-20T12:00:01Z' }), {}],
  ['an operator of the agent that took part', anApproval({ login: 'op' }), { author: { login: 'bot', kind: 'agent' } }],
] as const) {
  test(`contextApprovals() does not count ${what}`, () => {
    assert.deepEqual(counted(approval, change), []);
  });
}

test('contextApprovals() keeps the head that was approved, and counts nobody without a configuration', () => {
  const context: CheckContext = { author: { login: 'author', kind: 'human' }, teams: {}, approvals: [anApproval({ login: 'chief', sha: 'a'.repeat(40) })], fork: false, now: now.toISOString() };
  assert.deepEqual(contextApprovals(context, configuration, now), [{ login: 'chief', scope: 'all', sha: 'a'.repeat(40), tier: 'tier3', admin: false, at: '2026-11-20T11:00:00Z' }]);
  assert.deepEqual(contextApprovals(context, null, now), []);
});
