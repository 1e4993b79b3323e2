import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handsOfAgents } from '../../../src/domain/agent-evidence/hands-of-agents.ts';
import type { AgentHands } from '../../../src/domain/agent-evidence/hands-of-agents.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';

function handsOf(agents: readonly JsonObject[], logins: readonly string[], more: Pick<Contributors, 'named' | 'own'> = {}): AgentHands {
  const people = logins.map((login) => ({ login, id: null, kind: login.endsWith('[bot]') ? 'app' : 'human', via: ['commit'] }) as const);
  return handsOfAgents(aConfiguration({ document: { hallucination: { agents } } }), { people, unknown: null, ...more });
}

test('whom an entry means is an agent, whatever kind of account it is', () => {
  assert.deepEqual(handsOf([{ login: 'coder-*' }, { login: 'Robot' }], ['Coder-1', 'robot', 'mona']), { agents: ['Coder-1', 'robot'], excepted: [] });
});

test('an App that no entry fits is an agent', () => {
  assert.deepEqual(handsOf([{ login: 'coder' }], ['other[bot]', 'dependabot[bot]']), { agents: ['other[bot]'], excepted: ['dependabot[bot]'] });
});

test('a pattern excepts Dependabot and Renovate unless it says whom it excepts', () => {
  const bots = ['dependabot[bot]', 'renovate[bot]', 'coder[bot]'];
  assert.deepEqual(handsOf([{ login: '*[bot]' }], bots), { agents: ['coder[bot]'], excepted: ['dependabot[bot]', 'renovate[bot]'] });
  assert.deepEqual(handsOf([{ login: '*[bot]', except: ['coder[bot]'] }], bots), { agents: ['dependabot[bot]', 'renovate[bot]'], excepted: ['coder[bot]'] });
  assert.deepEqual(handsOf([{ login: 'dependabot[bot]' }], bots), { agents: ['dependabot[bot]', 'coder[bot]'], excepted: ['renovate[bot]'] });
});

test('whom one entry excepts another one may mean', () => {
  assert.deepEqual(handsOf([{ login: '*[bot]', except: ['coder*'] }, { login: 'coder[bot]' }], ['coder[bot]']), { agents: ['coder[bot]'], excepted: [] });
});

test('our own App needs no evidence, and an agent that a trailer names does, unless it is excepted', () => {
  assert.deepEqual(handsOf([{ login: '*', except: ['maker', 'mona'] }], ['plumbline[bot]', 'mona'], { own: 'plumbline[bot]', named: ['Coder 3', 'Maker'] }), { agents: ['Coder 3'], excepted: ['plumbline[bot]', 'mona', 'Maker'] });
});

test('an agent that was renamed since is still one', () => {
  const hands = handsOfAgents(aConfiguration({ document: { hallucination: { agents: [{ login: 'robot' }] } } }), { people: [{ login: 'person', formerly: ['robot'], id: 5, kind: 'human', via: ['commit'] }], unknown: null });
  assert.deepEqual(hands, { agents: ['person'], excepted: [] });
});
