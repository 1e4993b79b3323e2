import { contractContent } from '../../domain/contract/contract-content.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { firstDifference } from '../../domain/contract/first-difference.ts';
import { fieldPointer } from '../../domain/contract/contract-field.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { bumpIt, restoreAt } from './next-step.ts';
import { reportAt } from './report.ts';

/** Released content never changes: neither under its version, nor, in versioned paths, at its path. */
export function checkImmutable(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  if (isAsAtBase(file, contract)) return [];
  const released = releasedVersion(contract, world);
  if (released !== null && released.contentHash !== contract.contentHash) {
    const same = released.version === contract.version ? '' : `, and ${contract.version} is the same version: neither build metadata nor a leading v makes another one`;
    const words = `${contract.contractId} changed, but version ${released.version} was released with another content${same}.`;
    return [changed(file, contract, words, released.contentHash, file.layout === 'versioned' ? restoreIt(file, world) : bumpIt(file.path))];
  }
  return file.layout === 'versioned' ? pathFindings(file, contract, world) : [];
}

/** What already stood at the base was not changed here; a base that differs from the record has its own finding. */
function isAsAtBase({ atBase }: JudgedContract, contract: Contract): boolean {
  return atBase.kind === 'contract' && atBase.contract.contractId === contract.contractId && atBase.contract.key === contract.key && atBase.contract.contentHash === contract.contentHash;
}

/** The recorded content of this id and version; where the record can not say, what the base has as released. */
function releasedVersion({ contractId, key }: Contract, world: ContractWorld): Pick<Contract, 'version' | 'contentHash'> | null {
  return world.released(contractId, key) ?? world.atBase(contractId).find((one) => one.key === key && one.lifecycle !== 'draft') ?? null;
}

function pathFindings(file: JudgedContract, contract: Contract, world: ContractWorld): readonly Finding[] {
  const recorded = (world.releasedAt(file.path) ?? []).map((release) => release.contentHash);
  const standing = file.atBase.kind === 'contract' && file.atBase.contract.lifecycle !== 'draft' ? [file.atBase.contract.contentHash] : [];
  const frozen = recorded.length > 0 ? recorded : standing;
  if (frozen.length === 0 || frozen.includes(contract.contentHash)) return [];
  const words = `${file.path} changed, but another content was released at this path, and in versioned paths a released path never changes.`;
  return [changed(file, contract, words, frozen.join(', '), restoreIt(file, world))];
}

/** In versioned paths the new content goes into a path of its own, after the released one is back. */
function restoreIt({ path, atBase }: JudgedContract, world: ContractWorld): string {
  const standing = atBase.kind === 'contract' ? world.snapshot.base : null;
  const recorded = world.releasedAt(path)?.at(-1)?.commit ?? null;
  const commit = recorded ?? standing;
  return commit === null ? bumpIt(path) : restoreAt(commit, path);
}

function changed(file: JudgedContract, contract: Contract, message: string, expected: string, next: string): Finding {
  return reportAt(file, differenceOf(file, contract), { code: 'contract/immutable_changed', subject: `${contract.contractId}@${contract.key}`, message, expected, found: contract.contentHash, next });
}

function differenceOf({ atBase, set }: JudgedContract, contract: Contract): string {
  const version = fieldPointer(set.fields, 'contractVersion');
  if (atBase.kind !== 'contract' || atBase.contract.contractId !== contract.contractId) return version;
  return firstDifference(contractContent(atBase.contract.document.value, set.fields), contractContent(contract.document.value, set.fields)) ?? version;
}
