import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readPolicyReport } from '../../../src/domain/policy/policy-report.ts';
import type { PolicyOutcome } from '../../../src/domain/policy/policy-report.ts';
import type { PolicyAction, PolicyInput, PolicyWhitelistEntry } from '../../../src/domain/policy/policy-input.ts';
import { loadBuiltinPolicies } from '../../../src/probes/policy-engine/builtin-policies.ts';
import { createPolicyInstance } from '../../../src/probes/policy-engine/policy-instance.ts';
import { aPolicyAction, aPolicyInput } from '../../builders/a-policy-input.ts';

const policies = await loadBuiltinPolicies();
const instance = await createPolicyInstance(Uint8Array.from(policies.wasm), policies.data);
const runs = { seed: 41, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 300 };
const ranks: Readonly<Record<PolicyOutcome, number>> = { pass: 0, hold: 1, fail: 2 };

/** How strict all rules together are about a change of one action. */
function strictness(input: PolicyInput): number {
  const reading = readPolicyReport(instance.report(JSON.stringify(input)), { inputVersion: 1, rules: policies.rules, subjects: input.actions.map(({ name }) => name) });
  assert.equal(reading.kind, 'report', reading.kind === 'report' ? '' : reading.why);
  return Math.max(...(reading.kind === 'report' ? reading.report.results.map(({ outcome }) => ranks[outcome]) : [3]));
}

const people = fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cy'), { maxLength: 3 });
const entry: fc.Arbitrary<PolicyWhitelistEntry> = fc.record({ level: fc.constantFrom('organization', 'repository'), action: fc.constant('workflow.*'), owner: fc.constant('team:a'), until: fc.constant('2027-01-01'), daysLeft: fc.constantFrom(0, 30, 31), maxTier: fc.constantFrom(null, 2, 3, 4), inFull: fc.boolean() });
const action: fc.Arbitrary<PolicyAction> = fc.record({ tier: fc.constantFrom(1, 2, 3, 4), finding: fc.constantFrom(null, 'governance/loosening', 'governance/workflow_unsafe', 'governance/secret_committed', 'schema/incompatible'), isRoot: fc.boolean(), whitelist: fc.array(entry, { maxLength: 3 }), approvals: fc.record({ tier2: people, tier3: people, root: people }), rejections: fc.array(fc.record({ login: fc.constant('eve'), reason: fc.string() }), { maxLength: 1 }), subject: fc.constantFrom({ path: 'a' }, { contract: 'checkout' }), action: fc.constantFrom('contract.bump', 'contract.halt', 'contract.resume') }).map(aPolicyAction);
const change: fc.Arbitrary<PolicyInput> = fc.record({ actions: action.map((one) => [one]), unknownContributors: fc.constantFrom(null, 'unseen'), required: fc.record({ tier2: fc.constantFrom(1, 2), tier3: fc.constantFrom(1, 2, 3), root: fc.constantFrom(0, 1) }), contracts: fc.boolean().map((humanApprovalRequired) => [{ id: 'checkout', version: '1.0.0', path: 'a', lifecycle: 'active', flags: { halted: false, humanApprovalRequired, budgetOverride: false as const } }]) }).map(aPolicyInput);

/** The change with its one action made otherwise. */
function otherwise(input: PolicyInput, make: (one: PolicyAction) => Partial<PolicyAction>): PolicyInput {
  return { ...input, actions: input.actions.map((one) => ({ ...one, ...make(one) })) };
}

const stricter: Readonly<Record<string, (input: PolicyInput) => PolicyInput>> = {
  'taking a whitelist entry away': (input) => otherwise(input, ({ whitelist }) => ({ whitelist: whitelist.slice(1) })),
  'taking an approval of tier 2 away': (input) => otherwise(input, ({ approvals }) => ({ approvals: { ...approvals, tier2: approvals.tier2.slice(1) } })),
  'taking an approval of tier 3 away': (input) => otherwise(input, ({ approvals }) => ({ approvals: { ...approvals, tier3: approvals.tier3.slice(1) } })),
  'taking the approval of an owner away': (input) => otherwise(input, ({ approvals }) => ({ approvals: { ...approvals, root: approvals.root.slice(1) } })),
  'a rejection': (input) => otherwise(input, () => ({ rejections: [{ login: 'eve', reason: 'no' }] })),
  'a higher tier': (input) => otherwise(input, ({ tier }) => ({ tier: tier === 1 ? 2 : tier === 2 ? 3 : 4 })),
  'somebody who is not known': (input) => ({ ...input, unknownContributors: 'unseen' }),
  'a flag that asks for a person': (input) => ({ ...input, contracts: input.contracts.map((one) => ({ ...one, flags: { ...one.flags, humanApprovalRequired: true } })) }),
  'asking for more people': (input) => ({ ...input, required: { tier2: input.required.tier2 + 1, tier3: input.required.tier3 + 1, root: input.required.root + 1 } }),
};

for (const [what, make] of Object.entries(stricter)) {
  test(`${what} never makes the built-in rules looser`, () => {
    fc.assert(fc.property(change, (input) => strictness(make(input)) >= strictness(input)), runs);
  });
}

test('every action has one answer of each rule, whatever it is', () => {
  fc.assert(fc.property(change, (input) => strictness(input) <= 2), runs);
});

test('tier 4 passes nowhere without the organisation, but for owners at the root', () => {
  fc.assert(fc.property(change, (input) => {
    const repositoryAlone = otherwise(input, ({ whitelist }) => ({ tier: 4, isRoot: false, whitelist: whitelist.map((one) => ({ ...one, level: 'repository' as const })) }));
    return strictness(repositoryAlone) === 2;
  }), runs);
});
