import type { Claim } from '../../../domain/agent-evidence/evidence-document.ts';
import type { VerifiedClaim } from '../../../domain/agent-evidence/verified-claim.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** What has to be asked to verify a claim, given what is known. It MUST be settled after four rounds. */
export function claimRequests(_claim: Claim, _change: GroundedChange): readonly ProbeRequest[] {
  return [];
}

/** What its citations make of a claim. Without an answer it is `unverifiable`, never verified. */
export function verifyClaim(claim: Claim, _change: GroundedChange): VerifiedClaim {
  return { id: claim.id, verdict: 'error', checks: [{ code: 'QUOTE_EXACT', status: 'error', detail: 'nobody looked at its citations' }], citations: [] };
}
