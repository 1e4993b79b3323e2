import type { JsonObject, JsonValue } from '../../src/domain/json-value.ts';

/** An evidence document as an agent sends it, valid but for the digest of its change; members of `overrides` stand in the place of its own. */
export function anEvidenceDocument(overrides: JsonObject = {}): JsonObject {
  return {
    version: 1,
    id: 'b7f0c9f2',
    timestamp: '2026-11-20T11:00:00Z',
    subject: aSubject(),
    contributor: { type: 'ai', model_id: 'model-1' },
    confidence: { score: 0.95, method: 'verbalized' },
    claims: [aClaim()],
    ...overrides,
  };
}

export function aSubject(overrides: JsonObject = {}): JsonObject {
  return { repository: 'acme/shop', base_sha: 'a'.repeat(40), change_digest: `sha256:${'0'.repeat(64)}`, ...overrides };
}

export function aClaim(overrides: JsonObject = {}): JsonObject {
  return { id: 'c1', kind: 'behaviour', text: 'The cart adds up its items', critical: true, changes: [{ path: 'src/cart.ts' }], citations: [aCitation()], ...overrides };
}

export function aCitation(overrides: JsonObject = {}): JsonObject {
  return { id: 'q1', type: 'repo', path: 'docs/cart.md', start_line: 3, end_line: 3, quote: 'The cart adds up its items, with taxes.', role: 'supports', ...overrides };
}

/** A block of the body of a pull request with this document. */
export function aFencedBlock(document: JsonValue): string {
  return `\`\`\`plumbline-evidence\n${JSON.stringify(document, null, 1)}\n\`\`\``;
}
