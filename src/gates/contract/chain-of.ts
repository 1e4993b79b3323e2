import type { Contract } from '../../domain/contract/contract.ts';
import { compareVersions, isSuccessor } from '../../domain/contract/version.ts';
import type { Digest } from '../../domain/digest.ts';
import { nameOfRelease, wasJudged } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';

/** A version that another one may follow: recorded, or released by the same change. */
export type Link = { readonly kind: 'recorded'; readonly release: Release; readonly version: string; readonly contentHash: Digest } | { readonly kind: 'new'; readonly contract: Contract; readonly version: string; readonly contentHash: Digest };

/** The versions of one id: those that the record has, and those that the change would release. */
export interface Chain {
  readonly newest: Release | null;
  /** The version that a new one follows: the greatest recorded one, or a greater one below it that comes with it. */
  predecessorOf(contract: Contract): Link | null;
  /** The version with this content hash. */
  withHash(hash: Digest): Link | null;
  /** The version other than this one that follows the hash already; of those that come with it, a lower one. */
  childOf(hash: Digest, contract: Contract): Link | null;
}

/** Null while the record, the base or R is not known as a whole: nothing may be concluded from what is not seen in them. Built once for each id and world. */
export function chainOf(contractId: string, world: ContractWorld): Chain | null {
  const chains = remembered.get(world) ?? new Map<string, Chain | null>();
  remembered.set(world, chains);
  const known = chains.get(contractId);
  if (known !== undefined) return known;
  const releases = world.isRead('atBase') && world.isRead('inResult') ? world.releases(contractId) : null;
  const chain = releases === null ? null : chainWith(releases, newLinks(contractId, world));
  chains.set(contractId, chain);
  return chain;
}

const remembered = new WeakMap<ContractWorld, Map<string, Chain | null>>();

/**
 * Whether a contract of R would be released by this change. So is one that another branch has, or this one had, without a
 * decision that allowed it. A released version that the record does not have yet is told as such, and not judged as a new one.
 */
export function isNewRelease(contract: Contract, world: ContractWorld): boolean {
  const known = told.get(world) ?? new Map<Contract, boolean>();
  told.set(world, known);
  const isNew = known.get(contract) ?? isNewIn(contract, world);
  known.set(contract, isNew);
  return isNew;
}

/** Nearly every check asks it of each contract. */
const told = new WeakMap<ContractWorld, Map<Contract, boolean>>();

function isNewIn({ contractId, key, lifecycle, contentHash }: Contract, world: ContractWorld): boolean {
  if (lifecycle === 'draft') return false;
  const recorded = world.released(contractId, key);
  const standing = world.atBase(contractId).filter((one) => one.key === key && one.lifecycle !== 'draft');
  if (recorded === null) return standing.length === 0;
  return !wasJudged(recorded) && recorded.contentHash === contentHash && standing.every((one) => one.contentHash !== contentHash);
}

function newLinks(contractId: string, world: ContractWorld): readonly Contract[] {
  return world.inResult(contractId).filter((one) => isNewRelease(one, world)).toSorted((a, b) => compareVersions(a.version, b.version));
}

/** What is judged as new is no link that it could follow itself. */
function chainWith(releases: readonly Release[], coming: readonly Contract[]): Chain {
  const names = new Set(coming.map(({ contractId, key }) => nameOfRelease({ contractId, version: key })));
  return buildChain(names.size === 0 ? releases : releases.filter((release) => !names.has(nameOfRelease(release))), coming);
}

function buildChain(releases: readonly Release[], coming: readonly Contract[]): Chain {
  const recorded = releases.map((release): Link => ({ kind: 'recorded', release, version: release.version, contentHash: release.contentHash }));
  const links = [...recorded, ...coming.map(newLink)];
  const byHash = new Map(links.toReversed().map((link) => [link.contentHash, link]));
  const children = new Map(links.toReversed().flatMap((link) => parentOf(link).map((parent) => [parent, link] as const)));
  const newest = recorded.at(-1) ?? null;
  return {
    newest: releases.at(-1) ?? null,
    predecessorOf(contract) {
      const lower = lowerOf(coming, contract);
      return lower !== null && (newest === null || isSuccessor(lower.version, newest.version)) ? newLink(lower) : newest;
    },
    withHash: (hash) => byHash.get(hash) ?? null,
    childOf(hash, contract) {
      const child = children.get(hash) ?? null;
      return child?.kind === 'new' && !isSuccessor(contract.version, child.version) ? null : child;
    },
  };
}

function newLink(contract: Contract): Link {
  return { kind: 'new', contract, version: contract.version, contentHash: contract.contentHash };
}

function parentOf(link: Link): readonly Digest[] {
  const parent = link.kind === 'recorded' ? link.release.parent : link.contract.previousContractRef;
  return parent === null ? [] : [parent];
}

/** The greatest of the sorted versions that is lower than this one. */
function lowerOf(coming: readonly Contract[], { version }: Contract): Contract | null {
  let [from, to] = [0, coming.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareVersions(coming[middle]?.version ?? version, version) < 0) from = middle + 1;
    else to = middle;
  }
  return coming[from - 1] ?? null;
}
