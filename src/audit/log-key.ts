import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Failure } from '../domain/failure.ts';
import type { CheckpointSigner } from './checkpoint.ts';

/** A log key together with the name of the server, as `LogSigner` of the ports wants it. */
export interface LogKey extends CheckpointSigner {
  readonly name: string;
}

/**
 * Reads an Ed25519 private key in PEM form (PKCS#8).
 * @throws Failure CONFIG_INVALID, never with any part of the key in its text.
 */
export function readLogKey(pem: string, name: string): LogKey {
  const key = privateKeyOf(pem);
  const publicKey = rawPublicKey(createPublicKey(key));
  return { name, publicKey, sign: (message) => Promise.resolve(sign(null, message, key)) };
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Failure('CONFIG_INVALID', `Cannot use the log key: found a key of type "${key.asymmetricKeyType ?? 'unknown'}", expected Ed25519. Make one with openssl genpkey -algorithm ed25519.`);
  }
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // The parser's own error may quote key material.
    throw new Failure('CONFIG_INVALID', 'Cannot read the log key: found no private key in PEM form, expected an Ed25519 key. Make one with openssl genpkey -algorithm ed25519.');
  }
}
