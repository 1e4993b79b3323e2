import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { RecordState } from '../domain/release.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import { captureConfiguration } from './capture-configuration.ts';
import { recordKey } from './ensure-record.ts';
import type { FlowPorts } from './flow-ports.ts';
import { describeMerges } from './describe-merges.ts';
import type { DescribedMerges } from './describe-merges.ts';
import { describeReleases } from './describe-releases.ts';
import { describeState } from './describe-state.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import type { GitHubRepository } from './ports.ts';
import { recordHistory } from './record-history.ts';
import type { Recorded, RecordedBatch } from './record-history.ts';
import { rejudgeAccount } from './rejudge-account.ts';
import { rejudgeAfterPush } from './rejudge-after-push.ts';
import type { PushedRange, Rejudge } from './rejudge-after-push.ts';

export interface PushToRecord {
  readonly repository: RepositoryRef;
  /** `refs/heads/<branch>`. Where it points is read now: coalesced pushes are recorded together. */
  readonly ref: string;
}

/**
 * Brings the release record of a governed branch up to its tip, appends what was merged with or without a valid
 * allow, and re-judges the open pull requests whose inputs the push changed. Without a record yet, this is the backfill.
 * What configures other branches or repositories is looked at even where it is not governed itself.
 */
export async function recordPush(ports: FlowPorts, push: PushToRecord): Promise<void> {
  const { repository } = push;
  const branch = push.ref.replace(/^refs\/heads\//, '');
  const github = ports.github.repository(repository);
  const [tip, defaultBranch] = [await github.branchTip(branch), await github.defaultBranch()];
  if (tip === null) return;
  const isDefault = branch === defaultBranch;
  if (isDefault) await rejudgeAccount(ports, github, { repository, tip });
  const { state: configuration, entry } = await captureConfiguration(ports, { repository, github, commit: tip, branch, defaultBranch });
  const range = { repository, branch, isDefault, configuration: configuration.effective, tip };
  if (entry === null) return lookAtUngoverned(ports, github, range, configuration);
  await new Recording(ports, github, { ...range, entry, defaultBranch, state: configuration }).extend();
}

/** Nothing is recorded for a branch that is not governed, but the default one may say how others are. */
async function lookAtUngoverned(ports: FlowPorts, github: GitHubRepository, range: Omit<PushedRange, 'before'>, configuration: ConfigurationState): Promise<void> {
  if (!range.isDefault) return;
  const key = recordKey('', range.branch);
  const before = await ports.store.transaction((transaction) => transaction.recordState(range.repository.id, key));
  const isNothingNew = before === null ? configuration.kind === 'none' : before.upTo === range.tip;
  if (isNothingNew) return;
  const rejudge = await rejudgeAfterPush(github, { ...range, before });
  await ports.store.transaction(async (transaction) => {
    await transaction.recordReleases(range.repository, [], { key, record: { kind: 'complete', upTo: range.tip } });
    await rejudge(transaction);
  });
}

interface GovernedPush extends Omit<PushedRange, 'before'> {
  readonly entry: BranchEntry;
  readonly defaultBranch: string;
  readonly state: ConfigurationState;
}

/** One run over a branch: what it keeps and in which transactions. */
class Recording {
  readonly #ports: FlowPorts;
  readonly #github: GitHubRepository;
  readonly #push: GovernedPush;
  readonly #key: string;

  constructor(ports: FlowPorts, github: GitHubRepository, push: GovernedPush) {
    this.#ports = ports;
    this.#github = github;
    this.#push = push;
    this.#key = recordKey(push.entry.entry, push.branch);
  }

  /** A backfill keeps batch by batch, so that it resumes; a push is kept in one piece, with what was merged. */
  async extend(): Promise<void> {
    const { repository, entry, defaultBranch, state, tip } = this.#push;
    const before = await this.#ports.store.transaction((transaction) => transaction.recordState(repository.id, this.#key));
    const rejudge = await rejudgeAfterPush(this.#github, { ...this.#push, before });
    const line = await firstParentLine(this.#github, tip, before?.upTo ?? null);
    const isPush = before?.kind === 'complete';
    const merged = isPush ? await this.#merged(line, before.upTo) : nothingMerged;
    const held: RecordedBatch[] = [];
    const keep = async (batch: RecordedBatch): Promise<void> => {
      held.push(batch);
      if (isPush && (batch.state.kind !== 'complete' || isKept(before, held))) return;
      await this.#keep(held.splice(0), merged, rejudge);
    };
    await recordHistory({ objects: this.#github, entry, defaultBranch, line, configuration: state, known: await this.#known(), isBackfill: !isPush, tellsStates: true, keep });
  }

  #merged(line: FirstParentLine, after: Sha): Promise<DescribedMerges> {
    const { repository, entry, branch, tip } = this.#push;
    return describeMerges(this.#ports, this.#github, { repository, entry: entry.entry, branch, after, tip, line });
  }

  async #known(): Promise<Recorded> {
    const { repository, entry } = this.#push;
    return this.#ports.store.transaction(async (transaction) => ({
      releases: await transaction.allReleases(repository.id, entry.entry),
      schemas: await transaction.allSchemaVersions(repository.id, entry.entry),
    }));
  }

  /** A push is kept once, with its last batch; a backfill describes no merges. Who is to be judged again is enqueued with the end of either. */
  async #keep(batches: readonly RecordedBatch[], merged: DescribedMerges, rejudge: Rejudge): Promise<void> {
    const last = batches.at(-1);
    if (last === undefined) return;
    const releases = batches.flatMap((batch) => batch.releases).map((release) => ({ ...release, decisionId: merged.decisions.get(release.commit) ?? null }));
    const records = describeReleases(this.#push, releases, batches.flatMap((batch) => batch.contents));
    const drafts = [...records.drafts, ...batches.flatMap((batch) => batch.states).map((change) => describeState(this.#push, change)), ...merged.drafts];
    await this.#ports.store.transaction(async (transaction) => {
      await transaction.recordReleases(this.#push.repository, releases, { key: this.#key, record: last.state });
      await transaction.recordReached(this.#push.repository.id, batches.flatMap((batch) => batch.reached));
      await transaction.recordSchemas(this.#push.repository.id, batches.flatMap((batch) => batch.schemas));
      await transaction.keepSnapshots(this.#push.repository.account.id, records.snapshots);
      for (const draft of drafts) await transaction.append(draft);
      if (last.state.kind === 'complete') await rejudge(transaction);
    });
  }
}

const nothingMerged: DescribedMerges = { drafts: [], decisions: new Map() };

/** Whether all of this stands in the record already. */
function isKept(before: RecordState, batches: readonly RecordedBatch[]): boolean {
  return batches.every((batch) => isEmpty(batch) && batch.state.upTo === before.upTo);
}

function isEmpty({ releases, reached, schemas, states }: RecordedBatch): boolean {
  return [releases, reached, schemas, states].every((made) => made.length === 0);
}
