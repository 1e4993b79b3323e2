import type { Contract } from '../../domain/contract/contract.ts';
import { isSuccessor } from '../../domain/contract/version.ts';
import { chainOf, isNewRelease } from './chain-of.ts';
import type { Link } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';

/** A version that the change releases, and the one that it follows. */
export interface ReleaseStep {
  readonly contract: Contract;
  readonly before: Link;
}

/** Null where the file releases nothing, or the first version of its id. A version that does not come after the other has a finding of its own. Looked for once for each file and world. */
export function releaseStep(file: JudgedContract, world: ContractWorld): ReleaseStep | null {
  const steps = remembered.get(world) ?? new Map<JudgedContract, ReleaseStep | null>();
  remembered.set(world, steps);
  const known = steps.get(file);
  if (known !== undefined) return known;
  const step = stepOf(file, world);
  steps.set(file, step);
  return step;
}

const remembered = new WeakMap<ContractWorld, Map<JudgedContract, ReleaseStep | null>>();

function stepOf({ inResult }: JudgedContract, world: ContractWorld): ReleaseStep | null {
  if (inResult.kind !== 'contract' || !isNewRelease(inResult.contract, world)) return null;
  const { contract } = inResult;
  const before = chainOf(contract.contractId, world)?.predecessorOf(contract) ?? null;
  return before === null || !isSuccessor(contract.version, before.version) ? null : { contract, before };
}
