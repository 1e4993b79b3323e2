import { nameOfRelease } from '../domain/release.ts';
import type { Release } from '../domain/release.ts';
import type { ReleasesOfIds } from '../domain/releases-of-id.ts';
import { schemaPlace } from '../domain/schema/schema-place.ts';
import type { Sha } from '../domain/tree.ts';
import type { ContractsAt } from './contracts-at.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { HistoryToRecord, RecordedBatch } from './record-history.ts';
import { recordHistory } from './record-history.ts';
import type { ReleaseReader } from './ports/prober.ts';

/** One branch's record, which can also be read as a whole. */
export interface LocalRecord extends ReleaseReader {
  all(): Promise<Pick<ReleasesOfIds, 'own' | 'unsure' | 'rivals'>>;
}

/** The release record of a local repository, built from its own first-parent history in one go. Which commits landed together git does not tell: of what does not stand at the tip as it was, or had several contents or states, nothing is certain. */
export async function buildRecord(history: Omit<HistoryToRecord, 'line' | 'landingOf' | 'known' | 'isBackfill' | 'tellsStates' | 'observe' | 'keep'> & { readonly tip: Sha }): Promise<LocalRecord> {
  const line = await firstParentLine(history.objects, history.tip, null);
  const contradicting: Release[] = [];
  const disputed = new Set<string>();
  const keep = async (batch: RecordedBatch): Promise<void> => {
    contradicting.push(...batch.contradicting);
    for (const one of [...batch.contradicting, ...batch.reached]) disputed.add(nameOfRelease(one));
  };
  let standing: ContractsAt['files'] = new Map();
  const observe = ({ files }: ContractsAt): void => void (standing = files);
  const { releases, schemas } = await recordHistory({ ...history, line, landingOf: async (commit) => commit, known: { releases: [], schemas: [] }, isBackfill: true, tellsStates: false, observe, keep });
  const unsure = releases.filter((release) => standing.get(release.path)?.blob !== release.blob || disputed.has(nameOfRelease(release)));
  const byId = Map.groupBy(releases, (release) => release.contractId);
  const byPath = Map.groupBy(releases, (release) => release.path);
  const byFamily = Map.groupBy(schemas, (version) => schemaPlace(version.path).family);
  return {
    all: async () => ({ own: releases, unsure, rivals: contradicting }),
    releases: async (_entry, contractIds) => ({ own: found(byId, contractIds), unsure: ofIds(unsure, contractIds), rivals: ofIds(contradicting, contractIds), elsewhere: [], possible: [], unknown: [] }),
    releasesAt: async (_entry, paths) => found(byPath, paths),
    contractIds: async () => [...byId.keys()],
    schemaVersions: async (_entry, families) => found(byFamily, families),
    recordState: async () => ({ kind: 'complete', upTo: history.tip }),
  };
}

function ofIds(releases: readonly Release[], contractIds: readonly string[]): readonly Release[] {
  const wanted = new Set(contractIds);
  return releases.filter((release) => wanted.has(release.contractId));
}

function found<Recorded>(index: ReadonlyMap<string, readonly Recorded[]>, keys: readonly string[]): readonly Recorded[] {
  return keys.flatMap((key) => index.get(key) ?? []);
}
