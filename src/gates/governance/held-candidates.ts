import { ownBindingOf } from '../../domain/approval/binding.ts';
import type { BoundItem } from '../../domain/approval/binding.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import { electorsOf, findingItem, keyOfFinding } from '../../domain/approval/finding-item.ts';
import type { Finding } from '../../domain/finding.ts';
import type { HeldCandidate } from '../../domain/held-item.ts';
import type { NamedAction } from './derive-actions.ts';
import { approversOfAction } from './approvers-of-action.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { keyOfActionFinding } from './action-finding.ts';

type Asked = Pick<GovernanceWorld, 'snapshot' | 'electorate' | 'required'>;

/** What is held, by whatever gate, and people may release. */
export function heldByFindings(asked: Asked, holds: readonly Finding[]): readonly HeldCandidate[] {
  return holds.flatMap((one) => {
    const from = electorsOf(one);
    return from === null ? [] : [candidate(findingItem(one, asked.snapshot), asked, { from: from === 'admins' ? 'tier3' : from, name: one.path ?? 'the change', ends: [keyOfFinding(one)] })];
  });
}

/** All that people may release, each once: what is held with an action waits for the same yes of the same people. */
export function heldCandidates(world: GovernanceWorld, holds: readonly Finding[]): readonly HeldCandidate[] {
  const [findings, actions] = [heldByFindings(world, holds), heldByActions(world)];
  const known = new Set(actions.map(keyOf));
  const alike = Map.groupBy(findings, keyOf);
  return [...findings.filter((one) => !known.has(keyOf(one))), ...actions.map((one) => ({ ...one, ends: [...one.ends, ...(alike.get(keyOf(one)) ?? []).flatMap(({ ends }) => ends)] }))];
}

function keyOf({ binding, from }: HeldCandidate): string {
  return `${binding} ${from}`;
}

/** Every action that a yes may let pass. */
function heldByActions(world: GovernanceWorld): readonly HeldCandidate[] {
  return world.derived.actions.filter(isReleasable).map((action) => candidate(actionItem(action), world, { from: approversOfAction(action, world), name: action.name, ends: endsOf(action) }));
}

function candidate(item: BoundItem, { snapshot, electorate, required }: Asked, { from, name, ends }: Pick<HeldCandidate, 'from' | 'name' | 'ends'>): HeldCandidate {
  return { scope: item.scope, name, binding: ownBindingOf(snapshot, item), from, count: required[from], approvedBy: countVotes(electorate, snapshot, item, from)[from], ends };
}

/** Tier 1 is free, and what a schema breaks is held by its own finding. */
function isReleasable({ tier, finding }: NamedAction): boolean {
  return tier > 1 && finding !== 'schema/incompatible' && finding !== 'schema/undecided';
}

function endsOf(action: NamedAction): readonly string[] {
  return (['governance/approvals_missing', 'governance/human_approval_required'] as const).map((code) => keyOfActionFinding(action, code));
}
