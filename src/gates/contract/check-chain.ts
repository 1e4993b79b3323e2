import type { Contract } from '../../domain/contract/contract.ts';
import { compareVersions, isSuccessor } from '../../domain/contract/version.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportField } from './report.ts';

/** The new link of a chain: a greater version that names the content hash of the released one it follows. */
export function checkChain(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  const releases = world.releases(contract.contractId);
  if (releases === null || isStanding(contract, world)) return [];
  if (world.released(contract.contractId, contract.key) !== null) return stepBack(file, contract, world);
  if (contract.lifecycle === 'draft') return [];
  const newest = releases.at(-1);
  if (newest !== undefined && isStartingAgain(file, contract, world)) return [reused(file, contract, newest)];
  const increase = newest === undefined || isSuccessor(contract.version, newest.version) ? [] : [notIncreased(file, contract, newest.version)];
  return [...increase, ...parentFindings(file, contract, predecessorOf(contract, newest, world))];
}

/** The greatest release, or a version below this one that the same change releases. */
function predecessorOf(contract: Contract, newest: Release | undefined, world: ContractWorld): Predecessor | undefined {
  const { contractId } = contract;
  const together = world.inResult(contractId).filter((one) => one.lifecycle !== 'draft' && world.released(contractId, one.key) === null && isSuccessor(contract.version, one.version));
  return [...(newest === undefined ? [] : [newest]), ...together].toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
}

type Predecessor = Pick<Release, 'version' | 'contentHash'>;

/** A released version that the record does not have yet is told as such, and not judged as a new one. */
function isStanding({ contractId, key }: Contract, world: ContractWorld): boolean {
  return world.released(contractId, key) === null && world.atBase(contractId).some((one) => one.key === key && one.lifecycle !== 'draft');
}

/** In place, an old release comes back while a newer one stands at the base: the revert of a bump. */
function stepBack(file: JudgedContract, contract: Contract, world: ContractWorld): readonly Finding[] {
  const standing = world.atBase(contract.contractId);
  if (file.set.layout !== 'in-place' || standing.some((one) => one.key === contract.key)) return [];
  const newer = standing.find((one) => one.lifecycle !== 'draft' && isSuccessor(one.version, contract.version));
  return newer === undefined ? [] : [notIncreased(file, contract, newer.version)];
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
    next: 'Give the contract another contractId.',
  });
}

function notIncreased(file: JudgedContract, contract: Contract, newest: string): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/version_not_increased',
    subject: contract.contractId,
    message: `Version ${contract.version} of ${contract.contractId} does not come after ${newest}, which was released.`,
    expected: `a version greater than ${newest}`,
    found: contract.version,
    next: `Set contractVersion to a version greater than ${newest}.`,
  });
}

function parentFindings(file: JudgedContract, contract: Contract, before: Predecessor | undefined): readonly Finding[] {
  const expected = before?.contentHash ?? null;
  if (contract.previousContractRef === expected) return [];
  const why = before === undefined ? 'it never had a release, so nothing can come before it' : `it follows ${before.version}, whose content hash is ${before.contentHash}`;
  return [mismatch(file, contract, expected ?? 'null', `previousContractRef of ${contract.contractId} ${contract.version} is wrong: ${why}.`)];
}

function mismatch(file: JudgedContract, contract: Contract, expected: string, message: string): Finding {
  return reportField(file, 'previousContractRef', {
    code: 'contract/previous_ref_mismatch',
    subject: contract.contractId,
    message,
    expected,
    found: contract.previousContractRef ?? 'null',
    next: `Set previousContractRef to \`${expected}\`.`,
  });
}
