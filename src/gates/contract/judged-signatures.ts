import type { Contract } from '../../domain/contract/contract.ts';
import { wasJudged } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { hasSameSignature } from './signature-claim.ts';

/** A contract of R whose signature this change brings. */
export interface JudgedSignature {
  readonly file: JudgedContract;
  readonly contract: Contract;
  /** Releases a version; otherwise it only replaces the signature of a released one. */
  readonly isNew: boolean;
  /** What the file brings back, where its content does not stand at the base: the signature may be the one that was released. */
  readonly restored: Release | null;
}

/**
 * The new links of the change, and released versions whose signature it replaces or takes away, also while it brings
 * them back. What a decision allowed before is not judged again: removing a key or an end that has come breaks nothing, nor
 * does a change of the state alone. Drafts need no signature.
 */
export function judgedSignatures(world: ContractWorld): readonly JudgedSignature[] {
  return world.changed.flatMap((file) => judgedSignature(file, world) ?? []);
}

function judgedSignature(file: JudgedContract, world: ContractWorld): JudgedSignature | null {
  if (file.inResult.kind !== 'contract' || file.inResult.contract.lifecycle === 'draft') return null;
  const { contract } = file.inResult;
  if (world.releases(contract.contractId) === null) return null;
  const versions = world.atBase(contract.contractId).filter((one) => one.key === contract.key && one.lifecycle !== 'draft');
  const same = versions.filter((one) => one.contentHash === contract.contentHash);
  const standing = same.find((one) => one.path === contract.path) ?? same[0];
  if (standing !== undefined) return hasSameSignature(standing, contract, file.set.fields) ? null : { file, contract, isNew: false, restored: null };
  const recorded = world.released(contract.contractId, contract.key);
  if (recorded === null) return versions.length === 0 ? { file, contract, isNew: true, restored: null } : null;
  // Another content under a released version has a finding of its own.
  const isAsReleased = recorded.blob === file.result?.blob && wasJudged(recorded);
  return recorded.contentHash !== contract.contentHash || isAsReleased ? null : { file, contract, isNew: false, restored: recorded };
}
