import { bumpEdits } from '../../domain/contract/bump-edits.ts';
import type { ChangeClass } from '../../domain/contract/change-class.ts';
import { classToAnswer } from '../../domain/contract/class-to-answer.ts';
import { contentChanges } from '../../domain/contract/content-changes.ts';
import { contractPromise } from '../../domain/contract/contract-content.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import { isSuccessor } from '../../domain/contract/version.ts';
import type { Digest } from '../../domain/digest.ts';
import type { MendEdit } from '../../domain/mend.ts';
import { basePolicies } from './base-policies.ts';
import { chainOf, isNewRelease } from './chain-of.ts';
import type { Link } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { predecessorPromise } from './predecessor-promise.ts';
import { readSchema, schemaValue } from './schema-source.ts';

/** The members that make a contract the successor of what it follows; null where edits of them can not, or where not enough is known. */
export function bumpOf(file: JudgedContract, world: ContractWorld): readonly MendEdit[] | null {
  if (file.inResult.kind !== 'contract') return null;
  const { contract } = file.inResult;
  const before = linkBefore(contract, world);
  const policyChecksum = checksumFor(file, contract, world);
  if (before === undefined || policyChecksum === null) return null;
  const changed = before === null ? 'cosmetic' : classSince(before, file, contract, world);
  if (changed === null) return null;
  const newest = before === null ? null : { version: before.version, contentHash: before.contentHash, signature: undefined };
  const bump = bumpEdits({ document: contract.document.value, fields: file.set.fields, path: file.path, newest, changed, level: null, policyChecksum, isActive: false });
  if (bump.kind !== 'edits') return null;
  const edits = bump.edits.flatMap(({ pointer, value }) => (value === undefined ? [] : [{ pointer, value }]));
  return edits.length === 0 || edits.length < bump.edits.length ? null : edits;
}

/** Null for the first of its id; undefined where the record can not say, or the released content itself came back. */
function linkBefore(contract: Contract, world: ContractWorld): Link | null | undefined {
  const chain = chainOf(contract.contractId, world);
  if (chain === null) return undefined;
  if (isNewRelease(contract, world)) return chain.predecessorOf(contract);
  const { newest } = chain;
  const isOld = world.released(contract.contractId, contract.key)?.contentHash === contract.contentHash;
  return newest === null || isOld ? undefined : { kind: 'recorded', release: newest, version: newest.version, contentHash: newest.contentHash };
}

/** Null where not enough is known of what changed. */
function classSince(before: Link, file: JudgedContract, contract: Contract, world: ContractWorld): ChangeClass | null {
  const schemas = file.schemas.map((name) => schemaValue(readSchema(name, world.snapshot, world.evidence)));
  const choice = { hasSchema: schemas.length > 0, isChosen: isSuccessor(contract.version, before.version) };
  // What the version before promised may not be known: where nothing depends on it, it is not asked.
  if (!choice.hasSchema && choice.isChosen) return classToAnswer({ ...choice, changes: [] });
  const reading = predecessorPromise(file, contract, before, world);
  const usable = schemas.filter((schema) => schema !== null);
  if (reading.kind === 'unavailable' || usable.length < schemas.length) return null;
  const changes = contentChanges(reading.promise, contractPromise(contract.document.value, file.set.fields), ...usable);
  return classToAnswer({ ...choice, changes });
}

/** A document that states no checksum gets none; null where it states one and the base's policies are not known. */
function checksumFor(file: JudgedContract, contract: Contract, world: ContractWorld): Digest | null {
  const stated = fieldValue(contract.document.value, file.set.fields, 'policyBundleChecksum', file.path) ?? null;
  if (stated === null) return policyChecksumOf([]);
  const policies = basePolicies(world);
  return policies.kind === 'checksum' ? policies.checksum : null;
}
