import type { ContractBase } from './contract-base.ts';
import type { WorkingFile } from './working-file.ts';

/** The path in which the base has a contract halted, whatever the working tree says; null where it has not. */
export async function haltedAtBase(base: ContractBase, { path: own }: WorkingFile, contractId: string): Promise<string | null> {
  const releases = await base.releasesOf(contractId);
  for (const path of new Set([own, ...releases.map((release) => release.path)])) {
    const standing = await base.contractAtBase(path);
    if (standing?.contractId === contractId && standing.emergencyFlags.halted) return path;
  }
  return null;
}
