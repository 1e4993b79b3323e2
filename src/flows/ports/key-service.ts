import type { SigningKey } from '../../audit/signing-key.ts';

/** A signature together with the key that made it: an alias may point to another key tomorrow. */
export interface KeySignature {
  readonly key: SigningKey;
  /** 64 bytes: IEEE P1363 (r ‖ s) for ES256, RFC 8032 for Ed25519. */
  readonly signature: Uint8Array;
}

/** One key of a key service, and no other: where an alias comes to mean another one, it signs no more. */
export interface Signer {
  readonly key: SigningKey;
  /** Which key it is and where it is kept, for people. */
  readonly name: string;
  /** 64 bytes, verified. @throws Failure KEY_UNAVAILABLE or KEY_REFUSED, as `KeyService` does. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/**
 * Keeps private keys and signs with them; they never leave it. A reference names one key in the form of the service: the name of a
 * local key, the ARN or alias of AWS, the name of a key version of Google Cloud, `<mount>/<name>:<version>` of Vault.
 */
export interface KeyService {
  /** `local`, `awskms`, `gcpkms` or `vault`, for people to read. */
  readonly name: string;
  /**
   * Signs bytes: ES256 over their SHA-256, Ed25519 over themselves. MUST verify the signature with the public key before it answers:
   * there is no answer that was not verified. Asking again is safe; ES256 answers another signature each time.
   * @throws Failure KEY_UNAVAILABLE when the service is out of reach and asking later may help.
   * @throws Failure KEY_REFUSED when it says no, or says something that is not a right signature.
   */
  sign(bytes: Uint8Array, keyRef: string): Promise<KeySignature>;
  /** The key that a reference means now. Throws as `sign` does. */
  publicKey(keyRef: string): Promise<SigningKey>;
}
