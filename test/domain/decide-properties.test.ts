import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { RuleMode } from '../../src/domain/configuration/configuration.ts';
import { decide } from '../../src/domain/decide.ts';
import type { DecisionInput } from '../../src/domain/decide.ts';
import { compareStrictness } from '../../src/domain/decision.ts';
import { findingRules, isFindingCode } from '../../src/domain/finding-code.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { gateNames } from '../../src/domain/gate-name.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { aDecisionInput, anApproval, aWaiver } from '../builders/a-decision-input.ts';
import { aFinding, aVerdict } from '../builders/decision-builder.ts';

const runs = { seed: 5, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 };

const codes = Object.keys(findingRules).filter((code) => isFindingCode(code));
const aCode = fc.constantFrom(...codes);
const anyFinding: fc.Arbitrary<Finding> = fc
  .record({ code: aCode, path: fc.constantFrom('a', 'b'), severity: fc.option(fc.constantFrom('hold' as const), { nil: undefined, freq: 3 }) })
  .map(({ severity, ...rest }) => aFinding(severity === undefined ? rest : { ...rest, severity }));
const anyVerdict: fc.Arbitrary<Verdict> = fc.record({ gate: fc.constantFrom(...gateNames), findings: fc.array(anyFinding, { maxLength: 3 }) }).map(({ gate, findings }) => aVerdict(gate, findings));
const instant = fc.constantFrom('2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z', 'never');
const anyMode: fc.Arbitrary<RuleMode> = fc.oneof(fc.constantFrom<RuleMode>({ kind: 'observe' }, { kind: 'enforce' }), instant.map((until): RuleMode => ({ kind: 'warn', until })));
const anyApproval = fc
  .record({ login: fc.constantFrom('ann', 'bob', 'cid'), covers: anyFinding, tier: fc.constantFrom('tier2' as const, 'tier3' as const, null), admin: fc.boolean() })
  .map(({ login, covers, ...rest }) => anApproval(login, covers, rest));

const anyInput: fc.Arbitrary<DecisionInput> = fc
  .record({
    requiredGates: fc.uniqueArray(fc.constantFrom(...gateNames)),
    verdicts: fc.array(anyVerdict, { maxLength: 4 }),
    rules: fc.dictionary(fc.oneof({ weight: 2, arbitrary: fc.constant('*') }, { weight: 3, arbitrary: aCode }), anyMode, { maxKeys: 3 }),
    waived: fc.array(fc.tuple(anyFinding, instant), { maxLength: 3 }),
    approvals: fc.array(anyApproval, { maxLength: 4 }),
  })
  .map(({ waived, ...rest }) => aDecisionInput({ ...rest, waivers: waived.map(([one, until]) => aWaiver(one, until)) }));

function assertNotLooser(changed: DecisionInput, before: DecisionInput): void {
  assert.ok(compareStrictness(decide(changed), decide(before)) >= 0);
}

function without<Item>(items: readonly Item[], index: number): readonly Item[] {
  return items.filter((_, position) => position !== index % Math.max(1, items.length));
}

test('adding a finding never makes a decision looser', () => {
  fc.assert(
    fc.property(anyInput, anyFinding, fc.nat(), (input, added, nth) => {
      const index = nth % Math.max(1, input.verdicts.length);
      const verdicts = input.verdicts.map((one, position) => (position === index ? aVerdict(one.gate, [...one.findings, added]) : one));
      assertNotLooser({ ...input, verdicts }, input);
    }),
    runs,
  );
});

test('removing the verdict of a required gate never makes a decision looser, unless it failed, and never allows', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(), (input, nth) => {
      const gate = input.requiredGates[nth % Math.max(1, input.requiredGates.length)];
      fc.pre(gate !== undefined);
      const enforced = { ...input, configuration: null };
      const removed = decide({ ...enforced, verdicts: enforced.verdicts.filter((one) => one.gate !== gate) });
      assert.equal(removed.decision, 'deny');
      const before = decide(enforced);
      if (before.cause !== 'fail') assert.ok(compareStrictness(removed, before) >= 0);
    }),
    runs,
  );
});

test('removing an approval or a waiver never makes a decision looser', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(), (input, nth) => {
      assertNotLooser({ ...input, approvals: without(input.approvals, nth) }, input);
      assertNotLooser({ ...input, waivers: without(input.waivers, nth) }, input);
    }),
    runs,
  );
});

test('tightening a rule to enforce never makes a decision looser', () => {
  fc.assert(
    fc.property(anyInput, fc.oneof(fc.constant('*'), aCode), (input, code) => {
      const { configuration } = input;
      if (configuration === null) return;
      assertNotLooser({ ...input, configuration: { ...configuration, rules: { ...configuration.rules, [code]: { kind: 'enforce' } } } }, input);
    }),
    runs,
  );
});

test('requiring one more gate never makes a decision looser', () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom(...gateNames), (input, gate) => {
      fc.pre(input.requiredGates.length > 0);
      assertNotLooser({ ...input, requiredGates: [...new Set([...input.requiredGates, gate])] }, input);
    }),
    runs,
  );
});

test('the order of what is given changes nothing in the record', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const reversed = {
        ...input,
        requiredGates: input.requiredGates.toReversed(),
        verdicts: input.verdicts.toReversed(),
        waivers: input.waivers.toReversed(),
        approvals: input.approvals.toReversed(),
      };
      assert.deepEqual(decide(reversed), decide(input));
    }),
    runs,
  );
});

test('what it would be is never looser than what it is', () => {
  const rank = { allow: 0, hold: 1, deny: 2 } as const;
  fc.assert(
    fc.property(anyInput, (input) => {
      const { decision, wouldBe } = decide(input);
      assert.ok(wouldBe === null || rank[wouldBe] >= rank[decision]);
    }),
    runs,
  );
});
