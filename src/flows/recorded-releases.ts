import type { RepositoryRef } from '../domain/repository.ts';
import { recordKey } from './ensure-record.ts';
import type { ReleaseReader, Store } from './ports.ts';

/** The release record as the store keeps it. A branch of which nothing was recorded yet is one whose record is being filled. */
export function recordedReleases(store: Pick<Store, 'transaction'>, repository: RepositoryRef, branch: string): ReleaseReader {
  return {
    releases: (entry, contractIds) => store.transaction((transaction) => transaction.releases(repository.id, entry, contractIds)),
    releasesAt: (entry, paths) => store.transaction((transaction) => transaction.releasesAt(repository.id, entry, paths)),
    schemaVersions: (entry, families) => store.transaction((transaction) => transaction.schemaVersions(repository.id, entry, families)),
    recordState: async (entry) => {
      const state = await store.transaction((transaction) => transaction.recordState(repository.id, recordKey(entry, branch)));
      return state ?? { kind: 'filling', done: 0, total: null, upTo: null };
    },
  };
}
