import type { ContractFields, ContractSet } from '../configuration/configuration.ts';
import type { Digest } from '../digest.ts';
import type { JsonValue } from '../json-value.ts';
import type { PlainFileMode, Sha } from '../tree.ts';
import type { MeasuredDrift } from './measured-drift.ts';

/** Everything that a plan is made from, read at one commit of the base. What is not there was not read, which is never the same as nothing. */
export interface PlaybookFacts {
  readonly drift: MeasuredDrift;
  /** ISO 8601. */
  readonly now: string;
  /** Whether our App may write workflow files there. */
  readonly mayWriteWorkflows: boolean;
  /** By path. */
  readonly files: ReadonlyMap<string, FileFact>;
  /** By what a difference names. */
  readonly templates: ReadonlyMap<string, FileFact>;
  /** By path; null: no contract set governs it. */
  readonly contracts: ReadonlyMap<string, ContractFact | null>;
  readonly commits: ReadonlyMap<Sha, CommitFact>;
}

/** A question whose answer is put into the facts. */
export type FactRequest =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'contract'; readonly path: string }
  | { readonly kind: 'commit'; readonly commit: Sha };

/** `other`: a link, a submodule, a folder, no UTF-8, too large; and MUST be said too where a part of the path above it is a file or a link. */
export type FileFact = { readonly kind: 'file'; readonly text: string; readonly mode: PlainFileMode } | { readonly kind: 'absent' } | { readonly kind: 'other'; readonly what: string };

/** What governs a path, and what was released of the contract at it, or of the one that was released at it. */
export interface ContractFact {
  readonly fields: ContractFields;
  readonly layout: ContractSet['layout'];
  /** Whether any set asks for signatures. */
  readonly isSigned: boolean;
  /** In the branch's entry, of the contract at the path and of each that was released at it, lowest version first. MUST be complete. */
  readonly releases: readonly ReleasedVersion[];
  /** As a contract that is released now states it. */
  readonly policyChecksum: Digest;
  /** By which what changes is classed, as the gate does. Empty: none says anything, and every difference counts as breaking. */
  readonly schemas: readonly JsonValue[];
}

export interface ReleasedVersion {
  readonly contractId: string;
  readonly version: string;
  readonly contentHash: Digest;
  /** The furthest that it has reached. */
  readonly lifecycle: string;
  readonly path: string;
  /** The file as it was released. */
  readonly text: string;
}

/** What a commit changed against its first parent, or of a merged pull request that is undone, all that came with it up to that commit. `unknown`: there is none, or it is not on the base branch. */
export type CommitFact = { readonly kind: 'changes'; readonly files: readonly CommittedChange[] } | { readonly kind: 'unknown' };

export interface CommittedChange {
  readonly path: string;
  readonly before: FileFact;
  readonly after: FileFact;
}

/** No facts yet. */
export function factsAbout(drift: MeasuredDrift, now: string, mayWriteWorkflows: boolean): PlaybookFacts {
  return { drift, now, mayWriteWorkflows, files: new Map(), templates: new Map(), contracts: new Map(), commits: new Map() };
}
