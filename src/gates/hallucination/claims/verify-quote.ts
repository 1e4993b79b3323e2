import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck, ClaimVerdict, VerifiedCitation } from '../../../domain/agent-evidence/verified-claim.ts';
import { limits } from '../../../domain/limits.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { citedLines } from './cited-lines.ts';
import type { CitedLines, LineRange } from './cited-lines.ts';
import { citedPlaces } from './cited-places.ts';
import type { CitedText } from './cited-text.ts';
import { findQuote } from './find-quote.ts';
import type { QuoteStanding } from './find-quote.ts';
import { foldText } from './fold-text.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { nearestText } from './nearest-text.ts';
import { isOwnText } from './own-lines.ts';
import { saysLittle } from './says-little.ts';

type Text = Extract<CitedText, { kind: 'text' }>;
type Outcome = Pick<VerifiedCitation, 'verdict' | 'checks' | 'found' | 'passage'>;

interface Place {
  readonly commit: Sha;
  readonly path: string;
}

/** Whether what is quoted stands in a file, word by word, and says enough to stand for that place. */
export function verifyQuote(citation: Citation, place: Place, file: Text, change: GroundedChange): Outcome {
  const lines = citedLines(citation, file.lines.length);
  const part = foldText(citation.quote ?? '').text;
  if (part === '') return withoutQuote(citation, place, file, lines);
  const { room } = citedPlaces(change);
  if (file.folded.text.length > room) return { verdict: 'unverifiable', checks: [...lines.checks, quote('notice', `the file has ${file.folded.text.length} characters, of which ${room} can be searched for each of so many quotes`)], ...nowhere };
  const standing = findQuote(file.folded, part, lines.range);
  if (standing.kind === 'absent') return absentQuote({ citation, place, file, lines, part }, change);
  return foundQuote({ citation, place, file, lines, part }, standing);
}

const nowhere = { found: null, passage: null } as const;

/** Nothing is quoted, so that nothing carries the claim; what is cited against it counts all the same where it is there. */
function withoutQuote({ role }: Citation, place: Place, file: Text, { range, checks }: CitedLines): Outcome {
  const isCounted = role === 'contradicts' && checks.every(({ status }) => status === 'passed');
  const lines = range ?? { start: 1, end: file.lines.length };
  const told = [...checks, quote('notice', 'no text is quoted')];
  return { verdict: 'unsupported', checks: told, passage: null, found: isCounted ? foundAt(place, lines) : null };
}

interface Quoted {
  readonly citation: Citation;
  readonly place: Place;
  readonly file: Text;
  readonly lines: CitedLines;
  /** The folded quote. */
  readonly part: string;
}

function absentQuote({ citation, place, file, lines, part }: Quoted, change: GroundedChange): Outcome {
  const { room } = citedPlaces(change);
  // Of what the change writes itself the lines are those of the head: whether the cited file has them says nothing.
  switch (isOwnText(citation, place.commit, change, room)) {
    case true:
      return { verdict: 'unsupported', checks: [{ code: 'SELF_CITED', status: 'failed', detail: 'only this change writes what is quoted' }], ...nowhere };
    case null:
      return { verdict: 'unverifiable', checks: [quote('unavailable', 'the quoted text is not there, and the file could not be read at the head, to tell whether the change cites itself')], ...nowhere };
    case false: {
      const near = nearestText(file.folded, part, { lines: (citation.quote ?? '').trim().split('\n').length, room: Math.floor(room / hintShare) });
      const missing = quote('failed', 'the quoted text is not in the file');
      return { verdict: 'unsupported', checks: [...lines.checks, near === null ? missing : { ...missing, nearest: `line ${near.line}: ${near.text}` }, ...hiddenChecks(citation.quote ?? '')], ...nowhere };
    }
  }
}

/** A hint costs as much as many searches. */
const hintShare = 16;

function foundQuote({ citation, place, file, lines, part }: Quoted, standing: Extract<QuoteStanding, { kind: 'there' | 'elsewhere' }>): Outcome {
  const { start } = standing.lines;
  const isThere = standing.kind === 'there';
  const empty = emptiness(part, standing.isOften);
  const isRefused = empty !== null || lines.checks.some(({ status }) => status === 'failed');
  const verdict: ClaimVerdict = isRefused ? 'unsupported' : isThere ? 'verified' : 'moved';
  return {
    verdict,
    checks: [
      ...lines.checks,
      isThere ? quote('passed', `the quoted text stands at line ${start}`) : quote('notice', `the quoted text stands at line ${start}, not at the cited lines`),
      ...(empty === null ? [] : [{ code: 'BOILERPLATE', status: 'failed', detail: empty } as const]),
      ...hiddenChecks(`${citation.quote ?? ''}\n${textOf(file, standing.lines)}`),
    ],
    found: foundAt(place, standing.lines),
    passage: passageOf(file, standing, lines.range),
  };
}

function emptiness(part: string, isOften: boolean): string | null {
  if (isOften) return 'the quoted text stands in the file again and again, so that it stands for no place in it';
  return saysLittle(part) ? 'the quoted text names next to nothing' : null;
}

/** Of the quote and of the lines that it stands on: what people see of either may not be what is compared. */
function hiddenChecks(text: string): readonly ClaimCheck[] {
  const hidden = hiddenCharacters(text);
  if (hidden.length === 0) return [];
  return [{ code: 'HIDDEN_CHARACTER', status: 'notice', detail: `what is quoted has ${hidden.map(({ what, point }) => `${point} (${what})`).join(', ')}` }];
}

/** Lines around a quote that are read with it where the citation names them: a wider range would let any word be found. */
const mostNamed = 60;

function passageOf(file: Text, { kind, lines }: Extract<QuoteStanding, { kind: 'there' | 'elsewhere' }>, range: LineRange | null): string {
  const isNamed = kind === 'there' && range !== null && range.end - range.start < mostNamed;
  return textOf(file, isNamed ? { start: Math.min(lines.start, range.start), end: Math.max(lines.end, range.end) } : lines);
}

/** A short quote can span a file of empty lines, and one line can be a file: neither is copied for each citation. */
const mostLines = 400;

function textOf({ lines }: Text, { start, end }: LineRange): string {
  return lines.slice(start - 1, Math.min(end, start + mostLines)).map((line) => line.slice(0, limits.passageCharacters)).join('\n').slice(0, limits.passageCharacters);
}

function foundAt({ commit, path }: Place, { start, end }: LineRange): VerifiedCitation['found'] {
  return { commit, path, startLine: start, endLine: end };
}

function quote(status: ClaimCheck['status'], detail: string): ClaimCheck {
  return { code: 'QUOTE_EXACT', status, detail };
}
