import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The Ed25519 public key of 32 bytes (RFC 8032). @throws Error on any other number of bytes. */
export function ed25519KeyOf(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' });
}
