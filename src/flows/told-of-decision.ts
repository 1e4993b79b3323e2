import type { AuditDraft } from '../audit/entry.ts';
import type { Decision } from '../domain/decision.ts';
import { digestOfBytes } from '../domain/digest.ts';

/** What the entry of a decision says of it in the open; `after` is the digest of its JSON. */
export function toldOfDecision(decision: Decision): Required<Pick<AuditDraft, 'outcome' | 'after' | 'policyDigest' | 'inputDigest'>> {
  const { cause, policyDigest, inputDigest } = decision;
  return { outcome: cause === 'inconclusive' ? 'deny (inconclusive)' : decision.decision, after: digestOfBytes(JSON.stringify(decision)), policyDigest, inputDigest };
}
