import { createHash } from 'node:crypto';
import { base64Of } from '../audit/base64.ts';
import { quote } from '../audit/quote.ts';
import type { SigningAlgorithm } from '../audit/signing-key.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { answeredBytes, answeredKey, answeredSignature } from './answered-bytes.ts';
import { crc32c } from './crc32c.ts';
import type { GcpIdentity } from './gcp-login.ts';
import { gcpLogin } from './gcp-login.ts';
import type { KeyVendor } from './key-vendor.ts';
import { callService, refusedAnswer, textIn } from './service-call.ts';
import type { CallSettings, Refusal, ServiceAnswer } from './service-call.ts';

export interface GcpKmsOptions {
  /** `https://cloudkms.googleapis.com`, or that of a private endpoint. */
  readonly url: string;
  readonly identity: GcpIdentity;
  readonly now: () => Date;
  readonly call: CallSettings;
}

/** Keys of Cloud KMS, by the name of a key version (REST reference: cryptoKeyVersions.asymmetricSign, getPublicKey). Checksums go both ways. */
export function gcpKms({ url, identity, now, call }: GcpKmsOptions): KeyVendor {
  const login = gcpLogin(identity, audience, { call, now });
  const ask = async (path: string, input: JsonObject | null, what: string): Promise<JsonObject> => {
    const request = async () => {
      const headers = { authorization: `Bearer ${await login.token()}`, accept: 'application/json' };
      return input === null ? { method: 'GET' as const, url: `${url}/v1/${path}`, headers } : { method: 'POST' as const, url: `${url}/v1/${path}`, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input) };
    };
    return await callService({ what, request, refusalOf, renew: login.renew }, call);
  };
  return {
    name: 'gcpkms',
    readKey: async (keyRef) => {
      const what = `read the public key of ${quote(keyRef)} of gcpkms`;
      const answer = await ask(`${keyRef}/publicKey`, null, what);
      const pem = textIn(answer, 'pem');
      expectName(answer, keyRef, what);
      expectChecksum(answer['pemCrc32c'], Buffer.from(pem), what);
      const algorithm = algorithms[textIn(answer, 'algorithm')];
      if (algorithm === undefined) throw refusedAnswer(what, `a key for ${quote(textIn(answer, 'algorithm'))}`, Object.keys(algorithms).join(' or '));
      return { version: keyRef, key: answeredKey(what, pem, algorithm) };
    },
    sign: async ({ message, keyRef, algorithm }) => {
      const what = `sign with ${quote(keyRef)} of gcpkms`;
      const { input, received } = questionOf(message, algorithm);
      const answer = await ask(`${keyRef}:asymmetricSign`, input, what);
      expectName(answer, keyRef, what);
      if (answer[received] !== true) throw refusedAnswer(what, `${received} ${JSON.stringify(answer[received] ?? null)}`, 'true: what was asked did not arrive whole');
      const bytes = answeredBytes(what, textIn(answer, 'signature'));
      expectChecksum(answer['signatureCrc32c'], bytes, what);
      return { version: keyRef, signature: answeredSignature(what, bytes, algorithm) };
    },
  };
}

/** Either the digest or the data, never both, and a checksum of what is sent. */
function questionOf(message: Uint8Array, algorithm: SigningAlgorithm): { readonly input: JsonObject; readonly received: string } {
  if (algorithm === 'Ed25519') return { input: { data: base64Of(message), dataCrc32c: String(crc32c(message)) }, received: 'verifiedDataCrc32c' };
  const digest = createHash('sha256').update(message).digest();
  return { input: { digest: { sha256: base64Of(digest) }, digestCrc32c: String(crc32c(digest)) }, received: 'verifiedDigestCrc32c' };
}

function expectName(answer: JsonObject, keyRef: string, what: string): void {
  if (textIn(answer, 'name') !== keyRef) throw refusedAnswer(what, `an answer of ${quote(textIn(answer, 'name'))}`, quote(keyRef));
}

/** Numbers of 64 bits are texts in JSON there. */
function expectChecksum(found: JsonValue | undefined, bytes: Uint8Array, what: string): void {
  const expected = String(crc32c(bytes));
  if (found !== expected) throw refusedAnswer(what, `the checksum ${quote(JSON.stringify(found ?? null))}`, `${expected}: what it answered did not arrive whole`);
}

function refusalOf({ status, body }: ServiceAnswer): Refusal {
  if (status === 200) return null;
  const why = `status ${status} ${quote(textIn(body, 'error', 'status'))} ${quote(textIn(body, 'error', 'message'))}`;
  if (status >= 500 || status === 429) return { kind: 'unavailable', why };
  return { kind: status === 401 ? 'login' : 'refused', why };
}

const algorithms: Readonly<Record<string, SigningAlgorithm>> = { EC_SIGN_P256_SHA256: 'ES256', EC_SIGN_ED25519: 'Ed25519' };
const audience = 'https://cloudkms.googleapis.com/';
