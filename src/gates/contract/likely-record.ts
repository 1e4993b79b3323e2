import type { Contract } from '../../domain/contract/contract.ts';
import { compareVersions, versionKey } from '../../domain/contract/version.ts';
import { nameOfRelease } from '../../domain/release.ts';
import type { Release } from '../../domain/release.ts';
import type { ReleasesOfId } from '../../domain/releases-of-id.ts';

/** A version on which a judgement rests, and the contents of which each may be what was released; with one, it may not have been released at all. */
export interface Uncertain {
  readonly release: Release;
  readonly contents: readonly Release[];
}

export interface LikelyRecord {
  /** Lowest version first. */
  readonly releases: readonly Release[];
  readonly uncertain: readonly Uncertain[];
}

/**
 * What is judged by where git alone does not tell which commits came together. Of several contents of a version it is the one
 * that R has, or else the base; a version above all that stand at the base, which is none of them, is left out. So nothing
 * is held against a change with more certainty than there is, and that it is uncertain has a finding of its own.
 */
export function likelyRecord({ own, unsure, rivals }: ReleasesOfId, { atBase, inResult }: { readonly atBase: readonly Contract[]; readonly inResult: readonly Contract[] }): LikelyRecord {
  const sorted = own.toSorted((a, b) => compareVersions(a.version, b.version));
  if (unsure.length === 0) return { releases: sorted, uncertain: [] };
  const standing = atBase.filter(({ lifecycle }) => lifecycle !== 'draft');
  const greatest = standing.map(({ version }) => version).toSorted(compareVersions).at(-1) ?? null;
  const doubtful = new Set(unsure);
  const others = Map.groupBy(rivals, nameOfRelease);
  const uncertain: Uncertain[] = [];
  const releases = sorted.flatMap((release) => {
    if (!doubtful.has(release.version)) return [release];
    const contents = [release, ...(others.get(nameOfRelease(release)) ?? [])];
    const stands = standing.some(({ key }) => key === (versionKey(release.version) ?? release.version));
    if (!stands && (greatest === null || compareVersions(release.version, greatest) > 0)) {
      uncertain.push({ release, contents });
      return [];
    }
    if (contents.length > 1 && (stands || release === sorted.at(-1))) uncertain.push({ release, contents });
    return [likeliest(release, contents, [inResult, atBase])];
  });
  return { releases, uncertain };
}

function likeliest(release: Release, contents: readonly Release[], sides: readonly (readonly Contract[])[]): Release {
  const standing = sides.flatMap((side) => contents.filter((one) => side.some((contract) => contract.contentHash === one.contentHash)));
  return standing[0] ?? release;
}
