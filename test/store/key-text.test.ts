import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { keyText } from '../../src/store/key-text.ts';
import { anyText } from '../builders/any-text.ts';

test('keyText() leaves an ordinary name as it is', () => {
  assert.equal(keyText('perform:12:head:c0ffee'), 'perform:12:head:c0ffee');
});

test('keyText() of two texts is one key only when they are one text', () => {
  const hostile = fc.oneof(anyText(), fc.string({ unit: fc.constantFrom('\u0000', '\ud800', '\udc00', '\\', '"', 'u', '0', '\u0001', '\ufffd') }));
  fc.assert(fc.property(hostile, hostile, (a, b) => (keyText(a) === keyText(b)) === (a === b)), { seed: 7, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 500 });
});

test('keyText() is short and holds nothing that Postgres refuses', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 2_000 }), (text) => {
      const key = keyText(text);
      return key.length <= 200 && !key.includes('\u0000') && key.isWellFormed();
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('keyText() keeps a long text apart from the text of its key', () => {
  const long = 'x'.repeat(500);
  assert.notEqual(keyText(keyText(long)), keyText(long));
});
