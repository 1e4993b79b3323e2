import type { ReleaseReader } from './ports/prober.ts';

/** The record of a repository that was never governed: nothing was released, and that is known. */
export const emptyRecord: ReleaseReader = {
  releases: async () => ({ own: [], unsure: [], rivals: [], elsewhere: [], possible: [], unknown: [] }),
  releasesAt: async () => [],
  contractIds: async () => [],
  schemaVersions: async () => [],
  recordState: async () => ({ kind: 'complete', upTo: '' }),
};
