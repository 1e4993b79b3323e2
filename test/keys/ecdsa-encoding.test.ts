import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { p1363OfDer } from '../../src/keys/ecdsa-encoding.ts';
import { derOf } from '../fakes/keys/kept-key.ts';

const half = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 32 }), fc.integer({ min: 0, max: 31 })).map(([bytes, zeros]) => {
  const padded = Buffer.alloc(32);
  Buffer.from(bytes).copy(padded, Math.min(zeros, 32 - bytes.length));
  padded[31] = (padded[31] ?? 0) | 1;
  return padded;
});

test('p1363OfDer() reads each pair of numbers back, however many zeros they begin with', () => {
  fc.assert(fc.property(half, half, (r, s) => {
    const p1363 = Buffer.concat([r, s]);
    assert.deepEqual(Buffer.from(p1363OfDer(derOf(p1363)) ?? []), p1363);
  }));
});

test('p1363OfDer() reads what the runtime signs', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  for (let index = 0; index < 200; index += 1) {
    const der = sign('sha256', Buffer.of(index), privateKey);
    const read = p1363OfDer(der);
    assert.deepEqual(read === null ? null : derOf(read), der);
  }
});

const good = derOf(Buffer.concat([Buffer.alloc(32, 0x11), Buffer.alloc(32, 0x81)]));

test('p1363OfDer() takes no other spelling: each change of one byte is refused or is another pair', () => {
  const pair = Buffer.from(p1363OfDer(good) ?? []).toString('hex');
  for (let at = 0; at < good.length; at += 1) {
    for (let value = 0; value < 256; value += 1) {
      if (good[at] === value) continue;
      const changed = Buffer.from(good);
      changed[at] = value;
      const read = p1363OfDer(changed);
      if (read === null) continue;
      assert.notEqual(Buffer.from(read).toString('hex'), pair);
      assert.deepEqual(derOf(read), changed);
    }
  }
});

const refused: Readonly<Record<string, string>> = {
  nothing: '',
  'a sequence of nothing': '3000',
  'one number': '3003020101',
  'three numbers': '3009020101020101020101',
  'something behind': '300602010102010100',
  'a negative number': '3006020181020101',
  'a zero too many': '300702020001020101',
  zero: '3006020100020101',
  'a length in two bytes': '308106020101020101',
  'a length without end': '3080020101020101',
  'a number of 33 bytes': `302602210${'1'.repeat(65)}020101`,
  'a string for a number': '3006040101020101',
  'a length past the end': '3006020101022001',
};
for (const [what, hex] of Object.entries(refused)) {
  test(`p1363OfDer() refuses ${what}`, () => {
    assert.equal(p1363OfDer(Buffer.from(hex, 'hex')), null);
  });
}

test('p1363OfDer() refuses each beginning of a signature', () => {
  for (let length = 0; length < good.length; length += 1) assert.equal(p1363OfDer(good.subarray(0, length)), null);
});
