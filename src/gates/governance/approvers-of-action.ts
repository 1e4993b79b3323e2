import { member } from '../../domain/configuration/member.ts';
import type { ApproverGroup } from '../../domain/held-item.ts';
import type { DerivedActions, NamedAction } from './derive-actions.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { isRootAction } from './is-root-action.ts';

/** Whose yes lets an action pass. A flag that asks for people, on any version of the contract, asks those of tier 3, but not for setting it. */
export function approversOfAction(action: NamedAction, { snapshot, derived }: Pick<GovernanceWorld, 'snapshot' | 'derived'>): ApproverGroup {
  if (isRootAction(action, snapshot)) return 'root';
  const { contract } = action.subject;
  const isFlagged = contract !== undefined && action.action !== 'contract.halt' && flaggedContracts(derived).has(contract);
  return action.tier === 2 && !isFlagged ? 'tier2' : 'tier3';
}

const remembered = new WeakMap<DerivedActions, ReadonlySet<string>>();

function flaggedContracts(derived: DerivedActions): ReadonlySet<string> {
  const known = remembered.get(derived) ?? new Set(derived.actions.flatMap(({ subject: { contract }, evidence }) => (contract !== undefined && member.object(evidence, 'flags')['humanApprovalRequired'] === true ? [contract] : [])));
  remembered.set(derived, known);
  return known;
}
