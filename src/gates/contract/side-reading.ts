import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract, ContractFault } from '../../domain/contract/contract.ts';
import { readContract } from '../../domain/contract/read-contract.ts';
import type { Document, ReadingProblem } from '../../domain/document/document.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { limits } from '../../domain/limits.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { FileSide } from '../../domain/tree.ts';

/** What stands at a governed path on one side of the change. Only `contract` has an identity. */
export type SideReading =
  | { readonly kind: 'absent' }
  /** A symlink or a submodule. */
  | { readonly kind: 'not_a_file'; readonly what: string }
  | { readonly kind: 'too_large'; readonly size: number }
  /** Not asked yet, or the answer is missing: we can not know. */
  | { readonly kind: 'unavailable'; readonly why: string }
  | { readonly kind: 'problem'; readonly problem: ReadingProblem }
  | { readonly kind: 'incomplete'; readonly document: Document; readonly faults: readonly ContractFault[] }
  | { readonly kind: 'contract'; readonly contract: Contract };

/** Reads one side of a contract file from the evidence. */
export function readSide(side: FileSide | null, path: string, set: ContractSet, evidence: Evidence): SideReading {
  if (side === null) return { kind: 'absent' };
  if (side.mode === '120000') return { kind: 'not_a_file', what: 'a symlink' };
  if (side.mode === '160000') return { kind: 'not_a_file', what: 'a submodule' };
  if (isOverLimit(side)) return { kind: 'too_large', size: side.size ?? 0 };
  const answer = evidence.find(blobRequest(side));
  if (answer === undefined) return { kind: 'unavailable', why: 'it was not read' };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', why: answer.why };
  return answer.value.kind === 'too-large' ? { kind: 'too_large', size: answer.value.size } : readBytes(answer.value.bytes, path, set);
}

/** The question that `readSide` needs answered; null when it needs none. */
export function sideRequest(side: FileSide | null): RequestOf<'blob'> | null {
  return side === null || !isPlainFile(side) || isOverLimit(side) ? null : blobRequest(side);
}

function blobRequest(side: FileSide): RequestOf<'blob'> {
  return { kind: 'blob', blob: side.blob, size: side.size };
}

function isOverLimit(side: FileSide): boolean {
  return side.size !== null && side.size > limits.fileBytes;
}

function readBytes(bytes: Uint8Array, path: string, set: ContractSet): SideReading {
  const reading = readOnce(bytes, path);
  if (reading.kind === 'problem') return reading;
  const { document } = reading;
  const contract = readContract(document, set.fields, path);
  return contract.kind === 'contract' ? contract : { kind: 'incomplete', document, faults: contract.faults };
}
