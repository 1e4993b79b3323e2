import type { Release } from '../domain/release.ts';
import { schemaPlace } from '../domain/schema/schema-place.ts';
import type { Sha } from '../domain/tree.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { HistoryToRecord } from './record-history.ts';
import { recordHistory } from './record-history.ts';
import type { ReleaseReader } from './ports.ts';

/** One branch's record, which can also be read as a whole. */
export interface LocalRecord extends ReleaseReader {
  all(): Promise<readonly Release[]>;
}

/** The release record of a local repository, built from its own first-parent history in one go. */
export async function buildRecord(history: Omit<HistoryToRecord, 'line' | 'landingOf' | 'known' | 'isBackfill' | 'tellsStates' | 'keep'> & { readonly tip: Sha }): Promise<LocalRecord> {
  const line = await firstParentLine(history.objects, history.tip, null);
  const { releases, schemas } = await recordHistory({ ...history, line, landingOf: async (commit) => commit, known: { releases: [], schemas: [] }, isBackfill: true, tellsStates: false, keep: async () => {} });
  const byId = Map.groupBy(releases, (release) => release.contractId);
  const byPath = Map.groupBy(releases, (release) => release.path);
  const byFamily = Map.groupBy(schemas, (version) => schemaPlace(version.path).family);
  return {
    all: async () => releases,
    releases: async (_entry, contractIds) => ({ own: found(byId, contractIds), elsewhere: [], unknown: [] }),
    releasesAt: async (_entry, paths) => found(byPath, paths),
    schemaVersions: async (_entry, families) => found(byFamily, families),
    recordState: async () => ({ kind: 'complete', upTo: history.tip }),
  };
}

function found<Recorded>(index: ReadonlyMap<string, readonly Recorded[]>, keys: readonly string[]): readonly Recorded[] {
  return keys.flatMap((key) => index.get(key) ?? []);
}
