import type { Severity } from './severity.ts';

export interface FindingRule {
  readonly severity: Severity;
  /** Whether an owned, expiring waiver may silence it. */
  readonly waivable: boolean;
  /** Which approvals release a hold of this code; left out: none, or whoever its gate counts. */
  readonly releasedBy?: 'tier2' | 'tier3';
  /** Whether its gate counts the approvals of each by itself. */
  readonly isCounted?: true;
}

const deny: FindingRule = { severity: 'deny', waivable: false };
const unknown: FindingRule = { severity: 'unknown', waivable: false };
const notice: FindingRule = { severity: 'notice', waivable: false };
const hold: FindingRule = { severity: 'hold', waivable: false, releasedBy: 'tier3' };
const waivableHold: FindingRule = { severity: 'hold', waivable: true, releasedBy: 'tier3' };
const waivableNotice: FindingRule = { severity: 'notice', waivable: true };
const tier2Hold: FindingRule = { severity: 'hold', waivable: false, releasedBy: 'tier2' };
/** Held until its gate has counted enough people itself. */
const countedHold: FindingRule = { severity: 'hold', waivable: false, isCounted: true };
const waivable: FindingRule = { severity: 'deny', waivable: true };
/** Denied, but held where it is deterministic and beyond proof. */
const denyOrHold: FindingRule = { severity: 'deny', waivable: false, releasedBy: 'tier3' };
/** Not known, but held where only a change that people look at can end that. */
const unknownOrHold: FindingRule = { severity: 'unknown', waivable: false, releasedBy: 'tier3' };

/** Every finding that this engine version can report. Each code has a page in `docs/findings/`. */
export const findingRules = {
  'snapshot/path_twin': deny,
  'snapshot/not_a_file': deny,
  'snapshot/content_unavailable': deny,
  'snapshot/unreadable': unknown,
  'snapshot/group_unresolved': unknown,
  'snapshot/too_large': denyOrHold,
  'snapshot/too_many': hold,
  'snapshot/encoding': deny,
  'snapshot/mode_changed': notice,
  'snapshot/update_branch': deny,
  'engine/failed': unknown,
  'engine/unsettled': unknown,
  'config/invalid': deny,
  'config/base_invalid': notice,
  'config/repair': hold,
  'config/ratchet': deny,
  'config/unreadable': unknown,
  'config/missing': deny,
  'contract/unparsable': deny,
  'contract/schema_invalid': { severity: 'deny', waivable: true, releasedBy: 'tier3' },
  'contract/schema_unknown': deny,
  'contract/format_changed': notice,
  'contract/immutable_changed': deny,
  'contract/version_not_increased': deny,
  'contract/version_bump_too_small': waivable,
  'contract/previous_ref_mismatch': deny,
  'contract/fork': deny,
  'contract/chain_broken': deny,
  'contract/id_reused': deny,
  'contract/record_incomplete': unknown,
  'contract/base_diverged': deny,
  'contract/policy_checksum_mismatch': { severity: 'deny', waivable: true, releasedBy: 'tier2' },
  'contract/lifecycle_forbidden': deny,
  'contract/removed': deny,
  'contract/duplicate_id': deny,
  'contract/signature_missing': deny,
  'contract/signature_invalid': deny,
  'contract/key_unknown': deny,
  'contract/key_mismatch': deny,
  'contract/state_changed': notice,
  'contract/halted': deny,
  'schema/invalid': denyOrHold,
  'schema/immutable_changed': deny,
  'schema/incompatible': waivableHold,
  'schema/undecided': waivableHold,
  'governance/action_unpinned': waivableNotice,
  'governance/loosening': deny,
  'governance/tier_forbidden': deny,
  'governance/workflow_unsafe': deny,
  'governance/secret_committed': waivable,
  'governance/not_whitelisted': deny,
  'governance/approvals_missing': countedHold,
  'governance/rejected': deny,
  'governance/contributors_unknown': notice,
  'governance/human_approval_required': countedHold,
  'policy/invalid': deny,
  'policy/no_answer': unknown,
  'policy/timed_out': unknown,
  'policy/input_invalid': unknown,
  'policy/denied': deny,
  'policy/held': hold,
  'governance/request_invalid': deny,
  'waiver/expired': notice,
  'waiver/orphaned': notice,
  'waiver/too_long': deny,
  'waiver/not_waivable': deny,
  'hallucination/evidence_missing': tier2Hold,
  'hallucination/evidence_unbound': tier2Hold,
  'hallucination/evidence_invalid': deny,
  'hallucination/verdict_ignored': notice,
  'hallucination/citation_missing': deny,
  'hallucination/quote_absent': deny,
  'hallucination/file_missing': deny,
  'hallucination/symbol_missing': deny,
  'hallucination/package_missing': deny,
  'hallucination/claim_contradicted': deny,
  'hallucination/self_cited': notice,
  'hallucination/boilerplate': notice,
  'hallucination/claim_unsupported': notice,
  'hallucination/confidence_low': tier2Hold,
  'hallucination/not_checkable': hold,
  'hallucination/unverifiable': unknown,
  'hallucination/dependency_undeclared': { severity: 'hold', waivable: true, releasedBy: 'tier2' },
  'hallucination/moved': notice,
  'hallucination/typosquat_hint': notice,
  'hallucination/hidden_character': notice,
  'usage/quota_near': notice,
  'usage/quota_exceeded': deny,
  'drift/detected': { severity: 'deny', waivable: true, releasedBy: 'tier3' },
  'drift/no_signal': unknownOrHold,
  'drift/stale': unknown,
  'drift/too_few_samples': unknown,
  'drift/generator_changed': unknownOrHold,
  'drift/samples_missing': hold,
  'drift/own_workflow': hold,
  'drift/fixture_used': notice,
  'audit/blocked': unknown,
} as const satisfies Readonly<Record<string, FindingRule>>;

export type FindingCode = keyof typeof findingRules;

export function ruleOf(code: FindingCode): FindingRule {
  return findingRules[code];
}

export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingRules, code);
}
