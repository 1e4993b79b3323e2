import type { ApproverGroup } from '../../domain/held-item.ts';
import { contractsOfActions } from './contracts-of-actions.ts';
import type { NamedAction } from './derive-actions.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { isRootAction } from './is-root-action.ts';

/**
 * Whose word about an action is heard, before any rule is asked and where none answers; rules then say whose yes they wait for.
 * A flag that asks for people, on any version of the contract, asks those of tier 3, but not for setting it.
 */
export function approversOfAction(action: NamedAction, { snapshot, derived }: Pick<GovernanceWorld, 'snapshot' | 'derived'>): ApproverGroup {
  if (isRootAction(action, snapshot)) return 'root';
  const { action: name, tier, subject: { contract } } = action;
  const isAsking = name !== 'contract.halt' && contract !== undefined && contractsOfActions(derived).asking.has(contract);
  return tier === 2 && !isAsking ? 'tier2' : 'tier3';
}
