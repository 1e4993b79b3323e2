import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestWord } from '../../src/domain/nearest-word.ts';

const known = ['contracts', 'branches', 'rules', 'keys'];

test('a mistyped word is answered with the nearest known one', () => {
  assert.equal(nearestWord('contract', known), 'contracts');
  assert.equal(nearestWord('Brnaches', known), 'branches');
});

test('a word that is near nothing is answered with nothing', () => {
  assert.equal(nearestWord('wombat', known), null);
  assert.equal(nearestWord('', known), null);
  assert.equal(nearestWord('x'.repeat(1_000_000), known), null);
});
