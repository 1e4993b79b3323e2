import * as fc from 'fast-check';
import { digestOfValue } from '../../src/domain/digest.ts';
import { branchName } from '../../src/domain/remediation/branch-name.ts';
import { readNames } from '../../src/domain/remediation/remediation-state.ts';
import type { DriftNow, FormerBase, PullRequestState, RemediationState } from '../../src/domain/remediation/remediation-state.ts';
import { aBase, aBranch, aFingerprint, aPlan, aPullRequest, aRemediationState, aTarget, otherFingerprint, ourHead, theirHead } from './a-remediation.ts';

const head = fc.constantFrom(ourHead, ourHead, ourHead, theirHead);
const instant = fc.constantFrom('2026-11-20T11:59:00.000Z', '2026-11-20T08:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z', 'junk');

const someDrift: fc.Arbitrary<DriftNow> = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), confirmations: fc.integer({ min: 1, max: 3 }) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('drift' as const), confirmations: fc.integer({ min: 1, max: 3 }), fingerprint: fc.constantFrom(aFingerprint, aFingerprint, otherFingerprint), plan: fc.constantFrom(aPlan, otherFingerprint), base: fc.constant(aBase), successor: fc.constantFrom(null, 9, 1) }) },
  fc.record({ kind: fc.constantFrom('inconclusive' as const, 'error' as const, 'gone' as const) }),
);

const somePullRequestState: fc.Arbitrary<PullRequestState> = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), mergesBy: fc.constantFrom(null, null, null, 'merge_queue' as const, 'auto_merge' as const), conflicts: fc.constantFrom(null, false, true) }),
  fc.record({ kind: fc.constant('closed' as const), at: instant, by: fc.constantFrom('human' as const, 'us' as const, 'unknown' as const), why: fc.constantFrom(null, 'clean' as const, 'gone' as const, 'superseded' as const, 'duplicate' as const), canReopen: fc.boolean() }),
  fc.record({ kind: fc.constant('merged' as const), at: instant, told: fc.constantFrom(true, true, false), verified: fc.boolean() }),
);

const somePullRequest = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  openedByUs: fc.constantFrom(true, true, true, false),
  fromFork: fc.constantFrom(false, false, false, true),
  branch: fc.constantFrom(aBranch(1), aBranch(1), aBranch(2), aBranch(3), 'mine'),
  baseBranch: fc.constantFrom('main', 'main', 'main', 'trunk', 'release'),
  head,
  state: somePullRequestState,
  recorded: fc.option(fc.record({ head, plan: fc.constantFrom(aPlan, aPlan, otherFingerprint), holdsOthersCommits: fc.constantFrom(false, false, false, true) })),
  toldHead: fc.constantFrom(null, ourHead, theirHead),
  takenOverAt: fc.constantFrom(null, null, ourHead, theirHead),
  trailer: fc.constantFrom({ kind: 'none' as const }, { kind: 'trailer' as const, trailer: { fingerprint: aFingerprint, plan: aPlan, head: ourHead, base: aBase, generation: 1, text: aPlan }, theirs: null }),
}).map((overrides) => aPullRequest(overrides));

const formerFingerprint = digestOfValue('F on another base');

/** The same drift on a branch that was the default one before. */
const someFormerBase = fc.record({
  pullRequest: somePullRequest,
  baseBranch: fc.constantFrom('trunk', 'release'),
  decisions: fc.record({ recorded: fc.constant([]), unsuppressedAt: fc.option(instant, { freq: 1 }) }),
}).map(({ pullRequest, ...known }): FormerBase => ({ ...known, fingerprint: formerFingerprint, pullRequests: [{ ...pullRequest, branch: branchName(aTarget, formerFingerprint, 1) }], intents: [], pending: [] }));

/** States as GitHub, people and crashes can leave them, and worse. Most have branches that fit the heads; some were not read whole. */
export const someRemediationState: fc.Arbitrary<RemediationState> = fc
  .record({
    pullRequests: fc.uniqueArray(somePullRequest, { selector: ({ number }) => number, maxLength: 3 }),
    measuredBranch: fc.constantFrom('main', 'main', 'trunk'),
    drift: someDrift,
    strays: fc.array(fc.record({ name: fc.constantFrom(aBranch(1), aBranch(2), 'plumbline', 'plumbline/x'), tip: head }), { maxLength: 2 }),
    intents: fc.uniqueArray(fc.record({ generation: fc.integer({ min: 1, max: 3 }), head: fc.option(head), plan: fc.constantFrom(aPlan, otherFingerprint) }), { selector: ({ generation }) => generation, maxLength: 3 }),
    pending: fc.array(fc.record({ branch: fc.constantFrom(aBranch(1), aBranch(2)), head, plan: fc.constantFrom(aPlan, otherFingerprint), onOthersCommits: fc.boolean() }), { maxLength: 1 }),
    formerBases: fc.oneof(fc.constant([]), fc.tuple(someFormerBase)),
    mode: fc.constantFrom('propose' as const, 'propose' as const, 'auto' as const, 'report' as const),
    heldBy: fc.constantFrom<RemediationState['heldBy'][]>([], [], [], ['limit'], ['pause', 'limit'], ['blast_radius'], ['same_files']),
    decisions: fc.record({ recorded: fc.subarray([1, 2, 3, 4]), unsuppressedAt: fc.option(instant) }),
    isFlapping: fc.constantFrom(false, false, false, true),
    unread: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...readNames) }),
  })
  .map(({ strays, unread, ...overrides }) => {
    const state = aRemediationState(overrides);
    const branches = [...new Map([...strays, ...state.branches].map((branch) => [branch.name, branch])).values()];
    return { ...state, branches, reads: unread === null ? state.reads : { ...state.reads, [unread]: 'partial' } };
  });
