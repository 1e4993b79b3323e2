/** What a registry says of one name. */
export type PackageRecord =
  | {
      readonly kind: 'published';
      /** Of npm as they are; of PyPI in the one spelling that PEP 440 gives all of them. */
      readonly versions: ReadonlySet<string>;
      /** Names of versions: `latest`. */
      readonly tags: ReadonlySet<string>;
      /** Versions that were taken back, with how. */
      readonly withdrawn: ReadonlyMap<string, string>;
      /** Whether the registry told all versions. */
      readonly isWhole: boolean;
      /** Where it did not: versions that it was asked for and does not have. */
      readonly lacking?: ReadonlySet<string>;
    }
  | { readonly kind: 'missing' }
  /** `word`: how it went, as `unpublished`. */
  | { readonly kind: 'withdrawn'; readonly word: string };
