import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { suite, test } from 'node:test';
import { bundlePayload, bundlePredicateTypes, statementPayloadType } from '../../src/audit/bundle-statement.ts';
import { signEnvelope } from '../../src/audit/envelope.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import { bundleFile, readBundle } from '../../src/audit/read-bundle.ts';
import { pack } from '../../src/audit/pack.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import type { TrustedKey } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyBundle } from '../../src/audit/verify-bundle.ts';
import type { BundleVerification } from '../../src/audit/bundle-verification.ts';
import { aBundle, aboutContract, aboutPeriod, aboutPullRequest, aLogOfPullRequests, anEnvelopeSigner, signerWith } from '../builders/a-bundle.ts';
import { account, aDraft, aLogKey, host, sealed, TestLog } from '../builders/a-log.ts';

const known = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));

function verify(file: Uint8Array, keys: readonly TrustedKey[] = known, checkpoints: readonly string[] = []): BundleVerification {
  return verifyBundle(file, { keys, checkpoints, id: null });
}

function why(file: Uint8Array): string {
  const reading = readBundle(file);
  return reading.kind === 'problem' ? reading.why : reading.kind;
}

/** The payload of a bundle's file, put back as a change makes it. */
async function withPayload(change: (text: string) => string): Promise<Uint8Array> {
  const reading = readBundle((await aBundle()).file);
  assert.ok(reading.kind === 'bundle');
  return bundleFile({ ...reading.envelope, payload: Buffer.from(change(Buffer.from(reading.envelope.payload).toString())) });
}

suite('bundles', () => {
  test('one about a pull request has its entries and what became of them, and verifies with the known key', async () => {
    const { file, id } = await aBundle();
    const reading = readBundle(file);
    assert.ok(reading.kind === 'bundle');
    assert.deepEqual([reading.id, reading.bundle.entries.map(({ sequence }) => sequence), reading.bundle.policyDigests.length], [id, [0, 1, 4], 2]);
    assert.deepEqual(reading.bundle.asked, { kind: 'pull-request', number: 7, repository: { id: 100, name: 'acme/shop' } });
    const result = verify(file);
    assert.deepEqual([result.outcome, result.verified, result.entries, result.checks.map(({ name }) => name)], ['verified', true, 3, ['form', 'checkpoint', 'entries', 'snapshots', 'inputs', 'policies', 'question', 'envelope']]);
  });

  test('ones about a contract and a period have the snapshots and all entries that belong to them', async () => {
    const sequences = async (asked: Parameters<typeof aBundle>[0]): Promise<unknown> => {
      const { file } = await aBundle(asked);
      const reading = readBundle(file);
      assert.deepEqual(verify(file).outcome, 'verified');
      return reading.kind === 'bundle' && [reading.bundle.entries.map(({ sequence }) => sequence), reading.bundle.snapshots.length];
    };
    assert.deepEqual([await sequences(aboutContract), await sequences(aboutPeriod)], [[[3], 1], [[1, 2, 3, 4], 1]]);
  });

  test('pull requests are not taken together for a commit, or a reason why something was not kept, that they share', async () => {
    const log = await aLogOfPullRequests(undefined, null);
    log.append(aDraft({ links: ['evaluation-5', 'commit:c9', 'unreplayable:secret'] }));
    log.append(aDraft({ subject: 'pull-request:9', links: ['evaluation-6', 'commit:c9', 'unreplayable:secret'] }));
    const reading = readBundle((await aBundle(undefined, undefined, await sealed(log))).file);
    assert.deepEqual(reading.kind === 'bundle' && reading.bundle.entries.map(({ sequence }) => sequence), [0, 1, 4, 6]);
  });

  test('without a key the result says that it proves consistency, not origin', async () => {
    const forged = await aBundle(undefined, anEnvelopeSigner('somebody else'));
    const result = verify(forged.file, []);
    assert.equal(result.outcome, 'verified');
    assert.match(result.notes.join(' '), /proves consistency, not origin/);
    assert.deepEqual([verify(forged.file).firstWrong?.check, verify(forged.file).firstWrong?.reason], ['envelope', 'key_unknown']);
  });

  test('one that ES256 signed verifies with the key of the log alone, and with the signing key alone, since it has what the log says about keys', async () => {
    const signer = signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const pem = readTrustedKeys(signer.key.object.export({ format: 'pem', type: 'spki' }).toString());
    for (const asked of [aboutPullRequest, aboutContract, aboutPeriod]) {
      const { file } = await aBundle(asked, signer, await aLogOfPullRequests('user:mona', signer));
      assert.deepEqual([verify(file, known).outcome, verify(file, pem).outcome, verify(file, []).outcome], ['verified', 'verified', 'verified']);
    }
    const unstated = await aBundle(undefined, signer);
    assert.deepEqual([verify(unstated.file, known).firstWrong?.check, verify(unstated.file, pem).firstWrong?.check], ['envelope', 'checkpoint']);
  });

  test('the same question gives the same bytes, also when the log has grown since', async () => {
    const grown = await aLogOfPullRequests();
    grown.append(aDraft({ subject: 'pull-request:9' }));
    await sealed(grown);
    const again = await aBundle(undefined, undefined, grown);
    assert.deepEqual(again, await aBundle());
  });

  test('a kept checkpoint of the same size convicts a log with two histories; another size can not be compared', async () => {
    const { file } = await aBundle();
    const log = await aLogOfPullRequests();
    const [note] = log.checkpointsOf.map((one) => one.note);
    assert.ok(note !== undefined);
    assert.equal(verify(file, known, [note]).outcome, 'verified');
    const twisted = await aBundle(undefined, undefined, await aLogOfPullRequests('user:nobody'));
    assert.deepEqual([verify(twisted.file).outcome, verify(twisted.file, known, [note]).firstWrong?.check], ['verified', 'kept']);
    const stranger = await sealed(await aLogOfPullRequests(undefined, null), aLogKey('stranger'));
    assert.equal(verify(file, known, [stranger.checkpointsOf[0]?.note ?? '']).outcome, 'unchecked');
    log.append();
    await sealed(log);
    assert.equal(verify(file, known, [log.checkpointsOf.at(-1)?.note ?? '']).outcome, 'unchecked');
  });

  test('readBundle() names the place, what is found there and what is expected', async () => {
    assert.equal(why(await withPayload((text) => text.replace('"account":42', '"account":"42"'))), 'Cannot read "/predicate/account": found "42", expected a whole number');
    assert.equal(why(await withPayload((text) => text.replace('"account":42', '"account":42,"also":1'))), 'Cannot read "/predicate/also": found "1", expected nothing');
    assert.equal(why(await withPayload((text) => text.replace('"kind":"pull-request"', '"kind":"all"'))), 'Cannot read "/predicate/asked/kind": found "all", expected pull-request, period or contract');
    assert.equal(why(await withPayload((text) => text.replace('"name":"entries/0"', '"name":"entries/9"'))), 'Cannot read "/subject/1/name": found "entries/9", expected "entries/0"');
    assert.equal(why(await withPayload((text) => text.replace('{"_type"', '{ "_type"'))), 'Cannot read "the payload": found another spelling, expected RFC 8785 form');
    assert.equal(why(await withPayload((text) => text.replace('"_type":"', '"_type":"x","_type":"'))), 'Cannot read "the payload": found another spelling, expected RFC 8785 form');
    assert.equal(why(await withPayload((text) => text.replace(bundlePredicateTypes.current, 'urn:plumbline:audit-bundle:v3'))), 'newer');
    assert.match(why(await withPayload((text) => text.replace(bundlePredicateTypes.current, 'urn:other'))), /\/predicateType/);
  });

  test('a bundle of a later form is unchecked, never verified', async () => {
    const result = verify(await withPayload((text) => text.replace(bundlePredicateTypes.current, 'urn:plumbline:audit-bundle:v3')));
    assert.deepEqual([result.outcome, result.verified], ['unchecked', false]);
  });

  test('a bundle with an entry of a later form is unchecked: what it is there for, this release can not say', async () => {
    const log = new TestLog();
    log.append();
    log.entriesOf.push({ sequence: 1, leaf: Buffer.from('{"sequence":1,"version":2}'), openings: [] });
    log.append();
    await sealed(log);
    const tree = new MerkleTree();
    for (const { leaf } of log.entriesOf.slice(0, 3)) tree.append(leafHash(leaf));
    const signer = anEnvelopeSigner();
    const later = snapshotOf(Buffer.from('{"a":"later"}'));
    const entries = log.entriesOf.slice(0, 3).map(({ sequence, leaf, openings }) => ({ sequence, leaf: Buffer.from(leaf).toString(), openings, proof: tree.inclusionProof(sequence) }));
    const bundle = { account, asked: { kind: 'period', from: '2026-11-20T12:00:00.000Z', to: '2026-11-20T12:00:03.000Z' }, checkpoint: log.checkpointsOf[0]?.note ?? '', entries, logKeys: [], signingKey: signer.key, policyDigests: [later.digest], snapshots: [later], inputs: [] } as const;
    const { outcome, firstWrong, checks } = verify(bundleFile(await signEnvelope(statementPayloadType, bundlePayload(bundle), signer)));
    assert.deepEqual([outcome, firstWrong, checks.map((check) => `${check.name} ${check.outcome}`)], ['unchecked', null, ['form verified', 'checkpoint verified', 'entries unchecked', 'envelope verified']]);
  });

  test('attack: a bomb of zeros, of depth or of values is refused before it is unpacked', () => {
    assert.match(why(pack(Buffer.alloc(65 * 1024 * 1024))), /unpack to too many/);
    assert.match(why(pack(Buffer.from('['.repeat(100_000)))), /more than 16 levels/);
    assert.match(why(pack(Buffer.from(`[${'0,'.repeat(5_000_001)}0]`))), /more than 5000000 values/);
    assert.match(why(pack(Buffer.from('"\\"[[[[[[[[[[[[[[[[[[[["'))), /expected an object/);
    assert.match(why(Buffer.concat([pack(Buffer.from('{}')), Buffer.from('more')])), /damaged/);
  });

  test('the file is gzip of one DSSE envelope, as other tools read it', async () => {
    const envelope: Record<string, unknown> = JSON.parse(gunzipSync((await aBundle()).file).toString());
    assert.deepEqual([Object.keys(envelope), envelope['payloadType']], [['payload', 'payloadType', 'signatures'], 'application/vnd.in-toto+json']);
  });
});
