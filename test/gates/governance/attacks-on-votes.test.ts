import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aVote, anEntry, govern, told } from './a-governed-change.ts';
import { standingVotes } from '../../../src/domain/people/standing-votes.ts';

const approvals = { tier2: { count: 1, from: ['team:junior'] }, tier3: { count: 2, from: ['team:governance'] } };
const groups = { 'team:governance': ['ann', 'bob', 'cid'], 'team:junior': ['jim'] };
const author = { login: 'author', id: 1, kind: 'human', via: ['author'] } as const;
const no = (login: string) => aVote(login, { answer: 'reject', reason: 'too early' });

test('attack: a forged commit author does not take a rejection away', () => {
  const whitelist = [anEntry({ actors: ['user:author', 'user:cid'] })];
  const votes = [aVote('ann'), aVote('bob'), no('cid')];
  const before = govern({ governance: { approvals, whitelist }, groups, votes });
  assert.deepEqual(told(before), ['deny governance/rejected']);
  const contributors = { people: [author, { login: 'cid', id: 3, kind: 'human', via: ['commit'] } as const], unknown: null };
  const after = govern({ governance: { approvals, whitelist }, groups, votes, contributors });
  assert.deepEqual(told(after), ['deny governance/rejected'], `verdict is ${after.verdict}`);
});

test('attack: the same for tier 2, with no whitelist at all', () => {
  const contributors = { people: [author, { login: 'ann', id: 3, kind: 'human', via: ['commit'] } as const], unknown: null };
  const after = govern({ tier: 2, governance: { approvals }, groups, votes: [no('ann'), aVote('jim')], contributors });
  assert.deepEqual(told(after), ['deny governance/rejected'], `verdict is ${after.verdict}`);
});

test('a rejection of tier 3 ends when its author may approve only tier 2 any more', () => {
  const after = govern({ tier: 3, governance: { approvals, whitelist: [anEntry()] }, groups, votes: [aVote('ann'), aVote('bob'), no('jim')] });
  assert.deepEqual(told(after), [], `verdict is ${after.verdict}`);
});

test('attack: the yes of an agent that is a machine user counts nothing', () => {
  const document = { version: 1, governance: { actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }], approvals: { tier2: { count: 1, from: ['team:junior'] } } }, hallucination: { agents: [{ login: 'acme-agent', operator: 'user:otto' }] } };
  const after = govern({ groups: { 'team:junior': ['acme-agent'] }, votes: [aVote('acme-agent')], snapshot: { configured: { document } } });
  assert.deepEqual(told(after), ['hold governance/approvals_missing'], `verdict is ${after.verdict}`);
});

test('the yes of a person whom the entry of agents excepts counts', () => {
  const document = { version: 1, governance: { actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }], approvals: { tier2: { count: 1, from: ['team:junior'] } } }, hallucination: { agents: [{ login: '*-ai', except: ['claire-ai'], operator: 'user:otto' }] } };
  const after = govern({ groups: { 'team:junior': ['claire-ai'] }, votes: [aVote('claire-ai')], snapshot: { configured: { document } } });
  assert.deepEqual([after.verdict, told(after)], ['pass', []]);
});

test('attack: the yes of who operates an agent counts nothing where that stands in the trailer of a commit alone', () => {
  const document = { version: 1, governance: { actions: [{ action: 'infra.change', tier: 2, paths: ['infra/**'] }], approvals: { tier2: { count: 1, from: ['team:junior'] } } }, hallucination: { agents: [{ login: 'coder*', operator: 'team:makers' }] } };
  const contributors = { people: [{ login: 'mona', id: 1, kind: 'human', via: ['author'] }], named: ['Coder 3'], unknown: null } as const;
  const after = (...makers: readonly string[]) => govern({ groups: { 'team:junior': ['otto'], 'team:makers': makers }, votes: [aVote('otto')], contributors, snapshot: { configured: { document } } });
  assert.deepEqual([told(after('otto')), told(after('ann'))], [['hold governance/approvals_missing'], []]);
});

test('what was taken back by name does not come back with the old content', () => {
  const said = (says: 'approve' | 'withdraw', n: number, binding: string) => ({ repositoryId: 1, pullRequest: 7, person: { login: 'ann', id: 3, kind: 'human' }, says, scope: 'workflow.change', head: String(n).repeat(40), items: [{ scope: 'workflow.change', binding }], reason: null, source: `comment:${n}`, at: `2026-11-20T12:00:0${n}Z` }) as never;
  assert.deepEqual(standingVotes([said('approve', 1, 'sha256:a'), said('withdraw', 2, 'sha256:b')]), []);
});

