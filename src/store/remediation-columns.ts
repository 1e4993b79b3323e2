import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { RemediationKey } from '../domain/remediation/remediation-record.ts';

/** The columns that name a remediation. */
export function columnsOf({ repositoryId, fingerprint }: RemediationKey): { readonly repository_id: number; readonly fingerprint: string } {
  return { repository_id: repositoryId, fingerprint };
}

/** A digest as it was kept. */
export function digestFrom(text: string): Digest {
  if (isDigest(text)) return text;
  throw new Failure('STORE_INCONSISTENT', `Cannot read a remediation from the store: "${text.slice(0, 80)}", expected a digest. Its row was written by another version or by hand.`);
}
