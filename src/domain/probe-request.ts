import type { BehaviorQuestion } from './behavior/behavior-question.ts';
import type { Preset, SchemaMode } from './compatibility/comparison.ts';
import type { Ecosystem } from './dependency/dependency-file.ts';
import type { Digest } from './digest.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import type { ChangedPath } from './module/modules-to-look-at.ts';
import type { Membership } from './people/membership.ts';
import type { PolicyFile } from './policy/policy-file.ts';
import type { SignedBundle } from './policy/signed-bundle.ts';
import type { PublicKey } from './signature/public-key.ts';
import type { DetachedSignature } from './signature/read-signature.ts';
import type { JudgedPassage } from './support/judgement.ts';
import type { Sha } from './tree.ts';
import type { QuotaScope } from './usage/quota-window.ts';

/** A schema to validate with: one that ships with Plumbline, or text read from the repository. */
export type SchemaSource =
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'document'; readonly blob: Sha; readonly value: JsonValue };

/** Two versions of a schema. Both may be hostile: they are compared in isolation. */
export interface SchemasToCompare {
  readonly older: { readonly blob: Sha; readonly value: JsonValue };
  readonly newer: { readonly blob: Sha; readonly value: JsonValue };
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

/** One question to the edge. Two requests with one key are the same question. */
export type ProbeRequest =
  | { readonly kind: 'blob'; readonly blob: Sha; readonly size: number | null }
  | { readonly kind: 'releases'; readonly entry: string; readonly contractId: string }
  | { readonly kind: 'paths'; readonly entry: string; readonly path: string }
  | { readonly kind: 'schema-versions'; readonly entry: string; readonly family: string }
  | { readonly kind: 'record'; readonly entry: string }
  | { readonly kind: 'validation'; readonly schema: SchemaSource; readonly blob: Sha; readonly value: JsonValue }
  | ({ readonly kind: 'comparison' } & SchemasToCompare)
  /** `keys`: those whose id and kind fit, of which one must have made it. `contentHash` stands for the content. */
  | { readonly kind: 'signature'; readonly signature: DetachedSignature; readonly content: JsonValue; readonly contentHash: Digest; readonly keys: readonly PublicKey[] }
  /** A file of the organisation's repository. */
  | { readonly kind: 'organization-blob'; readonly blob: Sha; readonly size: number | null }
  /** The keys that whoever runs Plumbline set, beside those of the repository. */
  | { readonly kind: 'operator-keys' }
  /** Whose hand is in the change. */
  | { readonly kind: 'contributors' }
  /** What people said about the change and did not take back, of every pull request that it stands for. */
  | { readonly kind: 'votes' }
  /** Whether a person belongs to a group now. */
  | ({ readonly kind: 'membership' } & Membership)
  /** What looks like a secret in a text. `blob` stands for the text. */
  | { readonly kind: 'secrets'; readonly blob: Sha; readonly path: string; readonly text: string }
  /** What the source of a behaviour answers now. `path` and `blob` stand for the behaviour. */
  | ({ readonly kind: 'behavior-reading'; readonly path: string; readonly blob: Sha } & BehaviorQuestion)
  /** What the last scan made of a behaviour of the default branch. */
  | { readonly kind: 'drift-state'; readonly behavior: string }
  /** What stands at a path of a commit of the repository. */
  | { readonly kind: 'file-at'; readonly commit: Sha; readonly path: string }
  /** Whether a commit can be reached from a protected ref of the repository. What the change is about decides nothing: it spares calls. */
  | { readonly kind: 'commit-protected'; readonly commit: Sha; readonly range: CitingRange }
  /** What a check run of the repository says now, by its id. */
  | { readonly kind: 'check-run'; readonly id: number }
  /**
   * Whether a registry has a package, and what is wanted of it. `name` as its ecosystem compares names; `version`: a version or a range as it
   * is written, null: any; `indexes`: addresses of registries that the repository names for it. Never of a private name.
   */
  | { readonly kind: 'package'; readonly ecosystem: Ecosystem; readonly name: string; readonly version: string | null; readonly indexes: readonly string[] }
  /** Which imports of modules lead nowhere once the change is merged, and did not so at `commit`, the base. */
  | { readonly kind: 'imports'; readonly commit: Sha; readonly changed: readonly ChangedPath[] }
  /** What became of the changes of an agent in the repository, by its login in lower case. */
  | { readonly kind: 'calibration'; readonly agent: string }
  /**
   * What is used up of a quota that an agent of the repository shares, from one instant (ISO 8601) up to another one. `agent`: login in lower case;
   * `stated`: the usage that evidence states about the change; null: it states none.
   */
  | { readonly kind: 'usage-window'; readonly scope: QuotaScope; readonly agent: string; readonly from: string; readonly to: string; readonly stated: { readonly changeDigest: Digest; readonly usageDigest: Digest } | null }
  /** What an outside judge says of a claim and what it cites, if whoever runs Plumbline set one. All of it is text from outside. */
  | { readonly kind: 'claim-judgement'; readonly claim: string; readonly passages: readonly JudgedPassage[] }
  /** What stands at an address, pinned. */
  | { readonly kind: 'pinned-bundle'; readonly url: string; readonly digest: Digest }
  /** What policies say. */
  | { readonly kind: 'policies'; readonly policies: PolicySource; readonly input: JsonObject & { readonly version: number }; readonly subjects: readonly string[] };

/** Rego, a ready bundle with the keys of which one has to have signed it, or null: what ships with Plumbline. */
export type PolicySource = readonly PolicyFile[] | SignedBundle | null;

/** The change that cites: a base with its branch, and the merge base, which is in the history of the base. */
export interface CitingRange {
  readonly mergeBase: Sha;
  readonly base: Sha;
  readonly branch: string;
}

export type ProbeKind = ProbeRequest['kind'];

export type RequestOf<Kind extends ProbeKind> = Extract<ProbeRequest, { readonly kind: Kind }>;
