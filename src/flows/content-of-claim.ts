import type { ReleaseClaim } from '../audit/release-claim.ts';
import { withoutMembers } from '../domain/contract/contract-content.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { readOnce } from '../domain/document/read-once.ts';

/** The content hash of a file, read as the release was; null when it is no document. */
export function contentOfClaim(bytes: Uint8Array, { path, without }: Pick<ReleaseClaim, 'path' | 'without'>): Digest | null {
  const reading = readOnce(bytes, path);
  return reading.kind === 'document' ? digestOfValue(withoutMembers(reading.document.value, without)) : null;
}
