import { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import { bindingOf } from '../../domain/approval/binding.ts';
import type { BoundItem } from '../../domain/approval/binding.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import type { CountedVotes } from '../../domain/approval/count-votes.ts';
import { electorateOf } from '../../domain/approval/electorate.ts';
import { findingItem, keyOfFinding } from '../../domain/approval/finding-item.ts';
import { member } from '../../domain/configuration/member.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { ruleOf } from '../../domain/finding-code.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ApproverGroup, HeldCandidate } from '../../domain/held-item.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { NamedAction } from './derive-actions.ts';
import { actionItem, governanceWorld, heldFindings } from './governance-world.ts';
import { isRootAction } from './is-root-action.ts';
import { actionFinding } from './action-finding.ts';

interface Change {
  readonly snapshot: Snapshot;
  /** Null: nothing valid is configured. */
  readonly configuration: Configuration | null;
  readonly evidence: Evidence;
}

/** What people may release of a change: what the other gates hold, and every action that a yes may let pass. */
export function heldCandidates({ snapshot, configuration, evidence }: Change): readonly HeldCandidate[] {
  const actions = configuration === null ? [] : governanceWorld({ snapshot, configuration, evidence }).derived.actions;
  const counts = approvalCountsOf(configuration);
  const electorate = electorateOf(configuration, evidence);
  const number = snapshot.change.subject.kind === 'pull-request' ? snapshot.change.subject.number : null;
  const candidate = (item: BoundItem, { from, name, ends }: Pick<HeldCandidate, 'from' | 'name' | 'ends'>): HeldCandidate => {
    const votes = countVotes(electorate, snapshot, item);
    return { scope: item.scope, name, binding: bindingOf(snapshot, item, number), from, count: counts[from], approvedBy: loginsOf(votes, from), ends };
  };
  const found = heldFindings(evidence).map((one) => candidate(findingItem(one), { from: groupOf(one), name: one.path ?? 'the change', ends: [keyOfFinding(one)] }));
  const asked = actions.filter(isReleasable).map((action) => candidate(actionItem(action), { from: approversOfAction(action, snapshot), name: action.name, ends: endsOf(action) }));
  return [...found, ...asked];
}

/** Tier 1 is free, and what a schema breaks is held by its own finding. */
function isReleasable({ tier, finding }: NamedAction): boolean {
  return tier > 1 && finding !== 'schema/incompatible' && finding !== 'schema/undecided';
}

/** Whose yes lets an action pass. A flag that asks for people asks those of tier 3, but not for setting it. */
export function approversOfAction(action: NamedAction, snapshot: Snapshot): ApproverGroup {
  if (isRootAction(action, snapshot)) return 'root';
  const isFlagged = action.action !== 'contract.halt' && member.object(action.evidence, 'flags')['humanApprovalRequired'] === true;
  return action.tier === 2 && !isFlagged ? 'tier2' : 'tier3';
}

function endsOf(action: NamedAction): readonly string[] {
  return (['governance/approvals_missing', 'governance/human_approval_required'] as const).map((code) => keyOfFinding(actionFinding(action, { code, message: '', next: '' })));
}

function groupOf({ code }: Finding): ApproverGroup {
  return ruleOf(code).releasedBy ?? 'tier2';
}

function loginsOf(votes: CountedVotes, from: ApproverGroup): readonly string[] {
  switch (from) {
    case 'tier2':
      return votes.tier2;
    case 'tier3':
      return votes.tier3;
    case 'root':
      return votes.root;
  }
}
