import type { Action } from '../../../domain/action/action.ts';
import type { Contract } from '../../../domain/contract/contract.ts';
import type { ContractWorld } from '../contract-world.ts';
import type { JudgedContract } from '../judged-contract.ts';
import { overrideOf } from '../only-restricts.ts';
import { contractAction } from './contract-action.ts';

export interface FlagsBefore {
  /** What stands for this contract at B; null for a new one. */
  readonly before: Contract | null;
  readonly world: Pick<ContractWorld, 'atBase'>;
}

/** Emergency flags that the change sets or clears. */
export function flagActions(file: JudgedContract, contract: Contract, { before, world }: FlagsBefore): readonly Action[] {
  const restrictive = (['halted', 'humanApprovalRequired'] as const).map((flag) => ({ flag, was: before?.emergencyFlags[flag] ?? false, is: contract.emergencyFlags[flag] }));
  const set = restrictive.filter(({ was, is }) => is && !was).map(({ flag }) => flag);
  const cleared = restrictive.filter(({ was, is }) => was && !is).map(({ flag }) => flag);
  const [overrideBefore, override] = [before === null ? '' : overrideOf(before), overrideOf(contract)];
  const id = contract.contractId;
  return [
    ...(set.length === 0 ? [] : [contractAction(file, contract, world, { action: 'contract.halt', tier: 2, why: `It sets ${set.join(' and ')} on ${id}.`, field: 'emergencyFlags' })]),
    ...(cleared.length === 0 ? [] : [contractAction(file, contract, world, { action: 'contract.resume', tier: 3, why: `It clears ${cleared.join(' and ')} on ${id}.`, field: 'emergencyFlags' })]),
    ...(override === '' || override === overrideBefore ? [] : [contractAction(file, contract, world, { action: 'contract.override_budget', tier: 3, why: `It lifts the quotas of ${id} until ${override}.`, field: 'emergencyFlags' })]),
  ];
}
