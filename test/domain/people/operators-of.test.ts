import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { isAgent, operatorsOf } from '../../../src/domain/people/operators-of.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';

const configured = (...agents: readonly JsonObject[]) => aConfiguration({ document: { version: 1, hallucination: { agents } } });
const told = (configuration: ReturnType<typeof configured>, login: string) => [isAgent(configuration, login), operatorsOf(configuration, { people: [{ login, id: null, kind: 'human', via: [] }] })];

const some = { login: '*-ai', except: ['claire-*'], operator: 'team:makers' };

test('an agent is whoever fits an entry, in any letter case, and its operator stands behind it', () => {
  assert.deepEqual(told(configured(some), 'Coder-AI'), [true, ['team:makers']]);
  assert.deepEqual(told(configured(some), 'coder'), [false, []]);
});

test('whom an entry excepts it does not mean at all: neither is that an agent, nor does anybody operate it', () => {
  assert.deepEqual(told(configured(some), 'Claire-ai'), [false, []]);
});

test('whom one entry excepts another one may mean', () => {
  assert.deepEqual(told(configured(some, { login: 'claire-ai', operator: 'user:otto' }), 'claire-ai'), [true, ['user:otto']]);
});

test('without a configuration nobody is an agent', () => {
  assert.deepEqual([isAgent(null, 'coder-ai'), operatorsOf(null, { people: [{ login: 'coder-ai', id: null, kind: 'human', via: [] }] })], [false, []]);
});
