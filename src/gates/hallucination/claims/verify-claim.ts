import type { Claim, ClaimKind } from '../../../domain/agent-evidence/evidence-document.ts';
import type { CheckCode, ClaimVerdict, VerifiedCitation, VerifiedClaim } from '../../../domain/agent-evidence/verified-claim.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { citationRequests } from './citation-requests.ts';
import { verifyCitation } from './verify-citation.ts';

/** What has to be asked to verify a claim, given what is known. It is settled after three rounds. */
export function claimRequests(claim: Claim, change: GroundedChange): readonly ProbeRequest[] {
  return claim.citations.flatMap((citation) => citationRequests(citation, change));
}

/** What its citations make of a claim. Without an answer it is `unverifiable`, never verified. */
export function verifyClaim(claim: Claim, change: GroundedChange): VerifiedClaim {
  const citations = claim.citations.map((citation) => verifyCitation(citation, claim.kind, change));
  return { id: claim.id, verdict: verdictOf(claim.kind, citations), checks: [], citations };
}

/** What is cited and is not there. */
const hard: ReadonlySet<CheckCode> = new Set<CheckCode>(['PATH_EXISTS', 'LINE_RANGE', 'QUOTE_EXACT', 'HASH_MATCH', 'COMMIT_REACHABLE', 'RUN_EXISTS']);

/** The worst counts: a claim that cites anything that is not there is not verified by what else it cites. */
function verdictOf(kind: ClaimKind, citations: readonly VerifiedCitation[]): ClaimVerdict {
  const against = citations.filter(({ citation }) => citation.role === 'contradicts');
  if (citations.some(({ verdict }) => verdict === 'contradicted') || against.some(({ found }) => found !== null)) return 'contradicted';
  if (citations.some(({ checks }) => checks.some(({ code, status }) => status === 'failed' && hard.has(code)))) return 'unsupported';
  // Whether it is there or not could not be told.
  if (against.length > 0) return against.some(({ verdict }) => verdict === 'unverifiable') ? 'unverifiable' : 'unsupported';
  const run = kind === 'test_result' ? worstRun(citations) : null;
  if (run !== null) return run;
  const carrying = citations.filter(({ citation }) => citation.role === 'supports').map(({ verdict }) => verdict);
  const ranked: readonly ClaimVerdict[] = ['verified', 'moved', 'unverifiable'];
  return ranked.find((verdict) => carrying.includes(verdict)) ?? 'unsupported';
}

/** What the check runs say that a result of tests rests on: no text of the repository tells it in their place. Null: they carry it, or it rests on none. */
function worstRun(citations: readonly VerifiedCitation[]): ClaimVerdict | null {
  const verdicts = citations.filter(({ citation }) => citation.type === 'check_run' && citation.role === 'supports').map(({ verdict }) => verdict);
  const ranked: readonly ClaimVerdict[] = ['error', 'unsupported', 'unverifiable'];
  return ranked.find((verdict) => verdicts.includes(verdict)) ?? null;
}
