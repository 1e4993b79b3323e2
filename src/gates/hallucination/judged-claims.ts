import type { Claim } from '../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck, ClaimVerdict, VerifiedClaim } from '../../domain/agent-evidence/verified-claim.ts';
import type { RecordedSupport } from '../../domain/agent-evidence/verification-record.ts';
import type { Answer } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { claimSupport } from './claim-support.ts';
import { verifyClaim } from './claims/verify-claim.ts';
import type { Existence } from './existence/check-existence.ts';
import type { GroundedChange } from './grounded-change.ts';
import { judgementRequests, loweredBy } from './outside-judgement.ts';
import { withProposals } from './proposed-citations.ts';

/** A claim with all that came of it. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  readonly verified: VerifiedClaim;
  /** Of the claim itself, whether what it is about exists among them. */
  readonly checks: readonly ClaimCheck[];
  /** Null: nobody scored it, so that it carries nothing. */
  readonly support: RecordedSupport | null;
}

export interface JudgedClaims {
  /** Each with all that is known of it. */
  readonly claims: readonly JudgedClaim[];
  /** What has to be asked of an outside judge, once all else is known. */
  readonly questions: readonly RequestOf<'claim-judgement'>[];
}

/** An outside judge has the last word, and can only lower. */
export function judgedClaims(change: GroundedChange, existence: Existence): JudgedClaims {
  const claims = groundedClaims(change, existence);
  const wanted = judgementRequests(claims);
  // Whether a judge is set is told by the answers: whatever is no plain `none` may be one.
  const isAnybodySet = wanted.some(({ request }) => request !== null && !isNone(change.evidence.find(request)));
  return {
    claims: claims.map((claim) => loweredBy(claim, { wanted: wanted.find(({ id }) => id === claim.claim.id) ?? null, isAnybodySet }, change.evidence)),
    questions: wanted.flatMap(({ request }) => request ?? []),
  };
}

function isNone(answer: Answer<'claim-judgement'> | undefined): boolean {
  return answer?.kind === 'answered' && answer.value.kind === 'none';
}

function groundedClaims(change: GroundedChange, existence: Existence): readonly JudgedClaim[] {
  return change.documents.flatMap(({ claims }) => claims).map((claim) => {
    const verified = withProposals(verifyClaim(claim, change), change);
    const carried = claimSupport(claim.text, verified);
    const checks = [...verified.checks, ...(existence.checks.get(claim.id) ?? []), ...(carried?.checks ?? [])];
    return { claim, verified, checks, verdict: verdictOf(verified, checks), support: carried?.support ?? null };
  });
}

/** What does not exist carries no claim, whatever is cited; what could not be looked at is not verified. */
function verdictOf({ verdict }: VerifiedClaim, checks: readonly ClaimCheck[]): ClaimVerdict {
  const has = (status: ClaimCheck['status']): boolean => checks.some((one) => one.status === status);
  if (verdict === 'error' || has('error')) return 'error';
  if (verdict === 'contradicted') return 'contradicted';
  if (has('unavailable') || checks.some(isBeyondTelling)) return 'unverifiable';
  return has('failed') && verdict !== 'unverifiable' ? 'unsupported' : verdict;
}

/** Of what a claim is about: nobody may ask, or it is over a limit. That is held, and waits for no other attempt. */
function isBeyondTelling({ code, status }: ClaimCheck): boolean {
  return status === 'notice' && (code === 'PATH_EXISTS' || code === 'PACKAGE_EXISTS' || code === 'SYMBOL_EXISTS');
}
