import type { BranchEntry, Configuration } from '../domain/configuration/configuration.ts';
import { organizationDocument } from '../domain/configuration/organization-document.ts';
import type { ReleasedContent } from '../domain/contract/released-content.ts';
import { Failure } from '../domain/failure.ts';
import { nameOfRelease } from '../domain/release.ts';
import type { RecordState, RecordWait, Release } from '../domain/release.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { landedChanges } from './landed-changes.ts';
import { contractsAt } from './contracts-at.ts';
import { configurationOfCommit } from './configuration-of-commit.ts';
import { describeMerges, describedCommits } from './describe-merges.ts';
import type { DescribedMerges } from './describe-merges.ts';
import { describeReleases } from './describe-releases.ts';
import { describeState } from './describe-state.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { FlowPorts } from './flow-ports.ts';
import { recordPushJob } from './job-requests.ts';
import { landings } from './landings.ts';
import { mayBeNamedLater } from './late-names.ts';
import { mergedPullRequests } from './merged-pull-requests.ts';
import type { MergedPullRequests } from './merged-pull-requests.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { StoreTransaction } from './ports/store.ts';
import { recordKey } from './record-key.ts';
import { recordWait } from './record-wait.ts';
import { recordHistory } from './record-history.ts';
import type { Recorded, RecordedBatch } from './record-history.ts';
import { rejudgeAfterPush } from './rejudge-after-push.ts';
import type { PushedRange, Rejudge } from './rejudge-after-push.ts';
import { unrecordedSchemas } from './unrecorded-schemas.ts';

export interface GovernedPush extends Omit<PushedRange, 'before'> {
  readonly entry: BranchEntry;
  readonly defaultBranch: string;
  readonly state: ConfigurationState;
  /** Whether GitHub has had the time to name who brought what: nothing is waited for. */
  readonly isSettled: boolean;
}

/** As often as another run may bring the record of this branch further while this one reads. */
const attempts = 5;

/**
 * Brings the record of one governed branch up to its tip. A run whose lease has lapsed goes on beside the one that took its
 * place: where the record of the branch is not as it was when this run read it, nothing is kept, and it is read again.
 * @returns Null, or up to where it is to be recorded first.
 */
export async function recordBranch(ports: FlowPorts, github: GitHubRepository, push: GovernedPush): Promise<RecordFirst | null> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      return await new Recording(ports, github, push).extend();
    } catch (thrown) {
      if (!(thrown instanceof Outdated)) throw thrown;
    }
  }
  throw new Failure('STORE_UNAVAILABLE', `Cannot record what was released on ${push.branch}: its record went on ${attempts} times while its history was read, expected no other run beside this one. It is tried again.`);
}

type WholeRecord = Extract<RecordState, { kind: 'complete' }>;

/** It was too early to say what came. */
interface Postponed {
  /** Null: nowhere yet. */
  readonly first: RecordFirst | null;
}

/** Up to here it is to be recorded before anything else is. */
export interface RecordFirst {
  readonly tip: Sha;
  /** Whether the branch was forced away from there: GitHub may not have it any more. */
  readonly isForced: boolean;
}

class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** One run over a branch: what it keeps and in which transactions. */
class Recording {
  readonly #ports: FlowPorts;
  readonly #github: GitHubRepository;
  readonly #push: GovernedPush;
  readonly #key: string;
  /** The state of the branch's record as it was read, or last kept from here. */
  #state: RecordState | null = null;
  /** Paths of schemas that the record had when it was read, or that were kept from here since. */
  #schemaPaths = new Set<string>();
  /** Versions that another branch of the entry has recorded with another content since the record was read. */
  readonly #contradicted = new Set<string>();

  constructor(ports: FlowPorts, github: GitHubRepository, push: GovernedPush) {
    this.#ports = ports;
    this.#github = github;
    this.#push = push;
    this.#key = recordKey(push.entry.entry, push.branch);
  }

  /** What an earlier version did not record comes first: then all that came since then is a push. */
  async extend(): Promise<RecordFirst | null> {
    const { known, before } = await this.#read();
    this.#state = before;
    this.#schemaPaths = new Set(known.schemas.map(({ path }) => path));
    if (before?.kind !== 'filling' || before.describedUpTo === undefined) return this.#recordUpToTip(known, before);
    await this.#fillSchemas(known, { ...before, describedUpTo: before.describedUpTo });
    return this.extend();
  }

  /** Schemas alone, batch by batch from the root: releases and merges stand and are told up to where the record was whole. */
  async #fillSchemas(known: Recorded, before: Extract<RecordState, { kind: 'filling' }> & { readonly describedUpTo: Sha }): Promise<void> {
    const { repository, entry, defaultBranch, state: configuration, tip } = this.#push;
    const { describedUpTo } = before;
    const rejudge = await rejudgeAfterPush(this.#github, { ...this.#push, before });
    const line = await firstParentLine(this.#github, tip, before.upTo);
    const keep = async ({ schemas, state }: RecordedBatch): Promise<void> => {
      const record: RecordState = state.kind === 'complete' ? { kind: 'complete', upTo: describedUpTo } : { ...state, describedUpTo };
      await this.#add(record, async (transaction) => {
        await transaction.recordReleases(repository, [], { key: this.#key, record });
        await this.#addSchemas(transaction, schemas);
        if (record.kind === 'complete') await rejudge(transaction, true);
      });
    };
    await recordHistory({ objects: this.#github, entry, defaultBranch, line, landingOf: landings({ line, merged: mergedPullRequests(this.#github, this.#push.branch) }), configuration, known, isBackfill: true, tellsStates: false, keep });
  }

  /** A backfill keeps batch by batch, so that it resumes; a push is kept in one piece, with what was merged. */
  async #recordUpToTip(known: Recorded, before: RecordState | null): Promise<RecordFirst | null> {
    const { entry, defaultBranch, state, tip } = this.#push;
    const line = await firstParentLine(this.#github, tip, before?.upTo ?? null);
    const isPush = before?.kind === 'complete';
    const pullRequests = mergedPullRequests(this.#github, this.#push.branch);
    const merged = isPush ? await this.#merged(line, before, pullRequests) : nothingMerged;
    if ('first' in merged) return merged.first;
    const rejudge = await rejudgeAfterPush(this.#github, { ...this.#push, before });
    const held: RecordedBatch[] = [];
    const keep = async (batch: RecordedBatch): Promise<void> => {
      held.push(batch);
      if (isPush && (batch.state.kind !== 'complete' || isKept(before, held))) return;
      await this.#keep(held.splice(0), merged, rejudge);
    };
    await recordHistory({ objects: this.#github, entry, defaultBranch, line, landingOf: landings({ line, merged: pullRequests }), configuration: state, known, isBackfill: !isPush, tellsStates: true, keep });
    return null;
  }

  /** What came with a push. */
  async #merged(line: FirstParentLine, before: WholeRecord, merged: MergedPullRequests): Promise<DescribedMerges | Postponed> {
    const { repository, entry, branch, tip, isSettled, state, defaultBranch, isDefault } = this.#push;
    const wait = recordWait({ before, tip, line, now: this.#ports.clock.now(), settlingMs: this.#ports.settlingMs });
    if (!isSettled && wait.kind === 'not-yet') return this.#postponed(before, wait.wait);
    if (!isSettled && (wait.kind === 'over' || wait.kind === 'forced')) return { first: { tip: wait.tip, isForced: wait.kind === 'forced' } };
    const merges = { repository, objects: this.#github, configurations: await this.#configurations(line), configurationOf: configurationOfCommit({ objects: this.#github, state, defaultBranch, isDefault }), entry: entry.entry, branch, after: before.upTo, tip, line, merged };
    const changes = await landedChanges(this.#ports, merges, describedCommits(line));
    if (!isSettled && wait.kind === 'may' && (await mayBeNamedLater(merges, changes))) return this.#postponed(before, wait.wait);
    return describeMerges(this.#ports, merges, changes);
  }

  /** The record says how far and until when it waits, so that neither further pushes nor another process draw it out. */
  async #postponed(before: WholeRecord, waits: RecordWait): Promise<Postponed> {
    const record: RecordState = { kind: 'complete', upTo: before.upTo, waits };
    await this.#add(record, async (transaction) => {
      await transaction.recordReleases(this.#push.repository, [], { key: this.#key, record });
      await transaction.enqueue(recordPushJob(this.#push.repository, `refs/heads/${this.#push.branch}`, new Date(waits.lookAt)));
    });
    return { first: null };
  }

  /** What governed the branch where the line begins, and what does at its tip. */
  async #configurations({ resumed }: FirstParentLine): Promise<readonly (Configuration | null)[]> {
    const { defaultBranch, state } = this.#push;
    const before = resumed === null ? null : await contractsAt({ objects: this.#github, defaultBranch }, resumed, state.effective, organizationDocument(state));
    return [...(before === null ? [] : [before.configuration]), state.effective];
  }

  async #read(): Promise<{ readonly before: RecordState | null; readonly known: Recorded }> {
    const { repository, entry } = this.#push;
    return this.#ports.store.transaction(async (transaction) => ({
      before: await transaction.recordState(repository.id, this.#key),
      known: { releases: await transaction.allReleases(repository.id, entry.entry), schemas: await transaction.allSchemaVersions(repository.id, entry.entry) },
    }));
  }

  /** A push is kept once, with its last batch; a backfill describes no merges. Who is to be judged again is enqueued with the end of either. */
  async #keep(batches: readonly RecordedBatch[], merged: DescribedMerges, rejudge: Rejudge): Promise<void> {
    const last = batches.at(-1);
    if (last === undefined) return;
    const { repository } = this.#push;
    await this.#add(last.state, async (transaction) => {
      const made = await this.#unrecorded(transaction, batches, merged);
      const described = describeReleases(this.#push, made.map(({ release }) => release), made.map(({ content }) => content));
      await transaction.recordReleases(repository, made.map(({ release }) => release), { key: this.#key, record: last.state });
      await transaction.recordReached(repository.id, batches.flatMap((batch) => batch.reached).filter((one) => !this.#contradicted.has(nameOfRelease(one))));
      await this.#addSchemas(transaction, batches.flatMap((batch) => batch.schemas));
      await transaction.keepSnapshots(repository.account.id, described.snapshots);
      const states = batches.flatMap((batch) => batch.states).map((change) => describeState(this.#push, change));
      for (const draft of [...described.drafts, ...states, ...merged.drafts]) await transaction.append(draft);
      if (last.state.kind === 'complete') await rejudge(transaction, this.#state?.kind !== 'complete' || batches.some(hasGrown));
    });
  }

  async #addSchemas(transaction: StoreTransaction, versions: readonly SchemaVersion[]): Promise<void> {
    const { repository, entry, state } = this.#push;
    const added = await unrecordedSchemas(transaction, { repositoryId: repository.id, entry: entry.entry, configuration: state.effective, versions, knownPaths: this.#schemaPaths });
    await transaction.recordSchemas(repository.id, added);
    for (const { path } of added) this.#schemaPaths.add(path);
  }

  /** Adds to the record as this run knows it, or not at all. */
  async #add(state: RecordState, work: (transaction: StoreTransaction) => Promise<void>): Promise<void> {
    await this.#ports.store.transaction(async (transaction) => {
      if (!isAt(await transaction.holdRecord(this.#push.repository.id, this.#key), this.#state)) throw new Outdated();
      await work(transaction);
    });
    this.#state = state;
  }

  /** What no other branch of the entry has recorded meanwhile: only that is released here, and described. */
  async #unrecorded(transaction: StoreTransaction, batches: readonly RecordedBatch[], merged: DescribedMerges): Promise<readonly Made[]> {
    const made = batches.flatMap(({ releases, contents }) => releases.flatMap((release, index) => madeOf(release, contents[index], merged)));
    if (made.length === 0) return [];
    const { repository, entry } = this.#push;
    const others = await transaction.releases(repository.id, made.map(({ release }) => release.contractId));
    const recorded = new Map(others.filter((release) => release.entry === entry.entry).map((release) => [nameOfRelease(release), release.contentHash]));
    for (const { release } of made) if ((recorded.get(nameOfRelease(release)) ?? release.contentHash) !== release.contentHash) this.#contradicted.add(nameOfRelease(release));
    return made.filter(({ release }) => !recorded.has(nameOfRelease(release)));
  }
}

function isAt(one: RecordState | null, other: RecordState | null): boolean {
  return one?.kind === other?.kind && one?.upTo === other?.upTo && waitOf(one) === waitOf(other);
}

function waitOf(state: RecordState | null): string | null {
  return state?.kind === 'complete' && state.waits !== undefined ? JSON.stringify([state.waits.tip, state.waits.seen]) : null;
}

interface Made {
  readonly release: Release;
  readonly content: ReleasedContent;
}

function madeOf(release: Release, content: ReleasedContent | undefined, merged: DescribedMerges): readonly Made[] {
  if (content === undefined) throw new TypeError('Cannot record a release without its content');
  return [{ release: { ...release, decisionId: merged.decisionOf(release) }, content }];
}

const nothingMerged: DescribedMerges = { drafts: [], decisionOf: () => null };

/** Whether all of this stands in the record already, and nothing else: a wait that is over must go. */
function isKept(before: WholeRecord, batches: readonly RecordedBatch[]): boolean {
  return before.waits === undefined && batches.every((batch) => isEmpty(batch) && batch.state.upTo === before.upTo);
}

/** Whether it adds to what pull requests into other branches are judged by. */
function hasGrown({ releases, reached, schemas }: RecordedBatch): boolean {
  return [releases, reached, schemas].some((made) => made.length > 0);
}

function isEmpty({ releases, reached, schemas, states }: RecordedBatch): boolean {
  return [releases, reached, schemas, states].every((made) => made.length === 0);
}
