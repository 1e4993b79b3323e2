import type { Sha } from '../tree.ts';
import type { Citation } from './evidence-document.ts';

/** `moved`: the text stands elsewhere in the cited file, which is as good. `unverifiable`: nobody could tell now. `error`: our own machinery broke. */
export type ClaimVerdict = 'verified' | 'moved' | 'unsupported' | 'contradicted' | 'unverifiable' | 'error';

export type CheckCode = 'PATH_EXISTS' | 'LINE_RANGE' | 'QUOTE_EXACT' | 'HASH_MATCH' | 'COMMIT_REACHABLE' | 'SELF_CITED' | 'BOILERPLATE' | 'HIDDEN_CHARACTER' | 'SYMBOL_EXISTS' | 'PACKAGE_EXISTS' | 'URL_SYNTAX' | 'RUN_EXISTS' | 'RUN_COMMIT' | 'RUN_MAKER' | 'RUN_RESULT' | 'NUMBER_OK' | 'NAME_OK' | 'SUPPORT' | 'JUDGE';

/**
 * `failed` of `PATH_EXISTS`, `LINE_RANGE`, `QUOTE_EXACT`, `HASH_MATCH`, `COMMIT_REACHABLE`, `RUN_EXISTS`, `SYMBOL_EXISTS` and `PACKAGE_EXISTS` is a hard
 * failure: what is claimed to be there is not. `unavailable`: no answer, which another time may come. `error`: nobody looked.
 */
export type ClaimCheck = {
  readonly code: CheckCode;
  readonly status: 'passed' | 'failed' | 'notice' | 'unavailable' | 'error';
  /** One sentence without its stop. It may quote what an agent wrote. */
  readonly detail: string;
  /** The text that comes nearest to what was quoted; left out: none was looked for. It proves nothing. */
  readonly nearest?: string;
};

/** Lines at a commit: 1-based, both ends in it. */
export type CitedPlace = {
  readonly commit: Sha;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
};

/** What came of one citation. */
export interface VerifiedCitation {
  readonly citation: Citation;
  /**
   * Whether it may carry the claim alone: `verified` or `moved` only with an exact quote at a protected commit that is neither boilerplate nor the change's own,
   * or, for a claim about a result of tests, with a check run of the judged head that ended well.
   */
  readonly verdict: ClaimVerdict;
  readonly checks: readonly ClaimCheck[];
  /** Where the quoted text stands; null where it was not found. */
  readonly found: CitedPlace | null;
  /** The cited passage as it stands there, for the support score; null where there is none. */
  readonly passage: string | null;
  /** Of a check run that was found; left out: none was, or none is cited. */
  readonly run?: CitedRun;
}

/** `conclusion` null: it has not ended. */
export type CitedRun = {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
};

/** What came of a claim by its citations alone. */
export interface VerifiedClaim {
  readonly id: string;
  readonly verdict: ClaimVerdict;
  /** Of the claim itself; those of its citations stand with them. */
  readonly checks: readonly ClaimCheck[];
  readonly citations: readonly VerifiedCitation[];
}
