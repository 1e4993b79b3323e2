import type { Contract } from '../../domain/contract/contract.ts';
import { keyOfRelease } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import { mustStand } from './must-stand.ts';

/** A release that the base has with another content, or, where it must stand there, not at all. */
export interface Lost {
  readonly kind: 'changed' | 'gone';
  readonly release: Release;
}

/** In what the base is not what was released of an id. */
export interface Divergence {
  readonly lost: readonly Lost[];
  /** What of it the change leaves as it is. */
  readonly open: readonly Lost[];
  /** Whether a contract of R is one of those that the base has lost. */
  isRestored(contract: Contract): boolean;
}

/** Compares the base with the record, and R with what it has to bring back. Built once for each id and world. */
export function divergenceOf(contractId: string, world: ContractWorld): Divergence {
  const divergences = remembered.get(world) ?? new Map<string, Divergence>();
  remembered.set(world, divergences);
  const known = divergences.get(contractId) ?? buildDivergence(contractId, world);
  divergences.set(contractId, known);
  return known;
}

const remembered = new WeakMap<ContractWorld, Map<string, Divergence>>();

function buildDivergence(contractId: string, world: ContractWorld): Divergence {
  const required = new Set(mustStand(contractId, world));
  const [atBase, inResult] = [contentsOf(world.atBase(contractId)), contentsOf(world.inResult(contractId))];
  const gone = isBaseKnown(contractId, world) ? [...required].filter((release) => !hasVersion(atBase, release)) : [];
  const changed = changedReleases(contractId, world).filter((release) => !hasContent(atBase, release));
  const lost: readonly Lost[] = [...gone.map((release) => ({ kind: 'gone', release }) as const), ...changed.map((release) => ({ kind: 'changed', release }) as const)];
  const isRequiredBack = [...gone, ...changed].some((release) => required.has(release) && hasContent(inResult, release));
  // In place the newest release takes the place of an older one that somebody changed.
  const isReplaced = (release: Release): boolean => isRequiredBack && !required.has(release) && !hasVersion(inResult, release);
  const names = new Set(lost.map(({ release }) => nameOf(release)));
  return {
    lost,
    open: lost.filter(({ release }) => !hasContent(inResult, release) && !isReplaced(release)),
    isRestored: (contract) => contract.contractId === contractId && names.has(`${contract.key} ${contract.contentHash}`),
  };
}

/** Content hashes of an id, by version. */
type Contents = ReadonlyMap<string, ReadonlySet<string>>;

function contentsOf(contracts: readonly Contract[]): Contents {
  return new Map([...Map.groupBy(contracts, ({ key }) => key)].map(([key, same]) => [key, new Set(same.map(({ contentHash }) => contentHash))]));
}

function hasVersion(contents: Contents, release: Release): boolean {
  return contents.has(keyOfRelease(release));
}

/** Of two files with one id and version the recorded one stands, the other is a duplicate. */
function hasContent(contents: Contents, release: Release): boolean {
  return contents.get(keyOfRelease(release))?.has(release.contentHash) === true;
}

/** Releases whose version the base has with some content that is not theirs. */
function changedReleases(contractId: string, world: ContractWorld): readonly Release[] {
  const releases = world.atBase(contractId).flatMap(({ key, contentHash }) => {
    const release = world.released(contractId, key);
    return release === null || release.contentHash === contentHash ? [] : [release];
  });
  return [...new Set(releases)];
}

/** What is not seen is not gone while a file of the base can not be read, or a version there is not recorded yet: both are told. */
function isBaseKnown(contractId: string, world: ContractWorld): boolean {
  const isLagging = world.atBase(contractId).some(({ key, lifecycle }) => lifecycle !== 'draft' && world.released(contractId, key) === null);
  return !isLagging && world.isRead('atBase');
}

function nameOf(release: Release): string {
  return `${keyOfRelease(release)} ${release.contentHash}`;
}
