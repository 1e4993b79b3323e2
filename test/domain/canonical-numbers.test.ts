import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { canonicalText } from '../../src/domain/canonical.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import { numberSequence } from '../builders/number-sequence.ts';

/** By number of values: SHA-256 of the lines `<bits in hex>,<text>` as RFC 8785's test data publishes them. */
const published = new Map([
  [1_000, 'be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687'],
  [10_000, 'b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892'],
  [100_000, '22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7'],
  [1_000_000, '49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16'],
]);
const most = process.env['PLUMBLINE_LONG'] === '1' ? 1_000_000 : 10_000;

test(`canonicalText() writes the first ${most} numbers of RFC 8785's sequence as published`, () => {
  const hash = createHash('sha256');
  const found = new Map<number, string>();
  let count = 0;
  for (const { bits, value } of numberSequence()) {
    hash.update(`${bits.toString(16)},${canonicalText(value)}\n`);
    count += 1;
    if (published.has(count)) found.set(count, hash.copy().digest('hex'));
    if (count === most) break;
  }
  assert.deepEqual(found, new Map([...published].filter(([size]) => size <= most)));
});

test('the readers give back each number of the sequence that they accept, and refuse only integers beyond 2^53-1', () => {
  let count = 0;
  for (const { value } of numberSequence()) {
    const text = canonicalText(value);
    const isBig = Number.isInteger(value) && !Number.isSafeInteger(value);
    for (const format of ['json', 'yaml'] as const) {
      const reading = readDocument(Buffer.from(text), format);
      if (reading.kind === 'problem') assert.ok(isBig, `${format} ${text}: ${reading.problem.message}`);
      else assert.equal(canonicalText(reading.document.value), text, `${format} ${text}`);
    }
    count += 1;
    if (count === most / 4) break;
  }
});
