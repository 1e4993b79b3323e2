import type { ClaimCheck, VerifiedCitation, VerifiedClaim } from '../../domain/agent-evidence/verified-claim.ts';
import type { RecordedSupport } from '../../domain/agent-evidence/verification-record.ts';
import type { Passage } from '../../domain/support/passage.ts';
import { supportOf } from '../../domain/support/support-of.ts';
import { supportDigest, supportThreshold } from '../../domain/support/support-weights.ts';
import type { Veto } from '../../domain/support/vetoes-of.ts';

export interface ClaimSupport {
  readonly support: RecordedSupport;
  readonly checks: readonly ClaimCheck[];
}

/**
 * How far what is cited carries a claim. Citations that hold count together; one against the claim, or for its context, does not. Null: nothing that it
 * cites holds. It can lower what came of the citations, and raise nothing.
 */
export function claimSupport(text: string, { citations }: Pick<VerifiedClaim, 'citations'>): ClaimSupport | null {
  const passages = carryingPassages({ citations });
  if (passages.length === 0) return null;
  const { score, vetoes } = supportOf(text, passages);
  const [numbers, names] = [vetoes.filter(({ kind }) => kind === 'number'), vetoes.filter(({ kind }) => kind !== 'number')];
  return {
    support: { score, number_ok: numbers.length === 0, name_ok: names.length === 0, method: `lexical ${supportDigest}` },
    checks: [
      vetoCheck('NUMBER_OK', numbers),
      vetoCheck('NAME_OK', names),
      { code: 'SUPPORT', status: score >= supportThreshold ? 'passed' : 'failed', detail: `what it cites carries it by ${score.toFixed(2)}, expected at least ${supportThreshold.toFixed(2)}` },
    ],
  };
}

/** The cited text that counts for a claim: of citations that hold. */
export function carryingPassages({ citations }: Pick<VerifiedClaim, 'citations'>): readonly Passage[] {
  return citations.flatMap(passageOf);
}

function passageOf({ citation, verdict, passage, found }: VerifiedCitation): readonly Passage[] {
  const holds = (verdict === 'verified' || verdict === 'moved') && citation.role === 'supports';
  if (!holds || passage === null) return [];
  return [{ text: passage, path: found?.path ?? null, lines: found === null ? null : { start: found.startLine, end: found.endLine } }];
}

/** Names of a claim that are told in one check. */
const told = 5;

function vetoCheck(code: 'NUMBER_OK' | 'NAME_OK', vetoes: readonly Veto[]): ClaimCheck {
  const what = code === 'NUMBER_OK' ? 'number' : 'name';
  if (vetoes.length === 0) return { code, status: 'passed', detail: `each ${what} of it stands in what it cites` };
  const listed = vetoes.slice(0, told).map(({ text }) => JSON.stringify(text.slice(0, 80))).join(', ');
  return { code, status: 'failed', detail: `it says ${listed}${vetoes.length > told ? ` and ${vetoes.length - told} more` : ''}, which nothing that it cites does` };
}
