import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesWithin } from '../../src/domain/bytes-within.ts';

/** Pieces of two bytes, and how many were asked for. */
function aSource(pieces: number) {
  const asked = { count: 0, isLeft: false };
  const source = (async function* () {
    try {
      for (; asked.count < pieces; ) {
        asked.count += 1;
        yield Uint8Array.of(asked.count, asked.count);
      }
    } finally {
      asked.isLeft = true;
    }
  })();
  return { asked, source };
}

test('bytesWithin() gives all bytes of a source that has as many as may be', async () => {
  assert.deepEqual(await bytesWithin(4, aSource(2).source), Buffer.from([1, 1, 2, 2]));
  assert.deepEqual(await bytesWithin(0, null), Buffer.alloc(0));
});

test('bytesWithin() leaves a source at the first byte too many, and gives none of it', async () => {
  const { asked, source } = aSource(1_000);
  assert.equal(await bytesWithin(3, source), null);
  assert.deepEqual(asked, { count: 2, isLeft: true });
});
