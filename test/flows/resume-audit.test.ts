import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { resumeAudit } from '../../src/flows/resume-audit.ts';
import type { Resumption } from '../../src/flows/resume-audit.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aLog, aLogKey, account, clock } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';

function resume(store: TestLog): Promise<Resumption> {
  return resumeAudit({ store, publicKeys: [aLogKey().publicKey] }, { account, actor: 'user:olga', reason: 'Restored the backup' });
}

suite('resumeAudit()', () => {
  test('lets a blocked log go on that is what its checkpoint says, and records who asked', async () => {
    const log = await aLog({ entries: 3 });
    await log.block(account, 'tampered');
    assert.deepEqual(await resume(log), { kind: 'resumed', entries: 4, sealed: 3 });
    assert.equal(await log.blocked(account), null);
    assert.equal(Buffer.from(log.entriesOf[4]?.openings[0]?.bytes ?? []).toString(), 'user:olga');
  });

  test('refuses while the log contradicts its checkpoint, and changes nothing', async () => {
    const log = await aLog({ entries: 3 });
    log.entriesOf = log.entriesOf.slice(0, 2);
    await log.block(account, 'tampered');
    const result = await resume(log);
    assert.equal(result.kind === 'refused' && result.failure.code, 'AUDIT_TAMPERED');
    assert.deepEqual([await log.blocked(account), log.entriesOf.length], ['tampered', 2]);
  });

  test('refuses a log whose newest checkpoint is right and an older one is not', async () => {
    const log = await aLog({ entries: 9, sealEvery: 3 });
    const other = await aLog({ entries: 3, subject: 'other' });
    log.checkpointsOf[0] = { ...log.checkpointsOf[0]!, note: other.checkpointsOf[0]!.note };
    await log.block(account, 'tampered');
    const result = await resume(log);
    assert.equal(result.kind === 'refused' && result.failure.code, 'AUDIT_TAMPERED');
    assert.equal(await log.blocked(account), 'tampered');
  });

  test('refuses where an older checkpoint is by a key that nobody named: that is not known to be right', async () => {
    const log = await aLog({ entries: 3, key: aLogKey('before') });
    await createSealer({ store: log, signer: aLogKey(), previousKeys: [aLogKey('before').publicKey], clock }).seal(account, { force: true });
    await log.block(account, 'tampered');
    const result = await resume(log);
    assert.equal(result.kind === 'refused' && result.failure.code, 'CONFIG_INVALID');
  });

  test('refuses a log that tells of a checkpoint where none is left', async () => {
    const log = await aLog({ entries: 3 });
    log.checkpointsOf = [];
    await log.block(account, 'tampered');
    const result = await resume(log);
    assert.equal(result.kind === 'refused' && result.failure.code, 'AUDIT_TAMPERED');
    assert.equal(await log.blocked(account), 'tampered');
  });

  test('leaves a log blocked when the entry about it can not be appended', async () => {
    const log = await aLog({ entries: 3 });
    await log.block(account, 'tampered');
    log.append = () => {
      throw new Failure('STORE_UNAVAILABLE', 'Cannot append: the disk is full');
    };
    const result = await resume(log);
    assert.equal(result.kind === 'refused' && result.failure.code, 'STORE_UNAVAILABLE');
    assert.deepEqual([await log.blocked(account), log.entriesOf.length], ['tampered', 4]);
  });

  test('lifts a block once when two ask at the same time', async () => {
    const log = await aLog({ entries: 3 });
    await log.block(account, 'tampered');
    const results = await Promise.all([resume(log), resume(log)]);
    assert.deepEqual([results.map(({ kind }) => kind), log.entriesOf.length], [['resumed', 'not-blocked'], 5]);
  });

  test('does nothing to a log that is not blocked', async () => {
    const log = await aLog({ entries: 3 });
    assert.deepEqual(await resume(log), { kind: 'not-blocked' });
    assert.equal(log.entriesOf.length, 4);
  });
});
