import type { ClaimCheck, ClaimVerdict } from '../../domain/agent-evidence/verified-claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { quoted } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { Answer } from '../../domain/probe-answer.ts';
import { isSupported } from '../../domain/support/is-supported.ts';
import type { Judgement } from '../../domain/support/judgement.ts';
import { carryingPassages } from './claim-support.ts';
import type { JudgedClaim } from './judged-claims.ts';

/** A claim that may still be lowered. No request: it is over the limit. */
interface ClaimToLower {
  readonly id: string;
  readonly request: RequestOf<'claim-judgement'> | null;
}

/** Of the claims that hold so far, critical ones first: one that fails anyway is not asked about. */
export function judgementRequests(claims: readonly JudgedClaim[]): readonly ClaimToLower[] {
  const open = claims.filter(({ verdict, verified }) => holds(verdict) && carryingPassages(verified).length > 0);
  return [...open.filter(({ claim }) => claim.critical), ...open.filter(({ claim }) => !claim.critical)].map(({ claim, verified }, index) => ({
    id: claim.id,
    request: index < limits.judgedClaims ? { kind: 'claim-judgement', claim: claim.text, passages: passagesOf(verified) } : null,
  }));
}

/** What is over the limit is not sent: a judge that is not shown it can not count it for the claim. */
function passagesOf(verified: JudgedClaim['verified']): RequestOf<'claim-judgement'>['passages'] {
  let left: number = limits.supportCharacters;
  return carryingPassages(verified).flatMap(({ path, text }) => {
    // Half a character at the end is none that JSON could carry.
    const shown = text.slice(0, left).toWellFormed();
    left -= shown.length;
    return shown === '' ? [] : [{ path, text: shown }];
  });
}

/**
 * A claim after an outside judge was heard: the same, or lower, whatever it said. Without an answer it is `unverifiable`, since the judge might have
 * said no. `wanted` null: it fails anyway.
 */
export function loweredBy(claim: JudgedClaim, { wanted, isAnybodySet }: { readonly wanted: ClaimToLower | null; readonly isAnybodySet: boolean }, evidence: Evidence): JudgedClaim {
  if (wanted === null || !holds(claim.verdict)) return claim;
  if (wanted.request === null) return isAnybodySet ? lowered(claim, 'unverifiable', { status: 'notice', detail: `the judge was not asked about it: it is asked about ${limits.judgedClaims} claims of one change at most` }) : claim;
  return heard(claim, evidence.find(wanted.request));
}

function heard(claim: JudgedClaim, answer: Answer<'claim-judgement'> | undefined): JudgedClaim {
  if (answer?.kind !== 'answered') return lowered(claim, 'unverifiable', { status: 'unavailable', detail: `it was not judged: ${answer?.why ?? 'nobody was asked'}` });
  if (answer.value.kind === 'none') return claim;
  if (answer.value.kind === 'withheld') return lowered(claim, 'unverifiable', { status: 'notice', detail: `the judge was not asked about it: ${answer.value.path === null ? 'it' : quoted(answer.value.path)} may hold a secret, which is not sent` });
  const told = withJudge(claim, answer.value);
  const detail = `the judge ${answer.value.id} calls it ${answer.value.label}, by ${answer.value.score.toFixed(2)}`;
  const verdict = verdictBy(claim.verdict, answer.value);
  return lowered(told, verdict, { status: holds(verdict) ? 'passed' : 'failed', detail });
}

/** Never higher than before. */
function verdictBy(before: ClaimVerdict, judgement: Judgement): ClaimVerdict {
  if (judgement.label === 'contradicted') return 'contradicted';
  return isSupported(judgement) ? before : 'unsupported';
}

function withJudge(claim: JudgedClaim, { id, score }: Judgement): JudgedClaim {
  return claim.support === null ? claim : { ...claim, support: { ...claim.support, judge: { id, score, only_lowers: true } } };
}

function lowered(claim: JudgedClaim, verdict: ClaimVerdict, check: Omit<ClaimCheck, 'code'>): JudgedClaim {
  return { ...claim, verdict, checks: [...claim.checks, { code: 'JUDGE', ...check }] };
}

function holds(verdict: ClaimVerdict): boolean {
  return verdict === 'verified' || verdict === 'moved';
}
