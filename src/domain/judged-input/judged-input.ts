import type { Digest } from '../digest.ts';

/** JSON text under the digest of its UTF-8 bytes. */
export interface InputPart {
  readonly digest: Digest;
  readonly text: string;
}

/**
 * All that a decision was made of, written down: whoever reads it back and judges again gets the same decision. Most of it is
 * what it was at the last decision, so that it stands in parts, which are kept once.
 */
export interface JudgedInput {
  /** Names every part. Its digest is the decision's `inputDigest`. */
  readonly root: InputPart;
  readonly parts: readonly InputPart[];
}
