import { contractPromise } from '../../domain/contract/contract-content.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import type { RequestOf } from '../../domain/evidence.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Link } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';

export type PromiseReading = { readonly kind: 'promise'; readonly promise: JsonValue } | { readonly kind: 'unavailable'; readonly why: string };

/** What the version before promised: as it stands at B or in R; where it stands nowhere any more, from the blob that was released. */
export function predecessorPromise(file: JudgedContract, contract: Contract, before: Link, world: ContractWorld): PromiseReading {
  const standing = standingContract(contract, before, world);
  if (standing !== null) return { kind: 'promise', promise: contractPromise(standing.document.value, file.set.fields) };
  const request = predecessorRequest(contract, before, world);
  if (request === null || before.kind === 'new') return { kind: 'unavailable', why: 'it stands nowhere' };
  const answer = world.evidence.find(request);
  if (answer === undefined) return { kind: 'unavailable', why: 'it was not read' };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', why: answer.why };
  if (answer.value.kind === 'too-large') return { kind: 'unavailable', why: `it has ${answer.value.size} bytes` };
  const reading = readOnce(answer.value.bytes, before.release.path);
  if (reading.kind === 'problem') return { kind: 'unavailable', why: reading.problem.message };
  return { kind: 'promise', promise: contractPromise(reading.document.value, file.set.fields) };
}

/** The question that `predecessorPromise` needs answered; null when it needs none. */
export function predecessorRequest(contract: Contract, before: Link, world: ContractWorld): RequestOf<'blob'> | null {
  if (before.kind === 'new' || standingContract(contract, before, world) !== null) return null;
  return { kind: 'blob', blob: before.release.blob, size: null };
}

function standingContract({ contractId }: Contract, before: Link, world: ContractWorld): Contract | null {
  if (before.kind === 'new') return before.contract;
  return world.atBase(contractId).find((one) => one.contentHash === before.contentHash) ?? null;
}
