import type { VerificationRecord } from '../agent-evidence/verification-record.ts';
import type { Tier } from '../action/action.ts';
import type { GateName } from '../gate-name.ts';
import type { JsonObject } from '../json-value.ts';
import type { PersonKind } from '../people/contributor.ts';
import type { Severity } from '../severity.ts';
import type { FileRole } from '../snapshot.ts';
import type { Outcome } from '../verdict.ts';

/**
 * What policies are asked about, by `schemas/policy-input.schema.json`: an interface for whoever writes policies. What is
 * added stays; what a member says never changes within a version. The subjects of every rule are the names of the actions.
 */
export type PolicyInput = {
  readonly version: 1;
  /** ISO 8601, UTC: policies have no clock. */
  readonly now: string;
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string; readonly account: { readonly id: number; readonly login: string; readonly kind: 'organization' | 'user' } };
  readonly base: { readonly branch: string; readonly entry: string; readonly sha: string };
  readonly pullRequest: { readonly number: number | null; readonly title: string; readonly author: string; readonly draft: boolean; readonly fork: boolean; readonly head: string };
  readonly contributors: readonly { readonly login: string; readonly kind: PersonKind; readonly via: readonly string[] }[];
  /** Why there may be others; no whitelist entry matches then. Null when there are none. */
  readonly unknownContributors: string | null;
  readonly changes: readonly { readonly path: string; readonly status: 'added' | 'modified' | 'removed'; readonly roles: readonly Exclude<FileRole, 'own-anew'>[] }[];
  /** No two of one name. */
  readonly actions: readonly PolicyAction[];
  /** How many approvals each kind needs. */
  readonly required: { readonly tier2: number; readonly tier3: number; readonly root: number };
  readonly contracts: readonly PolicyContract[];
  /** Of the gates that judged before. */
  readonly verdicts: readonly { readonly gate: GateName; readonly verdict: Outcome; readonly findings: readonly { readonly code: string; readonly severity: Severity; readonly path: string | null; readonly fingerprint: string }[] }[];
  /** Everybody who said yes to anything in this change, with what they may approve. */
  readonly approvals: readonly { readonly login: string; readonly tier2: boolean; readonly tier3: boolean; readonly root: boolean }[];
  /** In force. */
  readonly waivers: readonly { readonly code: string; readonly fingerprint: string; readonly owner: string; readonly until: string }[];
  /** What came of checking an agent's claims; left out where none were checked. */
  readonly verification?: VerificationRecord;
  readonly usage?: JsonObject;
  /** The effective configuration. */
  readonly config: JsonObject;
};

/** An action, with all that is needed to judge it. */
export type PolicyAction = {
  /** What rules answer for. */
  readonly name: string;
  readonly action: string;
  readonly tier: Tier;
  readonly subject: { readonly path?: string; readonly contract?: string; readonly package?: string; readonly setting?: string };
  readonly paths: readonly string[];
  readonly why: string;
  readonly evidence: JsonObject;
  /** The code that tells of this action by itself. */
  readonly finding: string | null;
  /** Done to one of Plumbline's own files at the root: released by owners. */
  readonly isRoot: boolean;
  /** In force, and matching every contributor, the paths, the repository and the contract, and reaching the tier. */
  readonly whitelist: readonly PolicyWhitelistEntry[];
  /** People whose yes counts for exactly this action. */
  readonly approvals: { readonly tier2: readonly string[]; readonly tier3: readonly string[]; readonly root: readonly string[] };
  /** By people who may reject it. */
  readonly rejections: readonly { readonly login: string; readonly reason: string }[];
};

export type PolicyWhitelistEntry = {
  readonly level: 'organization' | 'repository';
  readonly action: string;
  readonly owner: string;
  /** The day with which it ends. */
  readonly until: string;
  /** Days from now until it ends, begun ones whole: policies can not reckon with dates. */
  readonly daysLeft: number;
  readonly maxTier: number | null;
  /** Names the action itself, without a glob. */
  readonly inFull: boolean;
};

export type PolicyContract = {
  readonly id: string;
  readonly version: string;
  readonly path: string;
  readonly lifecycle: string;
  /** In force, from base or head. */
  readonly flags: { readonly halted: boolean; readonly humanApprovalRequired: boolean; readonly budgetOverride: false | { readonly until: string } };
};
