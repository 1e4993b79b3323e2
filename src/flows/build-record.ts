import { nameOfRelease } from '../domain/release.ts';
import type { Release } from '../domain/release.ts';
import type { ReleasesOfIds } from '../domain/releases-of-id.ts';
import { schemaPlace } from '../domain/schema/schema-place.ts';
import type { Sha } from '../domain/tree.ts';
import { CertainReleases } from './certain-releases.ts';
import type { ContractsAt } from './contracts-at.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { HistoryToRecord, RecordedBatch } from './record-history.ts';
import { recordHistory } from './record-history.ts';
import type { ReleaseReader } from './ports.ts';

/** One branch's record, which can also be read as a whole. */
export interface LocalRecord extends ReleaseReader {
  all(): Promise<Pick<ReleasesOfIds, 'own' | 'unsure' | 'rivals'>>;
}

/** The release record of a local repository, built from its own first-parent history in one go. Which commits landed together git does not tell: what depends on it has rivals. */
export async function buildRecord(history: Omit<HistoryToRecord, 'line' | 'landingOf' | 'known' | 'isBackfill' | 'tellsStates' | 'observe' | 'keep'> & { readonly tip: Sha }): Promise<LocalRecord> {
  const line = await firstParentLine(history.objects, history.tip, null);
  const contradicting: Release[] = [];
  const keep = async (batch: RecordedBatch): Promise<void> => void contradicting.push(...batch.contradicting);
  const certain = new CertainReleases(line);
  const observe = (commit: Sha, { files }: ContractsAt): void => certain.observe(commit, files);
  const { releases, schemas } = await recordHistory({ ...history, line, landingOf: async (commit) => commit, known: { releases: [], schemas: [] }, isBackfill: true, tellsStates: false, observe, keep });
  const unsure = releases.filter((release) => !certain.has(release));
  const rivals = rivalsOf(unsure, contradicting);
  const byId = Map.groupBy(releases, (release) => release.contractId);
  const byPath = Map.groupBy(releases, (release) => release.path);
  const byFamily = Map.groupBy(schemas, (version) => schemaPlace(version.path).family);
  return {
    all: async () => ({ own: releases, unsure, rivals }),
    releases: async (_entry, contractIds) => ({ own: found(byId, contractIds), unsure: ofIds(unsure, contractIds), rivals: ofIds(rivals, contractIds), elsewhere: [], possible: [], unknown: [] }),
    releasesAt: async (_entry, paths) => found(byPath, paths),
    schemaVersions: async (_entry, families) => found(byFamily, families),
    recordState: async () => ({ kind: 'complete', upTo: history.tip }),
  };
}

function ofIds(releases: readonly Release[], contractIds: readonly string[]): readonly Release[] {
  const wanted = new Set(contractIds);
  return releases.filter((release) => wanted.has(release.contractId));
}

/** The contents that may have been released in the stead of those that are not certain. */
function rivalsOf(unsure: readonly Release[], contradicting: readonly Release[]): readonly Release[] {
  const names = new Set(contradicting.length === 0 ? [] : unsure.map(nameOfRelease));
  return contradicting.filter((release) => names.has(nameOfRelease(release)));
}

function found<Recorded>(index: ReadonlyMap<string, readonly Recorded[]>, keys: readonly string[]): readonly Recorded[] {
  return keys.flatMap((key) => index.get(key) ?? []);
}
