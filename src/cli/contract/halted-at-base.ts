import type { ContractBase } from './contract-base.ts';
import { readContractFile } from './read-contract-file.ts';
import type { WorkingFile } from './working-file.ts';

/** The path in which the base has a contract halted, whatever the working tree says; null where it has not. */
export async function haltedAtBase(base: ContractBase, { path: own }: WorkingFile, contractId: string): Promise<string | null> {
  const releases = await base.releasesOf(contractId);
  for (const path of new Set([own, ...releases.map((release) => release.path)])) {
    const [set] = base.setsFor(path);
    const bytes = set === undefined ? null : await base.bytesAtBase(path);
    const reading = set === undefined || bytes === null ? null : readContractFile(bytes, path, path, set);
    if (reading?.kind === 'contract' && reading.contract.contractId === contractId && reading.contract.emergencyFlags.halted) return path;
  }
  return null;
}
