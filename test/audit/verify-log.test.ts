import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AuditDraft } from '../../src/audit/entry.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { leafOf } from '../../src/audit/entry.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import type { Verification } from '../../src/audit/verification.ts';
import { readAuditLog } from '../../src/flows/read-audit-log.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aDraft, aLog, aLogKey, account, clock, exportOf, host, sealed, TestLog, timeOf } from '../builders/a-log.ts';
import { verdictOn, verifyExport } from '../builders/verify-export.ts';

const origin = `${host}/${account}`;
const trusted = readTrustedKeys(formatVerifierKey(verifierKeyOf(origin, aLogKey().publicKey)));

async function verifyStore(log: TestLog, checkpoints: readonly string[] = []): Promise<Verification> {
  return verifyLog(await readAuditLog(log, account, [aLogKey().publicKey]), { keys: trusted, checkpoints });
}

async function verdict(log: TestLog, checkpoints: readonly string[] = []): Promise<string> {
  const { outcome, firstWrong } = await verifyStore(log, checkpoints);
  return firstWrong === null ? outcome : `${outcome} ${firstWrong.reason} ${String(firstWrong.sequence)}`;
}

/** Rewrites an entry as somebody would who can also write the recorded leaf hash. */
function rewrite(log: TestLog, sequence: number, change: Partial<AuditEntry>): void {
  const stored = log.entriesOf[sequence]!;
  const leaf = leafOf({ ...(JSON.parse(Buffer.from(stored.leaf).toString()) as AuditEntry), ...change });
  log.entriesOf[sequence] = { ...stored, leaf, leafHash: leafHash(leaf) };
}

suite('verifyLog()', () => {
  test('verifies a sealed log and says what that proves', async () => {
    const result = await verifyStore(await sealed(await aLog({ entries: 7, sealEvery: 3 })));
    assert.deepEqual(result, {
      outcome: 'verified',
      account,
      entries: 10,
      sealed: 10,
      checkpoints: 4,
      erased: 0,
      snapshots: 0,
      inputs: 0,
      firstWrong: null,
      notes: [
        '10 entries read; the newest verified checkpoint covers 10 of them.',
        'Without --checkpoint a log that was cut back to an earlier checkpoint looks like a younger log: give one that was kept elsewhere.',
      ],
    });
  });

  test('counts entries after the newest checkpoint as not yet sealed and does not fail', async () => {
    const log = await aLog({ entries: 5, sealEvery: 3 });
    const result = await verifyStore(log);
    assert.deepEqual([result.outcome, result.entries, result.sealed], ['verified', 6, 3]);
    assert.match(result.notes.join(' '), /3 entries from 3 on are not yet sealed: nothing proves them/);
  });

  test('leaves a log without any checkpoint unchecked', async () => {
    const log = new TestLog();
    log.append();
    const result = await verifyStore(log);
    assert.deepEqual([result.outcome, result.sealed], ['unchecked', 0]);
    assert.match(result.notes.join(' '), /No signed checkpoint covers any entry/);
  });

  test('leaves an empty log unchecked', async () => {
    assert.equal(await verdict(new TestLog()), 'unchecked');
  });

  test('leaves a log unchecked when there is no key at all', async () => {
    const log = await sealed(await aLog({ entries: 2 }));
    const result = await verifyLog(await readAuditLog(log, account, []), { keys: [], checkpoints: [] });
    assert.deepEqual([result.outcome, result.sealed], ['unchecked', 0]);
    assert.match(result.notes.join(' '), /No key to check signatures with/);
  });

  test('leaves a log unchecked that a later release has written, when only hashes can be checked', async () => {
    const log = new TestLog();
    log.append();
    const leaf = Buffer.from('{"sequence":0,"version":2}');
    log.entriesOf = [{ sequence: 0, leaf, openings: [] }];
    await assert.doesNotReject(sealed(log));
    assert.equal(await verdict(log), 'unchecked');
  });

  test('accepts erased content and counts the entries', async () => {
    const log = await sealed(await aLog({ entries: 4 }));
    log.entriesOf = log.entriesOf.map((entry) => (entry.sequence === 1 ? { ...entry, openings: [] } : entry));
    log.entriesOf = log.entriesOf.map((entry) => (entry.sequence === 2 ? { ...entry, openings: entry.openings.slice(1) } : entry));
    const result = await verifyStore(log);
    assert.deepEqual([result.outcome, result.erased], ['verified', 2]);
  });

  test('says of how many erased entries the log does not say who erased them', async () => {
    const unexplained = async (...told: readonly AuditDraft[]) => {
      const log = await aLog({ entries: 3 });
      log.entriesOf = log.entriesOf.map((entry) => (entry.sequence < 2 ? { ...entry, openings: [] } : entry));
      for (const draft of told) log.append(draft);
      return (await verifyStore(await sealed(log))).notes.flatMap((note) => /^The log tells of (\d+) erasures: of (\d+) it/.exec(note)?.slice(1) ?? []);
    };
    const byAge = aDraft({ event: 'retention.applied', payload: { class: 'decisions', entries: 1 } });
    const onRequest = aDraft({ event: 'retention.erased', payload: { what: 'details', entries: 1 } });
    const ofInputs = [aDraft({ event: 'retention.applied', payload: { class: 'inputs', entries: 9 } }), aDraft({ event: 'retention.erased', payload: { what: 'what was judged', entries: 9 } }), aDraft({ event: 'command.run', payload: { entries: 9 } })];
    assert.deepEqual([await unexplained(), await unexplained(byAge, ...ofInputs), await unexplained(byAge, onRequest)], [['0', '2'], ['1', '1'], []]);
  });

  test("uses the log's own key without a given one and says that this proves consistency, not origin", async () => {
    const result = await verifyExport(await exportOf(await sealed(await aLog({ entries: 2 }))));
    assert.equal(result.outcome, 'verified');
    assert.ok('notes' in result && result.notes.some((note) => /this proves consistency, not origin/.test(note)));
  });

  test('verifies a log whose key was rotated when both keys are given', async () => {
    const log = await aLog({ entries: 2, key: aLogKey('old') });
    log.append();
    await createSealer({ store: log, signer: aLogKey('new'), clock, previousKeys: [aLogKey('old').publicKey] }).seal(account, { force: true });
    const keys = ['old', 'new'].flatMap((seed) => readTrustedKeys(formatVerifierKey(verifierKeyOf(origin, aLogKey(seed).publicKey))));
    const source = await readAuditLog(log, account, []);
    assert.equal((await verifyLog(source, { keys, checkpoints: [] })).outcome, 'verified');
    const onlyNew = await verifyLog(await readAuditLog(log, account, []), { keys: keys.slice(1), checkpoints: [] });
    assert.equal(onlyNew.firstWrong?.reason, 'key_unknown');
  });
});

suite('verifyLog() of a store that somebody wrote to', () => {
  test('names the entry whose leaf was changed', async () => {
    const log = await sealed(await aLog({ entries: 9, sealEvery: 4 }));
    const entry = log.entriesOf[5]!;
    log.entriesOf[5] = { ...entry, leaf: Buffer.from(Buffer.from(entry.leaf).toString().replace('allow', 'block')) };
    assert.equal(await verdict(log), 'tampered leaf_changed 5');
  });

  test('names the entries between two checkpoints when leaf and recorded hash were changed together', async () => {
    const log = await sealed(await aLog({ entries: 9, sealEvery: 4 }));
    rewrite(log, 6, { outcome: 'deny' });
    const { firstWrong } = await verifyStore(log);
    assert.deepEqual([firstWrong?.reason, firstWrong?.sequence, firstWrong?.through], ['root', 4, 8]);
  });

  test('names the opening that is not what was committed to', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const entry = log.entriesOf[1]!;
    const forge = (index: number) => entry.openings.map((opening, at) => (at === index ? { ...opening, bytes: Buffer.from('user:eve') } : opening));
    for (const [index, what] of ['actor', 'rationale', 'payload'].entries()) {
      log.entriesOf[1] = { ...entry, openings: forge(index) };
      const { firstWrong } = await verifyStore(log);
      assert.deepEqual([firstWrong?.reason, firstWrong?.sequence], ['commitment', 1]);
      assert.match(firstWrong?.message ?? '', new RegExp(what));
    }
  });

  test('refuses an opening that belongs to another entry, stands twice, or has a nonce of another length', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const entry = log.entriesOf[1]!;
    const [first] = entry.openings;
    const shifted = { digest: first!.digest, nonce: Buffer.concat([first!.nonce, first!.bytes.subarray(0, 1)]), bytes: first!.bytes.subarray(1) };
    for (const openings of [log.entriesOf[2]!.openings, [first!, first!], [shifted]]) {
      log.entriesOf[1] = { ...entry, openings };
      assert.equal(await verdict(log), 'tampered commitment 1');
    }
  });

  test('refuses a leaf that says the same in another spelling', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const entry = log.entriesOf[1]!;
    const text = Buffer.from(entry.leaf).toString();
    for (const other of [text.replace(',', ', '), text.replace('"sequence":1', '"sequence":1.0'), text.replace('allow', String.raw`\u0061llow`), `{"version":1,${text.slice(1).replace(',"version":1', '')}`, text.replace('"version":1', '"version":1,"version":1')]) {
      const leaf = Buffer.from(other);
      log.entriesOf[1] = { ...entry, leaf, leafHash: leafHash(leaf) };
      assert.equal(await verdict(log), 'tampered not_canonical 1', other);
    }
  });

  test('refuses a leaf that is no entry', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    const entry = log.entriesOf[1]!;
    const text = Buffer.from(entry.leaf).toString();
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const other of ['', 'null', '[]', '{}', '{', deep, `{"account":${deep}}`, text.replace('decision.made', 'Decision'), text.replace('"links":[]', '"links":[1]'), text.replace('"after":null', '"after":"sha256:00"'), text.replace('"version":1', '"version":0'), text.replace('"version":1}', '"version":1,"x":1}'), text.replace('"sequence":1', '"sequence":-1'), text.replace('2026-11-20T', '2026-99-20T')]) {
      const leaf = Buffer.from(other);
      log.entriesOf[1] = { ...entry, leaf, leafHash: leafHash(leaf) };
      assert.equal(await verdict(log), 'tampered unparsable 1', other.slice(0, 100));
    }
  });

  test('refuses a leaf that is not valid UTF-8', async () => {
    const log = await sealed(await aLog({ entries: 3 }));
    log.entriesOf[1] = { ...log.entriesOf[1]!, leaf: Buffer.from([0x7b, 0xff, 0x7d]) };
    assert.equal(await verdict(log), 'tampered unparsable 1');
  });

  test('refuses a lone surrogate that only an escape can spell', async () => {
    const log = new TestLog();
    log.append(aDraft({ outcome: 'allow' }));
    const leaf = Buffer.from(Buffer.from(log.entriesOf[0]!.leaf).toString().replace('"allow"', String.raw`"\ud800"`));
    log.entriesOf[0] = { ...log.entriesOf[0]!, leaf, leafHash: leafHash(leaf) };
    assert.equal(await verdict(log), 'tampered not_canonical 0');
  });

  test('accepts text that only looks like an escaped surrogate', async () => {
    const log = new TestLog();
    log.append(aDraft({ subject: String.raw`path:\ud800 and \n`, outcome: '\u2028 \u007f 😀' }));
    assert.equal(await verdict(await sealed(log)), 'verified');
  });

  test('refuses time that goes back', async () => {
    const log = new TestLog();
    log.append();
    log.append();
    rewrite(log, 1, { time: timeOf(-1) });
    assert.equal(await verdict(log), 'tampered time 1');
  });

  test("refuses another account's entry", async () => {
    const log = new TestLog();
    log.append();
    rewrite(log, 0, { account: 43 });
    assert.equal(await verdict(log), 'tampered account 0');
  });

  test('refuses a removed, doubled, moved or renumbered entry at the place where it is', async () => {
    const whole = await sealed(await aLog({ entries: 6 }));
    const attempt = async (entries: TestLog['entriesOf']): Promise<string> => {
      const log = new TestLog();
      log.entriesOf = entries;
      log.checkpointsOf = whole.checkpointsOf;
      return verdict(log);
    };
    const entries = whole.entriesOf;
    assert.equal(await attempt(entries.toSpliced(2, 1)), 'tampered cut_tail 6');
    assert.equal(await attempt([...entries.toSpliced(2, 1), entries[6]!]), 'tampered sequence 2');
    assert.equal(await attempt(entries.toSpliced(3, 0, entries[2]!)), 'tampered sequence 3');
    assert.equal(await attempt(entries.with(2, entries[3]!).with(3, entries[2]!)), 'tampered sequence 2');
    assert.equal(await attempt(entries.with(2, { ...entries[3]!, sequence: 2 })), 'tampered sequence 2');
    assert.equal(await attempt(entries.slice(0, 5)), 'tampered cut_tail 5');
    assert.equal(await attempt([]), 'tampered cut_tail 0');
  });
});

async function growing(): Promise<{ readonly log: TestLog; readonly kept: string }> {
  const log = await aLog({ entries: 8, sealEvery: 4 });
  await sealed(log);
  return { log, kept: log.checkpointsOf.at(-1)!.note };
}

suite('verifyLog() with a kept checkpoint', () => {
  test('verifies the log that it was taken from, and one that has grown since', async () => {
    const { log, kept } = await growing();
    assert.equal(await verdict(log, [kept]), 'verified');
    log.append();
    assert.equal(await verdict(log, [kept]), 'verified');
  });

  test('finds a log that was cut back to an earlier checkpoint, which nothing else can', async () => {
    const { log, kept } = await growing();
    log.checkpointsOf = log.checkpointsOf.slice(0, 1);
    log.entriesOf = log.entriesOf.slice(0, 4);
    assert.equal(await verdict(log), 'verified');
    assert.equal(await verdict(log, [kept]), 'tampered cut_tail 4');
  });

  test('finds a log that was written anew and signed with the right key', async () => {
    const { kept } = await growing();
    const other = await sealed(await aLog({ entries: 12, sealEvery: 4, subject: 'forged' }));
    assert.equal(await verdict(other), 'verified');
    assert.equal(await verdict(other, [kept]), 'tampered root 0');
  });

  test('finds a log that was written anew with another key, even when that key is the one it names', async () => {
    const { kept } = await growing();
    const exported = await exportOf(await sealed(await aLog({ entries: 12, sealEvery: 4, subject: 'forged', key: aLogKey('eve') }), aLogKey('eve')), aLogKey('eve'));
    assert.equal(await verdictOn(exported), 'verified');
    assert.equal(await verdictOn(exported, { keys: trusted }), 'tampered key_unknown null');
    assert.equal(await verdictOn(exported, { checkpoints: [kept] }), 'tampered root 0');
  });

  test('refuses one with a wrong signature of a trusted key', async () => {
    const { log, kept } = await growing();
    assert.equal(await verdict(log, [kept.replace('\n10\n', '\n9\n')]), 'tampered signature null');
  });

  test('leaves the log unchecked when it is unreadable, or of another account or key', async () => {
    const { log } = await growing();
    const eve = await sealed(await aLog({ entries: 8, sealEvery: 4 }), aLogKey());
    const foreign = eve.checkpointsOf[0]!.note.replaceAll('example/42', 'example/43');
    assert.equal(await verdict(log, ['not a checkpoint']), 'unchecked');
    assert.equal(await verdict(log, [foreign]), 'unchecked');
    const unknown = (await aLog({ entries: 8, sealEvery: 4, key: aLogKey('eve') })).checkpointsOf[0]!.note;
    assert.equal(await verdict(log, [unknown]), 'unchecked');
  });
});
