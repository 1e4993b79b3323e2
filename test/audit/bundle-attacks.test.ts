import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Bundle } from '../../src/audit/bundle.ts';
import { bundlePayload, statementPayloadType } from '../../src/audit/bundle-statement.ts';
import { signEnvelope } from '../../src/audit/envelope.ts';
import type { Envelope, EnvelopeSigner } from '../../src/audit/envelope.ts';
import { pack } from '../../src/audit/pack.ts';
import { bundleFile, readBundle } from '../../src/audit/read-bundle.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyBundle } from '../../src/audit/verify-bundle.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { aBundle, aboutContract, aboutPeriod, aLogOfPullRequests, anEnvelopeSigner, signerWith } from '../builders/a-bundle.ts';
import { account, aLogKey, host } from '../builders/a-log.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const known = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));

async function opened(asked?: Parameters<typeof aBundle>[0]): Promise<{ readonly bundle: Bundle; readonly envelope: Envelope; readonly file: Uint8Array; readonly id: Digest }> {
  const { file } = await aBundle(asked);
  const reading = readBundle(file);
  assert.ok(reading.kind === 'bundle');
  return { ...reading, file };
}

function verdict(file: Uint8Array, id: Digest | null = null): string {
  const { outcome, firstWrong } = verifyBundle(file, { keys: known, checkpoints: [], id });
  return firstWrong === null ? outcome : `${outcome} ${firstWrong.check} ${firstWrong.reason} ${String(firstWrong.sequence)}`;
}

/** What an attacker gets who can have anything signed: even then entries must stand in the log. */
async function signedVerdict(bundle: Bundle, signer: EnvelopeSigner = anEnvelopeSigner()): Promise<string> {
  return verdict(bundleFile(await signEnvelope(statementPayloadType, bundlePayload(bundle), signer)));
}

/** All, or a sample: the same for the same seed. */
function placesIn(bytes: Uint8Array, seed: number): readonly number[] {
  return isLong ? Array.from(bytes, (_, index) => index) : fc.sample(fc.nat(bytes.length - 1), { seed, numRuns: 150 });
}

suite('attacks on a bundle', () => {
  test('no byte of the envelope can be changed: payload, type, key and signature', async () => {
    const text = gunzipSync((await aBundle(aboutPeriod)).file);
    for (const index of placesIn(text, 7)) {
      const forged = Buffer.from(text);
      forged[index] = (forged[index] ?? 0) ^ (1 << (index % 8));
      assert.notEqual(verdict(pack(forged)), 'verified', `byte ${index}`);
    }
  });

  test('no byte of the payload can be changed, and an entry that was changed is named', async () => {
    const { envelope, bundle } = await opened(aboutPeriod);
    for (const index of placesIn(envelope.payload, 8)) {
      const payload = Buffer.from(envelope.payload);
      payload[index] = (payload[index] ?? 0) ^ (1 << (index % 7));
      assert.match(verdict(bundleFile({ ...envelope, payload })), /^(?:tampered|unchecked$)/, `byte ${index}`);
    }
    const entries = bundle.entries.map((entry) => (entry.sequence === 4 ? { ...entry, leaf: entry.leaf.replace('"outcome":"allow"', '"outcome":"block"') } : entry));
    assert.equal(verdict(bundleFile({ ...envelope, payload: bundlePayload({ ...bundle, entries }) })), 'tampered entries proof 4');
  });

  test('no byte of the file can be changed, unless it still holds the same bytes', async () => {
    const { file } = await aBundle(aboutPeriod);
    const content = gunzipSync(file);
    for (const index of placesIn(file, 9)) {
      const forged = Buffer.from(file);
      forged[index] = (forged[index] ?? 0) ^ (1 << (index % 8));
      if (verdict(forged) === 'verified') assert.deepEqual(gunzipSync(forged), content, `byte ${index}`);
    }
    for (const length of [0, 1, 10, file.length - 9, file.length - 1]) assert.equal(verdict(file.subarray(0, length)), 'tampered form unparsable null');
  });

  test('an entry can not be put in, left out of a period, doubled or moved, even under a good signature', async () => {
    const { bundle } = await opened(aboutPeriod);
    const { entries } = bundle;
    const other = (await opened()).bundle.entries;
    assert.equal(await signedVerdict(bundle), 'verified');
    assert.equal(await signedVerdict({ ...bundle, entries: [other[0]!, ...entries] }), 'tampered question question 0');
    assert.equal(await signedVerdict({ ...bundle, entries: entries.toSpliced(1, 1) }), 'tampered question question 2');
    assert.equal(await signedVerdict({ ...bundle, entries: [entries[0]!, ...entries] }), 'tampered entries sequence 1');
    assert.equal(await signedVerdict({ ...bundle, entries: entries.toReversed() }), 'tampered entries sequence 3');
    assert.equal(await signedVerdict({ ...bundle, entries: entries.map((entry) => ({ ...entry, sequence: entry.sequence + 1 })) }), 'tampered entries sequence 2');
  });

  test('an entry that the log does not have is refused, and so is the proof of another entry', async () => {
    const { bundle } = await opened();
    const [first, second, ...rest] = bundle.entries;
    assert.ok(first && second);
    const forged = (await aBundleOf('user:nobody')).entries[0];
    assert.ok(forged);
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...forged, proof: first.proof }, second, ...rest] }), 'tampered entries proof 0');
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, proof: second.proof }, second, ...rest] }), 'tampered entries proof 0');
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, proof: [] }, second, ...rest] }), 'tampered entries proof 0');
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, proof: [...first.proof, new Uint8Array(32)] }, second, ...rest] }), 'tampered entries proof 0');
  });

  test('what opens an entry can not be changed, nor taken from another one', async () => {
    const { bundle } = await opened();
    const [first, second, ...rest] = bundle.entries;
    assert.ok(first && second);
    const openings = first.openings.map((opening) => ({ ...opening, bytes: Buffer.from('user:somebody') }));
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, openings }, second, ...rest] }), 'tampered entries commitment 0');
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, openings: second.openings }, second, ...rest] }), 'tampered entries commitment 0');
    assert.equal(await signedVerdict({ ...bundle, entries: [{ ...first, openings: [] }, second, ...rest] }), 'verified');
  });

  test('the checkpoint of another log, size, root or key is refused', async () => {
    const { bundle } = await opened();
    const note = bundle.checkpoint;
    const twisted = await aBundleOf('user:nobody');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: twisted.checkpoint }), 'tampered entries proof 0');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: note.replace('\n6\n', '\n7\n') }), 'tampered entries proof 4');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: note.replace(/\n[^\n]+\n\n/, (root) => root.replace(/[A-Z]/, (one) => (one === 'A' ? 'B' : 'A'))) }), 'tampered entries proof 0');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: note.replaceAll('plumbline.example/42', 'plumbline.example/43') }), 'tampered checkpoint checkpoint null');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: note.replace(/— \S+ \S+/, (line) => `${line.slice(0, -6)}AAAA==`) }), 'tampered checkpoint signature null');
    assert.equal(await signedVerdict({ ...bundle, checkpoint: '' }), 'tampered checkpoint checkpoint null');
  });

  test('the account can not be another one', async () => {
    const { bundle } = await opened();
    assert.equal(await signedVerdict({ ...bundle, account: 43 }), 'tampered entries account 0');
  });

  test('the signature of another key, or of another bundle, is refused', async () => {
    const { bundle, envelope } = await opened();
    const other = await opened(aboutContract);
    const stranger = signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    assert.equal(await signedVerdict(bundle, stranger), 'tampered envelope key_unknown null');
    assert.equal(verdict(bundleFile({ ...envelope, signature: other.envelope.signature })), 'tampered envelope signature null');
    assert.equal(verdict(bundleFile({ ...other.envelope, signature: envelope.signature })), 'tampered envelope signature null');
  });

  test('a bundle in the place of another one is refused by its id', async () => {
    const [one, other] = [await opened(), await opened(aboutContract)];
    assert.equal(verdict(one.file, one.id), 'verified');
    assert.equal(verdict(other.file, one.id), 'tampered form id null');
  });

  test('a snapshot can not be left out, put in, doubled or hold something else', async () => {
    const { bundle } = await opened(aboutContract);
    const [snapshot] = bundle.snapshots;
    assert.ok(snapshot);
    const stray = snapshotOf(Buffer.from('stray'));
    assert.equal(await signedVerdict({ ...bundle, snapshots: [] }), 'tampered snapshots snapshot 3');
    assert.equal(await signedVerdict({ ...bundle, snapshots: [snapshot, stray].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)) }), 'tampered snapshots snapshot null');
    assert.equal(await signedVerdict({ ...bundle, snapshots: [snapshot, snapshot] }), 'tampered snapshots snapshot null');
    assert.equal(await signedVerdict({ ...bundle, snapshots: [{ ...snapshot, gzip: stray.gzip }] }), 'tampered snapshots snapshot 3');
  });

  test('policy digests are those of the entries, no more and no fewer', async () => {
    const { bundle } = await opened();
    assert.equal(await signedVerdict({ ...bundle, policyDigests: bundle.policyDigests.slice(1) }), 'tampered policies policy null');
    assert.equal(await signedVerdict({ ...bundle, policyDigests: [...bundle.policyDigests, digestOfBytes('more')] }), 'tampered policies policy null');
    assert.equal(await signedVerdict({ ...bundle, policyDigests: bundle.policyDigests.toReversed() }), 'tampered policies policy null');
  });

  test('a bundle can not claim to answer another question', async () => {
    const { bundle } = await opened();
    assert.equal(await signedVerdict({ ...bundle, asked: { kind: 'pull-request', repository: { id: 100, name: 'acme/shop' }, number: 8 } }), 'tampered question question 0');
    assert.equal(await signedVerdict({ ...bundle, asked: { kind: 'pull-request', repository: { id: 101, name: 'acme/other' }, number: 7 } }), 'tampered question question 0');
    assert.equal(await signedVerdict({ ...bundle, asked: { kind: 'contract', id: 'checkout' } }), 'tampered question question 0');
  });
});

suite('bundles of earlier versions', () => {
  const golden = new URL('golden/bundle-v1.json.gz', import.meta.url);

  // Never written anew: what was signed once must verify for ever.
  test('the first one verifies, byte for byte as it was written', () => {
    const file = readFileSync(golden);
    assert.equal(digestOfBytes(file), 'sha256:2427fcaba50f62088b471257c91f386fbaeff8452592c5b613fdeb896bc48ea9');
    const result = verifyBundle(file, { keys: known, checkpoints: [], id: 'sha256:fd769ffc758b6cdd8ad3990253cf4e108661dc1a6ce1ec51db1a3c43e83b5045' });
    assert.deepEqual([result.outcome, result.entries, result.snapshots, result.checks.map(({ name, outcome }) => `${name} ${outcome}`)], ['verified', 4, 1, ['form', 'checkpoint', 'entries', 'snapshots', 'policies', 'question', 'envelope'].map((name) => `${name} verified`)]);
  });

  test('one that a key service signed (ES256) verifies with its key alone, which the log leads from to its own', () => {
    const file = readFileSync(new URL('golden/bundle-v1-es256.json.gz', import.meta.url));
    assert.equal(digestOfBytes(file), 'sha256:cc8f81f1f94544c2d8708ad4c5826531dac3cdc722170a586e4e560cd57787bd');
    for (const keys of [readTrustedKeys(readFileSync(new URL('golden/bundle-v1-es256.pem', import.meta.url), 'utf8')), known]) {
      const { outcome, entries, snapshots } = verifyBundle(file, { keys, checkpoints: [], id: null });
      assert.deepEqual([outcome, entries, snapshots], ['verified', 3, 1]);
    }
  });

  test('this version writes the same content for the same log', async () => {
    const [then, now] = [readBundle(readFileSync(golden)), readBundle((await aBundle(aboutPeriod)).file)];
    assert.ok(then.kind === 'bundle' && now.kind === 'bundle');
    assert.equal(Buffer.from(now.envelope.payload).toString(), Buffer.from(then.envelope.payload).toString());
  });
});

async function aBundleOf(actor: string): Promise<Bundle> {
  const reading = readBundle((await aBundle(undefined, undefined, await aLogOfPullRequests(actor))).file);
  assert.ok(reading.kind === 'bundle');
  return reading.bundle;
}
