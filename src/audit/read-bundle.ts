import type { Digest } from '../domain/digest.ts';
import { readBoundedJson } from './bounded-json.ts';
import { bundleIdOf } from './bundle.ts';
import type { Bundle, BundleEntry, BundleQuestion } from './bundle.ts';
import { bundlePayload, bundlePredicateTypes, bundleStatement, statementPayloadType } from './bundle-statement.ts';
import type { Opening } from './entry.ts';
import { envelopeText } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { firstDifference } from './first-difference.ts';
import { Misfit } from './misfit.ts';
import { pack } from './pack.ts';
import { Part } from './part.ts';
import { quote } from './quote.ts';
import { sameBytes } from './same-bytes.ts';
import { readSigningKey, signatureLength } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';
import type { Snapshot } from './snapshot.ts';
import { unpack } from './unpack.ts';

export type BundleReading =
  | { readonly kind: 'bundle'; readonly id: Digest; readonly bundle: Bundle; readonly envelope: Envelope }
  /** Written in a form that this release does not know: neither right nor wrong. */
  | { readonly kind: 'newer'; readonly id: Digest; readonly predicateType: string }
  | { readonly kind: 'problem'; readonly why: string };

/** No file of a bundle is larger, compressed or not. */
export const mostBundleBytes = 64 * 1024 * 1024;

/** The file of a bundle: its envelope, compressed. */
export function bundleFile(envelope: Envelope): Uint8Array {
  return pack(Buffer.from(envelopeText(envelope)));
}

/** Reads the file of a bundle strictly: what it holds, written again, is what was read. Signatures are not checked here: see `verifyBundle`. */
export function readBundle(file: Uint8Array): BundleReading {
  try {
    const envelope = readEnvelope(file);
    const { payload } = envelope;
    const statement = new Part(readBoundedJson(payload, 'the payload'));
    const predicateType = statement.member('predicateType').text();
    const isFirst = predicateType === bundlePredicateTypes.first;
    if (!isFirst && predicateType !== bundlePredicateTypes.current && laterType.test(predicateType)) return { kind: 'newer', id: bundleIdOf(payload), predicateType };
    const bundle = bundleIn(statement.member('predicate'), isFirst);
    refuseOther(statement, payload, bundle);
    return { kind: 'bundle', id: bundleIdOf(payload), bundle, envelope };
  } catch (thrown) {
    if (thrown instanceof Misfit) return { kind: 'problem', why: thrown.message };
    throw thrown;
  }
}

function readEnvelope(file: Uint8Array): Envelope {
  if (file.length > mostBundleBytes) throw new Misfit('the file', `${file.length} bytes`, `at most ${mostBundleBytes}`);
  const text = unpack(file, mostBundleBytes);
  if (text === null) throw new Misfit('the file', 'bytes that are damaged or unpack to too many', `what a bundle is compressed to, at most ${mostBundleBytes} bytes when unpacked`);
  const value = readBoundedJson(text, 'the envelope');
  const whole = new Part(value);
  const signature = whole.member('signatures').items(1)[0] ?? new Part(undefined, '/signatures/0');
  const envelope = {
    payloadType: whole.member('payloadType').matching(/^application\/vnd\.in-toto\+json$/, statementPayloadType),
    payload: whole.member('payload').bytes(),
    keyId: signature.member('keyid').digest(),
    signature: signature.member('sig').bytes(),
  };
  if (envelope.signature.length !== signatureLength) throw new Misfit('/signatures/0/sig', `${envelope.signature.length} bytes`, String(signatureLength));
  if (!sameBytes(Buffer.from(envelopeText(envelope)), text)) throw firstDifference(value, JSON.parse(envelopeText(envelope))) ?? new Misfit('the envelope', 'another spelling', 'RFC 8785 form');
  return envelope;
}

function refuseOther(statement: Part, payload: Uint8Array, bundle: Bundle): void {
  if (sameBytes(bundlePayload(bundle), payload)) return;
  throw firstDifference(statement.value, bundleStatement(bundle)) ?? new Misfit('the payload', 'another spelling', 'RFC 8785 form');
}

function bundleIn(predicate: Part, isFirst: boolean): Bundle {
  const entries = predicate.member('entries').items(mostEntries).map(entryIn);
  if (entries.length === 0) throw new Misfit(predicate.member('entries').place, 'none', 'at least one entry');
  return {
    account: predicate.member('account').count(),
    asked: questionIn(predicate.member('asked')),
    checkpoint: predicate.member('checkpoint').text(),
    entries,
    logKeys: predicate.member('logKeys').items(mostKeys).map((key) => key.text()),
    policyDigests: predicate.member('policyDigests').items(mostEntries).map((digest) => digest.digest()),
    signingKey: signingKeyIn(predicate.member('signingKey')),
    snapshots: snapshotsIn(predicate.member('snapshots')),
    inputs: isFirst ? null : snapshotsIn(predicate.member('inputs')),
  };
}

function snapshotsIn(list: Part): readonly Snapshot[] {
  return list.items(mostEntries).map((one) => ({ digest: one.member('digest').digest(), gzip: one.member('gzip').bytes() }));
}

function entryIn(entry: Part): BundleEntry {
  return {
    sequence: entry.member('sequence').count(),
    leaf: entry.member('leaf').text(),
    openings: entry.member('openings').items(mostOpenings).map(openingIn),
    proof: entry.member('proof').items(mostProof).map((hash) => hash.bytes()),
  };
}

function openingIn(opening: Part): Opening {
  return { digest: opening.member('digest').digest(), nonce: opening.member('nonce').bytes(), bytes: opening.member('bytes').bytes() };
}

function questionIn(asked: Part): BundleQuestion {
  const kind = asked.member('kind').matching(/^(?:pull-request|period|contract)$/, 'pull-request, period or contract');
  if (kind === 'contract') return { kind, id: asked.member('id').text() };
  if (kind === 'period') return { kind, from: timeIn(asked.member('from')), to: timeIn(asked.member('to')) };
  const repository = asked.member('repository');
  return { kind: 'pull-request', number: asked.member('number').count(), repository: { id: repository.member('id').count(), name: repository.member('name').text() } };
}

function timeIn(time: Part): string {
  return time.matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'an instant as 2027-01-31T00:00:00.000Z');
}

/** Algorithm and id are told for people; that they are the key's own shows when it is written again. */
function signingKeyIn(part: Part): SigningKey {
  const key = readSigningKey(part.member('publicKey').bytes());
  if (key === null) throw new Misfit(part.member('publicKey').place, quote(part.member('publicKey').text()), 'the public key of an ES256 or Ed25519 key');
  return key;
}

const laterType = /^urn:plumbline:audit-bundle:v[1-9][0-9]{0,5}$/;
/** In one bundle. */
export const mostEntries = 100_000;
const mostKeys = 100;
/** Actor, rationale and payload. */
const mostOpenings = 3;
/** As many as a tree of 2^53 leaves has levels. */
const mostProof = 53;
