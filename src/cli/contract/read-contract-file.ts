import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { readContract } from '../../domain/contract/read-contract.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';

export type ContractFileReading = { readonly kind: 'contract'; readonly contract: Contract; readonly bytes: Uint8Array } | { readonly kind: 'problem'; readonly lines: readonly string[] };

/** A contract, or what keeps it from being one, with lines and columns. */
export function readContractFile(bytes: Uint8Array, file: string, path: string, set: ContractSet): ContractFileReading {
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'problem') {
    const { position, message } = reading.problem;
    return { kind: 'problem', lines: [`${file}:${position.line}:${position.column}  ${message}.`] };
  }
  const { document } = reading;
  const read = readContract(document, set.fields, path);
  if (read.kind === 'contract') return { kind: 'contract', contract: read.contract, bytes };
  const lines = read.faults.map(({ pointer, found, expected }) => {
    const { line, column } = document.positionOf(pointer);
    return `${file}:${line}:${column}  found ${found}, expected ${expected}.`;
  });
  return { kind: 'problem', lines };
}
