import type { Citation, Claim, EvidenceDocument } from '../../src/domain/agent-evidence/evidence-document.ts';

/** A citation of a file of the repository at the merge base that says nothing but what is told. */
export function aRepositoryCitation(input: Partial<Citation> = {}): Citation {
  return { id: 'c1', type: 'repo', revision: null, path: 'src/price.ts', startLine: null, endLine: null, quote: null, contentHash: null, role: 'supports', ...input };
}

/** A critical claim about behaviour. */
export function aCitedClaim(input: Partial<Claim> = {}): Claim {
  return { id: 'claim-1', kind: 'behaviour', text: 'Prices are rounded half up.', critical: true, changes: [], citations: [], ...input };
}

export function documentOf(claims: readonly Claim[]): EvidenceDocument {
  return {
    version: 1,
    id: '00000000-0000-4000-8000-000000000001',
    timestamp: '2026-11-20T12:00:00Z',
    subject: { repository: 'acme/shop', pullRequest: 7, baseSha: 'b'.repeat(40), changeDigest: `sha256:${'0'.repeat(64)}` },
    tool: null,
    contributor: { type: 'ai', modelId: null },
    conversation: null,
    confidence: null,
    claims,
    references: { dependencies: [], symbols: [], files: [], urls: [] },
    usage: [],
  };
}
