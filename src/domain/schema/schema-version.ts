import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';

/** One content that a governed schema had on first-parent history, as the record keeps it: never changed, never removed. */
export interface SchemaVersion {
  /** Branch entry in which it stood. */
  readonly entry: string;
  /** The path whose version it is. A moved schema has its versions at each path that it stood at. */
  readonly path: string;
  /** Digest of the canonical value: a byte-only change is no new version. */
  readonly contentHash: Digest;
  readonly blob: Sha;
  /** Where the content was first seen: `git show <commit>:<origin>` prints it. */
  readonly commit: Sha;
  readonly origin: string;
}
