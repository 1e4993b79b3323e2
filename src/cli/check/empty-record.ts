import type { Sha } from '../../domain/tree.ts';
import type { ReleaseReader } from '../../flows/ports.ts';

/** The record of a repository in which nothing was released. */
export function emptyRecord(upTo: Sha): ReleaseReader {
  return { releases: async () => [], releasesAt: async () => [], schemaVersions: async () => [], recordState: async () => ({ kind: 'complete', upTo }) };
}
