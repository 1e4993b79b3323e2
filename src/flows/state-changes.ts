import type { Digest } from '../domain/digest.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { contractOfFile } from '../domain/contract/contract-of-file.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import type { ContractsAt } from './contracts-at.ts';
import { covers } from './contracts-at.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** A released version whose lifecycle or flags a commit changed. Its content hash is what it was. */
export interface StateChange {
  readonly contractId: string;
  readonly version: string;
  readonly path: string;
  readonly commit: Sha;
  readonly blob: Sha;
  readonly lifecycle: { readonly before: string; readonly after: string };
  readonly before: Digest;
  readonly after: Digest;
}

/** What a commit did to the states of released versions, wherever their files stood before and stand now. */
export async function stateChanges(objects: ObjectSource, commit: Sha, before: ContractsAt, after: ContractsAt): Promise<readonly StateChange[]> {
  const changed = [...after.files.values()].filter((file) => covers(before.configuration, file.path) && file.blob !== before.files.get(file.path)?.blob);
  if (changed.length === 0) return [];
  const left = [...before.files.values()].filter((file) => file.blob !== after.files.get(file.path)?.blob);
  const old = new Map((await contractsIn(objects, before, left)).map(({ contract }) => [nameOf(contract), contract]));
  return (await contractsIn(objects, after, changed)).flatMap(({ contract, blob }) => {
    const was = old.get(nameOf(contract));
    if (was === undefined || was.lifecycle === 'draft' || was.stateDigest === contract.stateDigest) return [];
    const { contractId, version, path } = contract;
    return [{ contractId, version, path, commit, blob, lifecycle: { before: was.lifecycle, after: contract.lifecycle }, before: was.stateDigest, after: contract.stateDigest }];
  });
}

async function contractsIn(objects: ObjectSource, { configuration }: ContractsAt, files: readonly TreeEntry[]): Promise<readonly { readonly contract: Contract; readonly blob: Sha }[]> {
  if (configuration === null || files.length === 0) return [];
  const contents = await objects.blobs(files);
  return files.flatMap(({ path, blob }) => {
    const content = contents.get(blob);
    const reading = content?.kind === 'bytes' ? contractOfFile(configuration, { path, bytes: content.bytes }) : null;
    return reading?.kind === 'contract' ? [{ contract: reading.contract, blob }] : [];
  });
}

function nameOf({ contractId, key, contentHash }: Contract): string {
  return JSON.stringify([contractId, key, contentHash]);
}
