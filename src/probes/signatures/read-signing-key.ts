import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { algorithmOf, keyObjection } from '../../domain/signature/key-objection.ts';
import { readKeys } from '../../domain/signature/read-keys.ts';
import type { SigningKey } from './signing-key.ts';

const wanted = 'a private key in PEM (PKCS#8) or as a JWK: P-256, P-384, Ed25519, or RSA of 2048 bits or more';

/**
 * Reads a private key that can sign contracts.
 * @param name How messages call it, such as its path.
 * @throws Failure USAGE when it is none. Its message never quotes the content.
 */
export function readSigningKey(bytes: Uint8Array, name: string): SigningKey {
  const text = new TextDecoder().decode(bytes);
  const jwk = text.includes('-----BEGIN') ? null : privateJwk(bytes, name);
  const privateKey = jwk === null ? fromPem(text, name) : fromJwk(jwk, name);
  const stated = jwk === null ? {} : Object.fromEntries(['alg', 'use'].flatMap((member) => (Object.hasOwn(jwk, member) ? [[member, jwk[member] ?? null]] : [])));
  const kid = jwk !== null && typeof jwk['kid'] === 'string' && jwk['kid'] !== '' ? jwk['kid'] : null;
  return signingKey(privateKey, { stated, kid, name });
}

function signingKey(privateKey: KeyObject, { stated, kid, name }: { readonly stated: JsonObject; readonly kid: string | null; readonly name: string }): SigningKey {
  const [publicKey] = readKeys({ keys: [{ ...publicMembers(privateKey, name), ...stated, kid: kid ?? 'any' }] }).keys;
  if (publicKey === undefined) throw refused(name, `a key of type ${privateKey.asymmetricKeyType ?? 'unknown'} that can not sign contracts`);
  const algorithm = algorithmOf(publicKey.kind);
  const objection = keyObjection(publicKey, algorithm);
  if (objection !== null) throw refused(name, objection.found);
  return { algorithm, privateKey, publicKey, kid };
}

/** A key of another curve may have no JWK form at all. */
function publicMembers(privateKey: KeyObject, name: string): JsonObject {
  try {
    const exported: JsonValue = JSON.parse(JSON.stringify(createPublicKey(privateKey).export({ format: 'jwk' })));
    return isJsonObject(exported) ? exported : {};
  } catch {
    throw refused(name, `a key of type ${privateKey.asymmetricKeyType ?? 'unknown'}`);
  }
}

function fromPem(text: string, name: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) throw refused(name, 'a key that a passphrase protects', 'Decrypt it first: `openssl pkcs8 -in <file> -out <other file>`.');
  if (/-----BEGIN (?:PUBLIC KEY|CERTIFICATE)-----/.test(text)) throw refused(name, 'a public key');
  try {
    return createPrivateKey(text);
  } catch {
    // The parser's own error is dropped: it may quote key material.
    throw refused(name, 'no private key that can be read');
  }
}

function privateJwk(bytes: Uint8Array, name: string): JsonObject {
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'problem' || !isJsonObject(reading.document.value)) throw refused(name, 'neither PEM nor JSON');
  return reading.document.value;
}

function fromJwk(jwk: JsonObject, name: string): KeyObject {
  if (!Object.hasOwn(jwk, 'd')) throw refused(name, 'a JWK without the private part `d`');
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw refused(name, 'a JWK that makes no private key');
  }
}

function refused(name: string, found: string, next = 'Make one with: plumbline contract key --help'): Failure {
  return new Failure('USAGE', `Cannot sign with ${JSON.stringify(name)}: found ${found}, expected ${wanted}. ${next}`);
}
