import type { Release } from './release.ts';

/** A release as another branch entry of the repository recorded it: only its content counts here. */
export type ReleaseElsewhere = Pick<Release, 'entry' | 'version' | 'contentHash' | 'path' | 'commit'>;

export interface UnknownBranch {
  /** In words where its name is not known either. */
  readonly branch: string;
  /** Why it was not read where nothing reads it by itself; null while its record is being filled. */
  readonly unread: string | null;
}

/** What a repository's record has of one contract id. */
export interface ReleasesOfId {
  /** Of the branch entry that was asked about: chain and forks are judged by these alone. */
  readonly own: readonly Release[];
  /** Versions in `own` that do not stand as they were at the tip of a history read from git alone, which does not tell what of them was released: a later commit may have come together with them. */
  readonly unsure: readonly string[];
  /** The other contents that stood under these. */
  readonly rivals: readonly Release[];
  /** Of all other entries: one id and version means one content in all of them. */
  readonly elsewhere: readonly ReleaseElsewhere[];
  /** What other branches may have released: git alone does not tell whether they did, or whether it was this content. */
  readonly possible: readonly ReleaseElsewhere[];
  /** Other governed branches of which it is not known what they released. */
  readonly unknown: readonly UnknownBranch[];
}

/** `ReleasesOfId` of several ids, told apart by the id of each release. */
export interface ReleasesOfIds extends Pick<ReleasesOfId, 'own' | 'rivals'> {
  readonly unsure: readonly Release[];
  readonly elsewhere: readonly Release[];
  readonly possible: readonly Release[];
  /** MUST name what could hide a release: an entry that is still being read, or could not be, is never an empty one. */
  readonly unknown: readonly UnknownBranch[];
}
