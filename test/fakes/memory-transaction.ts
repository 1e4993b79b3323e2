import { sealEntry } from '../../src/audit/entry.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { refuseMisfit } from '../../src/audit/refuse-misfit.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import { furthestOf } from '../../src/domain/contract/reached-lifecycle.ts';
import type { ReachedLifecycle } from '../../src/domain/contract/reached-lifecycle.ts';
import { lacksAnswer } from '../../src/domain/decision.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Release } from '../../src/domain/release.ts';
import { schemaPlace } from '../../src/domain/schema/schema-place.ts';
import type { Clock } from '../../src/flows/ports/clock.ts';
import type { DecisionRecord, PullRequestRecord } from '../../src/flows/ports/decision-store.ts';
import type { DeliveryReceipt } from '../../src/flows/ports/job-queue.ts';
import type { PendingEffect } from '../../src/flows/ports/pending-effect.ts';
import type { StoreTransaction } from '../../src/flows/ports/store.ts';
import { effectDigest, effectName } from '../../src/store/effect-digest.ts';
import { uuidV7 } from '../../src/store/uuid-v7.ts';
import { confidences } from './memory-confidence.ts';
import { samples } from './memory-samples.ts';
import { scans } from './memory-scans.ts';
import { enqueueIn } from './memory-queue.ts';
import { bundles } from './memory-bundles.ts';
import { issues } from './memory-issues.ts';
import { noteAppended } from './appended-by-flows.ts';
import { leftovers } from './memory-leftovers.ts';
import { retention } from './memory-retention.ts';
import { remediations } from './memory-remediation.ts';
import { usage } from './memory-usage.ts';
import type { EffectRow, MemoryState } from './memory-state.ts';

/** One transaction over a copy of the state. */
export function memoryTransaction(state: MemoryState, clock: Clock, random: (size: number) => Uint8Array): StoreTransaction {
  return { ...deliveries(state, clock), ...log(state, clock, random), ...bundles(state), ...pullRequests(state), ...evaluations(state), ...decisions(state), ...effects(state, clock), ...contributors(state), ...people(state), ...commands(state), ...releases(state), ...schemas(state), ...configurations(state), ...remediations(state), ...issues(state), ...leftovers(state), ...retention(state), ...samples(state), ...confidences(state), ...usage(state), ...scans(state) };
}

function deliveries(state: MemoryState, clock: Clock): Pick<StoreTransaction, 'receive' | 'enqueue' | 'enqueueMissing'> {
  const receipt = (guid: string, digest: string): DeliveryReceipt => {
    const known = state.deliveries.get(guid);
    if (known === undefined) return 'new';
    if (known.delivery.bodyDigest !== digest) return 'conflict';
    return known.state === 'waiting' || known.state === 'buried' ? 'new' : 'completed';
  };
  return {
    async receive(delivery, body, jobs) {
      const given = receipt(delivery.guid, delivery.bodyDigest);
      if (given === 'conflict') state.conflicts.push({ delivery, body });
      if (given !== 'new' || state.deliveries.get(delivery.guid)?.state === 'waiting') return given;
      const links = jobs.map((job) => ({ key: job.key, generation: enqueueIn(state, job, clock.now().getTime()), state: 'waiting' as const }));
      const idle = delivery.refused === undefined ? 'ignored' : 'buried';
      state.deliveries.set(delivery.guid, { delivery, body, links, state: links.length === 0 ? idle : 'waiting' });
      return given;
    },
    async enqueue(job) {
      enqueueIn(state, job, clock.now().getTime());
    },
    async enqueueMissing(job) {
      if (state.jobs.has(job.key)) return false;
      enqueueIn(state, job, clock.now().getTime());
      return true;
    },
  };
}

function log(state: MemoryState, clock: Clock, random: (size: number) => Uint8Array): Pick<StoreTransaction, 'append' | 'unblock' | 'saveCheckpoint' | 'keepSnapshots' | 'keepInputs' | 'lackedInputs'> {
  const keep = async (account: number, snapshots: readonly Snapshot[]): Promise<void> => {
    for (const snapshot of snapshots) {
      const key = `${account}:${snapshot.digest}`;
      if (!state.snapshots.has(key)) state.snapshots.set(key, snapshot);
    }
  };
  return {
    async append(draft) {
      refuseMisfit(draft);
      noteAppended(draft.event);
      const head = state.logs.get(draft.account) ?? { entries: [], lastTime: 0, blocked: null };
      if (head.blocked !== null) throw new Failure('AUDIT_BLOCKED', `Cannot append to the log of account ${draft.account}: ${head.blocked}`);
      const time = Math.max(clock.now().getTime(), head.lastTime);
      const at = new Date(time);
      const sealed = sealEntry(draft, { sequence: head.entries.length, id: uuidV7(at, random(10)), time: at.toISOString(), nonce: () => random(32) });
      const stored = { sequence: sealed.entry.sequence, leaf: sealed.leaf, leafHash: leafHash(sealed.leaf), openings: sealed.openings };
      state.logs.set(draft.account, { ...head, entries: [...head.entries, stored], lastTime: time });
      return sealed.entry;
    },
    keepSnapshots: keep,
    keepInputs: keep,
    lackedInputs: async (account, digests) => digests.filter((digest) => !state.snapshots.has(`${account}:${digest}`)),
    async unblock(account, why) {
      const head = state.logs.get(account);
      if (head === undefined || head.blocked !== why) return false;
      state.logs.set(account, { ...head, blocked: null });
      return true;
    },
    async saveCheckpoint(account, checkpoint) {
      const saved = state.checkpoints.get(account) ?? [];
      const newest = saved.at(-1);
      const blocked = state.logs.get(account)?.blocked ?? null;
      if (blocked !== null) throw new Failure('AUDIT_BLOCKED', `Cannot save a checkpoint of account ${account}: ${blocked}`);
      if (newest?.size === checkpoint.size && newest.note === checkpoint.note) return false;
      if (newest !== undefined && newest.size >= checkpoint.size) throw new Failure('STORE_INCONSISTENT', `Cannot save a checkpoint at ${checkpoint.size}: the newest is at ${newest.size}`);
      if (checkpoint.size > (state.logs.get(account)?.entries.length ?? 0)) throw new Failure('STORE_INCONSISTENT', `Cannot save a checkpoint at ${checkpoint.size}: the log is shorter`);
      state.checkpoints.set(account, [...saved, checkpoint]);
      return true;
    },
  };
}

function pullRequests(state: MemoryState): Pick<StoreTransaction, 'savePullRequest' | 'openPullRequestsAt' | 'openPullRequestsInto' | 'openPullRequests' | 'openPullRequestsOfAccount' | 'pullRequestRecord'> {
  const byPlace = (a: PullRequestRecord, b: PullRequestRecord) => a.repository.id - b.repository.id || a.facts.number - b.facts.number;
  const allOpen = () => [...state.pullRequests.values()].filter((one) => one.facts.state === 'open').toSorted(byPlace);
  const open = (repositoryId: number) => allOpen().filter((one) => one.repository.id === repositoryId);
  return {
    async savePullRequest(record) {
      state.pullRequests.set(`${record.repository.id}:${record.facts.number}`, record);
    },
    openPullRequestsAt: async (repositoryId, head) => open(repositoryId).filter((one) => one.facts.head === head),
    openPullRequestsInto: async (repositoryId, baseBranch) => open(repositoryId).filter((one) => one.facts.baseBranch === baseBranch),
    openPullRequests: async (repositoryId) => open(repositoryId),
    openPullRequestsOfAccount: async (accountId, { after, limit }) =>
      allOpen()
        .filter((one) => one.repository.account.id === accountId && (after === null || byPlace(one, after) > 0))
        .slice(0, limit),
    pullRequestRecord: async (repositoryId, number) => state.pullRequests.get(`${repositoryId}:${number}`) ?? null,
  };
}

function evaluations(state: MemoryState): Pick<StoreTransaction, 'openEvaluation' | 'unfinishedEvaluations' | 'evaluationsAt' | 'staleEvaluations' | 'holdEvaluation' | 'awaitSamples' | 'finishEvaluation'> {
  const unfinished = () => [...state.evaluations.values()].filter((one) => one.finishedAt === null).map(({ record }) => record);
  return {
    async openEvaluation(evaluation) {
      const others = unfinished().filter((one) => one.repository.id === evaluation.repository.id && one.subject === evaluation.subject);
      const same = others.find((one) => one.head === evaluation.head && one.rollUp === evaluation.rollUp);
      if (same === undefined) state.evaluations.set(evaluation.id, { record: evaluation, finishedAt: null });
      return { current: same ?? evaluation, superseded: others.filter((one) => one !== same) };
    },
    unfinishedEvaluations: async (repositoryId, subject) => unfinished().filter((one) => one.repository.id === repositoryId && one.subject === subject),
    evaluationsAt: async (repositoryId, head) => [...state.evaluations.values()].map(({ record }) => record).filter((one) => one.repository.id === repositoryId && one.head === head).toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()),
    staleEvaluations: async (before) => unfinished().filter((one) => (one.awaitsUntil ?? one.startedAt) < before),
    holdEvaluation: async (id) => state.evaluations.get(id)?.finishedAt === null,
    async awaitSamples(id, until) {
      const known = state.evaluations.get(id);
      if (known !== undefined) state.evaluations.set(id, { ...known, record: { ...known.record, awaitsUntil: until } });
    },
    async finishEvaluation(id, at) {
      const known = state.evaluations.get(id);
      if (known === undefined || known.finishedAt !== null) return false;
      state.evaluations.set(id, { ...known, finishedAt: at });
      return true;
    },
  };
}

type DecisionPart = Pick<StoreTransaction, 'saveDecision' | 'standingDecisions' | 'newestDecision' | 'decisionAbout' | 'keptDecision' | 'unansweredRun' | 'withdrawDecisions' | 'expiredDecisions'>;

function decisions(state: MemoryState): DecisionPart {
  /** Newest first. */
  const about = (repositoryId: number, subject: string) =>
    [...state.decisions.values()].toReversed().filter(({ record }) => record.repository.id === repositoryId && record.subject === subject);
  return {
    async saveDecision(record) {
      if (state.decisions.has(record.id)) throw new Failure('STORE_INCONSISTENT', `Cannot keep decision ${record.id}: it is kept already`);
      state.decisions.set(record.id, { record, withdrawn: false });
    },
    async standingDecisions(repositoryId, entry, head) {
      const newest = new Map<string, DecisionRecord>();
      for (const { record } of state.decisions.values()) {
        if (record.repository.id !== repositoryId || record.entry !== entry || record.decision.head !== head) continue;
        const key = JSON.stringify([record.subject, record.baseBranch]);
        newest.delete(key);
        newest.set(key, record);
      }
      return [...newest.values()];
    },
    newestDecision: async (repositoryId, subject) => about(repositoryId, subject)[0]?.record ?? null,
    decisionAbout: async (repositoryId, subject, head) => about(repositoryId, subject).find(({ record }) => record.decision.head === head)?.record ?? null,
    keptDecision: async (evaluation) => state.decisions.get(evaluation)?.record ?? null,
    async unansweredRun(repositoryId, subject, head) {
      const standing = about(repositoryId, subject).filter(({ record, withdrawn }) => record.decision.head === head && !withdrawn);
      const end = standing.findIndex(({ record }) => !lacksAnswer(record.decision));
      const run = end === -1 ? standing : standing.slice(0, end);
      return { count: run.length, since: run.at(-1)?.record.decidedAt ?? null };
    },
    async withdrawDecisions(repositoryId, subject) {
      for (const { record } of about(repositoryId, subject)) state.decisions.set(record.id, { record, withdrawn: true });
    },
    expiredDecisions: async (now) =>
      [...state.decisions.values()].filter((one) => !one.withdrawn && hasExpired(one.record, now) && stillStands(state, one.record, about(one.record.repository.id, one.record.subject)[0]?.record)).map(({ record }) => record),
  };
}

function hasExpired({ decision }: DecisionRecord, now: Date): boolean {
  return decision.validUntil !== null && Date.parse(decision.validUntil) <= now.getTime();
}

function stillStands(state: MemoryState, record: DecisionRecord, newest: DecisionRecord | undefined): boolean {
  const pullRequest = [...state.pullRequests.values()].find((one) => one.repository.id === record.repository.id && `pull-request:${one.facts.number}` === record.subject);
  return newest === record && pullRequest?.facts.state === 'open' && pullRequest.facts.head === record.decision.head;
}

type EffectPart = Pick<StoreTransaction, 'request' | 'pendingEffects' | 'stalledGroups' | 'markAttempted' | 'markPerformed' | 'markAbandoned' | 'performedEffect'>;

function effects(state: MemoryState, clock: Clock): EffectPart {
  const change = (key: string, next: (row: EffectRow) => EffectRow): void => {
    const row = state.effects.get(key);
    if (row === undefined) throw new Failure('STORE_INCONSISTENT', `Cannot mark effect ${key}: it was never requested`);
    state.effects.set(key, next(row));
  };
  return {
    async request(wanted, repository, evaluation) {
      for (const { effect, group } of wanted) {
        dropUnopened(state, { repositoryId: repository.id, group, name: effectName(effect), evaluation });
        const row = state.effects.get(effect.key);
        if (row !== undefined && isSettled(row, effectDigest(effect))) continue;
        const order = Math.max(0, ...[...state.effects.values()].map((one) => one.order)) + 1;
        state.effects.set(effect.key, {
          effect,
          repository,
          group,
          evaluation,
          state: 'pending',
          attempted: row !== undefined && row.attempted && row.externalId === null,
          externalId: row?.externalId ?? null,
          revision: (row?.revision ?? 0) + 1,
          performedDigest: row?.performedDigest ?? null,
          order,
          requestedAt: clock.now(),
        });
      }
    },
    pendingEffects: async (repositoryId, group) =>
      [...state.effects.values()]
        .filter((row) => row.state === 'pending' && row.repository.id === repositoryId && row.group === group)
        .toSorted((a, b) => a.order - b.order)
        .map((row): PendingEffect => {
          const { effect, repository, evaluation, attempted, externalId, revision } = row;
          return { effect, repository, group, evaluation, attempted, externalId, revision };
        }),
    async stalledGroups(before) {
      const stalled = [...state.effects.values()].filter((row) => row.state === 'pending' && row.requestedAt < before).toSorted((a, b) => a.order - b.order);
      const groups = new Map(stalled.map(({ repository, group }) => [`${repository.id}:${group}`, { repository, group }]));
      return [...groups.values()];
    },
    async markAttempted(key) {
      change(key, (row) => ({ ...row, attempted: true }));
    },
    async markPerformed(key, externalId, revision) {
      change(key, (row) => {
        const isNewest = row.revision === revision;
        return { ...row, externalId, attempted: false, state: isNewest ? 'performed' : row.state, performedDigest: isNewest ? effectDigest(row.effect) : '' };
      });
    },
    async markAbandoned(key, _why, revision) {
      change(key, (row) => ({ ...row, state: row.revision === revision ? 'abandoned' : row.state }));
    },
    async performedEffect(key) {
      const row = state.effects.get(key);
      return row === undefined || row.externalId === null || row.performedDigest === null ? null : { externalId: row.externalId, bodyDigest: row.performedDigest };
    },
  };
}

/** Whether the wanted state is there already, or waits to be performed as it is. */
function isSettled(row: EffectRow, digest: string): boolean {
  if (row.state === 'performed') return row.performedDigest === digest;
  return row.state === 'pending' && effectDigest(row.effect) === digest;
}

function dropUnopened(state: MemoryState, newer: { readonly repositoryId: number; readonly group: string; readonly name: string; readonly evaluation: string }): void {
  for (const [key, row] of state.effects) {
    const isSame = row.repository.id === newer.repositoryId && row.group === newer.group && effectName(row.effect) === newer.name;
    const isUnopened = row.state === 'pending' && row.externalId === null && !row.attempted;
    if (isSame && isUnopened && row.evaluation !== newer.evaluation) state.effects.set(key, { ...row, state: 'dropped' });
  }
}

function contributors(state: MemoryState): Pick<StoreTransaction, 'recordContribution' | 'contributions'> {
  return {
    async recordContribution(one) {
      const key = JSON.stringify([one.repositoryId, one.pullRequest, one.commit, one.person.id]);
      if (!state.contributions.has(key)) state.contributions.set(key, one);
    },
    contributions: async (repositoryId, pullRequest) => [...state.contributions.values()].filter((one) => one.repositoryId === repositoryId && one.pullRequest === pullRequest),
  };
}

function people(state: MemoryState): Pick<StoreTransaction, 'recordArrival' | 'arrivals' | 'recordVote' | 'voteRecords'> {
  const isOf = (repositoryId: number, pullRequest: number) => (one: { readonly repositoryId: number; readonly pullRequest: number }) => one.repositoryId === repositoryId && one.pullRequest === pullRequest;
  return {
    async recordArrival(one) {
      const key = JSON.stringify([one.repositoryId, one.pullRequest, one.head, one.person.id, one.action, one.at]);
      if (!state.arrivals.has(key)) state.arrivals.set(key, one);
    },
    arrivals: async (repositoryId, pullRequest) => [...state.arrivals.values()].filter(isOf(repositoryId, pullRequest)),
    async recordVote(one) {
      const key = JSON.stringify([one.repositoryId, one.source]);
      if (state.votes.has(key)) return false;
      state.votes.set(key, one);
      return true;
    },
    voteRecords: async (repositoryId, pullRequest) => [...state.votes.values()].filter(isOf(repositoryId, pullRequest)),
  };
}

function commands(state: MemoryState): Pick<StoreTransaction, 'recordCommand' | 'hasCommand' | 'commandsSince' | 'lastCommand'> {
  const keyOf = (repositoryId: number, comment: number) => JSON.stringify([repositoryId, comment]);
  return {
    async recordCommand(one) {
      const key = keyOf(one.repositoryId, one.comment);
      if (state.commands.has(key)) return false;
      state.commands.set(key, one);
      return true;
    },
    hasCommand: async (repositoryId, comment) => state.commands.has(keyOf(repositoryId, comment)),
    commandsSince: async (repositoryId, pullRequest, word, since) =>
      [...state.commands.values()].filter((one) => one.repositoryId === repositoryId && one.pullRequest === pullRequest && one.word === word && one.isDone && Date.parse(one.at) > since.getTime()).length,
    async lastCommand(repositoryId, word) {
      const times = [...state.commands.values()].filter((one) => one.repositoryId === repositoryId && one.word === word && one.isDone).map(({ at }) => Date.parse(at));
      return times.length === 0 ? null : new Date(Math.max(...times));
    },
  };
}

type ReleasePart = Pick<StoreTransaction, 'holdRecord' | 'recordReleases' | 'recordReached' | 'allReleases' | 'releases' | 'releasesAt' | 'recordState' | 'recordStates' | 'forgetRecord'>;

function releases(state: MemoryState): ReleasePart {
  const of = (repositoryId: number, entry: string) => [...state.releases.values()].filter((one) => one.repositoryId === repositoryId && one.release.entry === entry).map((one) => one.release);
  const idOf = (repositoryId: number, release: ReachedLifecycle | Release) => JSON.stringify([repositoryId, release.entry, release.contractId, release.version]);
  const stateOf = async (repositoryId: number, key: string) => state.recordStates.get(`${repositoryId}:${key}`) ?? null;
  return {
    // Every transaction is alone here.
    holdRecord: stateOf,
    async recordReleases(repository, recorded, { key, record }) {
      for (const release of recorded) {
        const id = idOf(repository.id, release);
        if (!state.releases.has(id)) state.releases.set(id, { repositoryId: repository.id, release });
      }
      state.recordStates.set(`${repository.id}:${key}`, record);
    },
    async recordReached(repositoryId, reached) {
      for (const one of reached) {
        const found = state.releases.get(idOf(repositoryId, one));
        if (found !== undefined) state.releases.set(idOf(repositoryId, one), { repositoryId, release: { ...found.release, lifecycle: furthestOf(found.release.lifecycle, one.lifecycle) } });
      }
    },
    allReleases: async (repositoryId, entry) => of(repositoryId, entry),
    releases: async (repositoryId, contractIds) => [...state.releases.values()].filter((one) => one.repositoryId === repositoryId && contractIds.includes(one.release.contractId)).map((one) => one.release),
    releasesAt: async (repositoryId, entry, paths) => of(repositoryId, entry).filter((one) => paths.includes(one.path)),
    recordState: stateOf,
    async recordStates(repositoryId) {
      const found = [...state.recordStates].map(([name, one]) => ({ key: name.slice(name.indexOf(':') + 1), repository: name.slice(0, name.indexOf(':')), state: one }));
      return found.filter((one) => one.repository === String(repositoryId)).map(({ key, state: one }) => ({ key, state: one })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    },
    async forgetRecord(repositoryId, key) {
      state.recordStates.delete(`${repositoryId}:${key}`);
    },
  };
}

function schemas(state: MemoryState): Pick<StoreTransaction, 'recordSchemas' | 'allSchemaVersions' | 'schemaVersions'> {
  const of = (repositoryId: number, entry: string) => [...state.schemaVersions.values()].filter((one) => one.repositoryId === repositoryId && one.version.entry === entry).map((one) => one.version);
  return {
    async recordSchemas(repositoryId, versions) {
      for (const version of versions) {
        const id = JSON.stringify([repositoryId, version.entry, version.path, version.contentHash]);
        if (!state.schemaVersions.has(id)) state.schemaVersions.set(id, { repositoryId, version });
      }
    },
    allSchemaVersions: async (repositoryId, entry) => of(repositoryId, entry),
    schemaVersions: async (repositoryId, entry, families) => of(repositoryId, entry).filter((one) => families.includes(schemaPlace(one.path).family)),
  };
}

function configurations(state: MemoryState): Pick<StoreTransaction, 'sawConfiguration' | 'seenConfiguration' | 'detachConfiguration'> {
  return {
    async sawConfiguration(seen) {
      const key = `${seen.account.id}:${seen.repositoryId}`;
      const isKnown = JSON.stringify(state.configurations.get(key)) === JSON.stringify(seen);
      state.configurations.set(key, seen);
      return !isKnown;
    },
    seenConfiguration: async (accountId, repositoryId) => state.configurations.get(`${accountId}:${repositoryId}`) ?? null,
    detachConfiguration: async (accountId, repositoryId) => state.configurations.delete(`${accountId}:${repositoryId}`),
  };
}
