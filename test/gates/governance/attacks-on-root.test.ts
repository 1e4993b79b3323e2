import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import { aVote, govern, told } from './a-governed-change.ts';

const repository = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 10, id: 100, owner: 'acme', name: '.github' } as const;
const change = { subject: { kind: 'pull-request', number: 7 }, author: 'stranger', title: 'g', draft: false, fork: true, baseBranch: 'main' } as const;

test('attack: where the root asks for no second person, a stranger from a fork is not green', () => {
  const contributors: Contributors = { people: [{ login: 'stranger', id: 66, kind: 'human', via: ['author'] }], unknown: [{ kind: 'unseen', why: 'the head was not seen to arrive' }] };
  const document = { version: 1, playbooks: ['own/**'], governance: { approvals: { root: { count: 0 } } } };
  const after = govern({ files: { 'own/template.md': { base: 'one', head: 'two', roles: ['own'] } }, contributors, snapshot: { repository, change, configured: { document } } });
  assert.notEqual(after.verdict, 'pass');
});

test('one stranger whose membership can not be read does not make a change inconclusive that others approved', () => {
  const votes = [aVote('ann'), aVote('stranger', { door: 'review' })];
  const after = govern({ tier: 2, governance: { approvals: { tier2: { count: 1, from: ['team:g'] } } }, groups: { 'team:g': ['ann'] }, votes, unavailable: (request) => request.kind === 'membership' && request.login === 'stranger' });
  assert.equal(after.verdict, 'pass', told(after).join());
});

