import { quoted } from '../finding.ts';
import type { KeyKind, PublicKey } from './public-key.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** RFC 7518 section 3.4, RFC 8037 section 3.1: an algorithm is bound to one curve. */
const kinds: Readonly<Record<SignatureAlgorithm, KeyKind>> = { ES256: 'P-256', ES384: 'P-384', EdDSA: 'Ed25519', PS256: 'RSA' };

/** The algorithm that a key of this kind signs with. */
export function algorithmOf(kind: KeyKind): SignatureAlgorithm {
  switch (kind) {
    case 'P-256':
      return 'ES256';
    case 'P-384':
      return 'ES384';
    case 'Ed25519':
      return 'EdDSA';
    case 'RSA':
      return 'PS256';
  }
}

/** Why this key does not allow a signature with this algorithm; null when it does. */
export function keyObjection(key: PublicKey, algorithm: SignatureAlgorithm): { readonly found: string; readonly expected: string } | null {
  const kind = kinds[algorithm];
  if (key.kind !== kind) return { found: `a key of kind ${key.kind}`, expected: `one of kind ${kind}, as ${algorithm} needs` };
  if (key.alg !== null && key.alg !== algorithm) return { found: `a key for ${quoted(key.alg)} alone`, expected: `one for ${algorithm}` };
  if (key.use !== null && key.use !== 'sig') return { found: `a key with use ${quoted(key.use)}`, expected: 'use sig' };
  if (key.operations !== null && !key.operations.includes('verify')) return { found: 'a key whose key_ops leave out verify', expected: 'key_ops with verify' };
  return null;
}
