import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { Failure } from '../../src/domain/failure.ts';
import { resumeAudit } from '../../src/flows/resume-audit.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import type { CheckpointSealer } from '../../src/flows/seal-checkpoint.ts';
import { aLog, aLogKey, account, clock, TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';

function aSealer(log: TestLog, seed = 'log key'): CheckpointSealer {
  return createSealer({ store: log, signer: aLogKey(seed), clock });
}

function grown(entries: number, log = new TestLog()): TestLog {
  for (let index = 0; index < entries; index += 1) log.append();
  return log;
}

function events(log: TestLog): readonly string[] {
  return log.entriesOf.map(({ leaf }) => (JSON.parse(Buffer.from(leaf).toString()) as { readonly event: string }).event);
}

function rootOf(log: TestLog, size: number): Uint8Array {
  const tree = new MerkleTree();
  for (const { leaf } of log.entriesOf.slice(0, size)) tree.append(leafHash(leaf));
  return tree.root();
}

suite('CheckpointSealer.seal()', () => {
  test('signs origin, size and root of the log, saves that and appends an entry about it', async () => {
    const log = grown(3);
    const sealing = await aSealer(log).seal(account);
    const reading = readCheckpoint(log.checkpointsOf[0]?.note ?? '');
    assert.ok(reading.kind === 'checkpoint');
    assert.deepEqual({ ...reading.checkpoint, root: Buffer.from(reading.checkpoint.root) }, { origin: `plumbline.example/${account}`, size: 3, root: Buffer.from(rootOf(log, 3)) });
    assert.deepEqual([sealing.kind, sealing.size, log.checkpointsOf[0]?.sealedAt], ['sealed', 3, clock.now()]);
    assert.deepEqual(events(log), ['decision.made', 'decision.made', 'decision.made', 'checkpoint.sealed']);
  });

  test('does nothing on an empty log, forced or not', async () => {
    const log = new TestLog();
    assert.deepEqual(await aSealer(log).seal(account), { kind: 'unchanged', size: 0 });
    assert.deepEqual(await aSealer(log).seal(account, { force: true }), { kind: 'unchanged', size: 0 });
    assert.deepEqual(log.checkpointsOf, []);
  });

  test('does nothing when only the entry about the last checkpoint is new, however often it is called', async () => {
    const log = grown(3);
    const sealer = aSealer(log);
    for (let time = 0; time < 4; time += 1) await sealer.seal(account);
    assert.deepEqual([log.checkpointsOf.length, log.entriesOf.length], [1, 4]);
    assert.deepEqual(await sealer.seal(account), { kind: 'unchanged', size: 3 });
  });

  test('leaves nothing unsealed when forced, and comes to rest', async () => {
    const log = grown(3);
    const sealer = aSealer(log);
    for (let time = 0; time < 4; time += 1) await sealer.seal(account, { force: true });
    assert.deepEqual([log.checkpointsOf.map(({ size }) => size), log.entriesOf.length], [[3, 4], 4]);
  });

  test('attack: a log that was taken away or cut back, with its checkpoints, is not begun anew once it was verified or anchored', async () => {
    const watches: readonly TestLog['auditWatch'][] = [
      { anchored: async () => [{ anchor: 'file', size: 4, at: clock.now(), behindSince: null }], selfAudit: async () => null },
      { anchored: async () => [], selfAudit: async () => ({ at: clock.now(), entries: 4, sealed: 4, outcome: 'verified' }) },
    ];
    for (const auditWatch of watches) {
      const cut = await aLog({ entries: 2 });
      for (const log of [grown(9), grown(9, cut)]) {
        log.auditWatch = auditWatch;
        const before = log.checkpointsOf.length;
        await assert.rejects(aSealer(log).seal(account), isFailure('AUDIT_TAMPERED', /expected at least the 4 that were sealed when it was verified or anchored last/));
        assert.deepEqual([log.checkpointsOf.length, await log.blocked(account) === null], [before, false]);
        const resumed = await resumeAudit({ store: log, publicKeys: [aLogKey().publicKey] }, { account, actor: 'user:olga', reason: 'why' });
        assert.equal(resumed.kind === 'refused' && resumed.failure.code, 'AUDIT_TAMPERED');
      }
      const whole = await aLog({ entries: 4 });
      whole.auditWatch = auditWatch;
      assert.equal((await aSealer(grown(1, whole)).seal(account)).kind, 'sealed');
    }
  });

  test('goes on from its last checkpoint without reading what came before it', async () => {
    const log = grown(50);
    const sealer = aSealer(log);
    await sealer.seal(account);
    log.reads = 0;
    grown(2, log);
    assert.equal((await sealer.seal(account)).size, 53);
    assert.equal(log.reads, 3);
  });

  test('goes on after a restart and on another replica', async () => {
    const log = grown(3);
    const [one, two] = [aSealer(log), aSealer(log)];
    await one.seal(account);
    await two.seal(account);
    grown(2, log);
    await two.seal(account);
    grown(1, log);
    await one.seal(account);
    assert.deepEqual(log.checkpointsOf.map(({ size }) => size), [3, 6, 8]);
  });

  test('keeps the origin of a log when the server is renamed', async () => {
    const log = grown(1);
    await aSealer(log).seal(account);
    grown(1, log);
    await createSealer({ store: log, signer: { ...aLogKey(), name: 'renamed.example' }, clock }).seal(account);
    assert.ok(log.checkpointsOf.every(({ note }) => note.startsWith(`plumbline.example/${account}\n`)));
  });

  test('writes one entry about a checkpoint that two ask for at once', async () => {
    const log = grown(3);
    const sealer = aSealer(log);
    await Promise.all([sealer.seal(account), sealer.seal(account), sealer.seal(account, { force: true })]);
    assert.deepEqual([log.checkpointsOf.map(({ size }) => size), events(log).filter((event) => event === 'checkpoint.sealed').length], [[3, 4], 1]);
  });

  test('sealAll() seals the others when one account fails', async () => {
    const log = grown(1);
    log.accounts = async () => [7, account];
    log.blocked = async (one) => (one === 7 ? 'tampered' : null);
    const results = await createSealer({ store: log, signer: aLogKey(), clock }).sealAll();
    assert.deepEqual(results.map((result) => [result.account, result.kind === 'done' ? result.sealing.size : result.failure.code]), [[7, 'AUDIT_BLOCKED'], [account, 1]]);
  });
});

async function assertBlocks(log: TestLog, sealer: CheckpointSealer): Promise<void> {
  const before = log.checkpointsOf.length;
  await assert.rejects(sealer.seal(account), isFailure('AUDIT_TAMPERED'));
  assert.equal(log.checkpointsOf.length, before);
  assert.throws(() => log.append(), isFailure('AUDIT_BLOCKED'));
  await assert.rejects(sealer.seal(account, { force: true }), isFailure('AUDIT_BLOCKED'));
}

async function sealedLog(): Promise<TestLog> {
  const log = grown(5);
  await aSealer(log).seal(account);
  return grown(2, log);
}

suite('CheckpointSealer.seal() of a log that was tampered with', () => {
  test('blocks appending when a sealed entry was changed, its recorded hash included', async () => {
    const log = await sealedLog();
    const leaf = Buffer.from(Buffer.from(log.entriesOf[2]!.leaf).toString().replace('allow', 'block'));
    log.entriesOf[2] = { ...log.entriesOf[2]!, leaf, leafHash: leafHash(leaf) };
    await assertBlocks(log, aSealer(log));
  });

  test('blocks appending when a new entry does not open to what it commits to', async () => {
    const log = await sealedLog();
    log.entriesOf[6] = { ...log.entriesOf[6]!, openings: log.entriesOf[5]!.openings };
    await assertBlocks(log, aSealer(log));
  });

  test('blocks appending when the log became shorter than its checkpoint', async () => {
    const log = await sealedLog();
    log.entriesOf = log.entriesOf.slice(0, 4);
    await assertBlocks(log, aSealer(log));
  });

  test('blocks appending when an entry is missing in the middle', async () => {
    const log = await sealedLog();
    log.entriesOf = log.entriesOf.toSpliced(6, 1);
    await assertBlocks(log, aSealer(log));
  });

  test('blocks appending when the newest checkpoint has vanished that this server has signed', async () => {
    const log = grown(5);
    const sealer = aSealer(log);
    await sealer.seal(account);
    log.checkpointsOf = [];
    await assertBlocks(log, sealer);
  });

  test('blocks appending when all checkpoints have vanished, also after a restart: nothing is signed anew over what the log tells was signed', async () => {
    const log = grown(3);
    await aSealer(log).seal(account);
    log.checkpointsOf = [];
    await assert.rejects(aSealer(log).seal(account), isFailure('AUDIT_TAMPERED', /tell of a checkpoint/));
    assert.deepEqual([log.checkpointsOf, typeof (await log.blocked(account))], [[], 'string']);
  });

  test('takes it for no attack when another replica seals a log first while it is read', async () => {
    const log = grown(3);
    const read = log.checkpoints.bind(log);
    let isFirst = true;
    log.checkpoints = async (...asked) => {
      const found = await read(...asked);
      if (isFirst) {
        isFirst = false;
        await aSealer(log).seal(account);
      }
      return found;
    };
    const sealer = aSealer(log);
    await sealer.seal(account).catch(() => undefined);
    assert.equal(await log.blocked(account), null);
    assert.equal((await sealer.seal(account, { force: true })).kind, 'sealed');
  });

  test('blocks appending when the newest checkpoint has a forged signature, or another size', async () => {
    for (const [from, to] of [['\n5\n', '\n4\n'], ['plumbline.example/42\n5', 'plumbline.example/43\n5']] as const) {
      const log = await sealedLog();
      log.checkpointsOf = log.checkpointsOf.map((one) => ({ ...one, note: one.note.replace(from, to) }));
      await assertBlocks(log, aSealer(log));
    }
  });

  test('blocks appending when a checkpoint over another log was put in its place', async () => {
    const log = await sealedLog();
    const note = await signCheckpoint({ origin: `plumbline.example/${account}`, size: 5, root: leafHash('other') }, aLogKey());
    log.checkpointsOf = [{ ...log.checkpointsOf[0]!, note }];
    await assertBlocks(log, aSealer(log));
  });

  test('blocks appending when another replica under the same key sealed another history', async () => {
    const [one, other] = [grown(5), grown(5)];
    const subject = Buffer.from(Buffer.from(other.entriesOf[2]!.leaf).toString().replace('allow', 'block'));
    other.entriesOf[2] = { ...other.entriesOf[2]!, leaf: subject, leafHash: leafHash(subject) };
    const sealer = aSealer(one);
    await sealer.seal(account);
    await aSealer(grown(3, other)).seal(account);
    [one.entriesOf, one.checkpointsOf] = [other.entriesOf, [...one.checkpointsOf, ...other.checkpointsOf]];
    await assertBlocks(one, sealer);
  });

  test('blocks appending when another replica sealed another history at the very same moment and size', async () => {
    const log = grown(5);
    const split = await signCheckpoint({ origin: `plumbline.example/${account}`, size: 5, root: leafHash('other') }, aLogKey());
    log.saveCheckpoint = async () => {
      log.checkpointsOf = [{ size: 5, note: split, sealedAt: clock.now() }];
      throw new Failure('STORE_INCONSISTENT', 'another stands there');
    };
    await assert.rejects(aSealer(log).seal(account), isFailure('AUDIT_TAMPERED'));
    assert.throws(() => log.append(), isFailure('AUDIT_BLOCKED'));
  });

  test('does not block when another replica sealed more of the same log meanwhile', async () => {
    const log = grown(5);
    const replica = aSealer(log);
    const save = log.saveCheckpoint.bind(log);
    log.saveCheckpoint = async () => {
      log.saveCheckpoint = save;
      await replica.seal(account);
      log.append();
      await replica.seal(account);
      throw new Failure('STORE_INCONSISTENT', 'a newer one stands there');
    };
    const sealer = aSealer(log);
    assert.deepEqual(await sealer.seal(account), { kind: 'unchanged', size: 7 });
    assert.equal(await log.blocked(account), null);
    log.append();
    assert.equal((await sealer.seal(account)).size, 9);
  });

  test('does not sign and does not block when the newest checkpoint has an unknown key, until that key is given', async () => {
    const log = await sealedLog();
    await assert.rejects(aSealer(log, 'new').seal(account), isFailure('CONFIG_INVALID', /previous public key/));
    assert.equal(await log.blocked(account), null);
    await createSealer({ store: log, signer: aLogKey('new'), clock, previousKeys: [aLogKey().publicKey] }).seal(account);
    assert.deepEqual(log.checkpointsOf.map(({ size }) => size), [5, 8]);
  });

  test('goes on after the block was lifted over an older backup, without a restart', async () => {
    const log = await sealedLog();
    const backup = { entries: [...log.entriesOf], checkpoints: [...log.checkpointsOf] };
    const sealer = aSealer(log);
    await sealer.seal(account);
    [log.entriesOf, log.checkpointsOf] = [backup.entries, backup.checkpoints];
    await assertBlocks(log, sealer);
    const resumption = await resumeAudit({ store: log, publicKeys: [aLogKey().publicKey] }, { account, actor: 'user:olga', reason: 'Restored the backup' });
    assert.equal(resumption.kind, 'resumed');
    assert.equal((await sealer.seal(account)).size, log.entriesOf.length - 1);
  });

  test('does not block when the store can not be read', async () => {
    const log = await sealedLog();
    log.entries = () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'gone'));
    await assert.rejects(aSealer(log).seal(account), isFailure('STORE_UNAVAILABLE'));
    assert.equal(await log.blocked(account), null);
  });

  test('saves no checkpoint when the entry about it can not be appended', async () => {
    const log = grown(5);
    const append = log.append.bind(log);
    log.append = () => {
      throw new Failure('STORE_UNAVAILABLE', 'gone');
    };
    const sealer = aSealer(log);
    await assert.rejects(sealer.seal(account), isFailure('STORE_UNAVAILABLE'));
    assert.deepEqual(log.checkpointsOf, []);
    log.append = append;
    await sealer.seal(account);
    assert.deepEqual([log.checkpointsOf.map(({ size }) => size), events(log).at(-1)], [[5], 'checkpoint.sealed']);
  });

  test('tells of a checkpoint once when another replica saved the same one at the very same moment', async () => {
    const log = grown(5);
    const save = log.saveCheckpoint.bind(log);
    log.saveCheckpoint = async (checkpoint) => {
      log.saveCheckpoint = save;
      await aSealer(log).seal(account);
      return save(checkpoint);
    };
    assert.equal((await aSealer(log).seal(account)).size, 5);
    assert.deepEqual(events(log).filter((event) => event === 'checkpoint.sealed').length, 1);
  });

  test('goes on where it was when saving fails', async () => {
    const log = grown(5);
    const sealer = aSealer(log);
    const save = log.saveCheckpoint.bind(log);
    log.saveCheckpoint = () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'gone'));
    await assert.rejects(sealer.seal(account), isFailure('STORE_UNAVAILABLE'));
    log.saveCheckpoint = save;
    assert.equal((await sealer.seal(account)).size, 5);
  });
});
