import type { Evidence } from '../../domain/evidence.ts';
import type { ContractFile } from './contract-file.ts';
import { readSide } from './side-reading.ts';
import type { SideReading } from './side-reading.ts';

/** A contract file with what stands there at B and in R. */
export interface JudgedContract extends ContractFile {
  readonly atBase: SideReading;
  readonly inResult: SideReading;
}

export function judgedContract(file: ContractFile, evidence: Evidence): JudgedContract {
  const atBase: SideReading = file.isUnread && file.base !== null ? { kind: 'too_large', size: file.base.size ?? 0 } : readSide(file.base, file.path, file.set, evidence);
  return { ...file, atBase, inResult: file.changed ? readSide(file.result, file.path, file.set, evidence) : atBase };
}

/** The id at a side, where one could be read. */
export function idOf(reading: SideReading): string | null {
  return reading.kind === 'contract' ? reading.contract.contractId : null;
}
