import { digestOfValue } from '../../src/domain/digest.ts';
import { branchName } from '../../src/domain/remediation/branch-name.ts';
import type { DriftNow, PullRequestState, RemediationPullRequest, RemediationState } from '../../src/domain/remediation/remediation-state.ts';

/** The drift that the builders are about, another of the same target, and what mends the first. */
export const aFingerprint = digestOfValue('F');
export const otherFingerprint = digestOfValue('F2');
export const aPlan = digestOfValue('plan');
export const aTarget = 'contracts/checkout.yaml';
export const aBase = 'b'.repeat(40);
export const ourHead = 'a'.repeat(40);
export const theirHead = 'c'.repeat(40);

export const anOwnDrift: Extract<DriftNow, { kind: 'drift' }> = { kind: 'drift', confirmations: 2, fingerprint: aFingerprint, plan: aPlan, base: aBase, successor: null };

export const openState: Extract<PullRequestState, { kind: 'open' }> = { kind: 'open', mergesBy: null, conflicts: false };

export function aBranch(generation = 1): string {
  return branchName(aTarget, aFingerprint, generation);
}

/** Open, ours, as it should be. */
export function aPullRequest(overrides: Partial<RemediationPullRequest> = {}): RemediationPullRequest {
  const number = overrides.number ?? 7;
  return {
    number,
    url: `https://github.test/o/r/pull/${number}`,
    openedByUs: true,
    fromFork: false,
    branch: aBranch(),
    baseBranch: 'main',
    head: ourHead,
    trailer: { kind: 'none' },
    state: openState,
    recorded: { head: overrides.head ?? ourHead, plan: aPlan, holdsOthersCommits: false },
    toldHead: null,
    takenOverAt: null,
    ...overrides,
  };
}

/** Read whole: a confirmed drift and nothing else, but for what is given. The branches are those of the open pull requests. */
export function aRemediationState(overrides: Partial<RemediationState> = {}): RemediationState {
  const pullRequests = overrides.pullRequests ?? [];
  return {
    reads: { pull_requests_by_head: 'complete', pull_requests_by_trailer: 'complete', branches: 'complete', base: 'complete', drift: 'complete', records: 'complete' },
    now: '2026-11-20T12:00:00.000Z',
    fingerprint: aFingerprint,
    target: aTarget,
    baseBranch: 'main',
    measuredBranch: 'main',
    drift: anOwnDrift,
    pullRequests,
    branches: pullRequests.filter(({ state }) => state.kind === 'open').map(({ branch, head }) => ({ name: branch, tip: head })),
    intents: [],
    pending: [],
    formerBases: [],
    mode: 'propose',
    heldBy: [],
    decisions: { recorded: [], unsuppressedAt: null },
    isFlapping: false,
    verificationWindow: 3_600_000,
    ...overrides,
  };
}
