import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { nextStep } from '../../../src/domain/remediation/next-step.ts';
import { readNames } from '../../../src/domain/remediation/remediation-state.ts';
import type { Trailer } from '../../../src/domain/remediation/trailer.ts';
import type { DriftNow, FormerBase, PullRequestState, RemediationPullRequest, RemediationState } from '../../../src/domain/remediation/remediation-state.ts';
import { aBase, aBranch, aFingerprint, aPlan, aPullRequest, aRemediationState, anOwnDrift, openState, otherFingerprint, ourHead, theirHead } from '../../builders/a-remediation.ts';

const gone: DriftNow = { kind: 'pass', confirmations: 2 };
const newPlan = digestOfValue('new plan');
const changed: DriftNow = { ...anOwnDrift, plan: newPlan };
const other: DriftNow = { ...anOwnDrift, fingerprint: otherFingerprint, successor: 9 };
const at = { branch: aBranch(), tip: ourHead };
const closing = { number: 7, ...at };

/** Row, reason, event and step, of a state that differs in this from one with a confirmed drift and nothing else. */
function stepOf(state: Partial<RemediationState>): readonly unknown[] {
  const { row, reason, event, step } = nextStep(aRemediationState(state));
  return [row, reason, event.replace('remediation.', ''), step];
}

function stepOfOne(pullRequest: Partial<RemediationPullRequest>, state: Partial<RemediationState> = {}): readonly unknown[] {
  return stepOf({ pullRequests: [aPullRequest(pullRequest)], ...state });
}

function closed(by: 'human' | 'us' | 'unknown', more: Partial<Extract<PullRequestState, { kind: 'closed' }>> = {}): PullRequestState {
  return { kind: 'closed', at: '2026-11-19T12:00:00.000Z', by, why: null, canReopen: false, ...more };
}

function mergedAt(at: string, verified = false): PullRequestState {
  return { kind: 'merged', at, told: true, verified };
}

const skip = (again: string) => ({ kind: 'nothing', again: { kind: again } });
const skipUntil = (instant: string) => ({ kind: 'nothing', again: { kind: 'at', instant } });
const opening = { generation: 1, branch: aBranch(), plan: aPlan, base: aBase, mode: 'propose', follows: null };
const crashed: Partial<RemediationState> = { branches: [{ name: aBranch(), tip: ourHead }], intents: [{ generation: 1, head: ourHead, plan: aPlan }] };
const second = { ...opening, generation: 2, branch: aBranch(2), follows: 7 };

for (const name of readNames) {
  for (const outcome of ['partial', 'failed', undefined] as const) {
    test(`row 0: ${name} ${outcome ?? 'was not read'}, so nothing is written`, () => {
      const { [name]: _, ...reads } = aRemediationState().reads;
      assert.deepEqual(stepOf({ reads: outcome === undefined ? reads : { ...reads, [name]: outcome } }), [0, 'unread', 'error', skip('reads')]);
    });
  }
}

test('row 6: one that was retargeted with its renamed default branch is ours still, and gives way to the drift there', () => {
  assert.deepEqual(stepOfOne({ baseBranch: 'trunk' }, { measuredBranch: 'trunk', drift: other }), [6, 'drift_changed', 'superseded', { kind: 'supersede', closing, by: 9 }]);
  assert.equal(stepOfOne({ baseBranch: 'release' }, { measuredBranch: 'trunk', drift: other })[1], 'touched');
});

/** The same drift on a branch that is measured no more, for which this one is open or closed. */
const former = (changes: Partial<RemediationPullRequest>, others: Partial<FormerBase> = {}): Partial<RemediationState> => ({
  fingerprint: otherFingerprint,
  baseBranch: 'trunk',
  measuredBranch: 'trunk',
  drift: { ...anOwnDrift, fingerprint: otherFingerprint },
  formerBases: [{ fingerprint: aFingerprint, baseBranch: 'main', pullRequests: [aPullRequest(changes)], intents: [], pending: [], decisions: { recorded: [], unsuppressedAt: null }, ...others }],
});

test('row 15: what is open for the same drift on a former base is waited for where it is not ours to close, and else is given a successor', () => {
  for (const baseBranch of ['main', 'trunk']) assert.deepEqual(stepOf(former({ baseBranch })).slice(0, 2), [15, 'drift_confirmed']);
  for (const changes of [{ head: theirHead, recorded: { head: ourHead, plan: aPlan, holdsOthersCommits: false } }, { baseBranch: 'release' }, { state: { ...openState, mergesBy: 'auto_merge' } }] as const) {
    assert.deepEqual(stepOf(former(changes)).slice(0, 2), [16, 'same_files']);
  }
});

test('rows 9 and 11: a close on a former base stands, and is recorded here once', () => {
  for (const [by, row, reason] of [['human', 9, 'closed_by_human'], ['unknown', 11, 'closed_by_unknown']] as const) {
    const refused = former({ state: closed(by) });
    assert.deepEqual(stepOf(refused).slice(0, 3), [row, reason, 'suppressed']);
    assert.deepEqual(stepOf({ ...refused, decisions: { recorded: [7], unsuppressedAt: null } }).slice(0, 3), [row, reason, 'skipped']);
  }
});

test('a close on a former base that is over, was taken back, or was ours holds nothing back', () => {
  for (const given of [former({ state: closed('human', { at: '2026-10-01T00:00:00.000Z' }) }), former({ state: closed('us', { why: 'clean' }) }), former({ state: closed('human') }, { decisions: { recorded: [7], unsuppressedAt: '2026-11-19T13:00:00.000Z' } })]) assert.deepEqual(stepOf(given).slice(0, 2), [15, 'drift_confirmed']);
});

test('row 0: a branch that moved between two reads is read again', () => {
  for (const branches of [[], [{ name: aBranch(), tip: theirHead }]]) assert.deepEqual(stepOfOne({}, { branches }), [0, 'reads_disagree', 'error', skip('reads')]);
});

const twin = aPullRequest({ number: 8, branch: aBranch(2) });

test('row 1: of two open the lower number stays, the other is closed', () => {
  assert.deepEqual(stepOf({ pullRequests: [twin, aPullRequest()] }), [1, 'duplicates', 'closed', { kind: 'close_duplicates', keep: 7, close: [{ number: 8, branch: aBranch(2), tip: ourHead }], left: [] }]);
});

test('row 1: a duplicate with a commit of others, or on its way into the base, stays, and people are told', () => {
  for (const overrides of [{ recorded: { head: theirHead, plan: aPlan, holdsOthersCommits: false } }, { recorded: { head: ourHead, plan: aPlan, holdsOthersCommits: true } }, { baseBranch: 'release' }, { state: { ...openState, mergesBy: 'merge_queue' } }] as const) {
    assert.deepEqual(stepOf({ pullRequests: [aPullRequest(), { ...twin, ...overrides }] }), [1, 'duplicates', 'error', { kind: 'alert', named: ['#7', '#8'] }]);
  }
});

test('row 1: a duplicate to which our append on commits of others may have come stays', () => {
  const pending = [{ branch: aBranch(2), head: theirHead, plan: aPlan, onOthersCommits: true }];
  const moved = { ...twin, head: theirHead, recorded: { head: ourHead, plan: aPlan, holdsOthersCommits: false } };
  assert.equal(stepOf({ pullRequests: [aPullRequest(), moved], pending })[2], 'error');
  assert.equal(stepOf({ pullRequests: [aPullRequest(), moved], pending: pending.map((one) => ({ ...one, onOthersCommits: false })) })[2], 'closed');
});

test('row 1: no duplicate is closed while evidence is missing', () => {
  assert.deepEqual(stepOf({ pullRequests: [aPullRequest(), twin], drift: { kind: 'inconclusive' } }), [1, 'duplicates', 'error', { kind: 'alert', named: ['#7', '#8'] }]);
});

test('row 1: what is named alike in a fork, or by others, is no duplicate', () => {
  for (const overrides of [{ fromFork: true }, { openedByUs: false }]) assert.equal(stepOf({ pullRequests: [aPullRequest(), { ...twin, ...overrides }] })[0], 4);
});

for (const mergesBy of ['merge_queue', 'auto_merge'] as const) {
  test(`row 2: what waits for ${mergesBy} is left alone, whatever the drift`, () => {
    for (const drift of [anOwnDrift, changed, gone, other]) assert.deepEqual(stepOfOne({ state: { ...openState, mergesBy } }, { drift }), [2, 'queued', 'skipped', skip('dequeue')]);
  });
}

const touchedOnes: Readonly<Record<string, Partial<RemediationPullRequest>>> = {
  'another head': { head: theirHead, recorded: { head: ourHead, plan: aPlan, holdsOthersCommits: false } },
  'another base': { baseBranch: 'release' },
  'a head that nobody recorded': { recorded: null },
  'commits of others below ours': { recorded: { head: ourHead, plan: aPlan, holdsOthersCommits: true } },
};

for (const [what, one] of Object.entries(touchedOnes)) {
  test(`row 3: ${what} freezes a pull request, whatever the drift, with one comment`, () => {
    const head = one.head ?? ourHead;
    for (const drift of [anOwnDrift, changed, gone, other, { kind: 'error' } as const]) {
      assert.deepEqual(stepOfOne(one, { drift }), [3, 'touched', 'frozen', { kind: 'freeze', number: 7, head }]);
      assert.deepEqual(stepOfOne({ ...one, toldHead: head }, { drift }), [3, 'touched', 'skipped', skip('person')]);
    }
  });
}

test('row 3: a renamed branch, found by its trailer, is frozen', () => {
  const trailer = { kind: 'trailer', trailer: { fingerprint: aFingerprint, plan: aPlan, head: ourHead, base: aBase, generation: 1, text: aPlan }, theirs: null } as const;
  assert.equal(stepOfOne({ branch: 'mine', trailer })[1], 'touched');
});

test('row 3: after a take-over of exactly this head one commit is appended where the plan changed, and nothing is closed', () => {
  const taken = { ...touchedOnes['another head'], takenOverAt: theirHead };
  const step = { kind: 'append', number: 7, onto: { branch: aBranch(), tip: theirHead }, as: 'commit', plan: newPlan, base: aBase, onOthersCommits: true };
  assert.deepEqual(stepOfOne(taken, { drift: changed }), [3, 'content_changed', 'updated', step]);
  assert.deepEqual(stepOfOne(taken), [3, 'taken_over', 'skipped', skip('scan')]);
  assert.deepEqual(stepOfOne({ ...taken, takenOverAt: ourHead }, { drift: changed })[1], 'touched');
  for (const drift of [gone, other]) assert.equal(stepOfOne(taken, { drift })[1], 'touched');
});

test('row 4: nothing is written where all is as it should be', () => {
  assert.deepEqual(stepOfOne({}), [4, 'same_content', 'skipped', skip('scan')]);
  assert.deepEqual(stepOfOne({ state: { ...openState, conflicts: null } }), [4, 'same_content', 'skipped', skip('scan')]);
});

test('row 5: another plan is one commit on our head', () => {
  assert.deepEqual(stepOfOne({}, { drift: changed }), [5, 'content_changed', 'updated', { kind: 'append', number: 7, onto: at, as: 'commit', plan: newPlan, base: aBase, onOthersCommits: false }]);
});

test('row 5: a conflict with the base is a merge commit, not a second pull request', () => {
  assert.deepEqual(stepOfOne({ state: { ...openState, conflicts: true } }), [5, 'conflict', 'updated', { kind: 'append', number: 7, onto: at, as: 'merge', plan: aPlan, base: aBase, onOthersCommits: false }]);
});

test("row 6: another drift's pull request comes first, then this one is closed", () => {
  assert.deepEqual(stepOfOne({}, { drift: { ...other, successor: null } }), [6, 'drift_changed', 'skipped', skip('successor')]);
  assert.deepEqual(stepOfOne({}, { drift: other }), [6, 'drift_changed', 'superseded', { kind: 'supersede', closing, by: 9 }]);
});

test('row 7: what is gone, seen twice, is closed at our head', () => {
  assert.deepEqual(stepOfOne({}, { drift: gone }), [7, 'drift_gone', 'closed', { kind: 'close', closing, why: 'clean' }]);
});

test('row 7: what nothing asks for any more, since its behaviour is gone, is closed at our head', () => {
  assert.deepEqual(stepOfOne({}, { drift: { kind: 'gone' } }), [7, 'behavior_gone', 'closed', { kind: 'close', closing, why: 'gone' }]);
  assert.deepEqual(stepOf({ drift: { kind: 'gone' } }), [null, 'behavior_gone', 'skipped', skip('scan')]);
  assert.equal(stepOfOne({ baseBranch: 'release' }, { drift: { kind: 'gone' } })[1], 'touched');
});

test('row 7: an interrupted close is finished, at our commit alone', () => {
  const left = { state: closed('us', { why: 'clean' }) };
  assert.deepEqual(stepOfOne(left, { drift: gone, branches: [{ name: aBranch(), tip: ourHead }] }), [7, 'drift_gone', 'closed', { kind: 'delete_branch', at }]);
  for (const branches of [[], [{ name: aBranch(), tip: theirHead }]]) assert.equal(stepOfOne(left, { drift: gone, branches })[1], 'no_drift');
  assert.equal(stepOfOne({ state: closed('human') }, { drift: gone, branches: [{ name: aBranch(), tip: ourHead }] })[1], 'no_drift');
});

test('row 7: a branch of ours from which no pull request was opened is deleted once the drift is gone, and no other', () => {
  assert.deepEqual(stepOf({ ...crashed, drift: gone }), [7, 'drift_gone', 'closed', { kind: 'delete_branch', at }]);
  assert.equal(stepOf({ ...crashed, branches: [{ name: aBranch(), tip: theirHead }], drift: gone })[1], 'no_drift');
  assert.equal(stepOf({ ...crashed, pullRequests: [aPullRequest({ openedByUs: false, recorded: null })], drift: gone })[1], 'no_drift');
  assert.equal(stepOf({ ...crashed, drift: { kind: 'inconclusive' } })[1], 'missing_evidence');
});

test('row 8: what is not known closes nothing', () => {
  for (const kind of ['inconclusive', 'error'] as const) assert.deepEqual(stepOfOne({}, { drift: { kind } }), [8, 'missing_evidence', 'skipped', skip('scan')]);
});

test('row 8: what was measured once is measured again first', () => {
  for (const drift of [gone, changed, other]) assert.deepEqual(stepOfOne({}, { drift: { ...drift, confirmations: 1 } }), [8, 'unconfirmed', 'skipped', skip('confirmation')]);
});

test("row 9: a person's close is a decision for 30 days, recorded once", () => {
  const one = { state: closed('human') };
  assert.deepEqual(stepOfOne(one), [9, 'closed_by_human', 'suppressed', { kind: 'suppress', number: 7, until: '2026-12-19T12:00:00.000Z', alerts: false }]);
  assert.deepEqual(stepOfOne(one, { decisions: { recorded: [7], unsuppressedAt: null } }), [9, 'closed_by_human', 'skipped', skipUntil('2026-12-19T12:00:00.000Z')]);
});

test('row 9: a close that expired or was taken back stands no more; one after that does', () => {
  const now = '2026-12-19T12:00:00.000Z';
  assert.deepEqual(stepOfOne({ state: closed('human') }, { now }), [15, 'drift_confirmed', 'created', { kind: 'create', opening: second }]);
  assert.equal(stepOfOne({ state: closed('human') }, { decisions: { recorded: [7], unsuppressedAt: '2026-11-19T13:00:00Z' } })[0], 15);
  assert.equal(stepOfOne({ state: closed('human') }, { decisions: { recorded: [7], unsuppressedAt: '2026-11-19T11:00:00Z' } })[0], 9);
});

test('row 9: a close that can not be dated stands from now on, until it is taken back', () => {
  assert.deepEqual(stepOfOne({ state: closed('human', { at: 'junk' }) })[3], { kind: 'suppress', number: 7, until: '2026-12-20T12:00:00.000Z', alerts: false });
  assert.equal(stepOfOne({ state: closed('human', { at: 'junk' }) }, { decisions: { recorded: [], unsuppressedAt: '2026-11-01T00:00:00Z' } })[0], 15);
});

test("row 9: a person's close of an earlier generation stands beside a later close of ours", () => {
  assert.equal(stepOf({ pullRequests: [aPullRequest({ state: closed('human') }), { ...twin, state: closed('us') }] })[0], 9);
});

test('row 10: what we closed is reopened where it can be', () => {
  const one = { state: closed('us', { canReopen: true }) };
  assert.deepEqual(stepOfOne(one), [10, 'drift_back', 'updated', { kind: 'reopen', number: 7, at, restores: true }]);
  assert.deepEqual(stepOfOne(one, { branches: [{ name: aBranch(), tip: ourHead }] }), [10, 'drift_back', 'updated', { kind: 'reopen', number: 7, at, restores: false }]);
});

test('row 10: where it can not be, the next generation follows it', () => {
  const step = [10, 'drift_back', 'created', { kind: 'create', opening: second }];
  assert.deepEqual(stepOfOne({ state: closed('us') }), step);
  assert.deepEqual(stepOfOne({ state: closed('us', { canReopen: true }) }, { branches: [{ name: aBranch(), tip: theirHead }] }), step);
});

for (const [row, state] of Object.entries({ 10: closed('us', { canReopen: true }), 12: mergedAt('2026-11-20T11:00:00Z') })) {
  test(`row ${row}: a drift that comes and goes stops the automation, and people are told`, () => {
    assert.deepEqual(stepOfOne({ state }, { isFlapping: true }), [Number(row), 'flapping', 'error', { kind: 'alert', named: ['#7'] }]);
  });
}

test('row 11: a close of nobody knows whom stands for 7 days, and people are told', () => {
  assert.deepEqual(stepOfOne({ state: closed('unknown') }), [11, 'closed_by_unknown', 'suppressed', { kind: 'suppress', number: 7, until: '2026-11-26T12:00:00.000Z', alerts: true }]);
  assert.equal(stepOfOne({ state: closed('unknown') }, { now: '2026-11-26T12:00:00.000Z' })[0], 15);
});

test('row 12: that something was merged is told once, before anything else, whether it helps or not', () => {
  const untold: PullRequestState = { kind: 'merged', at: '2026-11-20T11:00:00Z', told: false, verified: false };
  for (const drift of [anOwnDrift, gone, { kind: 'error' }] as const) assert.deepEqual(stepOfOne({ state: untold }, { drift }), [12, 'merged', 'merged', { kind: 'tell_merge', number: 7 }]);
  assert.equal(stepOf({ pullRequests: [aPullRequest({ state: untold }), twin] })[1], 'merged');
});

test('row 12: within the verification window nothing follows a merge', () => {
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:30:00Z') }), [12, 'verifying', 'skipped', skipUntil('2026-11-20T12:30:00.000Z')]);
  assert.deepEqual(stepOfOne({ state: mergedAt('junk') }), [12, 'verifying', 'skipped', skip('scan')]);
});

test('row 12: after it the fix was ineffective: the next generation, never merged by itself', () => {
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:00:00Z') }, { mode: 'auto' }), [12, 'ineffective', 'ineffective', { kind: 'create', opening: second }]);
});

test('row 12: after two ineffective generations a person has to look', () => {
  const pullRequests = [aPullRequest({ state: mergedAt('2026-11-20T09:00:00Z') }), { ...twin, state: mergedAt('2026-11-20T10:00:00Z') }];
  assert.deepEqual(stepOf({ pullRequests }), [12, 'ineffective_twice', 'ineffective', { kind: 'alert', named: ['#7', '#8'] }]);
});

test('row 12: an ineffective fix after which nothing is left to propose is told, and not taken for one that is only reported', () => {
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:00:00Z') }, { mode: 'report' }), [12, 'ineffective_last', 'ineffective', { kind: 'alert', named: ['#7'] }]);
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:00:00Z') }, { heldBy: ['pause'] }), [16, 'pause', 'skipped', { kind: 'digest', again: { kind: 'scan' } }]);
});

test('row 12: what is gone since the merge is verified; what comes back after that is a new drift', () => {
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:30:00Z') }, { drift: gone }), [12, 'verified', 'merged', { kind: 'verify', number: 7 }]);
  assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T11:30:00Z', true) }), [15, 'drift_confirmed', 'created', { kind: 'create', opening: second }]);
});

test('row 13: our branch without a pull request gets one', () => {
  assert.deepEqual(stepOf(crashed), [13, 'recovered', 'created', { kind: 'create_pull_request', opening, at }]);
});

test('row 13: where the plan changed meanwhile, the branch gets a commit first', () => {
  assert.deepEqual(stepOf({ ...crashed, drift: changed }), [13, 'content_changed', 'updated', { kind: 'append', number: null, onto: at, as: 'commit', plan: newPlan, base: aBase, onOthersCommits: false }]);
});

test('row 13: a pull request whose answer was lost is adopted by the head of our intent', () => {
  assert.deepEqual(stepOfOne({ recorded: null }, { intents: crashed.intents ?? [] }), [13, 'recovered', 'adopted', { kind: 'adopt', number: 7, generation: 1, head: ourHead, mayArm: false }]);
});

test('row 13: what is adopted may be armed only as long as the mode, the drift and its plan are so, and nothing but a limit holds', () => {
  const mayArm = (changes: Partial<RemediationState>): unknown => stepOfOne({ recorded: null }, { intents: crashed.intents ?? [], mode: 'auto', ...changes })[3];
  const adopt = { kind: 'adopt', number: 7, generation: 1, head: ourHead };
  for (const changes of [{}, { heldBy: ['limit'] }] as const) assert.deepEqual(mayArm(changes), { ...adopt, mayArm: true });
  for (const changes of [{ mode: 'propose' }, { mode: 'report' }, { heldBy: ['pause'] }, { heldBy: ['limit', 'blast_radius'] }, { isFlapping: true }, { drift: gone }, { drift: other }, { drift: changed }, { drift: { kind: 'error' } }] as const) assert.deepEqual(mayArm(changes), { ...adopt, mayArm: false });
  assert.deepEqual(stepOfOne({ recorded: null, baseBranch: 'release' }, { intents: crashed.intents ?? [], mode: 'auto' })[3], { ...adopt, mayArm: false });
});

test('row 13: a push whose answer was lost is adopted, on commits of others too', () => {
  for (const onOthersCommits of [false, true]) {
    const pending = [{ branch: aBranch(), head: theirHead, plan: newPlan, onOthersCommits }];
    assert.deepEqual(stepOfOne(touchedOnes['another head'] ?? {}, { pending }), [13, 'recovered', 'adopted', { kind: 'adopt', number: 7, generation: 1, head: theirHead, mayArm: false }]);
  }
});

test('row 13: a branch that stands at a commit appended before the crash gets its pull request', () => {
  const pending = [{ branch: aBranch(), head: theirHead, plan: newPlan, onOthersCommits: false }];
  const moved = { branches: [{ name: aBranch(), tip: theirHead }], intents: crashed.intents ?? [], pending, drift: changed };
  assert.deepEqual(stepOf(moved), [13, 'recovered', 'created', { kind: 'create_pull_request', opening: { ...opening, plan: newPlan }, at: { branch: aBranch(), tip: theirHead } }]);
});

test('row 14: a branch of our name that no intent made is left, and named', () => {
  for (const intents of [[], [{ generation: 1, head: theirHead, plan: aPlan }], [{ generation: 1, head: null, plan: aPlan }]]) {
    assert.deepEqual(stepOf({ ...crashed, intents }), [14, 'foreign_branch', 'error', { kind: 'alert', named: [aBranch()] }]);
  }
});

test('row 14: a branch that makes ours impossible is named', () => {
  for (const name of ['plumbline', 'Plumbline/contracts-checkout-yaml', aBranch().toUpperCase()]) assert.deepEqual(stepOf({ branches: [{ name, tip: theirHead }] }), [14, 'branch_in_the_way', 'error', { kind: 'alert', named: [name] }]);
});

test("row 14: another's open pull request from our branch is named", () => {
  assert.deepEqual(stepOf({ ...crashed, pullRequests: [aPullRequest({ openedByUs: false })] }), [14, 'foreign_pull_request', 'error', { kind: 'alert', named: ['#7'] }]);
});

test('row 14: a foreign branch stops a next generation too', () => {
  assert.deepEqual(stepOfOne({ state: closed('us') }, { branches: [{ name: aBranch(2), tip: theirHead }] }), [14, 'foreign_branch', 'error', { kind: 'alert', named: [aBranch(2)] }]);
});

test('row 15: a confirmed drift with nothing there opens the first generation', () => {
  assert.deepEqual(stepOf({}), [15, 'drift_confirmed', 'created', { kind: 'create', opening }]);
  assert.deepEqual(stepOf({ mode: 'auto' })[3], { kind: 'create', opening: { ...opening, mode: 'auto' } });
});

test("row 15: a fork's pull request with our name and our trailer changes nothing", () => {
  assert.equal(stepOfOne({ fromFork: true, openedByUs: false }, { branches: [] })[0], 15);
});

test('row 15: a drift that stopped the automation opens nothing', () => {
  assert.deepEqual(stepOf({ isFlapping: true }), [15, 'flapping', 'error', { kind: 'alert', named: [] }]);
  assert.deepEqual(stepOf({ ...crashed, isFlapping: true }), [13, 'flapping', 'error', { kind: 'alert', named: [] }]);
});

for (const [reason, state] of [['limit', { heldBy: ['limit'] }], ['pause', { heldBy: ['pause'] }], ['blast_radius', { heldBy: ['blast_radius'] }], ['same_files', { heldBy: ['same_files'] }], ['report_only', { mode: 'report' }]] as const) {
  test(`row 16: ${reason} makes an entry in the digest of whatever would be opened`, () => {
    const held = [16, reason, 'skipped', { kind: 'digest', again: reason === 'limit' ? { kind: 'at', instant: '2026-11-20T12:18:38.534Z' } : { kind: 'scan' } }];
    assert.deepEqual(stepOf(state), held);
    assert.deepEqual(stepOf({ ...crashed, ...state }), held);
    assert.deepEqual(stepOfOne({ state: closed('us', { canReopen: true }) }, state), held);
    // What was merged in vain is told, since nothing follows it.
    if (reason !== 'report_only') assert.deepEqual(stepOfOne({ state: mergedAt('2026-11-20T10:00:00Z') }, state), held);
  });
}

test('no row: nothing open and no confirmed drift of its own asks for nothing', () => {
  const answers: Readonly<Record<string, DriftNow>> = { no_drift: gone, other_drift: other, missing_evidence: { kind: 'error' }, unconfirmed: { ...anOwnDrift, confirmations: 1 } };
  for (const [reason, drift] of Object.entries(answers)) assert.deepEqual(stepOf({ drift }).slice(0, 3), [null, reason, 'skipped']);
});

test('a step names the pull request that it is about', () => {
  const { pullRequest, fingerprint } = nextStep(aRemediationState({ pullRequests: [aPullRequest()] }));
  assert.deepEqual([pullRequest, fingerprint], ['https://github.test/o/r/pull/7', aFingerprint]);
});

const trailerOf = (changes: Partial<Trailer> = {}) => ({ kind: 'trailer', trailer: { fingerprint: aFingerprint, plan: aPlan, head: ourHead, base: aBase, generation: 1, text: aPlan, ...changes }, theirs: null }) as const;
const retold = { kind: 'retell', number: 7, generation: 1, head: ourHead, plan: aPlan, base: aBase, follows: null };

test('row 5: a text that tells of an older commit or plan of ours is written anew, and a true one never', () => {
  for (const trailer of [trailerOf({ head: theirHead }), trailerOf({ plan: newPlan })]) assert.deepEqual(stepOfOne({ trailer }), [5, 'text_outdated', 'updated', retold]);
  for (const trailer of [trailerOf(), trailerOf({ base: theirHead }), { kind: 'none' }, { kind: 'refused', why: 'several' }] as const) assert.equal(stepOfOne({ trailer })[1], 'same_content');
});

test('row 5: a new commit comes before the text about it, and without evidence of the drift nothing is written', () => {
  const trailer = trailerOf({ head: theirHead });
  assert.equal(stepOfOne({ trailer }, { drift: changed })[1], 'content_changed');
  for (const drift of [{ kind: 'inconclusive' }, { kind: 'error' }, { ...anOwnDrift, confirmations: 1 }] as const) assert.equal(stepOfOne({ trailer }, { drift })[0], 8);
});

test('row 3: the text of one that others have a hand in is written anew after a take-over alone', () => {
  const trailer = trailerOf({ plan: newPlan });
  const recorded = { head: ourHead, plan: aPlan, holdsOthersCommits: true };
  assert.deepEqual([stepOfOne({ trailer, recorded, takenOverAt: ourHead }), stepOfOne({ trailer, recorded })[1]], [[3, 'text_outdated', 'updated', retold], 'touched']);
});
