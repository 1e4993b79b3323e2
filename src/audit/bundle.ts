import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { Opening } from './entry.ts';
import type { SigningKey } from './signing-key.ts';
import type { Snapshot } from './snapshot.ts';

/** What a bundle was asked to tell about. */
export type BundleQuestion =
  | { readonly kind: 'pull-request'; readonly repository: { readonly id: number; readonly name: string }; readonly number: number }
  /** Instants as entries have them; `to` is not in it. */
  | { readonly kind: 'period'; readonly from: string; readonly to: string }
  /** All versions of one. */
  | { readonly kind: 'contract'; readonly id: string };

export interface BundleEntry {
  readonly sequence: number;
  readonly leaf: string;
  readonly openings: readonly Opening[];
  /** Shows that the leaf stands in the tree of the bundle's checkpoint (RFC 9162, 2.1.3). */
  readonly proof: readonly Uint8Array[];
}

/** Entries of a log that can be verified without the rest of it. */
export interface Bundle {
  readonly account: number;
  readonly asked: BundleQuestion;
  /** A signed note that covers all entries. */
  readonly checkpoint: string;
  /** Ascending by sequence, at least one: those that were asked for, and what the log says about its keys. */
  readonly entries: readonly BundleEntry[];
  /** What is said to sign the log (verifier keys) and the bundle: proves no origin. */
  readonly logKeys: readonly string[];
  readonly signingKey: SigningKey;
  /** Those that the entries name, ascending. */
  readonly policyDigests: readonly Digest[];
  /** Those that the entries refer to, ascending by digest. */
  readonly snapshots: readonly Snapshot[];
  /** What is kept of what the decisions among the entries judged, ascending by digest: anything may have been erased. Null in the first form, which held none. */
  readonly inputs: readonly Snapshot[] | null;
}

/** Of the bytes that are signed: whoever signs, the same content has the same id. */
export function bundleIdOf(payload: Uint8Array): Digest {
  return digestOfBytes(payload);
}

/** Where a bundle is kept, below a folder. @param day `2027-01-31` */
export function bundlePath(id: Digest, day: string): string {
  return `audit/${day}/${id.slice('sha256:'.length)}.json.gz`;
}
