import { createPublicKey, constants, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalBytes } from '../../src/domain/canonical.ts';
import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';
import type { PublicKey } from '../../src/domain/signature/public-key.ts';
import { readKeys } from '../../src/domain/signature/read-keys.ts';

export type KeyName = 'ES256' | 'ES384' | 'EdDSA' | 'PS256';

const makers: Readonly<Record<KeyName, () => KeyObject>> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  EdDSA: () => generateKeyPairSync('ed25519').privateKey,
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
};

export const keyNames = Object.keys(makers).filter((name): name is KeyName => name in makers);

const made = new Map<string, KeyObject>();

/** A private key, the same one for the same algorithm and owner. */
export function privateKeyOf(name: KeyName, owner = 'us'): KeyObject {
  const key = made.get(`${name} ${owner}`) ?? makers[name]();
  made.set(`${name} ${owner}`, key);
  return key;
}

export function pemOf(key: KeyObject): Uint8Array {
  return new TextEncoder().encode(key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** The public JWK of a private key, with further members. */
export function publicJwk(key: KeyObject, kid = 'local:test-key', more: JsonObject = {}): JsonObject {
  const exported: JsonObject = JSON.parse(JSON.stringify(createPublicKey(key).export({ format: 'jwk' })));
  return { ...exported, kid, ...more };
}

/** One key as the reader of key files has it; throws when the reader refuses it. */
export function publicKeyOf(jwk: JsonObject): PublicKey {
  const { keys, problems } = readKeys({ keys: [jwk] });
  const [key] = keys;
  if (key === undefined) throw new Error(JSON.stringify(problems));
  return key;
}

export function encode(value: JsonValue | Uint8Array): string {
  return Buffer.from(value instanceof Uint8Array ? value : JSON.stringify(value)).toString('base64url');
}

/** The raw signature over `header.payload`, by node:crypto alone: apart from the code under test. */
export function rawSignature(key: KeyObject, header: string, payload: string): Uint8Array {
  const input = Buffer.from(`${header}.${payload}`);
  if (key.asymmetricKeyType === 'ed25519') return sign(null, input, key);
  if (key.asymmetricKeyType === 'rsa') return sign('sha256', input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  return sign(key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256', input, { key, dsaEncoding: 'ieee-p1363' });
}

/** A detached JWS of the content with this header, whatever the header says. */
export function jwsOf(key: KeyObject, content: JsonValue, header: JsonObject): string {
  const head = encode(header);
  return `${head}..${encode(rawSignature(key, head, encode(canonicalBytes(content))))}`;
}

export function headerOf(alg: string, more: JsonObject = {}): JsonObject {
  return { alg, kid: 'local:test-key', typ: 'plumbline-contract+jws', ...more };
}
