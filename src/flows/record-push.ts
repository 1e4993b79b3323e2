import type { AuditDraft } from '../audit/entry.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { RecordState, Release } from '../domain/release.ts';
import type { Sha } from '../domain/tree.ts';
import { captureConfiguration, organizationDocument } from './capture-configuration.ts';
import { recordKey } from './ensure-record.ts';
import type { FlowPorts } from './flow-ports.ts';
import { describeMerges } from './describe-merges.ts';
import type { DescribedMerges } from './describe-merges.ts';
import type { GitHubRepository } from './ports.ts';
import { recordHistory } from './record-history.ts';
import type { RecordedBatch } from './record-history.ts';
import { rejudgeAfterPush } from './rejudge-after-push.ts';

export interface PushToRecord {
  readonly repository: RepositoryRef;
  /** `refs/heads/<branch>`. Where it points is read now: coalesced pushes are recorded together. */
  readonly ref: string;
}

/**
 * Brings the release record of a governed branch up to its tip, appends what was merged with or without a valid
 * allow, and re-judges the open pull requests whose inputs the push changed. Without a record yet, this is the backfill.
 */
export async function recordPush(ports: FlowPorts, push: PushToRecord): Promise<void> {
  const branch = push.ref.replace(/^refs\/heads\//, '');
  const github = ports.github.repository(push.repository);
  const [tip, defaultBranch] = [await github.branchTip(branch), await github.defaultBranch()];
  if (tip === null) return;
  const { state: configuration, entry } = await captureConfiguration(ports, { repository: push.repository, github, commit: tip, branch, defaultBranch });
  if (entry === null) return;
  const recording = new Recording(ports, github, push.repository, entry, branch);
  const before = await recording.state();
  if (before?.kind === 'complete' && before.upTo === tip) return;
  await recording.extend(before, tip, { defaultBranch, organization: organizationDocument(configuration) });
  await rejudgeAfterPush(ports, github, { repository: push.repository, branch, configuration: configuration.effective, before, tip });
}

type RecordHistoryOptions = Pick<Parameters<typeof recordHistory>[0], 'defaultBranch' | 'organization'>;

/** One run over a branch: what it keeps and in which transactions. */
class Recording {
  readonly #ports: FlowPorts;
  readonly #github: GitHubRepository;
  readonly #repository: RepositoryRef;
  readonly #entry: BranchEntry;
  readonly #branch: string;

  constructor(ports: FlowPorts, github: GitHubRepository, repository: RepositoryRef, entry: BranchEntry, branch: string) {
    this.#ports = ports;
    this.#github = github;
    this.#repository = repository;
    this.#entry = entry;
    this.#branch = branch;
  }

  async state(): Promise<RecordState | null> {
    return this.#ports.store.transaction((transaction) => transaction.recordState(this.#repository.id, recordKey(this.#entry.entry, this.#branch)));
  }

  /** A backfill keeps batch by batch, so that it resumes; a push is kept in one piece, with what was merged. */
  async extend(before: RecordState | null, tip: Sha, options: RecordHistoryOptions): Promise<void> {
    const isPush = before?.kind === 'complete';
    const merged = isPush ? await describeMerges(this.#ports, this.#github, { repository: this.#repository, entry: this.#entry.entry, after: before.upTo, tip }) : { drafts: [], decisions: new Map<Sha, string>() };
    const held: RecordedBatch[] = [];
    await recordHistory({
      ...options,
      objects: this.#github,
      entry: this.#entry,
      tip,
      resume: before === null ? null : { upTo: before.upTo, releases: await this.#known() },
      keep: async (batch) => {
        held.push(batch);
        if (isPush && batch.state.kind !== 'complete') return;
        await this.#keep(held.splice(0), merged);
      },
    });
  }

  async #known(): Promise<readonly Release[]> {
    return this.#ports.store.transaction((transaction) => transaction.allReleases(this.#repository.id, this.#entry.entry));
  }

  /** A push is kept once, with its last batch; a backfill describes no merges. */
  async #keep(batches: readonly RecordedBatch[], merged: DescribedMerges): Promise<void> {
    const last = batches.at(-1);
    if (last === undefined) return;
    const releases = batches.flatMap((batch) => batch.releases).map((release) => ({ ...release, decisionId: merged.decisions.get(release.commit) ?? null }));
    await this.#ports.store.transaction(async (transaction) => {
      await transaction.recordReleases(this.#repository, releases, { key: recordKey(this.#entry.entry, this.#branch), record: last.state });
      for (const release of releases) await transaction.append(this.#draftOf(release));
      for (const draft of merged.drafts) await transaction.append(draft);
    });
  }

  #draftOf(release: Release): AuditDraft {
    return {
      account: this.#repository.account.id,
      repository: { id: this.#repository.id, name: fullNameOf(this.#repository) },
      subject: `contract:${release.contractId}@${release.version}`,
      event: release.adopted ? 'release.adopted' : 'release.recorded',
      actor: 'system',
      rationale: `${release.path} at ${release.commit} on ${this.#branch}`,
      outcome: release.lifecycle,
      after: release.contentHash,
      links: [`commit:${release.commit}`],
    };
  }
}
