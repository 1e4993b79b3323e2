/** A proof that stands alone: whoever knows the log's key verifies it without the log. */
export type LogProof = InclusionProof | ConsistencyProof;

export interface InclusionProof {
  readonly kind: 'inclusion';
  readonly index: number;
  readonly leaf: string;
  /** From the leaf's sibling up. */
  readonly path: readonly Uint8Array[];
  /** The signed note, byte for byte. */
  readonly checkpoint: string;
  /** Verifier keys of the log, as text; none where the form has no place for them. */
  readonly keys: readonly string[];
}

export interface ConsistencyProof {
  readonly kind: 'consistency';
  /** The earlier tree, at least of size 1; its root is null where the form has no place for it. */
  readonly from: { readonly size: number; readonly root: Uint8Array | null };
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly keys: readonly string[];
}
