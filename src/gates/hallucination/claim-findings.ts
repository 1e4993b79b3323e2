import type { Claim } from '../../domain/agent-evidence/evidence-document.ts';
import type { CheckCode, ClaimCheck, ClaimVerdict, VerifiedCitation } from '../../domain/agent-evidence/verified-claim.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { claimPlace } from './claim-place.ts';
import type { ClaimPlace } from './claim-place.ts';
import { subjectOf } from './grounding-world.ts';
import type { GroundingWorld } from './grounding-world.ts';
import type { JudgedClaim } from './judged-claims.ts';

/** All that is to say about a claim: what is wrong with what it cites, and why it is not verified. */
export function claimFindings({ claim, verdict, verified, checks }: JudgedClaim, world: GroundingWorld): readonly Finding[] {
  const ofCitations = verified.citations.flatMap((citation) => citation.checks.flatMap((check) => checkFinding(claim, check, { citation, world })));
  const ofClaim = checks.flatMap((check) => checkFinding(claim, check, { citation: null, world }));
  const told = [...ofCitations, ...ofClaim];
  return [...told, ...(isLeft(verified) ? [] : verdictFinding(claim, verdict, { told, world, word: `${byRuns(verified)}${byJudge(checks)}` }))];
}

/** A finding in the file that carries the claim, or with the line of the text of the pull request. */
function placedFinding(input: FindingInput, place: ClaimPlace | null, { world, subject }: { readonly world: GroundingWorld; readonly subject: string }): Finding {
  if (place === null || place.path === null) return finding({ ...input, subject: subjectOf(world, subject), message: `${input.message}${place === null ? '' : ` It stands on line ${place.line} of the text of the pull request.`}` });
  return finding({ ...input, subject, path: place.path, line: place.line, column: place.column });
}

/** Codes of what a failed check means; a code that is left out only explains the claim's verdict. */
const failed: Readonly<Partial<Record<CheckCode, FindingCode>>> = {
  PATH_EXISTS: 'hallucination/citation_missing',
  LINE_RANGE: 'hallucination/citation_missing',
  COMMIT_REACHABLE: 'hallucination/citation_missing',
  RUN_EXISTS: 'hallucination/citation_missing',
  RUN_COMMIT: 'hallucination/claim_unsupported',
  RUN_MAKER: 'hallucination/claim_unsupported',
  HASH_MATCH: 'hallucination/quote_absent',
  QUOTE_EXACT: 'hallucination/quote_absent',
  SELF_CITED: 'hallucination/self_cited',
  BOILERPLATE: 'hallucination/boilerplate',
  SYMBOL_EXISTS: 'hallucination/symbol_missing',
  PACKAGE_EXISTS: 'hallucination/package_missing',
  HIDDEN_CHARACTER: 'hallucination/hidden_character',
};

const noticed: Readonly<Partial<Record<CheckCode, FindingCode>>> = {
  QUOTE_EXACT: 'hallucination/moved',
  SELF_CITED: 'hallucination/self_cited',
  BOILERPLATE: 'hallucination/boilerplate',
  HIDDEN_CHARACTER: 'hallucination/hidden_character',
  JUDGE: 'hallucination/not_checkable',
  RUN_MAKER: 'hallucination/not_checkable',
};

function checkFinding(claim: Claim, check: ClaimCheck, { citation, world }: { readonly citation: VerifiedCitation | null; readonly world: GroundingWorld }): readonly Finding[] {
  const code = codeOf(claim, check, citation);
  if (code === null) return [];
  const id = citation?.citation.id ?? null;
  const where = id === null ? `The claim ${quoted(claim.id)}` : `The citation ${quoted(id)} of the claim ${quoted(claim.id)}`;
  const nearest = check.nearest === undefined ? '' : ` The nearest text is ${quoted(check.nearest)}.`;
  const ofClaim = citation === null && check.code === 'LINE_RANGE' ? 'Name lines that the file has once this is merged, or none.' : undefined;
  const input = { code, message: `${where}: ${check.detail}.${nearest}`, found: check.detail, next: ofClaim ?? nextOfChecks[`${check.code} ${check.status}`] ?? nextSteps[code] ?? 'Correct the claim.' };
  return [placedFinding(input, claimPlace(world.sent, claim, id, check.code), { world, subject: `${claim.id} ${id ?? ''} ${check.code}` })];
}

function codeOf(claim: Claim, { code, status }: ClaimCheck, citation: VerifiedCitation | null): FindingCode | null {
  switch (status) {
    case 'passed':
      return null;
    case 'notice':
      // Other things that are noticed of a quote explain the verdict.
      return code === 'QUOTE_EXACT' && citation?.verdict !== 'moved' ? null : (noticed[code] ?? null);
    case 'failed':
      return citation === null && code === 'PATH_EXISTS' && claim.kind === 'file' ? 'hallucination/file_missing' : (failed[code] ?? null);
    case 'unavailable':
    case 'error':
      return 'hallucination/unverifiable';
  }
}

const nextSteps: Readonly<Partial<Record<FindingCode, string>>> = {
  'hallucination/citation_missing': 'Cite what is in the repository at a commit of a protected branch, or take the claim back.',
  'hallucination/quote_absent': 'Quote exactly what stands there, or take the claim back.',
  'hallucination/file_missing': 'Name a file that exists, or take the claim back.',
  'hallucination/symbol_missing': 'Use a name that the module exports.',
  'hallucination/package_missing': 'Use a package that exists.',
  'hallucination/self_cited': 'Cite what stood there before this change.',
  'hallucination/boilerplate': 'Quote more, so that it is about this claim alone.',
  'hallucination/moved': 'Cite the lines where it stands now.',
  'hallucination/hidden_character': 'Look at the characters that are not seen, and quote them only where they matter.',
  'hallucination/not_checkable': 'Ask the approvers of tier 3 to look at it, or take the claim back.',
  'hallucination/unverifiable': 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.',
};

/** Of checks that ask for something else than their finding does elsewhere. */
const nextOfChecks: Readonly<Partial<Record<`${CheckCode} ${ClaimCheck['status']}`, string>>> = {
  'RUN_EXISTS failed': 'Cite a check run of this repository by its id, or take the claim back.',
  'RUN_COMMIT failed': 'Cite a check run of the head that is judged, or take the claim back.',
  'RUN_MAKER failed': 'Cite the check run that ran the tests, or take the claim back.',
  'RUN_RESULT unavailable': 'Wait until it ends: the change is judged again then.',
};

/** Kinds of which nobody but a machine can tell. */
const ofMachines = new Set<Claim['kind']>(['file', 'symbol', 'dependency', 'test_result']);

function verdictFinding(claim: Claim, verdict: ClaimVerdict, { told, world, word }: { readonly told: readonly Finding[]; readonly world: GroundingWorld; readonly word: string }): readonly Finding[] {
  const input = verdictText(claim, verdict, { told, word });
  return input === null ? [] : [placedFinding({ ...input, restsOn: [] }, claimPlace(world.sent, claim, null, null), { world, subject: `${claim.id} ${verdict}` })];
}

/** What check runs say against a claim, as sentences of their own. */
function byRuns({ citations }: JudgedClaim['verified']): string {
  return citations.filter(({ verdict }) => verdict === 'contradicted').flatMap(({ checks }) => checks.filter(({ code, status }) => code === 'RUN_RESULT' && status === 'failed')).map(({ detail }) => ` ${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`).join('');
}

/** Whether only the App will ask what it cites: that is told once for all. */
function isLeft({ citations }: JudgedClaim['verified']): boolean {
  return citations.some(({ citation, verdict, checks }) => citation.type === 'check_run' && verdict === 'unverifiable' && checks.length === 0);
}

/** What an outside judge said against a claim, as a sentence of its own; else nothing. */
function byJudge(checks: readonly ClaimCheck[]): string {
  const check = checks.find(({ code, status }) => code === 'JUDGE' && status === 'failed');
  return check === undefined ? '' : ` That is the word of an outside judge: ${check.detail}.`;
}

function verdictText(claim: Claim, verdict: ClaimVerdict, { told, word }: { readonly told: readonly Finding[]; readonly word: string }): FindingInput | null {
  const name = `The claim ${quoted(claim.id)}, ${quoted(claim.text)},`;
  switch (verdict) {
    case 'verified':
    case 'moved':
      return null;
    case 'contradicted':
      return { code: 'hallucination/claim_contradicted', ...(claim.critical ? {} : { severity: 'notice' }), message: `${name} is contradicted by what it cites.${word}`, expected: 'what is cited to carry it', next: 'Correct the change, or take the claim back.' };
    case 'unsupported':
      return { code: 'hallucination/claim_unsupported', message: `${name} is not verified: nothing that it cites carries it.${word}`, expected: 'a citation that carries it', next: 'Cite what carries it, word by word, from a protected branch.' };
    case 'unverifiable': {
      if (told.some(({ severity, code }) => severity === 'unknown' || code === 'hallucination/not_checkable')) return null;
      const isHeld = ofMachines.has(claim.kind);
      return isHeld
        ? { code: 'hallucination/not_checkable', message: `${name} can not be checked here, now or later. It is held: a person may release it.`, expected: 'something that can be looked up', next: 'Ask the approvers of tier 3 to look at it.' }
        : { code: 'hallucination/claim_unsupported', message: `${name} is not verified: nothing that it cites can be looked up.`, expected: 'a citation of the repository', next: 'Cite what carries it, word by word, from a protected branch.' };
    }
    case 'error':
      return told.some(({ severity }) => severity === 'unknown') ? null : { code: 'hallucination/unverifiable', message: `${name} could not be checked. Nothing in your change caused this.`, next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' };
  }
}
