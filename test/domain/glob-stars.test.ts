import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesStars } from '../../src/domain/glob/matches-stars.ts';

for (const [pattern, text, expected] of [
  ['*', 'workflow.change', true], ['workflow.*', 'workflow.change', true], ['workflow.*', 'workflow.permission_widen', true], ['*.change', 'workflow.change', true],
  ['a*b*c', 'a1b2c', true], ['a*b*c', 'abc', true], ['*[bot]', 'coder[bot]', true], ['request.*', 'request.budget.raise', true],
  ['workflow.*', 'workflow', false], ['workflow', 'workflow.change', false], ['*.change', 'workflow.changed', false], ['a*a', 'a', false], ['a*b*b', 'ab', false], ['', 'a', false], ['a.c', 'abc', false],
] as const) {
  test(`${pattern} ${expected ? 'fits' : 'does not fit'} ${text}`, () => assert.equal(matchesStars(pattern, text), expected));
}

test('a pattern of many stars is matched in linear time', () => assert.equal(matchesStars('*a'.repeat(5_000), `${'a'.repeat(50_000)}b`), false));
