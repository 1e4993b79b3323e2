import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidV7 } from '../../src/store/uuid-v7.ts';

test('uuidV7() of the instant and bits of RFC 9562, A.6 is its example', () => {
  const random = Uint8Array.from(Buffer.from('0cc318c4dc0c0c07398f', 'hex'));
  assert.equal(uuidV7(new Date(0x017f22e279b0), random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('uuidV7() sorts by time whatever the bits', () => {
  const early = uuidV7(new Date('2026-11-20T12:00:00.000Z'), new Uint8Array(10).fill(255));
  const late = uuidV7(new Date('2026-11-20T12:00:00.001Z'), new Uint8Array(10));
  assert.ok(early < late);
});
