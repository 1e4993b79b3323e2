import type { ContractDifference } from '../../domain/behavior/difference.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { furthestOf } from '../../domain/contract/reached-lifecycle.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { quoted } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import { keyOfRelease, wasJudged } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import { contractFiles } from './contract-file.ts';
import { standingWorld } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';
import { divergenceOf } from './divergence.ts';
import { isCaughtUp } from './is-record-complete.ts';
import { idOf, judgedContract } from './judged-contract.ts';
import type { Governed } from './plan-contracts.ts';
import { sideRequest } from './side-reading.ts';

export type StandingComparison = { readonly kind: 'compared'; readonly differences: readonly ContractDifference[] } | { readonly kind: 'unknown'; readonly why: string };

/** What the comparison has to know: first what stands there and how far the record reaches, then what was released under each id. */
export function standingRequests(governed: Governed, recordedIds: readonly string[], evidence: Evidence): readonly ProbeRequest[] {
  const { snapshot, configuration, entry } = governed;
  const blobs = contractFiles(snapshot, configuration).map((file) => (file.isUnread ? null : sideRequest(file.base))).filter((request) => request !== null);
  const first: readonly ProbeRequest[] = [{ kind: 'record', entry: entry.entry }, ...blobs];
  if (first.some((request) => !evidence.has(request))) return first;
  return [...first, ...idsOf(governed, recordedIds, evidence).map((contractId) => ({ kind: 'releases', entry: entry.entry, contractId }) as const)];
}

/**
 * The contracts of the base against the record of releases, as the gate judges whether a base has diverged. Where the record is not
 * that of this base, or git alone does not tell what was released, nothing is told at all.
 * @param names Of contract sets; null: all.
 */
export function releasedDifferences(governed: Governed, recordedIds: readonly string[], names: readonly string[] | null, evidence: Evidence): StandingComparison {
  if (contractFiles(governed.snapshot, governed.configuration).some(({ isUnread }) => isUnread)) return unknown(`the contracts are more than ${limits.standingBytes} bytes together`);
  const unanswered = standingRequests(governed, recordedIds, evidence).find((request) => evidence.find(request)?.kind !== 'answered');
  if (unanswered !== undefined) return unknown(`what the comparison rests on could not be read (${unanswered.kind})`);
  const missing = (names ?? []).find((name) => governed.configuration.contracts.every((set) => set.name !== name));
  if (missing !== undefined) return unknown(`no contract set of the configuration has the name ${quoted(missing)}`);
  const world = standingWorld(governed, evidence, idsOf(governed, recordedIds, evidence));
  if (!isCaughtUp(world)) return unknown('the record of releases is not whole, or not that of this commit');
  const isNamed = (path: string): boolean => names === null || contractSetsOf(governed.configuration, path).some((set) => names.includes(set.name));
  const doubt = world.ids.flatMap((id) => world.uncertain(id)).find(({ kind, release }) => isNamed(release.path) && !(kind === 'release' && release.lifecycle === 'retired'));
  if (doubt !== undefined) return unknown(`from git alone it can not be told what was released as ${quoted(doubt.release.contractId)} ${doubt.release.version}`);
  const differences = [...world.ids.flatMap((id) => [...lostOf(id, world), ...mislinkedOf(id, world)]), ...world.files.flatMap(({ atBase }) => (atBase.kind === 'contract' ? standingDifferences(atBase.contract, world) : []))];
  return { kind: 'compared', differences: differences.filter(({ released, found }) => isNamed(released?.path ?? found?.path ?? '')).toSorted(byName) };
}

function idsOf({ snapshot, configuration }: Governed, recordedIds: readonly string[], evidence: Evidence): readonly string[] {
  const standing = contractFiles(snapshot, configuration).map((file) => idOf(judgedContract(file, evidence).atBase)).filter((id) => id !== null);
  return [...new Set([...standing, ...recordedIds])].toSorted();
}

function lostOf(contractId: string, world: ContractWorld): readonly ContractDifference[] {
  return divergenceOf(contractId, world).lost.map(({ kind, release }) => {
    const standing = world.atBase(contractId);
    const found = standing.find((contract) => contract.key === keyAt(release, world)) ?? standing.find(({ path }) => path === release.path) ?? null;
    return { kind, contractId, version: release.version, released: releasedOf(release), found: found === null ? null : foundOf(found) };
  });
}

/** A release that got past the checks may name anything. Only the newest one is told: the next version has the right link, and what was released before stays as it is. */
function mislinkedOf(contractId: string, world: ContractWorld): readonly ContractDifference[] {
  const releases = world.releases(contractId) ?? [];
  const [before, newest] = [releases.at(-2) ?? null, releases.at(-1)];
  if (newest === undefined || wasJudged(newest) || newest.lifecycle === 'retired' || newest.parent === (before?.contentHash ?? null)) return [];
  const standing = world.atBase(contractId).find((contract) => contract.contentHash === newest.contentHash && contract.key === keyOfRelease(newest));
  return standing === undefined ? [] : [{ kind: 'mislinked', contractId, version: newest.version, released: releasedOf(newest), found: foundOf(standing) }];
}

function keyAt(release: Release, world: ContractWorld): string | null {
  return world.atBase(release.contractId).find(({ key }) => world.released(release.contractId, key) === release)?.key ?? null;
}

/** What a file says that no release does. Another content under a released version is told with the release, if that stands nowhere. */
function standingDifferences(contract: Contract, world: ContractWorld): readonly ContractDifference[] {
  const { contractId, version, key, contentHash, lifecycle } = contract;
  const release = world.released(contractId, key);
  const difference = (kind: ContractDifference['kind'], released: Release | null): readonly ContractDifference[] => [{ kind, contractId, version, released: released === null ? null : releasedOf(released), found: foundOf(contract) }];
  if (release === null) return lifecycle === 'draft' ? [] : difference('unreleased', null);
  if (release.contentHash === contentHash) return furthestOf(lifecycle, release.lifecycle) === lifecycle ? [] : difference('set-back', release);
  const stands = world.atBase(contractId).some((one) => one.key === key && one.contentHash === release.contentHash);
  return stands && lifecycle !== 'draft' ? difference('unreleased', null) : [];
}

function releasedOf({ path, commit, blob, contentHash, lifecycle }: Release): NonNullable<ContractDifference['released']> {
  return { path, commit, blob, contentHash, lifecycle };
}

function foundOf({ path, contentHash, lifecycle }: Contract): NonNullable<ContractDifference['found']> {
  return { path, contentHash, lifecycle };
}

function byName(a: ContractDifference, b: ContractDifference): number {
  const [one, other] = [a, b].map(({ contractId, version, kind, found }) => JSON.stringify([contractId, version, kind, found?.path ?? '']));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

function unknown(why: string): StandingComparison {
  return { kind: 'unknown', why };
}
