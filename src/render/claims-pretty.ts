import type { RecordedCheck, RecordedCitation, RecordedClaim, VerificationRecord } from '../domain/agent-evidence/verification-record.ts';
import type { ClaimVerdict } from '../domain/agent-evidence/verified-claim.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';
import { nextForClaim } from './next-for-claim.ts';

/** Each claim of an agent for a terminal: its verdict, where what it cites stands, what failed, and what to do next. */
export function claimsPretty(verification: VerificationRecord | undefined, paint: Paint): string {
  if (verification === undefined) return '';
  const { claims, coverage, confidence, verified_by_rag: isVerified } = verification;
  const heading = `${paint.bold('Claims')}  ${isVerified ? 'verified' : 'not verified'}, about ${coverage.changed_files_covered} of ${count(coverage.changed_files, 'changed file')}; confidence ${confidence.self_reported.toFixed(2)}, counted as ${confidence.calibrated.toFixed(2)} by ${count(confidence.n_labels, 'known outcome')}`;
  const more = claims.length > mostClaims ? [`  … and ${count(claims.length - mostClaims, 'more claim')}: --format json lists every one.`] : [];
  return [heading, ...claims.slice(0, mostClaims).flatMap((claim) => claimLines(claim, paint)), ...more].join('\n');
}

/** Claims that are shown, and of each so many citations and checks. */
const [mostClaims, mostOfClaim] = [50, 5];

function claimLines(claim: RecordedClaim, paint: Paint): readonly string[] {
  const { id, text, critical, verdict, citations, checks } = claim;
  const next = nextForClaim(claim);
  return [
    `  ${toneOf(verdict, paint)(verdict.padEnd('unverifiable'.length))}  ${terminalText(clip(id, 64))}${critical ? ' (critical)' : ''}: ${terminalText(clip(text, 200))}`,
    ...first(citations.map(citationText), 'citation'),
    ...first(checks.filter(({ status }) => status !== 'passed').map(checkText), 'check'),
    ...(next === 'nothing' ? [] : [`      next: ${next}`]),
  ];
}

function first(lines: readonly string[], what: string): readonly string[] {
  const more = lines.length > mostOfClaim ? [`… and ${count(lines.length - mostOfClaim, `more ${what}`)}`] : [];
  return [...lines.slice(0, mostOfClaim), ...more].map((line) => `      ${line}`);
}

function toneOf(verdict: ClaimVerdict, paint: Paint): (text: string) => string {
  switch (verdict) {
    case 'verified':
    case 'moved':
      return paint.green;
    case 'contradicted':
    case 'error':
      return paint.red;
    case 'unsupported':
    case 'unverifiable':
      return paint.yellow;
  }
}

function citationText({ id, verdict, path, found, run }: RecordedCitation): string {
  const place = run !== undefined ? `check run ${run.id} ${run.name}, ${run.conclusion ?? 'not ended'}` : found === null ? (path ?? 'nothing of the repository') : `${found.path}:${found.startLine}-${found.endLine} at ${found.commit.slice(0, 7)}`;
  return `${terminalText(clip(id, 64))}: ${verdict}, ${terminalText(clip(place, 200))}`;
}

function checkText({ code, status, detail, nearest }: RecordedCheck): string {
  return `${code} ${status}: ${terminalText(clip(detail, 400))}${nearest === undefined ? '' : `; the nearest text is ${terminalText(clip(nearest, 200))}`}`;
}
