import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { versionKey } from '../../domain/contract/version.ts';
import { Failure } from '../../domain/failure.ts';
import type { Release } from '../../domain/release.ts';
import { versionAt } from '../../flows/configuration-at.ts';
import type { ContractBase } from './contract-base.ts';
import { readContractFile } from './read-contract-file.ts';
import { isTaken, readWorkingFile, workingFile } from './working-file.ts';

/** One of two things to compare. */
export interface ContractSide {
  /** As a reader would call it. */
  readonly name: string;
  readonly contract: Contract;
  readonly set: ContractSet;
}

/** A file, `<ref>:<path>` with a path from the top of the repository, or `<id>@<version>`. */
export async function contractSide(base: ContractBase, name: string): Promise<ContractSide> {
  const place = await workingFile(base, name).catch((error: unknown) => {
    if (error instanceof Failure) return { problem: error };
    throw error;
  });
  if (!('problem' in place) && (await isTaken(place))) return sideOf(base, name, place.path, await readWorkingFile(place));
  const release = await releaseNamed(base, name);
  if (release !== null) return releasedSide(base, release);
  const [, ref, path] = /^([^:]+):(.+)$/.exec(name) ?? [];
  if (ref !== undefined && path !== undefined) return await committedSide(base, name, ref, path);
  throw 'problem' in place ? place.problem : unknown(name);
}

export async function releasedSide(base: ContractBase, release: Release): Promise<ContractSide> {
  return sideOf(base, `${release.contractId}@${release.version}`, release.path, await base.bytesOf(release));
}

async function committedSide(base: ContractBase, name: string, ref: string, path: string): Promise<ContractSide> {
  const { bytes } = await versionAt(base.objects, await base.objects.resolve(ref), path);
  if (bytes === null) throw unknown(name);
  return sideOf(base, name, path, bytes);
}

/** The last @ parts them: an id may hold others. */
async function releaseNamed(base: ContractBase, name: string): Promise<Release | null> {
  const at = name.lastIndexOf('@');
  const key = at === -1 ? null : versionKey(name.slice(at + 1));
  if (key === null) return null;
  return (await base.releasesOf(name.slice(0, at))).find((one) => versionKey(one.version) === key) ?? null;
}

function sideOf(base: ContractBase, name: string, path: string, bytes: Uint8Array): ContractSide {
  const set = base.setFor(path);
  const reading = readContractFile(bytes, name, path, set);
  if (reading.kind === 'contract') return { name, contract: reading.contract, set };
  throw new Failure('USAGE', `Cannot compare ${JSON.stringify(name)}: ${reading.lines.join(' ')} Mend it first.`);
}

function unknown(name: string): Failure {
  return new Failure('USAGE', `Cannot find ${JSON.stringify(name.slice(0, 200))}: no such file, release or commit, expected a file, <ref>:<path>, or <id>@<version>. See what was released: plumbline contract log <id>`);
}
