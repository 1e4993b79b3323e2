import { contractPromise } from '../../domain/contract/contract-content.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Link } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { releasedDocument, releasedRequest } from './released-document.ts';

export type PromiseReading = { readonly kind: 'promise'; readonly promise: JsonValue } | { readonly kind: 'unavailable'; readonly why: string };

/** What the version before promised: as it stands at B or in R; where it stands nowhere any more, from the blob that was released. */
export function predecessorPromise(file: JudgedContract, contract: Contract, before: Link, world: ContractWorld): PromiseReading {
  const standing = standingContract(contract, before, world);
  if (standing !== null) return { kind: 'promise', promise: contractPromise(standing.document.value, file.set.fields) };
  if (before.kind === 'new') return { kind: 'unavailable', why: 'it stands nowhere' };
  const reading = releasedDocument(before.release, world);
  return reading.kind === 'unavailable' ? reading : { kind: 'promise', promise: contractPromise(reading.document.value, file.set.fields) };
}

/** The question that `predecessorPromise` needs answered; null when it needs none. */
export function predecessorRequest(contract: Contract, before: Link, world: ContractWorld): RequestOf<'blob'> | null {
  return before.kind === 'new' || standingContract(contract, before, world) !== null ? null : releasedRequest(before.release);
}

function standingContract({ contractId }: Contract, before: Link, world: ContractWorld): Contract | null {
  if (before.kind === 'new') return before.contract;
  return world.atBase(contractId).find((one) => one.contentHash === before.contentHash) ?? null;
}
