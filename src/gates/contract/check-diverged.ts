import type { Contract } from '../../domain/contract/contract.ts';
import { compareVersions, versionKey } from '../../domain/contract/version.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import { restoreAt } from './next-step.ts';
import { onlyRestricts } from './only-restricts.ts';
import { reportField } from './report.ts';
import { isRecordedContentInResult } from './same-version.ts';

/**
 * Where the base is not what was released, somebody pushed a mutation directly. Until the recorded content is back,
 * a change may only restore it or set and clear restrictive flags.
 */
export function checkDiverged(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  const overwritten = overwrittenRelease(file, world);
  if (overwritten !== null) return isBack(overwritten, world) ? [] : [diverged(file, overwritten)];
  const ids = new Set([idOf(file.atBase), idOf(file.inResult)].filter((id) => id !== null));
  return [...ids].flatMap((id) => {
    const [lost] = divergedReleases(id, world).filter((release) => !isBack(release, world));
    return lost === undefined || isAllowed(file, id, world) ? [] : [diverged(file, lost)];
  });
}

/** The releases whose id and version the base has with another content. */
function divergedReleases(contractId: string, world: ContractWorld): readonly Release[] {
  return world.atBase(contractId).flatMap((contract) => {
    const release = world.released(contractId, contract.key);
    return release === null || release.contentHash === contract.contentHash || hasRecordedTwin(contract, release, world) ? [] : [release];
  });
}

/** Of two files at B with one id and version the recorded one stands, the other is a duplicate. */
function hasRecordedTwin(contract: Contract, release: Release, world: ContractWorld): boolean {
  return world.atBase(contract.contractId).some((one) => one.key === contract.key && one.contentHash === release.contentHash);
}

/** What was released at a path where the base now has something that is no contract at all. */
function overwrittenRelease({ atBase, path }: JudgedContract, world: ContractWorld): Release | null {
  if (atBase.kind === 'contract' || atBase.kind === 'absent' || atBase.kind === 'unavailable') return null;
  const lost = (world.releasedAt(path) ?? []).filter((release) => world.atBase(release.contractId).length === 0);
  return lost.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1) ?? null;
}

/** Of several lost contents one may come back alone. */
function isAllowed(file: JudgedContract, id: string, world: ContractWorld): boolean {
  const { atBase, inResult } = file;
  if (onlyRestricts(file, id)) return true;
  if (inResult.kind !== 'contract' || inResult.contract.contractId !== id) return false;
  const { key, contentHash } = inResult.contract;
  return world.released(id, key)?.contentHash === contentHash && !(atBase.kind === 'contract' && atBase.contract.contentHash === contentHash);
}

function isBack(release: Release, world: ContractWorld): boolean {
  const key = versionKey(release.version) ?? release.version;
  return isRecordedContentInResult({ contractId: release.contractId, key }, world);
}

function diverged(file: JudgedContract, release: Release): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/base_diverged',
    subject: release.contractId,
    message: `The base has another content of ${release.contractId} ${release.version} than was released in ${release.path} at ${release.commit.slice(0, 12)}: it was changed without a release.`,
    expected: release.contentHash,
    found: 'another content at the base',
    next: restoreAt(release.commit, release.path),
  });
}
