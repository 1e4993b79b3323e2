import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';
import type { Citation, ClaimKind } from './evidence-document.ts';
import type { CitedPlace, CitedRun, ClaimCheck, ClaimVerdict } from './verified-claim.ts';

/**
 * What Plumbline found out about an agent's claims, for policies as `input.verification`. Only Plumbline writes it: nothing of it is taken
 * over from what an agent sent, but its words and `confidence.self_reported`. Members are named as in the evidence document.
 */
export type VerificationRecord = {
  /** Of all documents that count together; null: there is none. */
  readonly evidence_digest: Digest | null;
  readonly verifier: { readonly id: 'plumbline'; readonly version: string; readonly config_digest: Digest | null };
  readonly checked: { readonly merge_base_sha: Sha; readonly base_sha: Sha; readonly head_sha: Sha };
  /** ISO 8601, UTC: when the change was judged. */
  readonly time_created: string;
  readonly claims: readonly RecordedClaim[];
  readonly references: RecordedReferences;
  readonly coverage: { readonly claims_cited: number; readonly changed_files_covered: number; readonly changed_files: number };
  /** `calibrated` of the agent that is trusted least, with the known outcomes of its changes. `agents`: logins of those with a hand in the change; left out: none is known. */
  readonly confidence: { readonly self_reported: number; readonly calibrated: number; readonly n_labels: number; readonly agents?: readonly string[] };
  readonly verified_by_rag: boolean;
  /** Why `verified_by_rag` is false, one sentence each; empty: it is true. */
  readonly reasons: readonly string[];
  readonly category: VerificationCategory | null;
};

/** The worst that was found. `fabricated_reference`: what is cited or used is not there. */
export type VerificationCategory = 'contradiction' | 'unsupported_addition' | 'fabricated_reference';

export type RecordedClaim = {
  readonly id: string;
  readonly kind: ClaimKind;
  readonly text: string;
  readonly critical: boolean;
  readonly verdict: ClaimVerdict;
  /** Of the claim and of what it cites. */
  readonly checks: readonly RecordedCheck[];
  readonly citations: readonly RecordedCitation[];
  /** Null: it was not scored, so that it carries nothing. */
  readonly support: RecordedSupport | null;
};

/** `citation`: id of the one that was checked; left out: the claim itself was. */
export type RecordedCheck = ClaimCheck & { readonly citation?: string };

export type RecordedCitation = {
  readonly id: string;
  readonly verdict: ClaimVerdict;
  readonly role: Citation['role'];
  /** What it names, as far as it names something in the repository. */
  readonly path: string | null;
  /** Where the text stands; null where it was not found. */
  readonly found: CitedPlace | null;
  /** The check run that it names, as it was found; left out: none was found, or none is cited. */
  readonly run?: CitedRun;
};

/** How far the cited text carries the claim. It may veto or ask a person; alone it verifies nothing. */
export type RecordedSupport = {
  /** 0..1. */
  readonly score: number;
  readonly number_ok: boolean;
  readonly name_ok: boolean;
  readonly method: string;
  /** What an outside judge said, which lowers alone; left out: none was asked. */
  readonly judge?: { readonly id: string; readonly score: number; readonly only_lowers: true };
};

export type RecordedReferences = {
  /** What the change or a claim uses and nobody has: packages as purl, symbols, files. */
  readonly missing: readonly string[];
  /** Dependencies that the change adds and no document declares, as purl. */
  readonly undeclared: readonly string[];
  /** Names that are near a popular one, with it. */
  readonly typosquat_hints: readonly { readonly name: string; readonly near: string }[];
};
