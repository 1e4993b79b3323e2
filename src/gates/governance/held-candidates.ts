import { approvalCountsOf } from '../../domain/approval/approver-groups.ts';
import { bindingOf } from '../../domain/approval/binding.ts';
import type { BoundItem } from '../../domain/approval/binding.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import type { CountedVotes } from '../../domain/approval/count-votes.ts';
import { electorateOf } from '../../domain/approval/electorate.ts';
import { electorsOf, findingItem, keyOfFinding } from '../../domain/approval/finding-item.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ApproverGroup, HeldCandidate } from '../../domain/held-item.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { NamedAction } from './derive-actions.ts';
import { approversOfAction } from './approvers-of-action.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { keyOfActionFinding } from './action-finding.ts';

interface Change {
  readonly snapshot: Snapshot;
  /** Null: nothing valid is configured. */
  readonly configuration: Configuration | null;
  readonly evidence: Evidence;
}

/** What people may release of a change: what is held, by whatever gate, and every action that a yes may let pass. @param world Null where nothing valid is configured. */
export function heldCandidates({ snapshot, configuration, evidence }: Change, holds: readonly Finding[], world: GovernanceWorld | null): readonly HeldCandidate[] {
  const counts = world?.required ?? approvalCountsOf(configuration);
  const electorate = electorateOf({ snapshot, configuration, evidence });
  const number = snapshot.change.subject.kind === 'pull-request' ? snapshot.change.subject.number : null;
  const candidate = (item: BoundItem, { from, name, ends }: Pick<HeldCandidate, 'from' | 'name' | 'ends'>): HeldCandidate => {
    const votes = countVotes(electorate, snapshot, item, from);
    return { scope: item.scope, name, binding: bindingOf(snapshot, item, number), from, count: counts[from], approvedBy: loginsOf(votes, from), ends };
  };
  const found = holds.flatMap((one) => {
    const from = electorsOf(one);
    return from === null ? [] : [candidate(findingItem(one), { from: from === 'admins' ? 'tier3' : from, name: one.path ?? 'the change', ends: [keyOfFinding(one)] })];
  });
  const asked = world === null ? [] : world.derived.actions.filter(isReleasable).map((action) => candidate(actionItem(action), { from: approversOfAction(action, world), name: action.name, ends: endsOf(action) }));
  return [...found, ...asked];
}

/** Tier 1 is free, and what a schema breaks is held by its own finding. */
function isReleasable({ tier, finding }: NamedAction): boolean {
  return tier > 1 && finding !== 'schema/incompatible' && finding !== 'schema/undecided';
}

function endsOf(action: NamedAction): readonly string[] {
  return (['governance/approvals_missing', 'governance/human_approval_required'] as const).map((code) => keyOfActionFinding(action, code));
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
