import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';

/** `ES256`: ECDSA on P-256 over the SHA-256 of the message. `Ed25519`: pure EdDSA over the message itself. */
export type SigningAlgorithm = 'ES256' | 'Ed25519';

/** The public half of a key that signs envelopes, checkpoints or statements about keys. */
export interface SigningKey {
  /** SHA-256 of `spki`: the same for one key, whoever keeps it. */
  readonly id: Digest;
  readonly algorithm: SigningAlgorithm;
  /** SubjectPublicKeyInfo (RFC 5280) in DER. */
  readonly spki: Uint8Array;
  readonly object: KeyObject;
}

/** Null when it is no key that we sign with. */
export function signingKeyOf(object: KeyObject): SigningKey | null {
  const algorithm = algorithmOf(object);
  if (algorithm === null || object.type !== 'public') return null;
  const spki = object.export({ type: 'spki', format: 'der' });
  return { id: digestOfBytes(spki), algorithm, spki, object };
}

/** Reads SubjectPublicKeyInfo in PEM or DER; null when it is no key that we sign with, or has another spelling than ours. */
export function readSigningKey(spki: string | Uint8Array): SigningKey | null {
  try {
    const object = typeof spki === 'string' ? createPublicKey(spki) : createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    const key = signingKeyOf(object);
    return key === null || typeof spki === 'string' || Buffer.compare(key.spki, spki) === 0 ? key : null;
  } catch {
    return null;
  }
}

/** Whether a signature of 64 bytes is right: IEEE P1363 (r ‖ s) for ES256, RFC 8032 for Ed25519. */
export function isSignedBy(key: SigningKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== signatureLength) return false;
  switch (key.algorithm) {
    case 'ES256':
      return verify('sha256', message, { key: key.object, dsaEncoding: 'ieee-p1363' }, signature);
    case 'Ed25519':
      return verify(null, message, key.object, signature);
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm | null {
  if (asymmetricKeyType === 'ed25519') return 'Ed25519';
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : null;
}

/** Of both algorithms. */
export const signatureLength = 64;
