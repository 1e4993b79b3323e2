import type { Digest } from '../digest.ts';
import type { JsonObject } from '../json-value.ts';
import type { Sha } from '../tree.ts';

/** What an agent says about a change and cites for it, by `schemas/agent-evidence.schema.json`. All of it is text from outside: nothing here is believed. */
export interface EvidenceDocument {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601. When the agent says that it wrote it. */
  readonly timestamp: string;
  readonly subject: EvidenceSubject;
  readonly tool: { readonly name: string; readonly version: string | null } | null;
  readonly contributor: { readonly type: 'ai' | 'mixed' | 'human'; readonly modelId: string | null };
  /** Address of the conversation; null: none is named. Never fetched. */
  readonly conversation: string | null;
  /** What the agent reports of itself; null: it reports nothing, which counts as 0. */
  readonly confidence: SelfReport | null;
  readonly claims: readonly Claim[];
  readonly references: ClaimedReferences;
  readonly usage: readonly ClaimedUsage[];
}

/** Which change a document is about. */
export interface EvidenceSubject {
  readonly repository: string;
  readonly pullRequest: number | null;
  readonly baseSha: Sha;
  readonly changeDigest: Digest;
}

export interface SelfReport {
  /** 0..1. */
  readonly score: number;
  readonly method: 'verbalized' | 'logprob' | 'consistency' | 'external';
}

export type ClaimKind = 'behaviour' | 'file' | 'symbol' | 'dependency' | 'test_result' | 'external_fact' | 'rationale';

/** A statement that can be checked. Ids are unique over all documents of a change. */
export interface Claim {
  readonly id: string;
  readonly kind: ClaimKind;
  readonly text: string;
  readonly critical: boolean;
  readonly changes: readonly ClaimedChange[];
  readonly citations: readonly Citation[];
}

/** Lines of the head that a claim is about: 1-based, both ends in it; null: all of the file. */
export interface ClaimedChange {
  readonly path: string;
  readonly startLine: number | null;
  readonly endLine: number | null;
}

/** What is cited for a claim, or against it. `context` decides nothing. */
export interface Citation {
  readonly id: string;
  readonly type: 'repo' | 'commit' | 'url' | 'package' | 'check_run';
  /** A commit in full, a version of a package, or the id of a check run; null: of the repository the merge base is meant. */
  readonly revision: string | null;
  /** A path in the repository, an address, or a purl; null: none is named. */
  readonly path: string | null;
  /** 1-based, both ends in it; null: none are named. */
  readonly startLine: number | null;
  readonly endLine: number | null;
  readonly quote: string | null;
  /** Of the bytes of the whole cited file. */
  readonly contentHash: Digest | null;
  readonly role: 'supports' | 'contradicts' | 'context';
}

export interface ClaimedReferences {
  /** Package URLs. */
  readonly dependencies: readonly string[];
  readonly symbols: readonly string[];
  readonly files: readonly string[];
  /** Never fetched. */
  readonly urls: readonly string[];
}

/** What one call of a model used up, as the agent says. `attributes`: the `gen_ai.*` members as they stand in the document. */
export interface ClaimedUsage {
  readonly attributes: JsonObject;
  /** `amount`: as written, in units of the currency; null: none is stated. */
  readonly cost: { readonly amount: number; readonly currency: string; readonly source: 'self' | 'proxy' | 'provider' } | null;
}
