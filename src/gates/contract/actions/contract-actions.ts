import type { Action } from '../../../domain/action/action.ts';
import type { Contract } from '../../../domain/contract/contract.ts';
import { chainOf, isNewRelease } from '../chain-of.ts';
import type { Chain } from '../chain-of.ts';
import type { ContractWorld } from '../contract-world.ts';
import type { JudgedContract } from '../judged-contract.ts';
import { sameVersionAtBase } from '../same-version.ts';
import { contractAction } from './contract-action.ts';
import { flagActions } from './flag-actions.ts';
import { isMajor } from './is-major.ts';

/**
 * What the change does to each contract that it touches. What can not be read as a contract is refused elsewhere, and of an id of
 * which not everything is known no action is guessed: that is told, and nothing passes without it.
 */
export function contractActions(world: ContractWorld): readonly Action[] {
  return world.changed.flatMap((file) => [...comingActions(file, world), ...goingActions(file, world)]);
}

/** What a contract that stands in R does there. */
function comingActions(file: JudgedContract, world: ContractWorld): readonly Action[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  const chain = chainOf(contract.contractId, world);
  if (chain === null) return [];
  const before = sameVersionAtBase(contract, world);
  const content = isNewRelease(contract, world) ? releaseAction(file, contract, chain, world) : contentAction(file, contract, before, world);
  const lifecycle = lifecycleAction(file, contract, before, world);
  return [content, lifecycle, ...flagActions(file, contract, { before: flagsBefore(file, contract, before), world })].filter((one) => one !== null);
}

/** The flags that stand for the same contract now: of the same version, else of whatever version has its path. */
function flagsBefore({ atBase }: JudgedContract, { contractId }: Contract, before: Contract | null): Contract | null {
  return before ?? (atBase.kind === 'contract' && atBase.contract.contractId === contractId ? atBase.contract : null);
}

function contentAction(file: JudgedContract, contract: Contract, before: Contract | null, world: ContractWorld): Action | null {
  const name = `${contract.contractId} ${contract.version}`;
  if (isRestored(contract, before, world)) return contractAction(file, contract, world, { action: 'contract.restore', tier: 2, why: `It brings back the released content of ${name}.`, field: 'contractVersion' });
  if (before?.contentHash === contract.contentHash) return movedFrom(file, contract, before, world);
  if (contract.lifecycle === 'draft') return contractAction(file, contract, world, { action: 'contract.draft_change', tier: 1, why: `It changes the draft ${name}.`, field: 'contractVersion' });
  return null;
}

/** The content as the record has it, where the base has lost it. */
function isRestored(contract: Contract, before: Contract | null, world: ContractWorld): boolean {
  const recorded = world.released(contract.contractId, contract.key);
  return recorded !== null && recorded.contentHash === contract.contentHash && before?.contentHash !== contract.contentHash;
}

function releaseAction(file: JudgedContract, contract: Contract, chain: Chain, world: ContractWorld): Action {
  const before = chain.predecessorOf(contract);
  const name = `${contract.contractId} ${contract.version}`;
  if (before === null) return contractAction(file, contract, world, { action: 'contract.release', tier: 2, why: `It releases ${name}, the first version.`, field: 'contractVersion' });
  if (!isMajor(before.version, contract.version)) return contractAction(file, contract, world, { action: 'contract.bump', tier: 2, why: `It releases ${name} after ${before.version}.`, field: 'contractVersion', from: before.version });
  return contractAction(file, contract, world, { action: 'contract.bump_major', tier: 3, why: `It releases ${name}, a new major version, after ${before.version}.`, field: 'contractVersion', from: before.version });
}

/** The same version with the same content at another path, which the change takes away from where it was. */
function movedFrom(file: JudgedContract, contract: Contract, before: Contract, world: ContractWorld): Action | null {
  if (before.path === contract.path || isStillThere(before, world)) return null;
  return contractAction(file, contract, world, { action: 'contract.move', tier: 2, why: `It moves ${contract.contractId} ${contract.version} from ${before.path} to ${contract.path}.`, field: 'contractId', paths: [before.path] });
}

function isStillThere({ path, contractId, key }: Contract, world: ContractWorld): boolean {
  return world.inResult(contractId).some((one) => one.path === path && one.key === key);
}

function lifecycleAction(file: JudgedContract, contract: Contract, before: Contract | null, world: ContractWorld): Action | null {
  const was = before?.lifecycle ?? null;
  if (was === contract.lifecycle) return null;
  const name = `${contract.contractId} ${contract.version}`;
  if (contract.lifecycle === 'deprecated') return contractAction(file, contract, world, { action: 'contract.deprecate', tier: 3, why: `It deprecates ${name}.`, field: 'lifecycle' });
  if (contract.lifecycle === 'retired') return contractAction(file, contract, world, { action: 'contract.retire', tier: 3, why: `It retires ${name}.`, field: 'lifecycle' });
  return null;
}

/** A contract that leaves its path: what takes its place, or where it went, is told with that. */
function goingActions(file: JudgedContract, world: ContractWorld): readonly Action[] {
  if (file.atBase.kind !== 'contract' || file.inResult.kind !== 'absent') return [];
  const { contract } = file.atBase;
  if (chainOf(contract.contractId, world) === null) return [];
  const others = world.inResult(contract.contractId);
  if (others.some((one) => one.key === contract.key || file.layout === 'in-place')) return [];
  const name = `${contract.contractId} ${contract.version}`;
  const isDraft = contract.lifecycle === 'draft' && world.released(contract.contractId, contract.key) === null;
  return isDraft
    ? [contractAction(file, contract, world, { action: 'contract.draft_change', tier: 1, why: `It removes the draft ${name}.`, field: null })]
    : [contractAction(file, contract, world, { action: 'contract.retire', tier: 3, why: `It removes ${name}, which is ${contract.lifecycle}.`, field: null })];
}
