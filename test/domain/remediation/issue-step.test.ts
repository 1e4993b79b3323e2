import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { issueStep } from '../../../src/domain/remediation/issue-step.ts';
import type { IssueState, StandingIssue } from '../../../src/domain/remediation/issue-step.ts';

const wanted = digestOfValue('wanted');
const closed = (by: 'human' | 'us' | 'unknown', at = '2026-11-10T00:00:00.000Z'): StandingIssue => ({ number: 7, content: wanted, state: { kind: 'closed', at, by } });
const open: StandingIssue = { number: 7, content: wanted, state: { kind: 'open' } };
const gone: StandingIssue = { number: 7, content: wanted, state: { kind: 'gone' } };
const state = (changes: Partial<IssueState> = {}): IssueState => ({ now: '2026-11-20T00:00:00.000Z', standing: 'drifts', wanted, isHeld: false, successor: null, issue: null, suppressions: [], unsuppressedAt: null, isFlapping: false, ...changes });
const until = (day: string) => ({ number: 7, until: `${day}T00:00:00.000Z` });

const told: Readonly<Record<string, readonly [IssueState, ReturnType<typeof issueStep>]>> = {
  'a drift without an issue opens one': [state(), { kind: 'open' }],
  'a drift that is held back opens none': [state({ isHeld: true }), { kind: 'nothing' }],
  'a drift about which an issue has nothing to say opens none': [state({ wanted: null }), { kind: 'nothing' }],
  'an issue that says what it should is left alone': [state({ issue: open }), { kind: 'nothing' }],
  'an issue whose plan changed is edited, held back or not': [state({ issue: { ...open, content: null }, isHeld: true }), { kind: 'edit', number: 7 }],
  'an issue is closed when the drift is gone': [state({ standing: 'clean', issue: open }), { kind: 'close', number: 7, note: { why: 'clean' } }],
  'an issue is closed when another drift is told elsewhere': [state({ standing: 'other', issue: open, successor: 9 }), { kind: 'close', number: 7, note: { why: 'other', by: 9 } }],
  'an issue is closed when its behaviour is gone': [state({ standing: 'gone', issue: open }), { kind: 'close', number: 7, note: { why: 'gone' } }],
  'an issue stays while another drift is told nowhere yet': [state({ standing: 'other', issue: open }), { kind: 'nothing' }],
  'an issue stays when it is not known how the behaviour stands': [state({ standing: 'unknown', issue: open }), { kind: 'nothing' }],
  'a close by a person is a decision of 30 days': [state({ issue: closed('human') }), { kind: 'suppress', number: 7, until: '2026-12-10T00:00:00.000Z', reason: 'closed_by_human' }],
  'a close by something unknown stands for 7 days': [state({ issue: closed('unknown', '2026-11-15T00:00:00.000Z') }), { kind: 'suppress', number: 7, until: '2026-11-22T00:00:00.000Z', reason: 'closed_by_unknown' }],
  'a decision on record is not recorded again': [state({ issue: closed('human'), suppressions: [until('2026-12-10')] }), { kind: 'nothing' }],
  'a decision that ended lets the next issue be opened': [state({ now: '2026-12-11T00:00:00.000Z', issue: closed('human'), suppressions: [until('2026-12-10')] }), { kind: 'open' }],
  'a decision that was taken back lets the next issue be opened': [state({ issue: closed('human'), unsuppressedAt: '2026-11-11T00:00:00.000Z' }), { kind: 'open' }],
  'a decision after the last taking back stands': [state({ issue: closed('human'), unsuppressedAt: '2026-11-09T00:00:00.000Z', suppressions: [until('2026-12-10')] }), { kind: 'nothing' }],
  'a close that can not be dated stands': [state({ issue: closed('human', 'never') }), { kind: 'suppress', number: 7, until: '2026-12-20T00:00:00.000Z', reason: 'closed_by_human' }],
  'a deleted issue is a close by a person': [state({ issue: gone }), { kind: 'suppress', number: 7, until: '2026-12-20T00:00:00.000Z', reason: 'closed_by_human' }],
  'a deleted issue whose decision stands is not followed by another': [state({ issue: gone, suppressions: [until('2026-12-10')] }), { kind: 'nothing' }],
  'a deleted issue whose decision was taken back is': [state({ issue: gone, suppressions: [until('2026-12-10')], unsuppressedAt: '2026-11-15T00:00:00.000Z' }), { kind: 'open' }],
  'an issue that we closed is opened again when the drift is back': [state({ issue: closed('us') }), { kind: 'reopen', number: 7, closedAt: '2026-11-10T00:00:00.000Z' }],
  'an issue that we closed stays closed while something holds it back': [state({ issue: closed('us'), isHeld: true }), { kind: 'nothing' }],
  'a drift that comes and goes is for a person': [state({ issue: closed('us'), isFlapping: true }), { kind: 'alert', number: 7 }],
  'a drift that comes and goes opens none': [state({ isFlapping: true }), { kind: 'nothing' }],
};

for (const [title, [given, expected]] of Object.entries(told)) test(`issueStep(): ${title}`, () => assert.deepEqual(issueStep(given), expected));

test('issueStep() writes nothing without evidence, and opens nothing while somebody\'s close stands', () => {
  const anyInstant = fc.date({ min: new Date('2026-10-01'), max: new Date('2027-03-01'), noInvalidDate: true }).map((date) => date.toISOString());
  const anyIssue = fc.oneof(fc.constant(null), fc.constantFrom(open, gone), fc.tuple(fc.constantFrom('human', 'us', 'unknown' as const), anyInstant).map(([by, at]) => closed(by, at)));
  const anyState = fc.record({ now: anyInstant, standing: fc.constantFrom('drifts', 'clean', 'other', 'unknown' as const), wanted: fc.constantFrom(null, wanted), isHeld: fc.boolean(), successor: fc.constantFrom(null, 7, 9), issue: anyIssue, suppressions: fc.constantFrom([], [until('2026-12-10')]), unsuppressedAt: fc.option(anyInstant), isFlapping: fc.boolean() });
  fc.assert(fc.property(anyState, (one) => {
    const step = issueStep(one);
    if (one.standing === 'unknown') assert.equal(step.kind, 'nothing');
    if (step.kind === 'open' || step.kind === 'reopen') assert.deepEqual([one.standing, one.isHeld], ['drifts', false]);
    if (step.kind === 'close' || step.kind === 'edit') assert.equal(one.issue?.state.kind, 'open');
    const its = one.issue?.state;
    if (step.kind === 'open' && its?.kind === 'closed' && one.unsuppressedAt === null) assert.ok(Date.parse(one.now) - Date.parse(its.at) >= (its.by === 'human' ? 30 : 7) * 86_400_000);
  }), { seed: 5, numRuns: 2_000 });
});
