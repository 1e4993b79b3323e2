import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { organizationDocument } from '../domain/configuration/organization-document.ts';
import { furthestOf } from '../domain/contract/reached-lifecycle.ts';
import type { ReachedLifecycle } from '../domain/contract/reached-lifecycle.ts';
import type { ReleasedContent } from '../domain/contract/released-content.ts';
import { releasesOfCommit } from '../domain/contract/releases-of-commit.ts';
import { nameOfRelease } from '../domain/release.ts';
import type { RecordState, Release } from '../domain/release.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { contractsAt, contractsUnder, covers, nothingSeen } from './contracts-at.ts';
import type { ContractsAt } from './contracts-at.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { LandingOf } from './landings.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { schemasOfCommit } from './schemas-of-commit.ts';
import { stateChanges } from './state-changes.ts';
import type { StateChange } from './state-changes.ts';
import { watchedPaths } from './watched-paths.ts';
import type { WatchedPaths } from './watched-paths.ts';

export interface RecordedBatch {
  readonly releases: readonly Release[];
  /** What each of them released, in the same order. */
  readonly contents: readonly ReleasedContent[];
  /** Later states of what was released before, in this batch or an earlier one. */
  readonly reached: readonly ReachedLifecycle[];
  /** Contents that stood under a version which the record has with another one. */
  readonly contradicting: readonly Release[];
  /** Versions of governed schemas. */
  readonly schemas: readonly SchemaVersion[];
  /** How lifecycle and flags changed of what was released before. */
  readonly states: readonly StateChange[];
  readonly state: RecordState;
}

export interface HistoryToRecord {
  readonly objects: ObjectSource;
  readonly entry: BranchEntry;
  readonly defaultBranch: string;
  /** Up to the tip, from where an earlier run stopped or from the root. */
  readonly line: FirstParentLine;
  readonly landingOf: LandingOf;
  /** What judges at the tip. The organisation's part of it counts from the commit at which the record is first filled. */
  readonly configuration: ConfigurationState;
  /** What earlier runs recorded. */
  readonly known: Recorded;
  /** Whether the record was never complete: then nothing counts as covered before history says so. */
  readonly isBackfill: boolean;
  /** Whether to tell how states changed: that reads each changed file also as it was. */
  readonly tellsStates: boolean;
  /** Told what each commit holds that was looked at; the tip is the last. */
  observe?(seen: ContractsAt): void;
  /** Keeps what was released so far, in first-parent order; a crash in between loses nothing that was kept. */
  keep(batch: RecordedBatch): Promise<void>;
}

/** What the record has, in the order of its recording. */
export interface Recorded {
  readonly releases: readonly Release[];
  readonly schemas: readonly SchemaVersion[];
}

/** Commits after which progress is kept although nothing was released. */
const keepEvery = 100;

/**
 * Fills the release record along first-parent history, oldest commit first, from the adoption commit: the first
 * one whose valid configuration covers a path. What stands there is recorded as it is; earlier history judges nothing.
 * At the tip the configuration that judges decides what is covered, so that the record has whatever a gate asks for.
 * Of commits that landed together only the last counts. Commits that change neither the configuration nor a governed folder cost no read.
 */
export async function recordHistory(history: HistoryToRecord): Promise<Recorded> {
  const commits = commitsOf(history.line);
  const known = new Map(history.known.releases.map((release) => [nameOfRelease(release), release]));
  const schemas = indexOf(history.known.schemas);
  let before = await contractsBefore(history);
  const watched = await watchedPaths(history.objects, commits, [before.configuration, history.configuration.effective]);
  for await (const { place, commit, isChanged } of landed(history, commits, watched)) {
    const isTip = place === commits.length - 1;
    let made = nothingMade;
    if (isTip || isChanged) {
      const seen = isTip ? await contractsUnder(history.objects, commit, history.configuration.effective) : await contractsAt(history, commit, before.configuration, organizationOf(history));
      const states = history.tellsStates ? await stateChanges(history.objects, commit, before, seen) : [];
      const versions = await schemasOfCommit(history, { commit, before, seen, known: schemas, isTip });
      made = { ...(await releasedBy(history, { commit, before, seen, known, isTip })), states, schemas: versions };
      addTo(schemas, made.schemas);
      history.observe?.(seen);
      before = seen;
    }
    const isNews = [made.releases, made.reached, made.contradicting, made.states, made.schemas].some((news) => news.length > 0);
    if (isNews || isTip || place % keepEvery === 0) await history.keep({ ...made, state: stateAfter(commit, place + 1, commits.length) });
  }
  return { releases: [...known.values()], schemas: [...schemas.values()].flat() };
}

interface Landed {
  readonly place: number;
  readonly commit: Sha;
  /** Whether anything that is watched is not as it was at the one before. */
  readonly isChanged: boolean;
}

/** The commits that could be read as the branch: where one changes what is watched, the one with which it landed stands for all in between. */
async function* landed({ landingOf }: HistoryToRecord, commits: readonly Sha[], { nameOf }: WatchedPaths): AsyncGenerator<Landed> {
  let name: string | null = null;
  for (let place = 0; place < commits.length; place += 1) {
    const next = commits[place] ?? '';
    const commit = nameOf(next) === name ? next : await landingOf(next);
    place = Math.max(place, commits.indexOf(commit, place));
    yield { place, commit, isChanged: nameOf(commit) !== name };
    name = nameOf(commit);
  }
}

function indexOf(versions: readonly SchemaVersion[]): Map<string, SchemaVersion[]> {
  return addTo(new Map(), versions);
}

function addTo(index: Map<string, SchemaVersion[]>, versions: readonly SchemaVersion[]): Map<string, SchemaVersion[]> {
  for (const version of versions) {
    const others = index.get(version.path);
    if (others === undefined) index.set(version.path, [version]);
    else others.push(version);
  }
  return index;
}

/** Where no commit came, the tip is looked at again: the configuration may cover more by now. */
function commitsOf({ commits, resumed }: FirstParentLine): readonly Sha[] {
  return commits.length === 0 && resumed !== null ? [resumed] : commits.map((commit) => commit.sha);
}

/** A commit without a valid configuration of its own was judged by another: by what judges now, as far as that can be told. */
async function contractsBefore(history: HistoryToRecord): Promise<ContractsAt> {
  const { resumed } = history.line;
  if (resumed === null) return nothingSeen;
  return contractsAt(history, resumed, history.isBackfill ? null : history.configuration.effective, organizationOf(history));
}

function organizationOf(history: HistoryToRecord): ReturnType<typeof organizationDocument> {
  return history.isBackfill || history.line.resumed === null ? null : organizationDocument(history.configuration);
}

function stateAfter(commit: Sha, done: number, total: number): RecordState {
  return done === total ? { kind: 'complete', upTo: commit } : { kind: 'filling', done, total, upTo: commit };
}

interface CommitSeen {
  readonly commit: Sha;
  readonly before: ContractsAt;
  readonly seen: ContractsAt;
  /** By `nameOfRelease`: what the commit makes is added. */
  readonly known: Map<string, Release>;
  readonly isTip: boolean;
}

type Released = Pick<RecordedBatch, 'releases' | 'contents' | 'reached' | 'contradicting'>;

const nothingReleased: Released = { releases: [], contents: [], reached: [], contradicting: [] };

const nothingMade: Omit<RecordedBatch, 'state'> = { ...nothingReleased, states: [], schemas: [] };

/** What a commit released: contracts that it changed, and those that its configuration covers for the first time. At the tip also what was passed over so far. */
async function releasedBy(history: HistoryToRecord, { commit, before, seen, known, isTip }: CommitSeen): Promise<Released> {
  const { configuration } = seen;
  if (configuration === null) return nothingReleased;
  const isNew = (file: TreeEntry) => covers(before.configuration, file.path) && file.blob !== before.files.get(file.path)?.blob;
  const wanted = isTip ? unrecorded(seen, known) : [...seen.files.values()].filter((file) => isNew(file) || !covers(before.configuration, file.path));
  const contents = await history.objects.blobs(wanted);
  const readable = (files: readonly TreeEntry[]) =>
    files.flatMap(({ path, blob }) => {
      const content = contents.get(blob);
      return content?.kind === 'bytes' ? [{ path, blob, bytes: content.bytes }] : [];
    });
  const common = { configuration, entry: history.entry.entry, commit, decisionId: null };
  const adopted = releasesOfCommit({ ...common, files: readable(wanted.filter((file) => !isNew(file))), known, adopted: true });
  remember(known, adopted);
  const others = releasesOfCommit({ ...common, files: readable(wanted.filter(isNew)), known, adopted: false });
  remember(known, others);
  return {
    releases: [...adopted.releases, ...others.releases],
    contents: [...adopted.contents, ...others.contents],
    reached: [...adopted.reached, ...others.reached],
    contradicting: [...adopted.contradicting, ...others.contradicting],
  };
}

function remember(known: Map<string, Release>, { releases, reached }: Pick<Released, 'releases' | 'reached'>): void {
  for (const release of releases) known.set(nameOfRelease(release), release);
  for (const one of reached) {
    const release = known.get(nameOfRelease(one));
    if (release !== undefined) known.set(nameOfRelease(one), { ...release, lifecycle: furthestOf(release.lifecycle, one.lifecycle) });
  }
}

function unrecorded(seen: ContractsAt, known: ReadonlyMap<string, Release>): readonly TreeEntry[] {
  const recorded = new Set([...known.values()].map((release) => `${release.blob} ${release.path}`));
  return [...seen.files.values()].filter((file) => !recorded.has(`${file.blob} ${file.path}`));
}
