import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLabels } from '../../../src/domain/calibration/count-labels.ts';
import type { CaseClosed, ConfidenceCase } from '../../../src/domain/calibration/confidence-case.ts';
import { labelOf } from '../../../src/domain/calibration/label-of.ts';
import { revertedBy } from '../../../src/domain/calibration/reverted-by.ts';

const merged: CaseClosed = { at: '2026-11-01T00:00:00Z', isMerged: true, checks: 'success', people: null };
const good = { hasVerifiedCritical: true, closed: merged, revertedAt: null };
const later = new Date('2026-12-01T00:00:00Z');

test('a merge that stood for 14 days is good, and before that nothing', () => {
  assert.equal(labelOf(good, new Date('2026-11-15T00:00:00Z')), true);
  assert.equal(labelOf(good, new Date('2026-11-14T23:59:59Z')), null);
});

test('a merge that a person approved is good at once, until it is taken back', () => {
  const approved = { ...good, closed: { ...merged, people: 'approve' } as const };
  assert.equal(labelOf(approved, new Date('2026-11-02T00:00:00Z')), true);
  assert.equal(labelOf({ ...approved, revertedAt: '2026-11-02T00:00:00Z' }, new Date('2026-11-02T00:00:00Z')), false);
});

const bad: Readonly<Record<string, Partial<Pick<ConfidenceCase, 'closed' | 'revertedAt'>>>> = {
  'taken back on the last day of probation': { revertedAt: '2026-11-14T23:59:59Z' },
  'merged though its checks failed': { closed: { ...merged, checks: 'failure' } },
  'merged though a person said no': { closed: { ...merged, people: 'reject' } },
  'closed with failed checks': { closed: { ...merged, isMerged: false, checks: 'failure' } },
};

for (const [title, parts] of Object.entries(bad)) {
  test(`a change that was ${title} is bad`, () => {
    assert.equal(labelOf({ ...good, ...parts }, later), false);
  });
}

const unknown: Readonly<Record<string, Partial<Pick<ConfidenceCase, 'closed' | 'hasVerifiedCritical'>>>> = {
  'is open': { closed: null },
  'was closed without a merge': { closed: { ...merged, isMerged: false } },
  'was closed without a merge, and approved': { closed: { ...merged, isMerged: false, people: 'approve' } },
  'had no verified critical claim': { hasVerifiedCritical: false },
};

for (const [title, parts] of Object.entries(unknown)) {
  test(`attack: a change that ${title} gives no trust, and takes none`, () => {
    assert.equal(labelOf({ ...good, ...parts }, later), null);
  });
}

test('a merge that was taken back after probation stays good', () => {
  assert.equal(labelOf({ ...good, revertedAt: '2026-11-15T00:00:00Z' }, later), true);
});

test('countLabels() tells the scores of one agent, and the share of all', () => {
  const own = [
    { ...good, selfReport: 0.9 },
    { ...good, selfReport: 0.9009, revertedAt: '2026-11-02T00:00:00Z' },
    { ...good, selfReport: 0.3 },
    { ...good, selfReport: 1, closed: null },
  ];
  assert.deepEqual(countLabels({ own, all: [...own, { ...good, selfReport: 1 }] }, later), {
    scores: [{ score: 300, labels: 1, good: 1 }, { score: 900, labels: 2, good: 1 }],
    repository: { labels: 4, good: 3 },
  });
});

const here = { owner: 'acme', name: 'shop' };
const sha = 'b'.repeat(40);

test('revertedBy() reads what git and the button of GitHub write', () => {
  assert.deepEqual(revertedBy(`Revert "Add a cart"\n\nThis reverts commit ${sha}.\n`, here), { commits: [sha], pullRequests: [] });
  assert.deepEqual(revertedBy(`This reverts commit ${sha}, reversing\nchanges made to ${'c'.repeat(40)}.`, here), { commits: [sha], pullRequests: [] });
  assert.deepEqual(revertedBy('Reverts Acme/Shop#12', here), { commits: [], pullRequests: [12] });
  assert.deepEqual(revertedBy('Reverts #12', here), { commits: [], pullRequests: [12] });
});

test('revertedBy() passes over other repositories, short names, quotes, and what is said in passing', () => {
  for (const text of ['Reverts acme/other#12', `This reverts commit ${sha.slice(0, 39)}.`, `> This reverts commit ${sha}.`, 'It reverts #12 in part', 'Reverts #0', '']) {
    assert.deepEqual(revertedBy(text, here), { commits: [], pullRequests: [] });
  }
});

test('attack: a text that takes back everything is read in part', () => {
  const text = Array.from({ length: 500 }, (_, index) => `Reverts #${index + 1}`).join('\n');
  assert.equal(revertedBy(text, here).pullRequests.length, 100);
});
