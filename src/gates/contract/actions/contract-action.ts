import type { Action, Tier } from '../../../domain/action/action.ts';
import type { ContractField } from '../../../domain/configuration/configuration.ts';
import type { Contract } from '../../../domain/contract/contract.ts';
import { fieldPointer } from '../../../domain/contract/contract-field.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { ContractWorld } from '../contract-world.ts';
import type { JudgedContract } from '../judged-contract.ts';

export interface ContractActionWords {
  readonly action: string;
  readonly tier: Tier;
  readonly why: string;
  /** What a reader looks at first; null where nothing stands at the head. */
  readonly field: ContractField | null;
  /** The version before. */
  readonly from?: string;
  /** Paths beside the contract's own. */
  readonly paths?: readonly string[];
}

/** An action on one contract: its evidence says which version it is about, in which state. */
export function contractAction(file: JudgedContract, contract: Contract, world: Pick<ContractWorld, 'atBase'>, { action, tier, why, field, from, paths = [] }: ContractActionWords): Action {
  return {
    action,
    tier,
    subject: { contract: contract.contractId, path: file.path },
    paths: [...new Set([file.path, ...paths])].toSorted(),
    why,
    evidence: { version: contract.version, content: contract.contentHash, lifecycle: contract.lifecycle, flags: flagsOf(contract, world), ...(from === undefined ? {} : { from }) },
    place: field === null ? null : () => ({ path: file.path, ...contract.document.positionOf(fieldPointer(file.set.fields, field)) }),
    finding: null,
    remedy: null,
  };
}

/** Restrictive flags are in force as soon as base or head set them on any version, wherever it stands; permissive ones only where the base does. */
function flagsOf(contract: Contract, world: Pick<ContractWorld, 'atBase'>): JsonObject {
  const base = world.atBase(contract.contractId).map(({ emergencyFlags }) => emergencyFlags);
  const override = base.map(({ budgetOverride }) => budgetOverride).find((one) => one !== false);
  return {
    halted: contract.emergencyFlags.halted || base.some(({ halted }) => halted),
    humanApprovalRequired: contract.emergencyFlags.humanApprovalRequired || base.some(({ humanApprovalRequired }) => humanApprovalRequired),
    budgetOverride: override === undefined ? false : { until: override.until },
  };
}
