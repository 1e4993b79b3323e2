import { hash } from 'node:crypto';
import { base64Of } from '../audit/base64.ts';
import { ed25519KeyOf } from '../audit/ed25519-key.ts';
import { quote } from '../audit/quote.ts';
import type { SigningAlgorithm, SigningKey } from '../audit/signing-key.ts';
import { signatureLength } from '../audit/signing-key.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { decodeBase64Url } from '../domain/signature/base64url.ts';
import { answeredBytes, answeredKey } from './answered-bytes.ts';
import type { KeyVendor } from './key-vendor.ts';
import { refusedAnswer, textIn } from './service-call.ts';
import type { AskVault } from './vault-client.ts';

/** `<mount>/<name>:<version>`; which version signs is said and not left to Vault, so that all replicas change keys together. */
export const vaultKeyRef = /^([A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)\/([A-Za-z0-9_-][A-Za-z0-9_.-]*):([1-9]\d{0,8})$/;

/** Keys of Vault's transit engine (HTTP API: sign data, read key). */
export function vaultTransit(ask: AskVault): KeyVendor {
  return {
    name: 'vault',
    readKey: async (keyRef) => {
      const what = `read the public key of ${quote(keyRef)} of vault`;
      const { mount, name, version } = partsOf(keyRef, what);
      const data = await ask(`${mount}/keys/${name}`, null, what);
      const algorithm = algorithms[textIn(data, 'type')];
      if (algorithm === undefined) throw refusedAnswer(what, `a key of type ${quote(textIn(data, 'type'))}`, Object.keys(algorithms).join(' or '));
      const found = isJsonObject(data['keys']) ? data['keys'][version] : undefined;
      return { version: keyRef, key: keyOf(found, algorithm, what) };
    },
    sign: async ({ message, keyRef, algorithm }) => {
      const what = `sign with ${quote(keyRef)} of vault`;
      const { mount, name, version } = partsOf(keyRef, what);
      const data = await ask(`${mount}/sign/${name}`, questionOf(message, algorithm, Number(version)), what);
      return { version: keyRef, signature: signatureOf(textIn(data, 'signature'), { version, algorithm, what }) };
    },
  };
}

/** ECDSA signs a digest, in the marshaling that is ours inside; Ed25519 knows neither of these words. */
function questionOf(message: Uint8Array, algorithm: SigningAlgorithm, version: number): JsonObject {
  if (algorithm === 'Ed25519') return { input: base64Of(message), key_version: version };
  return { input: hash('sha256', message, 'base64'), key_version: version, prehashed: true, hash_algorithm: 'sha2-256', marshaling_algorithm: 'jws' };
}

/** `vault:v<version>:<signature>`: with `jws` base64url without padding, else standard base64. */
function signatureOf(text: string, { version, algorithm, what }: { readonly version: string; readonly algorithm: SigningAlgorithm; readonly what: string }): Uint8Array {
  const [, found, encoded = ''] = /^vault:v(\d+):([A-Za-z0-9+/_=-]+)$/.exec(text) ?? [];
  if (found !== version) throw refusedAnswer(what, found === undefined ? quote(text) : `a signature of version ${found}`, `vault:v${version}: and a signature`);
  const bytes = algorithm === 'ES256' ? decodeBase64Url(encoded) : answeredBytes(what, encoded);
  if (bytes?.length !== signatureLength) throw refusedAnswer(what, `a signature of ${bytes?.length ?? 'no'} bytes`, `${signatureLength} bytes`);
  return bytes;
}

/** PEM of P-256 keys, the 32 bytes in base64 of Ed25519 ones. */
function keyOf(found: JsonValue | undefined, algorithm: SigningAlgorithm, what: string): SigningKey {
  const text = isJsonObject(found) ? textIn(found, 'public_key') : '';
  if (text === '') throw refusedAnswer(what, 'no such version of the key', 'one that is not archived');
  if (algorithm === 'ES256') return answeredKey(what, text, algorithm);
  const raw = answeredBytes(what, text);
  if (raw.length !== rawLength) throw refusedAnswer(what, `a public key of ${raw.length} bytes`, `${rawLength} bytes`);
  return answeredKey(what, ed25519KeyOf(raw).export({ type: 'spki', format: 'der' }), algorithm);
}

function partsOf(keyRef: string, what: string): { readonly mount: string; readonly name: string; readonly version: string } {
  const [, mount, name, version] = vaultKeyRef.exec(keyRef) ?? [];
  if (mount === undefined || name === undefined || version === undefined) throw refusedAnswer(what, 'no question: that is no reference', '<mount>/<name>:<version>, as transit/plumbline:1');
  return { mount, name, version };
}

const algorithms: Readonly<Record<string, SigningAlgorithm>> = { 'ecdsa-p256': 'ES256', ed25519: 'Ed25519' };
const rawLength = 32;
