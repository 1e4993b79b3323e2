import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparedPair, JudgedPair } from '../../bench/evaluation/judged-pair.ts';
import { comparisonTotals, gateTotals, spentOn } from '../../bench/evaluation/totals.ts';
import { toolTotals } from '../../bench/evaluation/tools/tool-totals.ts';
import type { AskedPair } from '../../bench/evaluation/tools/ask-tools.ts';

const spent = { ended: 'answered', seconds: 1, cpuSeconds: 1, memoryMb: 100 } as const;
const judged: JudgedPair = { corpus: 'c', from: '1.0.0', to: '1.0.1', decision: 'allow', findings: [], ...spent };
const compared: ComparedPair = { corpus: 'c', path: 's.json', from: '1.0.0', to: '1.0.1', mode: 'backward', answer: 'breaking', differences: [], doubts: [], witness: null, ...spent };
const asked: AskedPair = { tool: 'plumbline', pair: { id: 'p', source: 'generated', older: true, newer: false, label: 'breaking', witness: { document: 1 } }, answer: 'compatible', seconds: 0.1 };

test('gateTotals() counts a pair once for a code however often it was found, and an inconclusive one as no denial', () => {
  const finding = { code: 'contract/removed', severity: 'deny', path: null, line: null, message: '' };
  const totals = gateTotals([judged, { ...judged, decision: 'inconclusive', findings: [finding, finding] }]);
  assert.deepEqual(totals, { decisions: { allow: 1, hold: 0, deny: 0, inconclusive: 1 }, codes: [['contract/removed (deny)', 1]] });
});

test('spentOn() counts a run that hung or crashed and does not let its missing memory count', () => {
  const { hangs, crashes, maxMemoryMb, maxSeconds } = spentOn([judged, { ...spent, ended: 'hang', seconds: 60, memoryMb: Number.NaN }, { ...spent, ended: 'crash' }]);
  assert.deepEqual({ hangs, crashes, maxMemoryMb, maxSeconds }, { hangs: 1, crashes: 1, maxMemoryMb: 100, maxSeconds: 60 });
});

test('comparisonTotals() counts a breaking answer without a witness as not witnessed', () => {
  const totals = comparisonTotals([compared, { ...compared, witness: { value: 1 } }, { ...compared, answer: 'undecided' }]);
  assert.deepEqual(totals, { compared: 3, compatible: 0, breaking: 2, witnessed: 1, undecided: 1 });
});

test('toolTotals() counts compatible as a missed break only where a document shows it, whatever the label says', () => {
  const unshown = { ...asked, pair: { ...asked.pair, witness: null } };
  const { missedBreaks, missedLabels, agreed } = toolTotals([asked, unshown]);
  assert.deepEqual({ missedBreaks, missedLabels, agreed }, { missedBreaks: 1, missedLabels: 1, agreed: 0 });
});

test('toolTotals() does not call breaking a false alarm where a document refutes the label', () => {
  const refuted: AskedPair = { ...asked, answer: 'breaking', pair: { ...asked.pair, label: 'compatible' } };
  const { falseAlarms, labelRefuted } = toolTotals([refuted, { ...refuted, pair: { ...refuted.pair, witness: null } }]);
  assert.deepEqual({ falseAlarms, labelRefuted }, { falseAlarms: 1, labelRefuted: 1 });
});
