import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pico from 'picocolors';
import { leaveToApp } from '../../src/domain/left-to-app.ts';
import { renderPretty } from '../../src/render/pretty.ts';
import { aDecision, aDecisionWith, aFinding, aFindingAt } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

const plain = { color: pico.createColors(false) };

describe('renderPretty()', () => {
  for (const [name, decision] of Object.entries(sampleDecisions)) {
    it(`of the sample "${name}" reads as its golden file`, () => {
      assertGolden(`pretty-${name}.txt`, renderPretty(decision, plain));
    });
  }

  it('colours only when it is told to', () => {
    assert.ok(renderPretty(sampleDecisions.deny, { color: pico.createColors(true) }).includes('\u001b[31m'));
    assert.ok(!renderPretty(sampleDecisions.deny, plain).includes('\u001b'));
  });

  it('lists what this run could not ask and ends with what the App will also ask', () => {
    const text = renderPretty(aDecision(), { ...plain, skipped: [{ rule: 'approvals', why: 'only GitHub knows them' }], alsoAsks: ['approvals'] });
    assert.match(text, /Not judged\n {2}approvals: only GitHub knows them\n/);
    assert.ok(text.endsWith('\n\nthe App will also ask: approvals\n'));
  });

  it('without a verdict says blocked and never held', () => {
    const text = renderPretty(sampleDecisions.inconclusive, plain);
    assert.match(text, /This change is blocked: Plumbline could not reach a verdict\. Nothing in your change caused this\./);
    assert.doesNotMatch(text, /held/i);
  });

  it('that git alone does not answer ends with the App, and does not promise that running again helps', () => {
    const left = aFinding({ code: 'contract/record_incomplete', next: leaveToApp('GitHub tells it') });
    const text = renderPretty(aDecisionWith([left]), plain);
    assert.ok(text.endsWith('could not reach a verdict. Nothing in your change caused this. Running it again alone tells no more: let the Plumbline App judge this change.\n'));
  });

  it('of which git alone does not answer a part tells both ways out', () => {
    const left = aFinding({ code: 'contract/record_incomplete', next: leaveToApp('GitHub tells it') });
    const text = renderPretty(aDecisionWith([left, aFinding({ code: 'engine/failed', next: 'Wait for the next attempt.' })]), plain);
    assert.ok(text.endsWith('Run it again once what failed is reachable; for what git alone does not tell let the Plumbline App judge this change.\n'));
  });

  it('moves no cursor and starts no runner command for hostile text', () => {
    const hostile = '\u001b[2J\u009b31m\r::set-env name=PATH::x\n##[error]\u202e';
    const text = renderPretty(aDecisionWith([aFindingAt(hostile, 1, { message: hostile, next: hostile, found: hostile, expected: hostile })], { uncovered: [hostile, '::stop-commands::x'] }), plain);
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]|##\[/u);
    assert.doesNotMatch(text, /^\s*::/m);
  });

  it('does not repeat what the message says already', () => {
    const text = renderPretty(aDecisionWith([aFinding({ message: 'Cannot read it: 3 bytes, expected 4 bytes.', found: '3 bytes', expected: '4 bytes' })]), plain);
    assert.doesNotMatch(text, /found:|expected:/);
  });

  it('lists twenty uncovered files and counts the rest', () => {
    const text = renderPretty(aDecision({ uncovered: Array.from({ length: 1_000 }, (_, index) => `docs/${index}.md`) }), plain);
    assert.match(text, /1,000 changed files that no gate looked at/);
    assert.match(text, /docs\/19\.md\n {2}… and 980 more/);
  });
});
