import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { furthestOf } from '../../domain/contract/reached-lifecycle.ts';
import { compareVersions } from '../../domain/contract/version.ts';
import { keyOfRelease, nameOfRelease } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ReleasesOfId } from '../../domain/releases-of-id.ts';

/** A version on which a judgement rests, and what git alone does not tell of it. */
export type Uncertain =
  | { readonly kind: 'content'; readonly release: Release; readonly contents: readonly Release[] }
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'state'; readonly release: Release; readonly atBase: string };

export interface LikelyRecord {
  /** Lowest version first. */
  readonly releases: readonly Release[];
  readonly uncertain: readonly Uncertain[];
}

/** The contracts of an id, and how the versions of a path lie. */
export interface Standing {
  readonly atBase: readonly Contract[];
  readonly inResult: readonly Contract[];
  readonly layoutOf: (path: string) => ContractSet['layout'];
}

/**
 * What is judged by where git alone does not tell which commits came together. Of several contents of a version it is the one
 * that R has, or else the base; of several states the one at the base; and a version that the base should have and has not is left out. So
 * nothing is held against a change, and nothing passes, with more certainty than there is: what is uncertain has a finding.
 */
export function likelyRecord({ own, unsure, rivals }: Pick<ReleasesOfId, 'own' | 'unsure' | 'rivals'>, standing: Standing): LikelyRecord {
  const sorted = own.toSorted((a, b) => compareVersions(a.version, b.version));
  if (unsure.length === 0) return { releases: sorted, uncertain: [] };
  const doubtful = new Set(unsure);
  const others = Map.groupBy(rivals, nameOfRelease);
  const looked = sorted.map((release) => (doubtful.has(release.version) ? lookAt([release, ...(others.get(nameOfRelease(release)) ?? [])], release, standing) : { release, uncertain: null }));
  return { releases: looked.flatMap(({ release }) => release ?? []), uncertain: looked.flatMap(({ uncertain }) => uncertain ?? []) };
}

interface Looked {
  readonly release: Release | null;
  readonly uncertain: Uncertain | null;
}

function lookAt(contents: readonly Release[], release: Release, standing: Standing): Looked {
  const atBase = standing.atBase.find(({ key, lifecycle }) => lifecycle !== 'draft' && key === keyOfRelease(release));
  if (atBase === undefined) return isReplaced(release, standing) ? { release, uncertain: null } : { release: null, uncertain: { kind: 'release', release } };
  const likely = { ...likeliest(release, contents, standing), lifecycle: atBase.lifecycle };
  if (contents.length > 1) return { release: likely, uncertain: { kind: 'content', release, contents } };
  if (furthestOf(release.lifecycle, atBase.lifecycle) !== atBase.lifecycle) return { release: likely, uncertain: { kind: 'state', release, atBase: atBase.lifecycle } };
  return { release: likely, uncertain: null };
}

/** In place a later version took its place, and from a path of its own it went once it was retired: nobody misses it at the base. */
function isReplaced({ version, path, lifecycle }: Release, { atBase, layoutOf }: Standing): boolean {
  const isLower = atBase.some((contract) => contract.lifecycle !== 'draft' && compareVersions(contract.version, version) > 0);
  return isLower && (layoutOf(path) === 'in-place' || lifecycle === 'retired');
}

function likeliest(release: Release, contents: readonly Release[], { atBase, inResult }: Standing): Release {
  const standing = [inResult, atBase].flatMap((side) => contents.filter((one) => side.some((contract) => contract.contentHash === one.contentHash)));
  return standing[0] ?? release;
}
