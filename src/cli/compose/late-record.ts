import { askedOnce } from '../../domain/asked-once.ts';
import type { ReleaseReader } from '../../flows/ports/prober.ts';

/** A record that costs a walk through history: it is built when something is first asked of it. */
export function lateRecord(build: () => Promise<ReleaseReader>): ReleaseReader {
  const record = askedOnce(build);
  return {
    releases: async (entry, contractIds) => await (await record()).releases(entry, contractIds),
    releasesAt: async (entry, paths) => await (await record()).releasesAt(entry, paths),
    contractIds: async (entry) => await (await record()).contractIds(entry),
    schemaVersions: async (entry, families) => await (await record()).schemaVersions(entry, families),
    recordState: async (entry) => await (await record()).recordState(entry),
  };
}
