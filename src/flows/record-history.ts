import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { releasesOfCommit } from '../domain/contract/releases-of-commit.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { RecordState, Release } from '../domain/release.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { contractsAt, covers, nothingSeen } from './contracts-at.ts';
import type { ContractsAt } from './contracts-at.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { ObjectSource } from './ports.ts';
import { watchedPaths } from './watched-paths.ts';

export interface RecordedBatch {
  readonly releases: readonly Release[];
  readonly state: RecordState;
}

export interface HistoryToRecord {
  readonly objects: ObjectSource;
  readonly entry: BranchEntry;
  readonly tip: Sha;
  readonly defaultBranch: string;
  /** The organisation's document in force. It counts from the commit at which the record is first filled. */
  readonly organization: JsonObject | null;
  /** What an earlier run recorded, and the commit at which it stopped; null to start from the adoption commit. */
  readonly resume: { readonly upTo: Sha | null; readonly releases: readonly Release[] } | null;
  /** Keeps what was released so far, in first-parent order; a crash in between loses nothing that was kept. */
  keep(batch: RecordedBatch): Promise<void>;
}

/** Commits after which progress is kept although nothing was released. */
const keepEvery = 100;

/**
 * Fills the release record along first-parent history, oldest commit first, from the adoption commit: the first
 * one whose valid configuration covers a path. What stands there is recorded as it is; earlier history judges nothing.
 * Commits that change neither the configuration nor a governed folder cost no read.
 */
export async function recordHistory(history: HistoryToRecord): Promise<readonly Release[]> {
  const line = await firstParentLine(history.objects, history.tip, history.resume?.upTo ?? null);
  const watched = await watchedPaths(history.objects, line.commits, history.organization);
  const isResumed = line.resumed !== null;
  const releases = [...(history.resume?.releases ?? [])];
  let before = line.resumed === null ? nothingSeen : await contractsAt(history, line.resumed.sha, nothingSeen, history.organization);
  let name: string | null = null;
  for (const [index, { sha }] of line.commits.entries()) {
    const isLast = index === line.commits.length - 1;
    const released: Release[] = [];
    if (isLast || watched.nameOf(sha) !== name) {
      const seen = await contractsAt(history, sha, before, isLast || isResumed ? history.organization : null);
      released.push(...(await releasedBy(history, sha, before, seen, releases)));
      before = seen;
      name = watched.nameOf(sha);
    }
    releases.push(...released);
    if (released.length > 0 || isLast || index % keepEvery === 0) await history.keep({ releases: released, state: stateAfter(sha, index + 1, line.commits.length) });
  }
  if (line.commits.length === 0) await history.keep({ releases: [], state: { kind: 'complete', upTo: history.tip } });
  return releases;
}

function stateAfter(commit: Sha, done: number, total: number): RecordState {
  return done === total ? { kind: 'complete', upTo: commit } : { kind: 'filling', done, total, upTo: commit };
}

/** What a commit released: contracts that it changed, and those that its configuration covers for the first time. */
async function releasedBy(history: HistoryToRecord, commit: Sha, before: ContractsAt, seen: ContractsAt, known: readonly Release[]): Promise<readonly Release[]> {
  const { configuration } = seen;
  if (configuration === null) return [];
  const isAdopted = (file: TreeEntry) => !covers(before.configuration, file.path);
  const touched = [...seen.files.values()].filter((file) => isAdopted(file) || file.blob !== before.files.get(file.path)?.blob);
  const contents = await history.objects.blobs(touched);
  const readable = (files: readonly TreeEntry[]) =>
    files.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return content?.kind === 'bytes' ? [{ path, blob, bytes: content.bytes }] : [];
    });
  const common = { configuration, entry: history.entry.entry, commit, decisionId: null };
  const adopted = releasesOfCommit({ ...common, files: readable(touched.filter(isAdopted)), known, adopted: true }).releases;
  const others = touched.filter((file) => !isAdopted(file));
  return [...adopted, ...releasesOfCommit({ ...common, files: readable(others), known: [...known, ...adopted], adopted: false }).releases];
}
