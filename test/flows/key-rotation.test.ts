import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { LogReplay } from '../../src/audit/log-replay.ts';
import type { LogKey } from '../../src/audit/log-key.ts';
import { statementsFile } from '../../src/audit/read-tiles.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import type { TrustedKey } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, signingKeyIdOf, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { createSelfAuditor } from '../../src/flows/create-self-auditor.ts';
import { judgeCheckpoint } from '../../src/flows/judge-checkpoint.ts';
import { createLogTrees } from '../../src/flows/log-trees.ts';
import type { Signer } from '../../src/flows/ports/key-service.ts';
import { itemOf, readAuditLog } from '../../src/flows/read-audit-log.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import type { SealPorts } from '../../src/flows/seal-ports.ts';
import { createKeyService } from '../../src/keys/key-service.ts';
import { localKeys } from '../../src/keys/local-keys.ts';
import { pinSigner } from '../../src/keys/pin-signer.ts';
import { aLogKey, account, clock, host, sealed, TestLog } from '../builders/a-log.ts';
import { aWatch } from '../builders/anchored-log.ts';
import { isFailure } from '../builders/is-failure.ts';
import { tilesOf, verdictOnTiles } from '../builders/tiles-of.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { aPemKey } from '../ports/keys/key-service-suite.ts';

const origin = `${host}/${account}`;
const [one, two, three] = [aLogKey('one'), aLogKey('two'), aLogKey('three')];
const pems = { kms: aPemKey('ES256'), nextKms: aPemKey('ES256') };
const service = createKeyService(localKeys({ kms: pems.kms.pem, nextKms: pems.nextKms.pem }));
const [kms, nextKms] = await Promise.all([pinSigner(service, 'kms'), pinSigner(service, 'nextKms')]);

/** A log key as one that may still sign for its successor. */
function signerOf(key: LogKey): Signer {
  const object = verifierKeyOf('log', key.publicKey).object;
  const spki = object.export({ type: 'spki', format: 'der' });
  const [trusted] = readTrustedKeys(object.export({ type: 'spki', format: 'pem' }).toString());
  assert.equal(trusted?.kind, 'bare');
  return { key: { id: idOf(key), algorithm: 'Ed25519', spki, object }, name: 'a log key before', sign: (bytes) => key.sign(bytes) };
}

function idOf(key: LogKey) {
  return signingKeyIdOf(key.publicKey);
}

function aSealer(log: TestLog, signer: LogKey, rest: Partial<SealPorts> = {}) {
  return createSealer({ store: log, signer, clock, ...rest });
}

function keyText(key: LogKey): string {
  return formatVerifierKey(verifierKeyOf(origin, key.publicKey));
}

function pemOf(spki: Buffer): string {
  return `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}

async function verdict(log: TestLog, ...keys: readonly string[]): Promise<string> {
  const { outcome, firstWrong, sealed: covered, entries } = await verifyLog(await readAuditLog(log, account, []), { keys: keys.flatMap(readTrustedKeys), checkpoints: [] });
  return firstWrong === null ? `${outcome} ${covered}/${entries}` : `${outcome} ${firstWrong.reason}`;
}

function events(log: TestLog): readonly string[] {
  return log.entriesOf.map(({ leaf }) => (JSON.parse(Buffer.from(leaf).toString()) as { event: string }).event);
}

/** A log of the first key, then of the second one, whose change is stated. */
async function aRotatedLog(): Promise<TestLog> {
  const log = new TestLog();
  log.append();
  await sealed(log, one);
  log.append();
  await aSealer(log, two, { previousKeys: [one.publicKey], previousSigners: [signerOf(one)] }).seal(account, { force: true });
  return log;
}

suite('a log whose key is replaced', () => {
  test('verifies for who trusts the first key alone', async () => {
    const log = await aRotatedLog();
    assert.deepEqual(events(log), ['decision.made', 'checkpoint.sealed', 'decision.made', 'key.rotated', 'checkpoint.sealed']);
    assert.equal(await verdict(log, keyText(one)), 'verified 5/5');
  });

  test('verifies over several changes, for who trusts any set of keys with the first', async () => {
    const log = await aRotatedLog();
    await aSealer(log, three, { previousKeys: [one.publicKey, two.publicKey], previousSigners: [signerOf(two)] }).seal(account, { force: true });
    assert.deepEqual(await Promise.all([[one], [one, two], [one, three], [one, two, three]].map((keys) => verdict(log, ...keys.map(keyText)))), Array.from({ length: 4 }, () => 'verified 7/7'));
  });

  test('is not believed by who trusts the last key alone: what came before it nobody vouches for', async () => {
    assert.equal(await verdict(await aRotatedLog(), keyText(two)), 'tampered key_unknown');
  });

  test('gets the statement at once, also when nothing else is to be sealed', async () => {
    const log = new TestLog();
    log.append();
    await sealed(log, one);
    await aSealer(log, two, { previousKeys: [one.publicKey], previousSigners: [signerOf(one)] }).seal(account);
    assert.equal(events(log).filter((event) => event === 'key.rotated').length, 1);
  });

  test('gets it once, however often it is sealed', async () => {
    const log = await aRotatedLog();
    for (let count = 0; count < 3; count += 1) {
      log.append();
      await aSealer(log, two, { previousKeys: [one.publicKey], previousSigners: [signerOf(one)] }).seal(account, { force: true });
    }
    assert.equal(events(log).filter((event) => event === 'key.rotated').length, 1);
  });

  test('verifies as before with both keys when the one before can not sign any more', async () => {
    const log = new TestLog();
    log.append();
    await sealed(log, one);
    log.append();
    const said = fakeLog();
    await aSealer(log, two, { previousKeys: [one.publicKey], log: said }).seal(account, { force: true });
    assert.deepEqual([events(log).includes('key.rotated'), said.lines.map(({ level }) => level)], [false, ['warn']]);
    assert.deepEqual(await Promise.all([verdict(log, keyText(one)), verdict(log, keyText(one), keyText(two))]), ['tampered key_unknown', 'verified 4/4']);
  });

  test('is not sealed with the key that was replaced', async () => {
    const log = await aRotatedLog();
    log.append();
    await assert.rejects(aSealer(log, one, { previousKeys: [two.publicKey] }).seal(account), isFailure('CONFIG_INVALID', /was replaced/));
    assert.equal(await log.blocked(account), null);
  });

  test('is not sealed with the key before when the change stands there and no checkpoint yet', async () => {
    const log = await aRotatedLog();
    log.checkpointsOf = log.checkpointsOf.filter(({ size }) => size <= 2);
    await assert.rejects(aSealer(log, one).seal(account), isFailure('CONFIG_INVALID', /was replaced/));
  });

  test('is tampered with where a stolen key signs after it was replaced', async () => {
    const log = await aRotatedLog();
    log.append();
    const root = await rootOf(log);
    log.checkpointsOf.push({ size: 6, note: await signCheckpoint({ origin, size: 6, root }, one), sealedAt: clock.now() });
    assert.deepEqual(await Promise.all([verdict(log, keyText(one)), verdict(log, keyText(one), keyText(two))]), ['tampered key_replaced', 'tampered key_replaced']);
  });

  test('says that a statement was erased, and believes nobody because of it', async () => {
    const log = await aRotatedLog();
    log.entriesOf = log.entriesOf.map((entry) => (entry.sequence === 3 ? { ...entry, openings: [] } : entry));
    assert.equal(await verdict(log, keyText(one)), 'tampered key_unknown');
    const result = await verifyLog(await readAuditLog(log, account, []), { keys: [one, two].map(keyText).flatMap(readTrustedKeys), checkpoints: [] });
    assert.ok(result.outcome === 'verified' && result.notes.some((note) => /1 statements about keys .* erased/.test(note)));
  });

  test('is tampered with where the statement was changed', async () => {
    const log = await aRotatedLog();
    const entry = log.entriesOf[3]!;
    log.entriesOf[3] = { ...entry, openings: entry.openings.map((opening) => ({ ...opening, bytes: Buffer.from(Buffer.from(opening.bytes).toString().replace('"sequence":1', '"sequence":2')) })) };
    assert.equal(await verdict(log, keyText(one)), 'tampered commitment');
  });
});

suite('a log with a key service', () => {
  async function aCertifiedLog(): Promise<TestLog> {
    const log = new TestLog();
    log.append();
    await sealed(log, one);
    await aSealer(log, one, { signing: kms }).seal(account, { force: true });
    return log;
  }

  test('names its key, which certifies the log key', async () => {
    const log = await aCertifiedLog();
    assert.deepEqual(events(log), ['decision.made', 'checkpoint.sealed', 'key.rotated', 'key.rotated', 'checkpoint.sealed']);
    assert.deepEqual(await Promise.all([verdict(log, keyText(one)), verdict(log, pemOf(pems.kms.spki))]), ['verified 5/5', 'verified 5/5']);
  });

  test('has its log key replaced by that key, without the private half of the one before', async () => {
    const log = await aCertifiedLog();
    await aSealer(log, two, { previousKeys: [one.publicKey], signing: kms }).seal(account, { force: true });
    assert.deepEqual(await Promise.all([verdict(log, keyText(one)), verdict(log, pemOf(pems.kms.spki))]), ['verified 7/7', 'verified 7/7']);
  });

  test('follows from one key of the service to the next, and by it to another log key', async () => {
    const log = await aCertifiedLog();
    await aSealer(log, one, { signing: nextKms, previousSigners: [kms] }).seal(account, { force: true });
    await aSealer(log, two, { previousKeys: [one.publicKey], signing: nextKms }).seal(account, { force: true });
    assert.deepEqual(await Promise.all([verdict(log, keyText(one)), verdict(log, pemOf(pems.kms.spki))]), ['verified 10/10', 'verified 10/10']);
    assert.equal(events(log).filter((event) => event === 'key.rotated').length, 5);
  });

  test('names no second one where the one before can not sign for it', async () => {
    const log = await aCertifiedLog();
    const said = fakeLog();
    const sealer = aSealer(log, one, { signing: nextKms, log: said });
    for (let count = 0; count < 3; count += 1) await sealer.seal(account, { force: true });
    assert.equal(events(log).filter((event) => event === 'key.rotated').length, 2);
    assert.deepEqual(said.lines.map(({ level, message, fields }) => [level, message, fields['key']]), [['warn', 'key not named in the audit log: no key before it can sign', nextKms.key.id]]);
  });

  test('is sealed by its log key also while the service is away, and told of the key later', async () => {
    const log = new TestLog();
    log.append();
    const away: Signer = { ...kms, sign: async () => Promise.reject(new Error('away')) };
    const said = fakeLog();
    await aSealer(log, one, { signing: away, log: said }).seal(account, { force: true });
    assert.equal(await verdict(log, keyText(one)), 'verified 3/3');
    assert.ok(said.lines.some(({ level, message }) => level === 'warn' && message === 'statement about a key not signed'));
    await aSealer(log, one, { signing: kms }).seal(account, { force: true });
    assert.equal(await verdict(log, pemOf(pems.kms.spki)), 'verified 5/5');
  });

  test('is not sealed by a new log key before the signing key that has to vouch for it is named, and warns of nothing then', async () => {
    const log = await aCertifiedLog();
    const away: Signer = { ...kms, sign: async () => Promise.reject(new Error('away')) };
    const rest = { previousKeys: [one.publicKey], signing: nextKms };
    await assert.rejects(aSealer(log, two, { ...rest, previousSigners: [away] }).seal(account), /away/);
    const said = fakeLog();
    await aSealer(log, two, { ...rest, previousSigners: [kms], log: said }).seal(account, { force: true });
    assert.deepEqual([await verdict(log, keyText(one)), said.lines], ['verified 8/8', []]);
  });

  test('is not sealed by a new log key before the change stands there', async () => {
    const log = await aCertifiedLog();
    const away: Signer = { ...kms, sign: async () => Promise.reject(new Error('away')) };
    await assert.rejects(aSealer(log, two, { previousKeys: [one.publicKey], signing: away }).seal(account), /away/);
    assert.equal(await verdict(log, keyText(one)), 'verified 5/5');
  });

  test('takes no statement whose signature its own key refuses', async () => {
    const log = await aCertifiedLog();
    const lying: Signer = { ...kms, sign: (bytes) => nextKms.sign(bytes) };
    await assert.rejects(aSealer(log, two, { previousKeys: [one.publicKey], signing: lying }).seal(account), isFailure('KEY_REFUSED'));
  });
});

test('two replicas that change keys at once leave a log that verifies', async () => {
  const log = new TestLog();
  log.append();
  await sealed(log, one);
  const rest = { previousKeys: [one.publicKey], previousSigners: [signerOf(one)], signing: kms };
  await Promise.allSettled([aSealer(log, two, rest).seal(account, { force: true }), aSealer(log, two, rest).seal(account, { force: true })]);
  await aSealer(log, two, rest).seal(account, { force: true });
  assert.match(await verdict(log, keyText(one)), /^verified/);
});

async function rootOf(log: TestLog): Promise<Uint8Array> {
  const replay = new LogReplay(account);
  for (const entry of log.entriesOf) assert.equal(replay.accept(itemOf(entry)).kind, 'accepted');
  return replay.root();
}

suite('a log whose key is replaced, elsewhere than in an export', () => {
  const first = readTrustedKeys(keyText(one));

  test('as tiles it verifies for who trusts the first key alone, by what stands beside them', async () => {
    const files = await tilesOf(await aRotatedLog());
    assert.equal(await verdictOnTiles(files, { keys: first }), 'verified');
    const statements = Buffer.from(files.get(statementsFile)!).toString();
    const changed = (text: string | null): Map<string, Uint8Array> => {
      const forged = new Map(files);
      if (text === null) forged.delete(statementsFile);
      else forged.set(statementsFile, Buffer.from(text));
      return forged;
    };
    assert.deepEqual(await Promise.all([null, statements.replace('"nonce":"', '"nonce":"AAAA'), statements.replace('"sequence":3', '"sequence":2'), 'x\n'].map((text) => verdictOnTiles(changed(text), { keys: first }))), ['tampered key_unknown null', 'tampered commitment 3', 'tampered commitment 2', 'unchecked']);
  });

  test('the server verifies it whole by the first log key, and by the signing key, and by no other', async () => {
    const certified = new TestLog();
    certified.append();
    await aSealer(certified, one, { signing: kms }).seal(account, { force: true });
    await aSealer(certified, two, { previousKeys: [one.publicKey], signing: kms }).seal(account, { force: true });
    const outcome = async (log: TestLog, ...keys: readonly TrustedKey[]): Promise<string | undefined> => {
      const watch = aWatch(log);
      await createSelfAuditor({ store: { audit: log, auditWatch: watch }, keys, clock, log: fakeLog() }, { everyMs: 86_400_000, turnMs: 120_000 })(new AbortController().signal);
      return watch.audits.at(-1)?.outcome;
    };
    assert.deepEqual([
      await outcome(await aRotatedLog(), ...first),
      await outcome(certified, { kind: 'signing', key: kms.key }),
      await outcome(certified, { kind: 'signing', key: nextKms.key }),
    ], ['verified', 'verified', 'unchecked']);
  });

  test('at an anchor its new key convicts for who trusts the first one, and the replaced one does no more', async () => {
    const log = await aRotatedLog();
    const newest = readCheckpoint(log.checkpointsOf.at(-1)?.note ?? '');
    assert.ok(newest.kind === 'checkpoint');
    const judge = async (note: string, keys: readonly TrustedKey[] = first): Promise<string> => (await judgeCheckpoint({ audit: log, keys, trees: createLogTrees(log), account, newest: newest.checkpoint, known: 0 }, note)).kind;
    const other = (size: number, key: LogKey): Promise<string> => signCheckpoint({ origin, size, root: new Uint8Array(32) }, key);
    assert.deepEqual(await Promise.all(log.checkpointsOf.map(({ note }) => judge(note))), [...log.checkpointsOf.slice(1).map(() => 'earlier'), 'same']);
    assert.deepEqual([
      await judge(await other(5, two)),
      await judge(await other(9, two)),
      await judge(await other(2, one)),
      await judge(await other(5, one)),
      await judge(await other(9, one)),
      await judge(await other(5, three)),
      await judge(await other(5, two), readTrustedKeys(keyText(three))),
    ], ['contradiction', 'contradiction', 'contradiction', 'unusable', 'unusable', 'unusable', 'unusable']);
  });
});
