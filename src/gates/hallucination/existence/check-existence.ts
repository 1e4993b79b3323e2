import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import type { RecordedReferences } from '../../../domain/agent-evidence/verification-record.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { EvaluatedRule, SkippedRule } from '../../../domain/verdict.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** What of a change exists. */
export interface Existence {
  readonly findings: readonly Finding[];
  readonly references: RecordedReferences;
  /** Of claims of kind `file`, `symbol` and `dependency`, by the claim's id. */
  readonly checks: ReadonlyMap<string, readonly ClaimCheck[]>;
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
  /** Changed paths that were looked at. */
  readonly covered: readonly string[];
}

/** What has to be asked, given what is known. It MUST be settled after four rounds. */
export function existenceRequests(_change: GroundedChange): readonly ProbeRequest[] {
  return [];
}

/** Files, symbols and dependencies of the change, and of the claims about them. */
export function checkExistence({ documents }: GroundedChange): Existence {
  const claims = documents.flatMap((document) => document.claims).filter(({ kind }) => kind === 'file' || kind === 'symbol' || kind === 'dependency');
  const unchecked: readonly ClaimCheck[] = [{ code: 'PATH_EXISTS', status: 'error', detail: 'nobody looked whether it exists' }];
  return {
    findings: [],
    references: { missing: [], undeclared: [], typosquat_hints: [] },
    checks: new Map(claims.map(({ id }) => [id, unchecked])),
    evaluated: [],
    skipped: [],
    covered: [],
  };
}
