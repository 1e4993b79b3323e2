import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Opening } from '../../src/audit/entry.ts';
import { readEntry } from '../../src/audit/read-entry.ts';
import { openedPayload } from '../../src/audit/release-claim.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { aDraft, TestLog } from '../builders/a-log.ts';

suite('openedPayload()', () => {
  test('attack: details that are no JSON, no UTF-8 or no object are none, and nothing is thrown', () => {
    for (const bytes of [Buffer.from('{'), Buffer.from(''), Buffer.from([0xff]), Buffer.from('[1]'), Buffer.from('null')]) {
      const opening: Opening = { nonce: Buffer.alloc(32), bytes, digest: digestOfBytes(Buffer.concat([Buffer.alloc(32), bytes])) };
      const reading = readEntry(withPayload(opening));
      assert.ok(reading.kind === 'entry');
      assert.equal(openedPayload(reading.entry, [opening]), null);
    }
  });
});

function withPayload({ digest }: Opening): string {
  const log = new TestLog();
  const { payload } = log.append(aDraft());
  return Buffer.from(log.entriesOf[0]?.leaf ?? []).toString().replace(payload?.digest ?? '', digest);
}
