import type { CheckRunAnswer } from './agent-evidence/check-run-answer.ts';
import type { DriftState } from './behavior/drift-state.ts';
import type { SourceReading } from './behavior/source-reading.ts';
import type { CalibrationLabels } from './calibration/calibration-labels.ts';
import type { Comparison } from './compatibility/comparison.ts';
import type { Digest } from './digest.ts';
import type { ImportsAnswer } from './module/imports-answer.ts';
import type { Contributors } from './people/contributor.ts';
import type { MembershipAnswer } from './people/membership.ts';
import type { Vote } from './people/vote.ts';
import type { PolicyReport } from './policy/policy-report.ts';
import type { RuleMetadata } from './policy/rule-metadata.ts';
import type { ProbeRequest } from './probe-request.ts';
import type { RecordAnswer, Release } from './release.ts';
import type { ReleasesOfId } from './releases-of-id.ts';
import type { SchemaVersion } from './schema/schema-version.ts';
import type { UsageAnswer } from './usage/usage-answer.ts';
import type { JudgementAnswer } from './support/judgement.ts';
import type { PublicKey } from './signature/public-key.ts';

/** Bytes of a blob, or why there are none. `too-large`: over the limit, not read. */
export type BlobContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number };

/** `no-file`: nothing, or something else than a plain file, which is told. */
export type FileContent = BlobContent | { readonly kind: 'no-file'; readonly isLink?: true; readonly isSubmodule?: true; readonly isFolder?: true };

/** `refused`: it may not be fetched, or is not what was pinned; asking again would not change that by itself. */
export type PinnedContent = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string };

export interface SchemaViolation {
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

/**
 * `unusable`: the schema itself does not compile, or refers outside. `undecided`: not to be told within the limits of
 * time, memory and size, and asking again would not change that.
 */
export type ValidationAnswer =
  | { readonly kind: 'valid' }
  | { readonly kind: 'violations'; readonly violations: readonly SchemaViolation[] }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

/** `verified`: with the digest of the key that made it. `unusable`: no key of these can verify anything. */
export type SignatureAnswer =
  | { readonly kind: 'verified'; readonly key: Digest }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unusable'; readonly why: string };

/** A place in a text that has the form of a secret. The secret itself is not told. */
export interface SecretPlace {
  /** What kind of secret, as the library that found it names it. */
  readonly rule: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Of the found text: tells whether it stood there before. */
  readonly digest: Digest;
}

/** `undecided`: not to be told within the limits, and asking again would not change that. */
export type SecretsAnswer = { readonly kind: 'scanned'; readonly secrets: readonly SecretPlace[] } | { readonly kind: 'undecided'; readonly why: string };

/**
 * `refused`: the policies do not compile, or the bundle can not be used. `silent`: no total report, and asking again would not change that;
 * `timed-out`: no answer within the limits.
 */
export type PoliciesAnswer =
  /** `metadata` of rules that have some; left out: none has. */
  | { readonly kind: 'report'; readonly report: PolicyReport; readonly metadata?: readonly RuleMetadata[] }
  | { readonly kind: 'refused' | 'silent' | 'timed-out'; readonly why: string };

/** `protected`: on a protected ref or in its history. `unprotected`: in the repository, but only there where anybody may put it. */
export type ProtectionAnswer = 'protected' | 'unprotected' | 'absent';

/** `withdrawn`: it was there; `word` says how it went, as `unpublished`, `yanked` or `removed for legal reasons`. */
export type PackageAnswer =
  /** `near`: the popular name that it may be mistaken for; left out: none is known. */
  | { readonly kind: 'exists'; readonly near?: string }
  | { readonly kind: 'missing'; readonly what: 'package' | 'version'; readonly near?: string }
  | { readonly kind: 'withdrawn'; readonly word: string }
  /** Nobody was asked: it is of a registry that is none of those that may be. */
  | { readonly kind: 'unasked'; readonly why: string }
  /** Nobody is asked here: it is left to the App. */
  | { readonly kind: 'left' };

export interface ProbeAnswers {
  readonly blob: BlobContent;
  readonly 'organization-blob': BlobContent;
  readonly releases: ReleasesOfId;
  /** Releases that were recorded at this path, whatever their id. */
  readonly paths: readonly Release[];
  /** Versions of the schemas at every path of a family, in the order of their recording. */
  readonly 'schema-versions': readonly SchemaVersion[];
  readonly record: RecordAnswer;
  readonly validation: ValidationAnswer;
  readonly comparison: Comparison;
  readonly signature: SignatureAnswer;
  readonly 'operator-keys': readonly PublicKey[];
  readonly contributors: Contributors;
  readonly votes: readonly Vote[];
  readonly membership: MembershipAnswer;
  readonly secrets: SecretsAnswer;
  readonly 'behavior-reading': SourceReading;
  /** Null: it was not scanned yet. */
  readonly 'drift-state': DriftState | null;
  readonly 'file-at': FileContent;
  readonly 'commit-protected': ProtectionAnswer;
  readonly 'check-run': CheckRunAnswer;
  readonly package: PackageAnswer;
  readonly imports: ImportsAnswer;
  /** All that a calibrator is made of, so that a decision can be judged again. */
  readonly calibration: CalibrationLabels;
  /** A window of which nothing is kept has used up nothing. */
  readonly 'usage-window': UsageAnswer;
  readonly 'claim-judgement': JudgementAnswer;
  readonly 'pinned-bundle': PinnedContent;
  readonly policies: PoliciesAnswer;
}

export type Answer<Kind extends ProbeRequest['kind']> =
  | { readonly kind: 'answered'; readonly value: ProbeAnswers[Kind] }
  /** Machine or network trouble. Never the same as an empty answer. */
  | { readonly kind: 'unavailable'; readonly why: string };
