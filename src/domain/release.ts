import type { Digest } from './digest.ts';
import type { Sha } from './tree.ts';

/** One released version, as the record keeps it: never changed, never removed. */
export interface Release {
  /** Branch entry in which it was released. */
  readonly entry: string;
  readonly contractId: string;
  readonly version: string;
  readonly contentHash: Digest;
  /** `previousContractRef` as stated by the release. */
  readonly parent: Digest | null;
  readonly path: string;
  readonly commit: Sha;
  readonly blob: Sha;
  readonly bytesDigest: Digest;
  /** Stood there when Plumbline was adopted: parent and signature are not judged. */
  readonly adopted: boolean;
  /** The decision that allowed it, null when none did. */
  readonly decisionId: string | null;
  /** The state digest and lifecycle at the commit that recorded it. */
  readonly lifecycle: string;
}

/** How far the record reaches. Until it is complete, contract judgements are inconclusive. */
export type RecordState =
  | { readonly kind: 'complete'; readonly upTo: Sha }
  | { readonly kind: 'filling'; readonly done: number; readonly total: number | null; readonly upTo: Sha | null };
