import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readNames } from '../../../src/domain/remediation/remediation-state.ts';
import type { RemediationPullRequest, RemediationState } from '../../../src/domain/remediation/remediation-state.ts';
import { nextStep } from '../../../src/domain/remediation/next-step.ts';
import type { BranchAt, Step } from '../../../src/domain/remediation/step.ts';
import { aPullRequest } from '../../builders/a-remediation.ts';
import { someRemediationState } from '../../builders/some-remediation.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';

function always(holds: (state: RemediationState, step: Step) => void): void {
  fc.assert(fc.property(someRemediationState, (state) => holds(state, nextStep(state).step)), { seed: 20_261_126, numRuns: isLong ? 200_000 : 600 });
}

/** Where a step deletes, or closes. */
function endedBy(step: Step): readonly BranchAt[] {
  if (step.kind === 'close' || step.kind === 'supersede') return [step.closing];
  if (step.kind === 'delete_branch') return [step.at];
  return step.kind === 'close_duplicates' ? step.close : [];
}

/** What we know to be ours: the record, or what was written ahead. */
function isRecorded(state: RemediationState, { branch, tip }: BranchAt): boolean {
  const known = state.pullRequests.filter((one) => one.branch === branch && one.recorded !== null);
  return known.some(({ recorded, head }) => recorded?.head === tip && head === tip) || state.intents.some((intent) => intent.head === tip) || state.pending.some((one) => one.branch === branch && one.head === tip);
}

test('every row of the table is reached by what the properties are asked of', () => {
  const rows = new Set(fc.sample(someRemediationState, { seed: 1, numRuns: 4_000 }).map((state) => nextStep(state).row));
  assert.deepEqual([...rows].toSorted((a, b) => (a ?? -1) - (b ?? -1)), [null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

test('what was not read whole is never written on', () => {
  always((state, step) => {
    if (readNames.some((name) => state.reads[name] !== 'complete')) assert.deepEqual(step, { kind: 'nothing', again: { kind: 'reads' } });
  });
});

test('nothing is closed or deleted but at the commit that is recorded as ours, without commits of others', () => {
  always((state, step) => {
    for (const ended of endedBy(step)) {
      assert.ok(isRecorded(state, ended));
      assert.ok(!state.pullRequests.some((one) => one.state.kind === 'open' && one.branch === ended.branch && one.recorded?.holdsOthersCommits === true && 'number' in ended && ended.number === one.number));
    }
  });
});

test('nothing is pushed but onto the commit that is recorded as ours, or to which somebody let us append', () => {
  always((state, step) => {
    if (step.kind !== 'append') return;
    const takenOver = state.pullRequests.some((one) => one.number === step.number && one.takenOverAt === step.onto.tip);
    assert.ok(isRecorded(state, step.onto) || takenOver);
    assert.equal(step.onOthersCommits && !takenOver, false);
  });
});

test('nothing is closed or deleted while it is not known, or was measured only once, whether the drift is there', () => {
  always((state, step) => {
    const isKnown = state.drift.kind === 'gone' || ((state.drift.kind === 'pass' || state.drift.kind === 'drift') && state.drift.confirmations >= 2);
    if (!isKnown && step.kind !== 'close_duplicates') assert.deepEqual(endedBy(step), []);
    if (state.drift.kind === 'inconclusive' || state.drift.kind === 'error') assert.deepEqual(endedBy(step), []);
  });
});

test('nothing that waits to merge is written to', () => {
  always((state, step) => {
    const waiting = state.pullRequests.filter((one) => one.state.kind === 'open' && one.state.mergesBy !== null).map(({ number }) => number);
    const written = step.kind === 'close_duplicates' ? step.close.map(({ number }) => number) : step.kind === 'close' || step.kind === 'supersede' ? [step.closing.number] : step.kind === 'append' || step.kind === 'retell' || step.kind === 'freeze' ? [step.number] : [];
    assert.ok(written.every((number) => number === null || !waiting.includes(number)));
  });
});

test('nothing is opened without a confirmed drift, while something is held back, beside an open one, or on a branch that is there', () => {
  always((state, step) => {
    if (step.kind !== 'create' && step.kind !== 'create_pull_request' && step.kind !== 'reopen') return;
    assert.ok(state.drift.kind === 'drift' && state.drift.confirmations >= 2 && state.drift.fingerprint === state.fingerprint);
    assert.ok(state.heldBy.length === 0 && state.mode !== 'report');
    assert.ok(!state.pullRequests.some((one) => one.openedByUs && !one.fromFork && one.state.kind === 'open' && (one.branch !== 'mine' || one.trailer.kind === 'trailer')));
    if (step.kind === 'create') assert.ok(!state.branches.some(({ name }) => name === step.opening.branch));
  });
});

test('what a person closed is not opened again within 30 days unless it is taken back', () => {
  const isDecided = ({ state }: RemediationPullRequest) => state.kind === 'closed' && state.by === 'human' && Date.parse(state.at) > Date.parse('2026-10-25');
  always((state, step) => {
    if (state.decisions.unsuppressedAt !== null || !state.pullRequests.some((one) => one.openedByUs && !one.fromFork && (one.branch !== 'mine' || one.trailer.kind === 'trailer') && isDecided(one))) return;
    assert.ok(!['create', 'create_pull_request', 'reopen'].includes(step.kind));
  });
});

const openings: readonly Step['kind'][] = ['create', 'create_pull_request', 'reopen'];

test('nothing is opened while one for the same drift on a former base holds commits of others or waits to merge, nor within 30 days of its close by a person', () => {
  let seen = 0;
  always((state, step) => {
    const former = state.formerBases.flatMap(({ pullRequests, decisions }) => pullRequests.map((one) => ({ ...one, isTakenBack: decisions.unsuppressedAt !== null }))).filter((one) => one.openedByUs && !one.fromFork);
    const isLeft = former.some(({ state: its, head, recorded }) => its.kind === 'open' && (its.mergesBy !== null || head !== recorded?.head || recorded.holdsOthersCommits));
    const isRefused = former.some(({ state: its, isTakenBack }) => its.kind === 'closed' && its.by === 'human' && !isTakenBack && Date.parse(its.at) > Date.parse('2026-10-25'));
    if (!isLeft && !isRefused) return;
    seen += 1;
    assert.ok(!openings.includes(step.kind), step.kind);
  });
  assert.ok(seen > 20, String(seen));
});

test('the step does not depend on the order in which anything was read', () => {
  always((state, step) => {
    const turned = { ...state, pullRequests: state.pullRequests.toReversed(), branches: state.branches.toReversed(), intents: state.intents.toReversed() };
    const other = nextStep(turned).step;
    if (step.kind !== 'alert') assert.deepEqual(other, step);
    else assert.equal(other.kind, 'alert');
  });
});

test('after a creation there is never a second one', () => {
  always((state, step) => {
    if (step.kind !== 'create') return;
    const { branch, generation, plan } = step.opening;
    const made = aPullRequest({ number: 99, branch, head: 'd'.repeat(40), recorded: null });
    const intents = [...state.intents.filter((intent) => intent.generation !== generation), { generation, head: made.head, plan }];
    const withBranch = { ...state, intents, branches: [...state.branches, { name: branch, tip: made.head }] };
    assert.equal(nextStep(withBranch).step.kind, 'create_pull_request');
    assert.equal(nextStep({ ...withBranch, pullRequests: [...state.pullRequests, made] }).step.kind, 'adopt');
  });
});
