import type { KeyObject } from 'node:crypto';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import type { SignatureAlgorithm } from '../../domain/signature/signature-algorithm.ts';

/** A private key that can sign contracts, and what everybody may know of it. Never shown: a `KeyObject` does not print. */
export interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  readonly privateKey: KeyObject;
  /** Its `kid` is empty: which id it has says who signs with it. */
  readonly publicKey: PublicKey;
  /** The id that a private JWK states; null for PEM. */
  readonly kid: string | null;
}
