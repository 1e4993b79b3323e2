import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { matchesPattern } from '../../../../src/domain/contract/annotations/matches-pattern.ts';

const pieces = ['a', 'b', '.', '[ab]', '[^a]', '[a-c-]', String.raw`\d`, String.raw`\w`, String.raw`\.`, 'é', '😀'] as const;

test('matchesPattern() answers as a regular expression does', () => {
  const atom = fc.tuple(fc.constantFrom(...pieces), fc.constantFrom('', '*', '+', '?')).map(([piece, quantifier]) => piece + quantifier);
  const pattern = fc.tuple(fc.constantFrom('', '^'), fc.array(atom, { maxLength: 5 }), fc.constantFrom('', '$')).map(([start, atoms, end]) => start + atoms.join('') + end);
  const name = fc.array(fc.constantFrom('a', 'b', 'c', '-', '.', '1', '_', 'é', '😀', '\n'), { maxLength: 7 }).map((characters) => characters.join(''));
  fc.assert(fc.property(pattern, name, (written, text) => assert.equal(matchesPattern(written, text), new RegExp(written, 'u').test(text))), { seed: 3, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 100_000 : 2_000 });
});

test('matchesPattern() leaves what could backtrack, or what is very long, unanswered', () => {
  for (const pattern of ['^(a+)+$', 'a|b', 'a{2}', String.raw`\p{L}`, String.raw`\bx`, 'a*?', '[', String.raw`[\w-]`, '(?=a)', 'a^b', 'x'.repeat(201)]) assert.equal(matchesPattern(pattern, 'aaaa'), null, pattern);
  assert.equal(matchesPattern('a', 'a'.repeat(1_001)), null);
});
