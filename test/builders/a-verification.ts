import type { RecordedClaim, VerificationRecord } from '../../src/domain/agent-evidence/verification-record.ts';

/** What came of checking one claim with one citation, with every member that there is. */
export function aRecordedClaim(more: Partial<RecordedClaim> = {}): RecordedClaim {
  return {
    id: 'c1',
    kind: 'behaviour',
    text: 'The cart adds up its items',
    critical: true,
    verdict: 'moved',
    checks: [{ code: 'QUOTE_EXACT', status: 'notice', detail: 'it stands in line 9', nearest: 'The cart', citation: 'q1' }],
    citations: [{ id: 'q1', verdict: 'moved', role: 'supports', path: 'docs/cart.md', found: { commit: 'a'.repeat(40), path: 'docs/cart.md', startLine: 9, endLine: 9 } }],
    support: { score: 0.8, number_ok: true, name_ok: true, method: 'lexical', judge: { id: 'judge', score: 0.7, only_lowers: true } },
    ...more,
  };
}

export function aVerification(more: Partial<VerificationRecord> = {}): VerificationRecord {
  return {
    evidence_digest: `sha256:${'e'.repeat(64)}`,
    verifier: { id: 'plumbline', version: 'test', config_digest: `sha256:${'c'.repeat(64)}` },
    checked: { merge_base_sha: 'a'.repeat(40), base_sha: 'b'.repeat(40), head_sha: 'c'.repeat(40) },
    time_created: '2026-11-26T12:00:00.000Z',
    claims: [aRecordedClaim()],
    references: { missing: ['pkg:npm/no-such'], undeclared: ['pkg:npm/other'], typosquat_hints: [{ name: 'reacct', near: 'react' }] },
    coverage: { claims_cited: 1, changed_files_covered: 1, changed_files: 2 },
    confidence: { self_reported: 0.9, calibrated: 0.84, n_labels: 0 },
    verified_by_rag: false,
    reasons: ['no claim is about src/cart.ts'],
    category: 'fabricated_reference',
    ...more,
  };
}
