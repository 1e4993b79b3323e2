import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { digestOf } from '../../../src/domain/drift/digest-of.ts';
import type { DigestSources, DriftOutlook } from '../../../src/domain/drift/digest-of.ts';
import { isQuiet, isSlow } from '../../../src/domain/drift/drift-digest.ts';
import type { DriftDigest } from '../../../src/domain/drift/drift-digest.ts';
import { noIssue } from '../../../src/domain/issue/issue-record.ts';
import type { LastSaid } from '../../../src/domain/remediation/remediation-record.ts';
import type { ScanPlan } from '../../../src/domain/scan/scan.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';

const now = '2026-11-21T12:00:00.000Z';
const later = '2026-12-20T12:00:00.000Z';

function aPlan(id: number, changes: Partial<ScanPlan> = {}): ScanPlan {
  const repository = { account: { id: 1, login: 'acme', kind: 'organization' as const }, installationId: 11, id, owner: 'acme', name: `shop-${id}` };
  return { repository, branch: 'main', nextAt: now, due: null, scanned: { commit: 'a'.repeat(40), behaviors: 1, broken: [], repairTarget: null }, failedSince: null, ...changes };
}

const sources = (changes: Partial<DigestSources> = {}): DigestSources => ({ now, plans: [aPlan(100)], reach: { governed: 1, toOpen: [] }, drifts: [], runs: [], within: null, ...changes });
const said = (changes: Partial<LastSaid>): LastSaid => ({ row: 16, reason: 'pause', pullRequest: null, about: '', ...changes });
const outlook = (changes: Partial<DriftOutlook> = {}): DriftOutlook => ({ said: null, suppressions: [], unsuppressedAt: null, issue: null, ...changes });
const told = (one: DriftOutlook | null, drift = aKeptDrift()): DriftDigest => digestOf(sources({ drifts: [{ kept: drift, outlook: one }] }));
const lists = ['held', 'stuck', 'flapping', 'unmeasured', 'suppressed', 'reported'] as const;
const placed = (digest: DriftDigest): readonly string[] => lists.filter((name) => digest[name].length > 0);

const openIssue = { ...noIssue, number: 7, url: 'https://github.example/7', newest: 7, isOpen: true };
const places: Readonly<Record<string, readonly [DriftOutlook | null, readonly string[]]>> = {
  'one that a pause holds back': [outlook({ said: said({}) }), ['held']],
  'one that the budget holds back': [outlook({ said: said({ reason: 'limit' }) }), ['held']],
  'one for which nothing is to be proposed': [outlook({ said: said({ reason: 'report_only' }) }), ['reported']],
  'one that has a pull request': [outlook({ said: said({ row: 4, reason: 'same_content', pullRequest: 'https://github.example/3' }) }), []],
  'one that has an issue': [outlook({ said: said({ reason: 'issue_only' }), issue: openIssue }), []],
  'one whose issue could not be opened': [outlook({ said: said({ reason: 'issue_only' }), issue: { ...noIssue, told: 'missing_permission' } }), ['stuck']],
  'one that GitHub refused': [outlook({ said: said({ row: 15, reason: 'refused', about: 'protected' }) }), ['stuck']],
  'one that was mended in vain, with nothing else to propose': [outlook({ said: said({ row: 12, reason: 'ineffective_last' }) }), ['stuck']],
  'one that was mended twice in vain': [outlook({ said: said({ row: 12, reason: 'ineffective_twice' }) }), ['stuck']],
  'one whose playbook is unknown': [outlook({ said: said({ row: null, reason: 'missing_evidence' }) }), ['stuck']],
  'one whose pull request somebody closed': [outlook({ said: said({ row: 9, reason: 'closed_by_human' }), suppressions: [{ number: 3, until: later }] }), ['suppressed']],
  'one whose issue somebody closed': [outlook({ said: said({ reason: 'issue_only' }), issue: { ...openIssue, isOpen: false }, suppressions: [{ number: 7, until: later }] }), ['suppressed']],
  'one whose closed issue was taken back': [outlook({ said: said({ reason: 'issue_only' }), issue: { ...openIssue, isOpen: false }, suppressions: [{ number: 7, until: later }], unsuppressedAt: now }), ['stuck']],
  'one that comes and goes': [outlook({ said: said({ row: 10, reason: 'flapping' }) }), ['flapping']],
  'one that was not looked at since it was confirmed': [null, ['stuck']],
  'one whose look broke off in the middle of a step': [outlook(), ['stuck']],
  'one of which something could not be read': [outlook({ said: said({ row: 0, reason: 'unread' }) }), ['stuck']],
  'one that was merged, and can not be judged yet': [outlook({ said: said({ row: 12, reason: 'verifying' }) }), []],
};

for (const [title, [given, expected]] of Object.entries(places)) test(`digestOf() tells a drift, ${title}, in ${expected[0] ?? 'no list'}`, () => assert.deepEqual(placed(told(given)), expected));

test('digestOf() leaves a drift the time to be looked at once it is confirmed', () => {
  const since = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
  const at = (minutes: number) => placed(told(null, aKeptDrift({ drifting: { agreed: digestOfValue('a'), observed: null, decides: true, since: since(minutes) } })));
  assert.deepEqual([at(9), at(10)], [[], ['stuck']]);
});

test('digestOf() tells what is only observed as reported, and what is clean not at all', () => {
  assert.deepEqual(placed(told(null, aKeptDrift({}, { decides: false }))), ['reported']);
  assert.deepEqual(placed(told(outlook({ said: said({}) }), aKeptDrift({ standing: 'pass', last: 'pass', flips: [] }))), []);
});

test('digestOf() tells what flipped three times within a week, also while it is clean', () => {
  const flips = ['2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'];
  assert.deepEqual(told(null, aKeptDrift({ standing: 'pass', last: 'pass', flips })).flapping.map((one) => one.flips), [3]);
});

test('digestOf() tells what could not be measured, with why where that stays the same, broken files and repositories that could not be scanned', () => {
  const [error, unclear] = [aKeptDrift({ last: 'error', standing: null }), aKeptDrift({ last: 'inconclusive', standing: null, behavior: 'b' })];
  const plan = aPlan(100, { failedSince: now, scanned: { commit: 'a'.repeat(40), behaviors: 1, broken: ['b.yaml'], repairTarget: null } });
  const { unmeasured } = digestOf(sources({ plans: [plan], drifts: [error, unclear].map((kept) => ({ kept, outlook: null })) }));
  assert.deepEqual(unmeasured.map(({ what, why }) => [what.kind, why === null]), [['repository', true], ['file', true], ['behavior', false], ['behavior', true]]);
});

test('digestOf() raises the alarm when something would be opened in more repositories than one scan may remediate, and lists these as held back', () => {
  const plans = Array.from({ length: 5 }, (_, index) => aPlan(100 + index));
  const drifts = plans.map(({ repository }, index) => ({ kept: aKeptDrift({ repositoryId: repository.id }), outlook: index === 0 ? outlook({ said: said({ row: 4, reason: 'same_content', pullRequest: 'https://github.example/3' }) }) : null }));
  const reach = { governed: 5, toOpen: plans.slice(1).map(({ repository }) => ({ repositoryId: repository.id, playbook: null })) };
  const digest = digestOf(sources({ plans, reach, drifts }));
  assert.deepEqual([digest.alarm, digest.held.length], [{ drifted: 4, governed: 5, most: 3 }, 4]);
  const within = digestOf(sources({ plans, reach, drifts, within: 101 }));
  assert.deepEqual([within.alarm, within.held.map(({ repository }) => repository)], [digest.alarm, ['acme/shop-101']]);
});

test('digestOf() counts repairs by playbook over the newest ten, and is slow only above a target', () => {
  const run = (index: number, minutes: number) => ({ repositoryId: 100, behavior: 'a', playbook: 'p', confirmedAt: '2026-11-20T12:00:00.000Z', cleanAt: new Date(Date.parse('2026-11-20T12:00:00.000Z') + minutes * 60_000 + index).toISOString(), inconclusiveMs: 0 });
  const runs = Array.from({ length: 12 }, (_, index) => run(index, 3));
  const plan = (target: number | null) => aPlan(100, { scanned: { commit: 'a'.repeat(40), behaviors: 1, broken: [], repairTarget: target } });
  const stuck = { kept: aKeptDrift({}, { playbook: 'p' }), outlook: outlook({ said: said({ row: 12, reason: 'ineffective_twice' }) }) };
  const [slow] = digestOf(sources({ plans: [plan(120_000)], runs, drifts: [stuck] })).repairs;
  assert.deepEqual([slow?.time.runs, slow !== undefined && isSlow(slow)], [10, true]);
  for (const target of [null, 240_000]) assert.equal(isQuiet(digestOf(sources({ plans: [plan(target)], runs }))), true);
});
