import type { BranchEntry, Configuration } from '../domain/configuration/configuration.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import { mergeConfiguration } from '../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { releasesOfCommit } from '../domain/contract/releases-of-commit.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { RecordState, Release } from '../domain/release.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { firstParentLine } from './first-parent-line.ts';
import { watchedPaths } from './watched-paths.ts';
import type { FirstParentCommit, ObjectSource } from './ports.ts';

export interface RecordedBatch {
  readonly releases: readonly Release[];
  readonly state: RecordState;
  readonly commit: Sha;
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
  /** Keeps what one commit released. Called in first-parent order; a crash in between loses nothing that was kept. */
  keep(batch: RecordedBatch): Promise<void>;
}

/**
 * Fills the release record along first-parent history, oldest commit first, from the adoption commit: the first
 * one whose valid configuration covers a path. What stands there is recorded as it is; earlier history judges nothing.
 * Commits that change neither the configuration nor a governed folder cost no read.
 */
export async function recordHistory(history: HistoryToRecord): Promise<readonly Release[]> {
  const line = await firstParentLine(history.objects, history.tip, history.resume?.upTo ?? null);
  const watched = await watchedPaths(history.objects, line.commits, history.organization);
  const recorder = new Recorder(history, line.resumed);
  await recorder.lookAt(line.resumed, watched.nameOf);
  for (const [index, commit] of line.commits.entries()) {
    await recorder.record(commit, { done: index + 1, total: line.commits.length }, watched.nameOf);
  }
  return recorder.releases;
}

interface Progress {
  readonly done: number;
  readonly total: number;
}

type NameOf = (commit: Sha) => string;

/** Walks commit by commit, remembering what the last one looked like. */
class Recorder {
  readonly #history: HistoryToRecord;
  #releases: Release[];
  #name: string | null = null;
  #configuration: Configuration | null = null;
  #files: ReadonlyMap<string, TreeEntry> = new Map();
  #configurationBlob: Sha | null = null;
  readonly #resumed: boolean;

  constructor(history: HistoryToRecord, resumed: FirstParentCommit | null) {
    this.#history = history;
    this.#releases = [...(history.resume?.releases ?? [])];
    this.#resumed = resumed !== null;
  }

  get releases(): readonly Release[] {
    return this.#releases;
  }

  /** Remembers the commit at which an earlier run stopped, without recording it again. */
  async lookAt(commit: FirstParentCommit | null, nameOf: NameOf): Promise<void> {
    if (commit === null) return;
    const seen = await this.#see(commit.sha);
    this.#configuration = seen.configuration;
    this.#files = seen.files;
    this.#name = nameOf(commit.sha);
  }

  async record(commit: FirstParentCommit, progress: Progress, nameOf: NameOf): Promise<void> {
    const last = progress.done === progress.total;
    const state: RecordState = last ? { kind: 'complete', upTo: commit.sha } : { kind: 'filling', ...progress, upTo: commit.sha };
    const name = nameOf(commit.sha);
    if (name === this.#name && !last) return;
    const released = await this.#releasedAt(commit.sha, last);
    this.#name = name;
    this.#releases.push(...released);
    if (released.length > 0 || last || progress.done % 100 === 0) await this.#history.keep({ releases: released, state, commit: commit.sha });
  }

  async #releasedAt(commit: Sha, last: boolean): Promise<readonly Release[]> {
    const before = { configuration: this.#configuration, files: this.#files };
    const seen = await this.#see(commit, last);
    this.#configuration = seen.configuration;
    this.#files = seen.files;
    const { configuration } = seen;
    if (configuration === null) return [];
    const touched = [...seen.files.values()].filter((file) => file.blob !== before.files.get(file.path)?.blob || !covers(before.configuration, file.path));
    const bytes = await this.#history.objects.blobs(touched);
    const adopted = touched.filter((file) => !covers(before.configuration, file.path));
    const others = touched.filter((file) => covers(before.configuration, file.path));
    const first = this.#released(configuration, commit, adopted, bytes, true, this.#releases);
    return [...first, ...this.#released(configuration, commit, others, bytes, false, [...this.#releases, ...first])];
  }

  #released(configuration: Configuration, commit: Sha, files: readonly TreeEntry[], bytes: Awaited<ReturnType<ObjectSource['blobs']>>, adopted: boolean, known: readonly Release[]): readonly Release[] {
    const readable = files.flatMap(({ path, blob }) => {
      const content = bytes.get(blob);
      return content?.kind === 'bytes' ? [{ path, blob, bytes: content.bytes }] : [];
    });
    return releasesOfCommit({ configuration, entry: this.#history.entry.entry, commit, files: readable, known, adopted, decisionId: null }).releases;
  }

  /** The configuration and the contract files of a commit. An invalid or missing configuration leaves the last valid one in force. */
  async #see(commit: Sha, last = false): Promise<{ readonly configuration: Configuration | null; readonly files: ReadonlyMap<string, TreeEntry> }> {
    const tree = await this.#history.objects.tree(commit);
    const configuration = await this.#configurationAt(tree.entries, last || this.#resumed);
    const files = configuration === null ? [] : tree.entries.filter((entry) => isFile(entry) && covers(configuration, entry.path));
    return { configuration, files: new Map(files.map((file) => [file.path, file])) };
  }

  async #configurationAt(entries: readonly TreeEntry[], withOrganization: boolean): Promise<Configuration | null> {
    const organization = withOrganization ? this.#history.organization : null;
    const file = entries.find((entry) => entry.path === repositoryConfigurationPath);
    const blob = file?.blob ?? null;
    if (blob === this.#configurationBlob && this.#configuration !== null && organization === null) return this.#configuration;
    this.#configurationBlob = blob;
    const repository = blob === null ? null : await this.#readConfiguration(blob);
    if (repository === null && organization === null) return this.#configuration;
    return mergeConfiguration({ organization, repository, defaultBranch: this.#history.defaultBranch }).configuration;
  }

  async #readConfiguration(blob: Sha): Promise<JsonObject | null> {
    const content = (await this.#history.objects.blobs([{ blob, size: null }])).get(blob);
    if (content?.kind !== 'bytes') return null;
    const reading = readConfiguration(content.bytes, repositoryConfigurationPath);
    return reading.kind === 'valid' ? reading.document : null;
  }
}

function covers(configuration: Configuration | null, path: string): boolean {
  return configuration !== null && rolesOf(configuration, path).includes('contract');
}

function isFile(entry: TreeEntry): boolean {
  return entry.mode === '100644' || entry.mode === '100755';
}
