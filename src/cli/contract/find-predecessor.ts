import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { compareVersions, isSuccessor, versionKey } from '../../domain/contract/version.ts';
import type { Digest } from '../../domain/digest.ts';
import type { ContractBase } from './contract-base.ts';
import { readContractFile } from './read-contract-file.ts';
import { readWorkingFile, workingFile } from './working-file.ts';
import type { WorkingFile } from './working-file.ts';

/** The version that a contract follows, with the bytes that say what it promised. */
export interface Predecessor {
  readonly version: string;
  readonly contentHash: Digest;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The greatest release; in versioned paths also a lower version beside the file that the same change releases. */
export async function findPredecessor(base: ContractBase, from: WorkingFile, set: ContractSet, contract: Contract): Promise<Predecessor | null> {
  const releases = await base.releasesOf(contract.contractId);
  const newest = releases.at(-1);
  const known = new Set(releases.map(({ version }) => versionKey(version)));
  const beside = base.layoutFor(from.path) === 'versioned' ? (await contractsBeside(base, from, set)).filter((one) => one.contractId === contract.contractId && !known.has(versionKey(one.version)) && isSuccessor(contract.version, one.version)) : [];
  const released = newest === undefined ? [] : [{ version: newest.version, contentHash: newest.contentHash, path: newest.path, bytes: await base.bytesOf(newest) }];
  return [...released, ...beside].toSorted((a, b) => compareVersions(a.version, b.version)).at(-1) ?? null;
}

/** What no contract can be read from is passed over: it has findings of its own. Drafts are followed by nobody. */
async function contractsBeside(base: ContractBase, from: WorkingFile, set: ContractSet): Promise<readonly (Predecessor & { readonly contractId: string })[]> {
  const folder = dirname(from.absolute);
  const entries = await readdir(folder, { withFileTypes: true });
  const found = [];
  for (const entry of entries) {
    const file = await workingFile(base, join(folder, entry.name)).catch(() => null);
    if (!entry.isFile() || file === null || file.path === from.path || base.setsFor(file.path)[0] !== set) continue;
    const bytes = await readWorkingFile(file).catch(() => null);
    const reading = bytes === null ? null : readContractFile(bytes, file.file, file.path, set);
    if (reading?.kind !== 'contract' || reading.contract.lifecycle === 'draft') continue;
    const { contractId, version, contentHash } = reading.contract;
    found.push({ contractId, version, contentHash, path: file.path, bytes: reading.bytes });
  }
  return found;
}
