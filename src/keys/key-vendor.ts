import type { SigningAlgorithm, SigningKey } from '../audit/signing-key.ts';

/** A key as its keeper answers it. */
export interface VendorKey {
  /** Names this one key for ever, and is a reference to it: no alias. */
  readonly version: string;
  readonly key: SigningKey;
}

/** What is asked of a keeper: its algorithm is known before, since a digest is sent for one and the message for the other. */
export interface SigningRequest {
  readonly message: Uint8Array;
  readonly keyRef: string;
  readonly algorithm: SigningAlgorithm;
}

/** One way of keeping keys, in its own protocol. What it answers is believed by nobody: `createKeyService` verifies. */
export interface KeyVendor {
  readonly name: string;
  /** Answers the version that signed, and the signature in P1363 or RFC 8032 form. */
  sign(request: SigningRequest): Promise<{ readonly version: string; readonly signature: Uint8Array }>;
  readKey(keyRef: string): Promise<VendorKey>;
}
