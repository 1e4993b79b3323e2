import type { PublicKey } from '../signature/public-key.ts';

/** A ready OPA bundle (`bundle.tar.gz`), as it was read. */
export interface SignedBundle {
  readonly bundle: Uint8Array;
  /** By one of these it has to be signed. */
  readonly keys: readonly PublicKey[];
}
