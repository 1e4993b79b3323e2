import type { JsonObject } from '../json-value.ts';
import type { OwnGlob } from './own-paths.ts';

/** One governed set of branches, with one roll-up of its own. */
export interface BranchEntry {
  readonly entry: string;
  /** Branch names, as globs. */
  readonly names: readonly string[];
  /** `plumbline doctor` fails when the branch's rules do not require this entry's roll-up from our App. */
  readonly require: boolean;
  /** Whether it holds the default branch: its checks carry no entry name. */
  readonly isDefault: boolean;
}

/** Where a contract's fields stand: a JSON pointer into the document, a fixed value, or the file's path. */
export type FieldSource =
  | { readonly kind: 'pointer'; readonly pointer: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'path' };

export type ContractField =
  | 'contractId'
  | 'contractVersion'
  | 'previousContractRef'
  | 'policyBundleChecksum'
  | 'kmsKeyRef'
  | 'lifecycle'
  | 'emergencyFlags'
  | 'signature';

export type ContractFields = Readonly<Record<ContractField, FieldSource>>;

export interface ContractSet {
  readonly name: string;
  readonly paths: readonly string[];
  /** `builtin:<name>/vN`, a path in the repository, or `org:<path>`; null: only the envelope is checked. */
  readonly schema: string | null;
  readonly fields: ContractFields;
  readonly signatures: 'required' | 'optional';
  readonly layout: 'in-place' | 'versioned';
}

export interface SchemaSet {
  readonly paths: readonly string[];
  readonly compatibility: string;
  readonly preset: 'semantic' | 'lenient';
  readonly layout: 'in-place' | 'versioned';
}

/** `warn` counts as a notice until its date and enforces afterwards. */
export type RuleMode = { readonly kind: 'observe' } | { readonly kind: 'warn'; readonly until: string } | { readonly kind: 'enforce' };

/** An entry of the repository's whitelist that would reach further without the organisation. */
export interface ShortenedEntry {
  /** As it stands in the merged document. */
  readonly entry: JsonObject;
  /** The highest tier that the repository wrote it for. */
  readonly wantedTier: number;
}

/** The configuration in force: the organisation's with the repository's additions, every default filled in. */
export interface Configuration {
  readonly version: 1;
  readonly branches: readonly BranchEntry[];
  readonly contracts: readonly ContractSet[];
  readonly schemas: readonly SchemaSet[];
  readonly keys: readonly string[];
  /** By finding code, or `*` for all. */
  readonly rules: Readonly<Record<string, RuleMode>>;
  /** Whether it is that of the organisation's `.github`: the organisation's own files stand there. */
  readonly isRoot: boolean;
  /** Every path of the repository that this configuration reads to decide something, its own file included, and as what. */
  readonly ownGlobs: readonly OwnGlob[];
  /** Globs of the repository's own policy sources; the organisation's are not among them. */
  readonly policyPaths: readonly string[];
  /** Globs of action requests. */
  readonly requestPaths: readonly string[];
  readonly shortenedEntries: readonly ShortenedEntry[];
  /** The merged document as written, with the keys that parts of a later version read. */
  readonly document: JsonObject;
}
