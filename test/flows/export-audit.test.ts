import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aDraft, aLog, aLogKey, account, exportOf, sealed } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';
import { verifyExport } from '../builders/verify-export.ts';

suite('exportAudit()', () => {
  test('writes a header with checkpoints and keys, then one line per entry', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const lines = (await exportOf(log)).split('\n');
    const header = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    assert.deepEqual(Object.keys(header), ['account', 'checkpoints', 'format', 'keys', 'size']);
    assert.deepEqual([header['account'], header['format'], header['size']], [account, 'plumbline-audit/3', 4]);
    assert.deepEqual(header['checkpoints'], log.checkpointsOf.map(({ note }) => note));
    assert.deepEqual([lines.length, lines.at(-1)], [6, '']);
  });

  test('writes what was erased as erased, and it verifies', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    log.entriesOf = log.entriesOf.map((entry) => ({ ...entry, openings: [] }));
    const exported = await exportOf(log);
    assert.doesNotMatch(exported, /"nonce"/);
    const result = await verifyExport(exported);
    assert.deepEqual('erased' in result && [result.outcome, result.erased], ['verified', 4]);
  });

  test('names every entry that a store has changed, as the recorded hash goes along', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    log.entriesOf[1] = { ...log.entriesOf[1]!, leaf: log.entriesOf[0]!.leaf };
    const result = await verifyExport(await exportOf(log));
    assert.deepEqual('firstWrong' in result && [result.firstWrong?.reason, result.firstWrong?.sequence], ['leaf_changed', 1]);
  });

  test('takes the log as it was when it began, though entries are appended meanwhile', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const entries = log.entries.bind(log);
    log.entries = (...asked) => {
      log.append(aDraft());
      return entries(...asked);
    };
    const result = await verifyExport(await exportOf(log));
    assert.deepEqual('entries' in result && [result.outcome, result.entries], ['verified', 4]);
  });

  test('refuses a store that lost entries or holds bytes that are no text', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const whole = log.entriesOf;
    log.entries = async (_account, from) => whole.slice(from, 2);
    await assert.rejects(exportOf(log, aLogKey()), isFailure('AUDIT_TAMPERED', /found 2 entries, expected 4/));
    log.entries = async () => [{ ...whole[0]!, leaf: Buffer.from([0xff]) }];
    await assert.rejects(exportOf(log, aLogKey()), isFailure('AUDIT_TAMPERED', /UTF-8/));
  });
});
