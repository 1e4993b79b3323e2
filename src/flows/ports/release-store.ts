import type { ReachedLifecycle } from '../../domain/contract/reached-lifecycle.ts';
import type { RecordState, Release } from '../../domain/release.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { SchemaVersion } from '../../domain/schema/schema-version.ts';

/** The release record of a store, within its transactions: what was released, and how far each branch was looked at. */
export interface ReleaseStore {
  /**
   * Keeps everybody else from holding the repository's record until this transaction ends, and tells the state under a key as
   * `recordState` does. Who adds releases, or begins or forgets a record, MUST hold it: a lease alone keeps nobody from doing so at the same time.
   */
  holdRecord(repositoryId: number, key: string): Promise<RecordState | null>;
  /** An id and version that the entry has already keeps its first content. */
  recordReleases(repository: RepositoryRef, releases: readonly Release[], state: { readonly key: string; readonly record: RecordState }): Promise<void>;
  /** Keeps, for ever, how far versions came that were released before. From then on they are read with the furthest `lifecycle`, whatever the order of keeping. */
  recordReached(repositoryId: number, reached: readonly ReachedLifecycle[]): Promise<void>;
  allReleases(repositoryId: number, entry: string): Promise<readonly Release[]>;
  /** Of every entry, in the order of their recording. */
  releases(repositoryId: number, contractIds: readonly string[]): Promise<readonly Release[]>;
  releasesAt(repositoryId: number, entry: string, paths: readonly string[]): Promise<readonly Release[]>;
  /** Keeps, for ever, which contents governed schemas had. One that stands there already keeps its place. */
  recordSchemas(repositoryId: number, versions: readonly SchemaVersion[]): Promise<void>;
  allSchemaVersions(repositoryId: number, entry: string): Promise<readonly SchemaVersion[]>;
  /** In the order of their recording. */
  schemaVersions(repositoryId: number, entry: string, families: readonly string[]): Promise<readonly SchemaVersion[]>;
  /**
   * Of one branch of an entry; `key` is `<entry>@<branch>`, as given to `recordReleases`. Without an entry (`@<branch>`) no release
   * belongs to it: it says up to where a branch that only configures others was looked at.
   */
  recordState(repositoryId: number, key: string): Promise<RecordState | null>;
  /** Of every key, in the order of the keys. */
  recordStates(repositoryId: number): Promise<readonly { readonly key: string; readonly state: RecordState }[]>;
  /** Forgets the state of a record that will never be whole: its branch is gone, or no longer governed so. What was released stands. */
  forgetRecord(repositoryId: number, key: string): Promise<void>;
}
