import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';

/** One policy source of the repository. */
export interface PolicySource {
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly digest: Digest;
}

/**
 * What a contract states as `policyBundleChecksum`: the digest of `[[path, sha256 of bytes], …]`, sorted by path, over the
 * repository's own policy sources. Paths are compared by UTF-16 code unit, as RFC 8785 compares names. Without any source
 * it is the digest of `[]`.
 */
export function policyChecksumOf(sources: readonly PolicySource[]): Digest {
  const sorted = sources.toSorted((a, b) => Number(a.path > b.path) - Number(a.path < b.path));
  return digestOfValue(sorted.map(({ path, digest }) => [path, digest]));
}
