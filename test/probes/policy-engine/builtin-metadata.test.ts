import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtinMetadata } from '../../../src/probes/policy-engine/builtin-metadata.ts';

const about = { title: 'A', remedy: 'Do it.', page: 'docs/findings/t/a.md', effectiveOn: null };

test('a built-in rule that decides from a day on is told of, and no other', () => {
  const expected = [{ rule: 't/b', title: 'A', remedy: 'Do it.', resources: ['docs/findings/t/a.md'], effectiveOn: '2027-01-31T00:00:00.000Z' }];
  assert.deepEqual(builtinMetadata({ 't/a': about, 't/b': { ...about, effectiveOn: '2027-01-31' } }), expected);
});

test('a day that is none is refused: no rule decides at another time than its author says', () => {
  assert.throws(() => builtinMetadata({ 't/a': { ...about, effectiveOn: '2027-02-30' } }), { code: 'NOT_FOUND' });
});
