import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mergeConfiguration } from '../../../src/domain/configuration/merge-configuration.ts';
import { decide } from '../../../src/domain/decide.ts';
import { compareStrictness } from '../../../src/domain/decision.ts';
import type { FindingCode } from '../../../src/domain/finding-code.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { whyNotWaivable } from '../../../src/domain/waiver/waiver-bounds.ts';
import type { Waiver } from '../../../src/domain/waiver/waiver.ts';
import { aDecisionInput, anApproval, aWaiver } from '../../builders/a-decision-input.ts';
import type { InputToDecide } from '../../builders/a-decision-input.ts';
import { aFinding } from '../../builders/decision-builder.ts';
import { anyConfiguration } from './any-configuration.ts';

const runs = { seed: 23, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 };

const codes = ['contract/schema_invalid', 'contract/immutable_changed', 'engine/failed', 'schema/incompatible', 'config/repair', 'snapshot/too_many', 'contract/format_changed'] as const satisfies readonly FindingCode[];
const findings = fc.array(fc.record({ code: fc.constantFrom(...codes), path: fc.constantFrom('a', 'b') }).map((one) => aFinding(one)), { maxLength: 4 });
const approvals = fc.array(fc.record({ login: fc.constantFrom('ann', 'bob', 'cid', 'dan'), covers: fc.record({ code: fc.constantFrom(...codes), path: fc.constantFrom('a', 'b') }).map((one) => aFinding(one)), tier: fc.constantFrom('tier2' as const, 'tier3' as const), admin: fc.boolean() }).map(({ login, covers, ...rest }) => anApproval(login, covers, rest)), { maxLength: 5 });
const now = fc.constantFrom('2026-11-20T12:00:00.000Z', '2027-06-01T00:00:00.000Z', '2029-01-01T00:00:00.000Z');
const change = fc.record({ findings, approvals, now });

function decided(organization: JsonObject, repository: JsonObject | null, input: InputToDecide): ReturnType<typeof decide> {
  return decide(aDecisionInput({ ...input, configuration: mergeConfiguration({ organization, repository, defaultBranch: 'main' }).configuration }));
}

/** What the repository may waive of these findings, by every waiver that one could write. */
function waiversOf(organization: JsonObject, waived: readonly Finding[]): readonly Waiver[] {
  const { rules } = mergeConfiguration({ organization, repository: null, defaultBranch: 'main' }).configuration;
  return waived.map((one) => aWaiver(one, '2029-12-31T00:00:00.000Z')).filter(({ code }) => whyNotWaivable(code, rules) === null);
}

test('whatever a repository configures, no decision is looser than by the configuration of the organisation alone', () => {
  fc.assert(
    fc.property(anyConfiguration, anyConfiguration, change, (organization, repository, input) => {
      assert.ok(compareStrictness(decided(organization, repository, input), decided(organization, null, input)) >= 0);
    }),
    runs,
  );
});

test('whatever a repository waives, what the organisation says how to count counts as it says', () => {
  fc.assert(
    fc.property(anyConfiguration, anyConfiguration, change, (organization, repository, input) => {
      const rules = mergeConfiguration({ organization, repository: null, defaultBranch: 'main' }).configuration.rules;
      const ruled = input.findings.filter(({ code }) => Object.hasOwn(rules, code) || Object.hasOwn(rules, '*'));
      const waivers = waiversOf(organization, input.findings);
      const judged = { ...input, findings: ruled };
      assert.ok(compareStrictness(decided(organization, repository, { ...judged, waivers }), decided(organization, null, judged)) >= 0);
    }),
    runs,
  );
});

test('a waiver of a repository takes exactly its finding out, and never one that can not be waived', () => {
  fc.assert(
    fc.property(anyConfiguration, change, (organization, input) => {
      const waivers = waiversOf(organization, input.findings);
      const waived = decided(organization, null, { ...input, waivers }).verdicts.flatMap((verdict) => verdict.findings).filter((one) => one.waived);
      assert.deepEqual(new Set(waived.map(({ code }) => code).filter((code) => code !== 'contract/schema_invalid' && code !== 'schema/incompatible')), new Set());
      assert.ok(waived.every((one) => waivers.some((waiver) => waiver.fingerprint === one.fingerprint)));
    }),
    runs,
  );
});
