import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { governanceGate } from '../../../src/gates/governance/governance-gate.ts';
import { builtinAnswer } from '../../builders/builtin-answer.ts';
import { collectEvidence } from '../../builders/evidence-of.ts';
import { govern, governedSnapshot, told } from './a-governed-change.ts';
import type { GovernedChange } from './a-governed-change.ts';

const later = '2026-12-01T00:00:00.000Z';

/** A change of a tier, where the built-in rule of this name decides from a day on. */
function aChange(tier: number, rule: string, effectiveOn = later): GovernedChange {
  return {
    tier,
    policies: (request) => {
      const answer = builtinAnswer(request);
      return answer.kind === 'report' ? { ...answer, metadata: [{ rule, title: null, remedy: null, resources: [], effectiveOn }] } : answer;
    },
  };
}

function expiriesOf(change: GovernedChange): readonly string[] | undefined {
  const snapshot = governedSnapshot(change);
  return governanceGate.expiries?.(snapshot, collectEvidence(governanceGate, snapshot, { contents: ['one', 'two'], ...change }));
}

describe('a built-in rule that decides from a day on', () => {
  for (const [tier, code] of [[2, 'governance/approvals_missing'], [4, 'governance/tier_forbidden']] as const) {
    it(`warns until then, and says so: ${code}`, () => {
      const verdict = govern(aChange(tier, code));
      assert.deepEqual([verdict.verdict, told(verdict), verdict.judged?.map(({ outcome, release }) => [outcome, release])], ['pass', [`notice ${code}`], [['pass', null]]]);
      assert.match(verdict.findings[0]?.message ?? '', / That counts from 2026-12-01 00:00 UTC on, and decides nothing until then\.$/);
    });

    it(`decides at that very instant, and the judgement before it ends then: ${code}`, () => {
      assert.notEqual(govern(aChange(tier, code, '2026-11-20T12:00:00.000Z')).verdict, 'pass');
      assert.deepEqual(expiriesOf(aChange(tier, code)), [later]);
    });
  }

  it('hides no hold behind what it warns about', () => {
    assert.deepEqual(told(govern(aChange(3, 'governance/not_whitelisted'))), ['hold governance/approvals_missing', 'notice governance/not_whitelisted']);
  });
});
