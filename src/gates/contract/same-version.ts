import type { Contract } from '../../domain/contract/contract.ts';
import type { ContractWorld } from './contract-world.ts';

/** The contract of B with the same id and version; of several, the one at the same path. */
export function sameVersionAtBase({ contractId, key, path }: Contract, world: ContractWorld): Contract | null {
  const same = world.atBase(contractId).filter((one) => one.key === key);
  return same.find((one) => one.path === path) ?? same[0] ?? null;
}

/** Whether R has the recorded content of this id and version, at whatever path. */
export function isRecordedContentInResult({ contractId, key }: Pick<Contract, 'contractId' | 'key'>, world: ContractWorld): boolean {
  const recorded = world.released(contractId, key);
  return recorded !== null && world.inResult(contractId).some((one) => one.key === key && one.contentHash === recorded.contentHash);
}
