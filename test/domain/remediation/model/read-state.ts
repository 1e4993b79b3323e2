import type { Digest } from '../../../../src/domain/digest.ts';
import type { DriftNow, PullRequestState, RemediationPullRequest, RemediationState } from '../../../../src/domain/remediation/remediation-state.ts';
import type { ModelPullRequest } from './github-model.ts';
import { fingerprints, target } from './world.ts';
import type { World } from './world.ts';

/** Reads what a step needs, one request after the other: between two of them others act. Some reads fail or are partial. */
export function* readState(world: World, fingerprint: Digest): Generator<void, RemediationState> {
  const outcome = world.happens(0.04) ? 'partial' : 'complete';
  const measured = world.measure();
  yield;
  const pulls = world.github.pulls.map((one) => ({ ...one }));
  yield;
  const branches = [...world.github.branches].map(([name, tip]) => ({ name, tip }));
  yield;
  const { record } = world;
  return {
    reads: { pull_requests_by_head: outcome, pull_requests_by_trailer: 'complete', branches: world.happens(0.03) ? 'failed' : 'complete', base: 'complete', drift: 'complete', records: 'complete' },
    now: instant(world.github.now),
    fingerprint,
    target,
    baseBranch: 'main',
    measuredBranch: 'main',
    drift: withSuccessor(measured, pulls, fingerprint),
    pullRequests: pulls.map((one) => seen(world, one, branches)),
    branches,
    intents: record.intents(fingerprint),
    pending: record.pending(fingerprint),
    formerBases: [],
    mode: 'propose',
    heldBy: world.happens(0.05) ? ['limit'] : [],
    decisions: { recorded: record.suppressed.get(fingerprint) ?? [], unsuppressedAt: maybeInstant(record.unsuppressed.get(fingerprint)) },
    isFlapping: world.happens(0.02),
    verificationWindow: 3_600_000,
  };
}

function withSuccessor(measured: ReturnType<World['measure']>, pulls: readonly ModelPullRequest[], fingerprint: Digest): DriftNow {
  if (measured.kind !== 'drift') return measured;
  const other = fingerprints.find((one) => one !== fingerprint);
  const open = pulls.filter((one) => one.state === 'open' && one.fingerprint === other);
  return { ...measured, successor: measured.fingerprint === other && open.length === 1 ? (open[0]?.number ?? null) : null };
}

function seen({ record, conflicts, github }: World, one: ModelPullRequest, branches: readonly { readonly name: string; readonly tip: string }[]): RemediationPullRequest {
  const tip = branches.find(({ name }) => name === one.branch)?.tip;
  return {
    number: one.number,
    url: `https://github.test/o/r/pull/${one.number}`,
    openedByUs: true,
    fromFork: false,
    branch: one.branch,
    baseBranch: one.base,
    head: one.head,
    trailer: one.told === null ? { kind: 'none' } : { kind: 'trailer', trailer: { fingerprint: one.fingerprint, ...one.told, base: github.base, generation: 1, text: one.told.plan }, theirs: null },
    state: stateOf(one, conflicts, record.whyClosed.get(one.number) ?? null, { told: record.mergesTold.has(one.number), verified: record.verified.has(one.number) }, tip === undefined || tip === one.head),
    recorded: record.heads.get(one.number) ?? null,
    toldHead: record.told.get(one.number) ?? null,
    takenOverAt: record.takeOvers.get(one.number) ?? null,
  };
}

function stateOf({ state, queued, at, by }: ModelPullRequest, conflicts: boolean, why: 'clean' | 'superseded' | 'duplicate' | null, merge: { readonly told: boolean; readonly verified: boolean }, canReopen: boolean): PullRequestState {
  switch (state) {
    case 'open':
      return { kind: 'open', mergesBy: queued ? 'merge_queue' : null, conflicts };
    case 'closed':
      return { kind: 'closed', at: instant(at), by, why, canReopen };
    case 'merged':
      return { kind: 'merged', at: instant(at), ...merge };
  }
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function maybeInstant(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : instant(milliseconds);
}
