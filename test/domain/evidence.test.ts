import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Evidence } from '../../src/domain/evidence.ts';
import type { BlobContent } from '../../src/domain/probe-answer.ts';

function digestsOf(value: BlobContent): readonly (readonly [string, string])[] {
  return new Evidence().with('blob', [[{ kind: 'blob', blob: 'a'.repeat(40), size: null }, { kind: 'answered', value }]]).digests();
}

test('digests() are the same for bytes from any source', () => {
  const bytes = Uint8Array.of(1, 2, 255);
  assert.deepEqual(digestsOf({ kind: 'bytes', bytes: Buffer.from(bytes) }), digestsOf({ kind: 'bytes', bytes }));
});

test('digests() tell contents apart that differ in one byte', () => {
  assert.notDeepEqual(digestsOf({ kind: 'bytes', bytes: Uint8Array.of(1, 2) }), digestsOf({ kind: 'bytes', bytes: Uint8Array.of(1, 3) }));
});

test('digests() do not take a blob that is too large for one of that many bytes', () => {
  assert.notDeepEqual(digestsOf({ kind: 'too-large', size: 0 }), digestsOf({ kind: 'bytes', bytes: new Uint8Array() }));
});

test('digests() tell a team that GitHub does not show from one that somebody is not in', () => {
  const digests = [true, false, null].map((isIn) => new Evidence().with('membership', [[{ kind: 'membership', login: 'ann', id: 21, group: 'team:governance' }, { kind: 'answered', value: { kind: 'told', login: 'ann', isIn } }]]).digests().join(' '));
  assert.equal(new Set(digests).size, 3);
});
