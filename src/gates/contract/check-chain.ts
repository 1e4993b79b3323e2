import type { Contract } from '../../domain/contract/contract.ts';
import { isSuccessor } from '../../domain/contract/version.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
import { chainOf, isNewRelease } from './chain-of.ts';
import { checkParent } from './check-parent.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { isOnlyBranch } from './must-stand.ts';
import { bumpIt, restoreAt } from './next-step.ts';
import { reportField } from './report.ts';

/** The new link of a chain: a greater version that names the content hash of the released one it follows. */
export function checkChain(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  const chain = chainOf(contract.contractId, world);
  if (chain === null) return [];
  const { newest } = chain;
  const [isRecorded, isNew] = [world.released(contract.contractId, contract.key) !== null, isNewRelease(contract, world)];
  if (newest !== null && isRecorded && isRevived(file, contract, newest, world)) return [reused(file, contract, newest)];
  if (!isNew) return isRecorded ? stepBack(file, contract, world) : [];
  if (newest !== null && !isRecorded && isStartingAgain(file, contract, world)) return [reused(file, contract, newest)];
  const increase = newest === null || isSuccessor(contract.version, newest.version) ? [] : [notIncreased(file, contract, newest.version, bumpIt(file.path))];
  return [...increase, ...checkParent(file, contract, chain)];
}

/** In place, an old release comes back while a newer one stands at the base: the revert of a bump. */
function stepBack(file: JudgedContract, contract: Contract, world: ContractWorld): readonly Finding[] {
  const standing = world.atBase(contract.contractId);
  if (file.layout !== 'in-place' || standing.some((one) => one.key === contract.key)) return [];
  const newer = standing.find((one) => one.lifecycle !== 'draft' && isSuccessor(one.version, contract.version));
  return newer === undefined ? [] : [notIncreased(file, contract, newer.version, restoreAt(world.snapshot.base, newer.path))];
}

/** In place, an id ended with its newest version, which is retired and was removed: an older one, which never was retired, would live on. */
function isRevived({ layout }: JudgedContract, contract: Contract, newest: Release, world: ContractWorld): boolean {
  const isOlder = newest.lifecycle === 'retired' && isSuccessor(newest.version, contract.version);
  return layout === 'in-place' && isOlder && contract.lifecycle !== 'retired' && world.atBase(contract.contractId).length === 0 && isOnlyBranch(world);
}

/** A released id may only go on where its contract stands: anywhere else it would begin a second life. */
function isStartingAgain({ atBase }: JudgedContract, contract: Contract, world: ContractWorld): boolean {
  const isHere = atBase.kind === 'contract' && atBase.contract.contractId === contract.contractId;
  const isAlive = world.atBase(contract.contractId).some((one) => one.lifecycle !== 'draft');
  return !isAlive || (!isHere && contract.previousContractRef === null);
}

function reused(file: JudgedContract, contract: Contract, newest: Release): Finding {
  return reportField(file, 'contractId', {
    code: 'contract/id_reused',
    subject: contract.contractId,
    message: `The id ${contract.contractId} was released before, as version ${newest.version} in ${newest.path}; an id is never used again.`,
    expected: 'an id that never had a release',
    found: contract.contractId,
    next: 'Set `contractId` to one that never had a release, and `previousContractRef` to null.',
  });
}

function notIncreased(file: JudgedContract, contract: Contract, newest: string, next: string): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/version_not_increased',
    subject: contract.contractId,
    message: `Version ${contract.version} of ${contract.contractId} does not come after ${newest}, which was released.`,
    expected: `a version greater than ${newest}`,
    found: contract.version,
    next,
  });
}
