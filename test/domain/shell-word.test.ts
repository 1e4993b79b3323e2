import { test } from 'node:test';
import * as fc from 'fast-check';
import { quotedWord, unquoted } from '../../src/domain/shell-word.ts';

test('unquoted() gives back what quotedWord() was given, whatever it holds', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("'", '\\', ' ', 'a', '`', '>') })), (text) => unquoted(quotedWord(text)) === text));
});
