import type { Digest } from '../digest.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Sha } from '../tree.ts';

/** What a document about a change has to state, and what it may be told beside. */
export interface SkeletonOf {
  readonly id: string;
  /** ISO 8601. */
  readonly now: string;
  /** owner/name. */
  readonly repository: string;
  readonly mergeBase: Sha;
  readonly changeDigest: Digest;
  /** Changed paths that a claim has to be about. */
  readonly paths: readonly string[];
  /** Null: not known. */
  readonly pullRequest: number | null;
  readonly model: string | null;
}

/**
 * An evidence document with a claim to fill in for each changed file. What is to be filled in is empty, so that the document is no evidence
 * before it is.
 * @param known A document that is there already: it is kept, bound to the change, and claims about files that none of its own are about are added.
 */
export function evidenceSkeleton(of: SkeletonOf, known: JsonObject | null): JsonObject {
  const claims = listIn(known?.['claims']);
  const missing = of.paths.filter((path) => !claims.some((claim) => isAbout(claim, path)));
  return {
    version: 1,
    id: of.id,
    ...known,
    timestamp: of.now,
    subject: subjectOf(of, known),
    ...(known === null ? { contributor: { type: 'ai', ...(of.model === null ? {} : { model_id: of.model }) }, confidence: { score: 0, method: 'verbalized' } } : {}),
    claims: [...claims, ...missing.map((path, index) => claimAbout(path, freeId(claims, claims.length + index + 1)))],
    ...(known === null ? { references: { dependencies: [] } } : {}),
  };
}

function subjectOf({ repository, pullRequest, mergeBase, changeDigest }: SkeletonOf, known: JsonObject | null): JsonObject {
  const before = isJsonObject(known?.['subject']) ? known['subject'] : {};
  return { ...before, repository, ...(pullRequest === null ? {} : { pull_request: pullRequest }), base_sha: mergeBase, change_digest: changeDigest };
}

function claimAbout(path: string, id: string): JsonObject {
  return { id, kind: 'behaviour', text: '', critical: true, changes: [{ path }], citations: [{ id: 'q1', type: 'repo', path: '', start_line: 1, end_line: 1, quote: '', role: 'supports' }] };
}

function freeId(claims: readonly JsonValue[], from: number): string {
  const taken = new Set(claims.map((claim) => (isJsonObject(claim) ? claim['id'] : null)));
  let number = from;
  while (taken.has(`c${number}`)) number += 1;
  return `c${number}`;
}

function isAbout(claim: JsonValue, path: string): boolean {
  return isJsonObject(claim) && listIn(claim['changes']).some((change) => isJsonObject(change) && change['path'] === path);
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
