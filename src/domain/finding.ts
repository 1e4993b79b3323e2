import { digestOfValue } from './digest.ts';
import type { Digest } from './digest.ts';
import { ruleOf } from './finding-code.ts';
import type { FindingCode } from './finding-code.ts';
import type { Severity } from './severity.ts';
import type { AppliedWaiver } from './waiver/waiver.ts';

/** One problem in the change. Text may quote what an attacker wrote: it is escaped in `render/`, nowhere else. */
export interface Finding {
  readonly code: FindingCode;
  /** In force, after waivers and the configured rules. */
  readonly severity: Severity;
  /** As the code declares it. */
  readonly declared: Severity;
  /** Path in the repository, or null when the finding is about the change as a whole. */
  readonly path: string | null;
  /** Id of the contract that it is about, as its file states it; left out where it is about none. */
  readonly contract?: string;
  /** 1-based, in the file at the side that the finding is about; null without a path or a position. */
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly expected: string | null;
  readonly found: string | null;
  /** One next step: a command to type, or who acts and when. */
  readonly next: string;
  /** Stable over rebases: code, subject and kinds, never line numbers. */
  readonly fingerprint: string;
  /** Paths that a yes to it is bound to; empty: all that change. Left out where it is about its path alone. */
  readonly restsOn?: readonly string[];
  /** Of an agent, that a yes to it is bound to; left out where it rests on none. */
  readonly evidence?: Digest;
  readonly waived: boolean;
  /** What waives it; left out where nothing does. */
  readonly waiver?: AppliedWaiver;
}

export interface FindingInput {
  readonly code: FindingCode;
  readonly severity?: Severity;
  readonly path?: string;
  readonly contract?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly next: string;
  /** What makes two findings of one code and path different: a contract id, a JSON pointer, difference kinds. */
  readonly subject?: string;
  readonly restsOn?: readonly string[];
}

/** Builds a finding with the severity that its code declares, unless a stated one replaces it. */
export function finding(input: FindingInput): Finding {
  const declared = input.severity ?? ruleOf(input.code).severity;
  return Object.freeze({
    code: input.code,
    severity: declared,
    declared,
    path: input.path ?? null,
    ...(input.contract === undefined ? {} : { contract: input.contract }),
    line: input.line ?? null,
    column: input.column ?? null,
    message: input.message,
    expected: input.expected ?? null,
    found: input.found ?? null,
    next: input.next,
    fingerprint: fingerprintOf(input),
    ...(input.restsOn === undefined ? {} : { restsOn: input.restsOn }),
    waived: false,
  });
}

/** Paths that a finding lists; among more it rests on all that change. */
const mostListed = 20;

/** What a finding that tells of several paths rests on. */
export function restingOn(paths: readonly string[]): Pick<FindingInput, 'restsOn'> {
  if (paths.length === 1) return {};
  return { restsOn: paths.length > mostListed ? [] : paths.toSorted() };
}

function fingerprintOf(input: FindingInput): string {
  return digestOfValue([input.code, input.path ?? null, input.subject ?? null]).slice('sha256:'.length, 'sha256:'.length + 16);
}

/** Shortens a quoted value to 80 characters, without cutting a surrogate pair. */
export function quoted(value: string): string {
  const points = Array.from(value);
  return points.length <= 80 ? `"${value}"` : `"${points.slice(0, 79).join('')}…"`;
}
