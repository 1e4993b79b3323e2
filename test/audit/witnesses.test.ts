import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { readBundle } from '../../src/audit/read-bundle.ts';
import { verifyBundle } from '../../src/audit/verify-bundle.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import type { Verification } from '../../src/audit/verification.ts';
import { readWitnessKeys, witnessesOf } from '../../src/audit/witnesses.ts';
import { readAuditLog } from '../../src/flows/read-audit-log.ts';
import { aBundle, aboutPullRequest, aLogOfPullRequests, anEnvelopeSigner } from '../builders/a-bundle.ts';
import { account, aLog, aLogKey, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { aWitnessKey } from '../builders/a-witness-key.ts';
import type { TestWitness } from '../builders/a-witness-key.ts';
import { isFailure } from '../builders/is-failure.ts';

const [one, two, three] = ['w1', 'w2', 'w3'].map((seed) => aWitnessKey(seed)) as [TestWitness, TestWitness, TestWitness];

/** Checkpoints at sizes 3, 7 and 11: the entries about the checkpoints stand between. @param lines Put behind the checkpoint of each size. */
async function aCosignedLog(lines: Readonly<Record<number, (note: string) => string>> = {}): Promise<TestLog> {
  const log = await aLog({ entries: 9, sealEvery: 3 });
  log.checkpointsOf = log.checkpointsOf.map((checkpoint) => ({ ...checkpoint, note: checkpoint.note + (lines[checkpoint.size]?.(checkpoint.note) ?? '') }));
  return log;
}

const keysOf = (...witnesses: readonly TestWitness[]) => witnesses.flatMap(({ key }) => readWitnessKeys(key));

async function verify(log: TestLog, witnesses: readonly TestWitness[], needed: number | null = null): Promise<Verification> {
  return await verifyLog(await readAuditLog(log, account, [aLogKey().publicKey]), { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [], witnesses: witnessesOf(keysOf(...witnesses), needed) });
}

async function told(log: TestLog, witnesses: readonly TestWitness[], needed: number | null = null): Promise<readonly string[]> {
  const { outcome, firstWrong, notes } = await verify(log, witnesses, needed);
  return [outcome, ...(firstWrong === null ? [] : [firstWrong.reason]), ...notes.filter((note) => /witness/.test(note))];
}

suite('verifyLog() with witnesses', () => {
  test('verifies when each of them has cosigned a checkpoint, and says how far and when', async () => {
    const log = await aCosignedLog({ 7: one.cosign, 11: (note) => one.cosign(note) + two.cosign(note, { at: 1_795_176_060n }) });
    const names = [one, two].map(({ key }) => `"${key.split('+').slice(0, 2).join('+')}"`);
    assert.deepEqual(await told(log, [one, two]), ['verified', `2 of 2 witnesses have cosigned the first 11 entries: ${names[0]} 11 at 2026-11-20T12:00:00.000Z; ${names[1]} 11 at 2026-11-20T12:01:00.000Z.`]);
  });

  test('is unchecked where none has, or one of them has not', async () => {
    assert.match((await told(await aCosignedLog(), [one])).join(' '), /^unchecked Found cosignatures of 0 of 1 witnesses, expected 1: "witness\.example\/w1\+[0-9a-f]{8}" none\.$/);
    assert.equal((await told(await aCosignedLog({ 7: one.cosign }), [one, two]))[0], 'unchecked');
  });

  test('counts the entries that enough of them have seen, not those that the newest has', async () => {
    const log = await aCosignedLog({ 3: three.cosign, 7: two.cosign, 11: one.cosign });
    const covered = async (needed: number | null) => /first (\d+) entries/.exec((await told(log, [one, two, three], needed)).join(' '))?.[1];
    assert.deepEqual([await covered(1), await covered(2), await covered(3), await covered(null)], ['11', '7', '3', '3']);
  });

  test('attack: a wrong cosignature of a named witness convicts, also beside a right one', async () => {
    const other = (await aLog({ entries: 3, subject: 'merge-group' })).checkpointsOf[0]?.note ?? '';
    const wrong: readonly ((note: string) => string)[] = [
      (note) => one.cosign(note, { as: 'plumbline.example/42\n1\n' }),
      () => one.cosign(other),
      (note) => one.cosign(note) + one.cosign(note, { as: 'x' }),
      (note) => one.cosign(note).replace(/ ([A-Za-z0-9+/]+=*)\n$/, (_, line: string) => ` ${Buffer.from(line, 'base64').subarray(0, 40).toString('base64')}\n`),
    ];
    for (const line of wrong) assert.deepEqual((await told(await aCosignedLog({ 7: line }), [one])).slice(0, 2), ['tampered', 'signature']);
  });

  test('attack: a key of another witness under the same name is somebody else', async () => {
    const pretender = aWitnessKey('eve', 'witness.example/w1');
    assert.equal((await told(await aCosignedLog({ 11: pretender.cosign }), [one]))[0], 'unchecked');
  });

  test('attack: a witness that is named twice, or under two names, counts once', async () => {
    const log = await aCosignedLog({ 11: one.cosign });
    assert.equal((await told(log, [one, one], 1))[0], 'verified');
    for (const twice of [[one, one], [one, aWitnessKey('w1', 'witness.example/another')]]) assert.throws(() => witnessesOf(keysOf(...twice), 2), isFailure('USAGE', /found 1 witnesses/));
  });

  test('a witness that is named twice is looked for under both names, in whatever order', async () => {
    const another = aWitnessKey('w1', 'witness.example/another');
    const log = await aCosignedLog({ 7: one.cosign, 11: another.cosign });
    for (const names of [[one, another], [another, one]]) assert.match((await told(log, names)).join(' '), /^verified 1 of 1 witnesses have cosigned the first 11 entries/);
    const wrong = await aCosignedLog({ 7: one.cosign, 11: (note) => another.cosign(note, { as: 'x' }) });
    for (const names of [[one, another], [another, one]]) assert.equal((await told(wrong, names))[0], 'tampered');
  });

  test('attack: a checkpoint that is cosigned and that no key of the log signed counts for nothing', async () => {
    const log = await aCosignedLog();
    const forged = await aLog({ entries: 9, sealEvery: 3, key: aLogKey('eve') });
    log.checkpointsOf = [...log.checkpointsOf.slice(0, 2), ...forged.checkpointsOf.slice(2).map((checkpoint) => ({ ...checkpoint, note: checkpoint.note + one.cosign(checkpoint.note) }))];
    assert.equal((await told(log, [one]))[0], 'tampered');
  });

  test('takes the cosignature of a checkpoint that was kept elsewhere', async () => {
    const log = await aCosignedLog();
    const note = log.checkpointsOf[1]?.note ?? '';
    const source = await readAuditLog(log, account, []);
    const { outcome, notes } = await verifyLog(source, { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [note + one.cosign(note)], witnesses: witnessesOf(keysOf(one), null) });
    assert.deepEqual([outcome, notes.some((line) => line.includes('first 7 entries'))], ['verified', true]);
  });

  test('attack: a cosigned checkpoint of another log that the same key signed counts for nothing, and convicts nobody', async () => {
    const log = await aCosignedLog();
    const checkpointAs = async (root: Uint8Array) => await signCheckpoint({ origin: `staging.example/${account}`, size: 7, root }, aLogKey());
    const reading = readCheckpoint(log.checkpointsOf[1]?.note ?? '');
    assert.ok(reading.kind === 'checkpoint');
    for (const root of [reading.checkpoint.root, new Uint8Array(32)]) {
      const note = await checkpointAs(root);
      const { outcome, notes } = await verifyLog(await readAuditLog(log, account, []), { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [note + one.cosign(note)], witnesses: witnessesOf(keysOf(one), null) });
      assert.deepEqual([outcome, notes.some((line) => line.startsWith('Cannot use given checkpoint 1 of 1: found origin "staging.example/42"'))], ['unchecked', true]);
    }
  });

  test('a time that no clock shows is told as a number', async () => {
    const log = await aCosignedLog({ 11: (note) => one.cosign(note, { at: 2n ** 64n - 1n }) });
    assert.match((await told(log, [one])).join(' '), /11 at second 18446744073709551615\./);
  });

  test('keys that are none, and numbers that no witnesses could reach, are refused', () => {
    for (const text of ['', '# nobody\n', 'x', one.key.slice(0, -4), `${one.key}\nx`]) assert.throws(() => readWitnessKeys(text), isFailure('USAGE'));
    for (const needed of [0, 2]) assert.throws(() => witnessesOf(keysOf(one), needed), isFailure('USAGE'));
    assert.equal(readWitnessKeys(`# ours\n${one.key}\r\n\n ${two.key} \n`).length, 2);
  });
});

suite('verifyBundle() with witnesses', () => {
  test('looks at the checkpoint in it', async () => {
    const log = await sealed(await aLogOfPullRequests());
    log.checkpointsOf = log.checkpointsOf.map((checkpoint) => ({ ...checkpoint, note: checkpoint.note + one.cosign(checkpoint.note) }));
    const { file } = await aBundle(aboutPullRequest, anEnvelopeSigner(), log);
    assert.equal(readBundle(file).kind, 'bundle');
    const checked = (...witnesses: readonly TestWitness[]) => {
      const { outcome, checks } = verifyBundle(file, { id: null, keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: [], witnesses: witnessesOf(keysOf(...witnesses), null) });
      return [outcome, checks.at(-1)?.name, checks.at(-1)?.outcome];
    };
    assert.deepEqual([checked(one), checked(one, two)], [['verified', 'witnesses', 'verified'], ['unchecked', 'witnesses', 'unchecked']]);
  });

  test('takes the cosignature of its checkpoint that was kept elsewhere, and of no other', async () => {
    const log = await sealed(await aLogOfPullRequests());
    const note = log.checkpointsOf[0]?.note ?? '';
    const { file } = await aBundle(aboutPullRequest, anEnvelopeSigner(), log);
    const checked = (...checkpoints: readonly string[]) => {
      const { outcome, checks } = verifyBundle(file, { id: null, keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints, witnesses: witnessesOf(keysOf(one), null) });
      return [outcome, checks.at(-1)?.name, checks.at(-1)?.outcome];
    };
    const unsigned = `${note.slice(0, note.indexOf('\n\n') + 2)}${one.cosign(note)}`;
    const other = (await aLog({ entries: log.checkpointsOf[0]?.size ?? 0, sealEvery: log.checkpointsOf[0]?.size ?? 0 })).checkpointsOf[0]?.note ?? '';
    assert.deepEqual(checked(note + one.cosign(note)), ['verified', 'witnesses', 'verified']);
    assert.deepEqual(checked(note + one.cosign(note, { as: 'x' })), ['tampered', 'witnesses', 'tampered']);
    for (const kept of [note, unsigned, other + one.cosign(other)]) assert.notEqual(checked(kept)[0], 'verified');
    assert.equal(checked(other + one.cosign(other))[2], 'unchecked');
  });
});
