import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { formatKeyStatement } from '../../src/audit/key-statement.ts';
import { LogReplay } from '../../src/audit/log-replay.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { itemOf } from '../../src/flows/read-audit-log.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { isFailure } from '../builders/is-failure.ts';
import type { Bundle } from '../../src/audit/bundle.ts';
import { bundlePayload, statementPayloadType } from '../../src/audit/bundle-statement.ts';
import { signEnvelope } from '../../src/audit/envelope.ts';
import type { Envelope, EnvelopeSigner } from '../../src/audit/envelope.ts';
import { pack } from '../../src/audit/pack.ts';
import { bundleFile, mostBundleBytes, readBundle } from '../../src/audit/read-bundle.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyBundle } from '../../src/audit/verify-bundle.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { aBundle, aboutContract, aboutPeriod, aLogOfPullRequests, anEnvelopeSigner, signerWith } from '../builders/a-bundle.ts';
import { account, aDraft, aLogKey, clock, host } from '../builders/a-log.ts';

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

  test('an entry that a later release wrote leaves the bundle unchecked, never verified', async () => {
    const { bundle } = await opened(aboutPeriod);
    const leaf = '{"version":2}';
    const tree = new MerkleTree();
    const [first] = bundle.entries;
    assert.ok(first);
    for (const one of [leafHash('{"version":2,"a":1}'), leafHash(first.leaf), leafHash(leaf)]) tree.append(one);
    const checkpoint = await signCheckpoint({ origin: `${host}/${account}`, size: 3, root: tree.root() }, aLogKey());
    const entries = [{ ...first, proof: tree.inclusionProof(1) }, { sequence: 2, leaf, openings: [], proof: tree.inclusionProof(2) }];
    assert.equal(await signedVerdict({ ...bundle, checkpoint, entries, snapshots: [], policyDigests: [] }), 'unchecked');
  });

  test('the envelope has one spelling, one signature and no other members', async () => {
    const text = gunzipSync((await aBundle()).file).toString();
    const why = (changed: string): string => {
      const reading = readBundle(pack(Buffer.from(changed)));
      return reading.kind === 'problem' ? reading.why : reading.kind;
    };
    assert.equal(why(text), 'bundle');
    assert.equal(why(text.replace('{"payload"', '{ "payload"')), 'Cannot read "the envelope": found another spelling, expected RFC 8785 form');
    assert.equal(why(text.replace('{"payload"', '{"also":1,"payload"')), 'Cannot read "/also": found "1", expected nothing');
    assert.equal(why(text.replace(/"signatures":\[(.*)\]/, '"signatures":[$1,$1]')), 'Cannot read "/signatures": found 2 elements, expected at most 1');
    assert.equal(why(text.replace(/"signatures":\[.*\]/, '"signatures":[]')), 'Cannot read "/signatures/0": found nothing, expected an object');
    assert.equal(why(text.replace(/"sig":"[^"]+"/, '"sig":"AAAA"')), 'Cannot read "/signatures/0/sig": found 3 bytes, expected 64');
  });

  test('a bundle without entries, and a file that is too large, are refused', async () => {
    const { bundle } = await opened();
    assert.equal(await signedVerdict({ ...bundle, entries: [] }), 'tampered form unparsable null');
    const reading = readBundle(Buffer.alloc(mostBundleBytes + 1));
    assert.equal(reading.kind === 'problem' && reading.why, 'Cannot read "the file": found 67108865 bytes, expected at most 67108864');
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

suite('attacks on a bundle by keys', () => {
  const [kms, nextKms] = [0, 1].map(() => ({ ...signerWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), name: 'kms' }));

  test('a key that the log says was replaced signs no bundle, and the one after it does', async () => {
    assert.ok(kms && nextKms);
    const log = await aLogOfPullRequests('user:mona', kms);
    log.append(aDraft({ subject: 'pull-request:9' }));
    await createSealer({ store: log, signer: aLogKey(), clock, signing: nextKms, previousSigners: [kms] }).seal(account, { force: true });
    assert.equal(verdict((await aBundle(undefined, nextKms, log)).file), 'verified');
    const { file } = await aBundle(undefined, nextKms, log);
    const reading = readBundle(file);
    assert.ok(reading.kind === 'bundle');
    assert.equal(await signedVerdict(reading.bundle, kms), 'tampered envelope key_replaced null');
  });

  test('a statement about a key with a wrong signature is named', async () => {
    assert.ok(kms);
    const log = await aLogOfPullRequests();
    const statement = { purpose: 'signing' as const, log: `${host}/${account}`, sequence: 1, key: kms.key, replaces: null, from: clock.now().toISOString() };
    log.append(aDraft({ repository: null, subject: 'key', event: 'key.rotated', payload: formatKeyStatement({ statement, signer: anEnvelopeSigner().key.id, signature: new Uint8Array(64) }) }));
    // The server would not seal this: whoever wrote it has the log key, too.
    const root = new LogReplay(account);
    log.entriesOf.forEach((entry) => void root.accept(itemOf(entry)));
    const note = await signCheckpoint({ origin: `${host}/${account}`, size: root.size, root: root.root() }, aLogKey());
    log.checkpointsOf.push({ size: root.size, note, sealedAt: clock.now() });
    await assert.rejects(aBundle(undefined, anEnvelopeSigner(), log), isFailure('AUDIT_TAMPERED', /entry 7: the signature of its statement about a key is wrong/));
  });

  test('what the log says about keys alone answers no question', async () => {
    assert.ok(kms);
    const reading = readBundle((await aBundle(undefined, kms, await aLogOfPullRequests('user:mona', kms))).file);
    assert.ok(reading.kind === 'bundle');
    const { bundle } = reading;
    const entries = bundle.entries.filter(({ leaf }) => leaf.includes('key.rotated'));
    assert.equal(entries.length, 2);
    assert.equal(await signedVerdict({ ...bundle, entries, policyDigests: [] }, kms), 'tampered question question null');
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

  test('this version writes the same content for the same log, with what was judged beside it', async () => {
    const [then, now] = [readBundle(readFileSync(golden)), readBundle((await aBundle(aboutPeriod)).file)];
    assert.ok(then.kind === 'bundle' && now.kind === 'bundle');
    assert.deepEqual(now.bundle.inputs, []);
    assert.equal(Buffer.from(bundlePayload({ ...now.bundle, inputs: null })).toString(), Buffer.from(then.envelope.payload).toString());
  });

  // Never written anew either.
  test('the first ones with what was judged verify, byte for byte as they were written', () => {
    const [file, other] = ['bundle-v2.json.gz', 'bundle-v2-es256.json.gz'].map((name) => readFileSync(new URL(`golden/${name}`, import.meta.url)));
    assert.ok(file && other);
    assert.deepEqual([digestOfBytes(file), digestOfBytes(other)], ['sha256:17b1dcc37941fffc2954e3f59bcd1dc73caf0055e27af5d489377243637a4a4d', 'sha256:82c72254309d9976c673ac80b95f96ceea8229ba03dbb521e44aff2ad8a6e2e5']);
    const result = verifyBundle(file, { keys: known, checkpoints: [], id: 'sha256:554b7e19e51916025c4df771669b1e7cd24675245478cc8ef1f8a7fa20b4830e' });
    assert.deepEqual([result.outcome, result.entries, result.inputs], ['verified', 2, 2]);
    for (const keys of [readTrustedKeys(readFileSync(new URL('golden/bundle-v2-es256.pem', import.meta.url), 'utf8')), known]) assert.equal(verifyBundle(other, { keys, checkpoints: [], id: null }).outcome, 'verified');
  });
});

suite('attacks on what was judged in a bundle', () => {
  const reading = readBundle(readFileSync(new URL('golden/bundle-v2.json.gz', import.meta.url)));
  const { bundle } = reading.kind === 'bundle' ? reading : assert.fail();
  const inputs = bundle.inputs ?? [];
  const others = (place: number) => inputs.filter((_one, index) => index !== place);

  test('what is changed, put in, doubled or in another order is found, also by whoever can sign', async () => {
    const [first, second] = inputs;
    assert.ok(first && second && inputs.length > 3);
    const more = snapshotOf(Buffer.from('{"more":1}'));
    const attacks: readonly (typeof inputs)[] = [
      [{ ...first, gzip: snapshotOf(Buffer.from('{}')).gzip }, ...others(0)],
      [{ ...first, gzip: Buffer.from('no gzip') }, ...others(0)],
      [...inputs, more].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)),
      [first, ...inputs],
      [second, first, ...inputs.slice(2)],
    ];
    for (const attack of attacks) assert.equal(await signedVerdict({ ...bundle, inputs: attack }), 'tampered inputs snapshot null');
  });

  test('what is taken out is told as erased, of each decision that it takes, and nothing else changes', async () => {
    for (const [place] of inputs.entries()) {
      const left = { ...bundle, inputs: others(place) };
      const file = bundleFile(await signEnvelope(statementPayloadType, bundlePayload(left), anEnvelopeSigner()));
      const { outcome, inputs: whole, checks, firstWrong } = verifyBundle(file, { keys: known, checkpoints: [], id: null });
      // Parts of a root that is gone belong to nobody.
      if (firstWrong !== null) assert.deepEqual([outcome, firstWrong.check], ['tampered', 'inputs']);
      else assert.deepEqual([outcome, whole < 2, checks.some(({ message }) => message.includes('erased'))], ['verified', true, true]);
    }
    assert.equal(await signedVerdict({ ...bundle, inputs: [] }), 'verified');
  });
});

async function aBundleOf(actor: string): Promise<Bundle> {
  const reading = readBundle((await aBundle(undefined, undefined, await aLogOfPullRequests(actor))).file);
  assert.ok(reading.kind === 'bundle');
  return reading.bundle;
}
