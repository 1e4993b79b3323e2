import type { Citation, Claim } from '../../domain/agent-evidence/evidence-document.ts';
import type { CheckCode } from '../../domain/agent-evidence/verified-claim.ts';
import type { Position } from '../../domain/position.ts';
import type { SentEvidence } from './sent-evidence.ts';

/** Where a claim, or a part of it, stands: in a file, or (`path` null) in the text of the pull request. */
export interface ClaimPlace extends Position {
  readonly path: string | null;
}

/** The part of a citation that a check is about. */
const memberOf: Readonly<Partial<Record<CheckCode, keyof Citation>>> = {
  COMMIT_REACHABLE: 'revision',
  RUN_EXISTS: 'revision',
  RUN_COMMIT: 'revision',
  RUN_MAKER: 'revision',
  RUN_RESULT: 'revision',
  PATH_EXISTS: 'path',
  URL_SYNTAX: 'path',
  LINE_RANGE: 'startLine',
  QUOTE_EXACT: 'quote',
  BOILERPLATE: 'quote',
  HIDDEN_CHARACTER: 'quote',
  HASH_MATCH: 'contentHash',
};

const written: Readonly<Partial<Record<keyof Citation, string>>> = { startLine: 'start_line', contentHash: 'content_hash' };

/** @param citation Null: the claim itself is meant. @returns Null where the claim stands in none of the documents. */
export function claimPlace({ documents }: Pick<SentEvidence, 'documents'>, claim: Claim, citation: string | null, check: CheckCode | null): ClaimPlace | null {
  for (const sent of documents) {
    const index = sent.kind === 'bound' ? sent.document.claims.indexOf(claim) : -1;
    if (sent.kind !== 'bound' || index === -1) continue;
    return { path: sent.carrier.path, ...sent.placeOf(`/claims/${index}${pointerWithin(claim, citation, check)}`) };
  }
  return null;
}

function pointerWithin({ citations }: Claim, id: string | null, check: CheckCode | null): string {
  const index = citations.findIndex((one) => one.id === id);
  const citation = citations[index];
  if (citation === undefined) return '';
  const member = check === null ? undefined : memberOf[check];
  if (member === undefined || citation[member] === null) return `/citations/${index}`;
  return `/citations/${index}/${written[member] ?? member}`;
}
