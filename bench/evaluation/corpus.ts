/** Documents of one package over its published versions, as a team would keep them in one repository. */
export interface Corpus {
  readonly name: string;
  readonly package: string;
  /** Which versions, as a range of semver; of these the newest so many. Pre-releases are left out. */
  readonly range: string;
  readonly versions: number;
  /** Where a published file stands in the repository; null: it is left out. */
  place(published: string): string | null;
  readonly judged: JudgedDocuments;
  /** What the first commit has beside the documents: the configuration, and a schema where contracts follow one. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Contracts say their own version, at this path of members; schemas say none. */
export type JudgedDocuments = { readonly kind: 'contracts'; readonly versionAt: readonly string[] } | { readonly kind: 'schemas' };

/** One published version: what stands in the repository after its commit, by path. */
export interface PublishedVersion {
  readonly version: string;
  readonly files: Readonly<Record<string, Buffer>>;
}
