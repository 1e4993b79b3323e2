import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { judgeChange, told } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const lifted = (until: string, more: Parameters<typeof aContract>[0] = {}) => aContract({ flags: { budgetOverride: { until } }, ...more });
const denied = 'deny contract/schema_invalid contracts/checkout.yaml:5';
const changed = 'notice contract/state_changed contracts/checkout.yaml:5';

// The snapshot's now is 2026-11-20T12:00Z.
for (const [until, outcome] of [
  ['2026-11-21', 'pass'], ['2026-11-27', 'pass'], ['2026-11-20T12:00:01Z', 'pass'], ['2026-11-27T12:00:00Z', 'pass'], ['2026-11-27T14:00:00+02:00', 'pass'],
  ['2026-11-28', 'fail'], ['2030-01-01', 'fail'], ['2026-11-27T12:00:01Z', 'fail'], ['2026-11-20', 'fail'], ['2026-11-20T12:00:00Z', 'fail'], ['2026-99-99', 'fail'], ['2026-11-31', 'fail'], ['', 'fail'],
] as const) {
  test(`a quota that a change lifts until "${until}" ends as ${outcome}`, () => {
    const verdict = judgeChange({ files: { [path]: { base: aContract(), head: lifted(until) } } });
    assert.deepEqual([verdict.verdict, told(verdict)], [outcome, outcome === 'pass' ? [changed] : [denied, changed]]);
  });
}

test('a quota lifted too long is refused in a new contract and where the base lifts it shorter', () => {
  assert.deepEqual(told(judgeChange({ files: { [path]: { head: lifted('2030-01-01') } } })), [denied]);
  assert.deepEqual(told(judgeChange({ files: { [path]: { base: lifted('2026-11-22'), head: lifted('2030-01-01') } } })), [denied, changed]);
});

test('an end that the base has is not judged again, in the same version or the next', () => {
  for (const until of ['2026-11-01', '2030-01-01', '2026-99-99']) {
    const base = lifted(until);
    assert.deepEqual(told(judgeChange({ files: { [path]: { base, head: lifted(until, { lifecycle: 'deprecated' }) } } })), ['notice contract/state_changed contracts/checkout.yaml:4']);
    assert.deepEqual(told(judgeChange({ files: { [path]: { base, head: lifted(until, { version: '1.1.0', previous: hashOf() }) } } })), []);
    assert.deepEqual(told(judgeChange({ files: { [path]: { base, head: aContract() } } })), [`notice contract/state_changed ${path}:1`]);
  }
});
