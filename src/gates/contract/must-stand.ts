import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { layoutOf } from '../../domain/contract/layout-of.ts';
import { globOfPath } from '../../domain/glob/glob.ts';
import type { Release } from '../../domain/release.ts';
import type { ContractWorld } from './contract-world.ts';
import type { Governed } from './plan-contracts.ts';

/**
 * The releases of an id that the base must have, wherever, as long as they are not retired: the newest one, and in
 * versioned paths the last one of every path. In place a version is replaced by the next, and the record does not say
 * where a file moved, so that an older one says nothing. Where several branches share the record, a release may stand
 * on another one: then only what was overwritten with something unreadable is known to be lost.
 */
export function mustStand(contractId: string, world: ContractWorld): readonly Release[] {
  const releases = world.releases(contractId) ?? [];
  const newest = releases.at(-1);
  const last = [...new Map(releases.map((release) => [release.path, release])).values()].filter(({ lifecycle }) => lifecycle !== 'retired');
  if (!isOnlyBranch(world)) return last.filter((release) => isOverwritten(release, world));
  return last.filter((release) => release === newest || layoutOf(contractSetsOf(world.configuration, release.path)) === 'versioned');
}

/** Whether the record of the entry is that of the base branch alone. */
export function isOnlyBranch({ entry, snapshot }: Governed): boolean {
  return entry.names.length === 1 && entry.names[0] === globOfPath(snapshot.change.baseBranch);
}

/** A path of the base where something stands that is no contract at all, and the id nowhere else. */
function isOverwritten({ contractId, path }: Release, world: ContractWorld): boolean {
  if (world.atBase(contractId).length > 0) return false;
  const atBase = world.at(path)?.atBase.kind ?? 'absent';
  return atBase !== 'contract' && atBase !== 'absent' && atBase !== 'unavailable';
}
