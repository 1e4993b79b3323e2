import type { Contract } from '../../domain/contract/contract.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { sameVersionAtBase } from './same-version.ts';
import { signatureOf } from './signature-claim.ts';

/** A contract of R whose signature this change brings. */
export interface JudgedSignature {
  readonly file: JudgedContract;
  readonly contract: Contract;
  /** Releases a version; otherwise it only replaces the signature of a released one. */
  readonly isNew: boolean;
}

/**
 * The new links of the change, and released versions whose signature it replaces or takes away. What was released before
 * is not judged again: removing a key or an end that has come breaks nothing, nor does a change of the state alone. Drafts
 * need no signature, and restored content was judged when it was released.
 */
export function judgedSignatures(world: ContractWorld): readonly JudgedSignature[] {
  return world.changed.flatMap((file) => judgedSignature(file, world) ?? []);
}

function judgedSignature(file: JudgedContract, world: ContractWorld): JudgedSignature | null {
  if (file.inResult.kind !== 'contract' || file.inResult.contract.lifecycle === 'draft') return null;
  const { contract } = file.inResult;
  if (world.releases(contract.contractId) === null) return null;
  const standing = standingAtBase(contract, world);
  if (standing !== null) return isReplaced(file, contract, standing) ? { file, contract, isNew: false } : null;
  return world.released(contract.contractId, contract.key) === null ? { file, contract, isNew: true } : null;
}

function standingAtBase(contract: Contract, world: ContractWorld): Contract | null {
  const standing = sameVersionAtBase(contract, world);
  return standing === null || standing.lifecycle === 'draft' ? null : standing;
}

/** Another content under a released version has a finding of its own. */
function isReplaced(file: JudgedContract, contract: Contract, standing: Contract): boolean {
  return standing.contentHash === contract.contentHash && signatureOf(contract, file.set.fields) !== signatureOf(standing, file.set.fields);
}
