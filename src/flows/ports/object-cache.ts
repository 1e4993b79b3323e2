import type { BlobContent } from '../../domain/probe-answer.ts';
import type { Sha } from '../../domain/tree.ts';

/** Content by object name, shared by all repositories of an account. Losing it costs API calls, nothing else. */
export interface ObjectCache {
  blobs(accountId: number, wanted: readonly Sha[]): Promise<ReadonlyMap<Sha, BlobContent>>;
  keepBlobs(accountId: number, blobs: ReadonlyMap<Sha, BlobContent>): Promise<void>;
  /** Trees and merge bases, by a key that names immutable content. */
  find(accountId: number, key: string): Promise<string | null>;
  keep(accountId: number, key: string, value: string): Promise<void>;
}
