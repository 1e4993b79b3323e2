import type { VerificationRecord } from '../../domain/agent-evidence/verification-record.ts';
import { digestOfValue } from '../../domain/digest.ts';

/** The records of several pull requests as one: as good as the worst of them. Null where there is none. */
export function joinedVerification(records: readonly VerificationRecord[]): VerificationRecord | null {
  const [first, ...others] = records;
  if (first === undefined || others.length === 0) return first ?? null;
  const digests = records.map((one) => one.evidence_digest);
  const lowest = records.toSorted((a, b) => a.confidence.calibrated - b.confidence.calibrated)[0] ?? first;
  const sum = (count: (record: VerificationRecord) => number): number => records.reduce((total, one) => total + count(one), 0);
  return {
    ...first,
    evidence_digest: digests.includes(null) ? null : digestOfValue(digests),
    claims: records.flatMap(({ claims }) => claims),
    references: { missing: records.flatMap(({ references }) => references.missing), undeclared: records.flatMap(({ references }) => references.undeclared), typosquat_hints: records.flatMap(({ references }) => references.typosquat_hints) },
    coverage: { claims_cited: sum(({ coverage }) => coverage.claims_cited), changed_files_covered: sum(({ coverage }) => coverage.changed_files_covered), changed_files: sum(({ coverage }) => coverage.changed_files) },
    confidence: lowest.confidence,
    verified_by_rag: records.every((one) => one.verified_by_rag),
    reasons: records.flatMap(({ reasons }) => reasons),
    category: (['contradiction', 'fabricated_reference', 'unsupported_addition'] as const).find((wanted) => records.some(({ category }) => category === wanted)) ?? null,
  };
}
