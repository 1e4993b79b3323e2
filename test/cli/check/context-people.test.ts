import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckContext } from '../../../src/cli/check/check-context.ts';
import { contextPeople } from '../../../src/cli/check/context-people.ts';

const now = new Date('2026-11-20T12:00:00Z');
const noneNamed = async () => [];
const context: CheckContext = { author: { login: 'mona', kind: 'human' }, teams: { governance: ['Ann'], 'team:platform': ['bob'] }, approvals: [], fork: false, now: now.toISOString() };

test('contributors() are the author and whoever else the context names, each once', async () => {
  const named = { ...context, contributors: [{ login: 'coder', kind: 'agent' }, { login: 'MONA', kind: 'human' }] as const };
  assert.deepEqual(await contextPeople(named, now, noneNamed).contributors(), {
    people: [{ login: 'mona', id: null, kind: 'human', via: ['author'] }, { login: 'coder', id: null, kind: 'agent', via: ['commit'] }],
    unknown: null,
  });
});

test('contributors() name agents that the commits name themselves, with and without a context', async () => {
  const named = async () => ['Claude'];
  assert.deepEqual([(await contextPeople(context, now, named).contributors()).named, (await contextPeople(null, now, named).contributors()).named], [['Claude'], ['Claude']]);
});

test('votes() are the approvals that were given by then, of the head that they name or the judged one', async () => {
  const at = '2026-11-20T12:00:00Z';
  const approvals = [{ login: 'ann', kind: 'human', scope: 'all', at }, { login: 'bob', kind: 'app', scope: 'workflow.change', sha: 'a'.repeat(40), at }, { login: 'ann', kind: 'human', scope: 'all', at: '2026-11-20T12:00:01Z' }] as const;
  const vote = { id: null, answer: 'approve', reason: null, door: 'context', pullRequest: null, at };
  assert.deepEqual(await contextPeople({ ...context, approvals }, now, noneNamed).votes(), [
    { ...vote, login: 'ann', kind: 'human', target: { kind: 'head', scope: 'all', sha: null } },
    { ...vote, login: 'bob', kind: 'app', target: { kind: 'head', scope: 'workflow.change', sha: 'a'.repeat(40) } },
  ]);
});

test('memberships() know the teams of the context, with or without their prefix, and no admin, owner or writer', async () => {
  const asked = [['ann', 'team:governance'], ['BOB', 'team:platform'], ['mona', 'team:governance'], ['ann', 'team:constructor'], ['ann', 'admins'], ['ann', 'owners'], ['ann', 'writers'], ['Ann', 'user:ann'], ['ann', 'user:bob']] as const;
  const answers = await contextPeople(context, now, noneNamed).memberships(asked.map(([login, group]) => ({ login, id: null, group })));
  assert.deepEqual(answers.map((answer) => answer.kind === 'answered' && answer.value.kind === 'told' && answer.value.isIn), [true, true, false, false, false, false, false, true, false]);
});

test('without a context contributors are unknown, nobody voted and nobody belongs anywhere', async () => {
  const people = contextPeople(null, now, noneNamed);
  assert.deepEqual([await people.contributors(), await people.votes(), await people.memberships([{ login: 'ann', id: null, group: 'team:governance' }])], [
    { people: [], unknown: [{ kind: 'unasked', why: 'without --context nobody is known' }] },
    [],
    [{ kind: 'answered', value: { kind: 'told', login: 'ann', isIn: false } }],
  ]);
});
