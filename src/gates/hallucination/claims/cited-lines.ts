import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';

/** 1-based, both ends in it. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface CitedLines {
  /** Null: none are named, or such as the file does not have. */
  readonly range: LineRange | null;
  readonly checks: readonly ClaimCheck[];
}

/** The lines that a citation names, checked against how many the file has. An end that is left out is the start. */
export function citedLines({ startLine, endLine }: Pick<Citation, 'startLine' | 'endLine'>, count: number): CitedLines {
  const start = startLine ?? endLine;
  const end = endLine ?? startLine;
  if (start === null || end === null) return { range: null, checks: [] };
  const isThere = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 1 && start <= end && end <= count;
  if (!isThere) return { range: null, checks: [{ code: 'LINE_RANGE', status: 'failed', detail: `the file has no lines ${start} to ${end}, it has ${count}` }] };
  return { range: { start, end }, checks: [{ code: 'LINE_RANGE', status: 'passed', detail: `the file has lines ${start} to ${end}` }] };
}
