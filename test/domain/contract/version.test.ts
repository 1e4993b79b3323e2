import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLifecycle, isTransitionAllowed, lifecycles } from '../../../src/domain/contract/lifecycle.ts';
import { compareVersions, isSuccessor, versionKey } from '../../../src/domain/contract/version.ts';

test('versionKey() leaves out a leading v and build metadata', () => {
  assert.deepEqual(['1.2.3', 'v1.2.3', '1.2.3+b', '1.2.3-rc.1+b'].map(versionKey), ['1.2.3', '1.2.3', '1.2.3', '1.2.3-rc.1']);
});

test('versionKey() refuses what is no exact version', () => {
  for (const text of ['1.2', ' 1.2.3', '=1.2.3', '1.2.3 ', 'latest', '', '01.2.3', '1.2.3-01', '^1.2.3', `1.2.${'9'.repeat(20)}`, '1.2.3\n']) assert.equal(versionKey(text), null, JSON.stringify(text));
});

test('isSuccessor() takes any greater version and nothing else', () => {
  for (const [next, previous] of [['1.0.1', '1.0.0'], ['2.0.0', '1.9.9'], ['1.10.0', '1.9.0'], ['1.0.0', '1.0.0-rc.1'], ['v1.10.0', '1.9.0']] as const) assert.equal(isSuccessor(next, previous), true, next);
  for (const [next, previous] of [['1.0.0', '1.0.0'], ['1.0.0+b', '1.0.0+a'], ['v1.0.0', '1.0.0'], ['0.9.0', '1.0.0'], ['nonsense', '1.0.0']] as const) assert.equal(isSuccessor(next, previous), false, next);
  assert.equal(compareVersions('1.0.0', 'nonsense'), 1);
});

test('a lifecycle goes from draft over active and deprecated to retired, or from draft to retired, and no other way', () => {
  const allowed = lifecycles.flatMap((from) => lifecycles.filter((to) => from !== to && isTransitionAllowed(from, to)).map((to) => `${from} ${to}`));
  assert.deepEqual(allowed, ['draft active', 'draft retired', 'active deprecated', 'deprecated retired']);
  assert.equal(isLifecycle('constructor'), false);
});
