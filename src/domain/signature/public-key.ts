import type { Digest } from '../digest.ts';
import type { JsonObject } from '../json-value.ts';

/** A key that may verify contracts, as a key file states it (RFC 7517). */
export interface PublicKey {
  /** What a contract's `kmsKeyRef` says, byte for byte. */
  readonly kid: string;
  readonly kind: KeyKind;
  /** The members that are the key itself, and no other: kty and crv, x, y or n, e. */
  readonly material: JsonObject;
  /** What the file lets it be used for; null where it says nothing. */
  readonly alg: string | null;
  readonly use: string | null;
  readonly operations: readonly string[] | null;
  /** A day or an instant, as written: from then on it is good for no new release. */
  readonly notAfter: string | null;
  /** Over all of the above. */
  readonly digest: Digest;
}

export type KeyKind = 'P-256' | 'P-384' | 'Ed25519' | 'RSA';
