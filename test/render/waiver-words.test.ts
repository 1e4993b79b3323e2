import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pico from 'picocolors';
import { findingLine } from '../../src/render/finding-line.ts';
import { renderPretty } from '../../src/render/pretty.ts';
import { waiverWords } from '../../src/render/waiver-words.ts';
import { aDecisionWith, aFinding } from '../builders/decision-builder.ts';

const waiver = { owner: 'team:a', reason: 'ask @mona', until: '2027-01-01T00:00:00.000Z', daysLeft: 12 };
const waived = { ...aFinding({ code: 'contract/schema_invalid', waived: true, inForce: 'notice' }), waiver };

describe('waiverWords()', () => {
  it('count down the days and name who answers for it', () => {
    assert.equal(waiverWords(waived), 'waived for 12 more days, by team:a: ask @mona');
    assert.equal(waiverWords({ ...waived, waiver: { ...waiver, daysLeft: 1 } }), 'waived for one more day, by team:a: ask @mona');
  });

  it('say nothing of a finding that is not waived, and no more than that of an older record', () => {
    assert.deepEqual([waiverWords(aFinding()), waiverWords(aFinding({ waived: true }))], [null, 'waived']);
  });

  it('stand in a check with no mention alive, and at a terminal', () => {
    assert.match(findingLine(waived, {}), /Waived for 12 more days, by team:a: ask @&#8203;mona\. \*\*Next:\*\*/);
    assert.match(renderPretty(aDecisionWith([waived]), { color: pico.createColors(false) }), /\n {2}waived for 12 more days, by team:a: ask @mona\n/);
  });
});
