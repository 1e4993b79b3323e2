import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../../schemas/policy-input.schema.json' with { type: 'json' };
import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { objectionToPolicyInput } from '../../../src/domain/policy/objection-to-policy-input.ts';
import type { PolicyInput } from '../../../src/domain/policy/policy-input.ts';
import { aVerification } from '../../builders/a-verification.ts';
import { aPolicyAction, aPolicyInput } from '../../builders/a-policy-input.ts';

const whole = aPolicyInput({
  unknownContributors: 'the head was not seen to arrive',
  actions: [aPolicyAction({ tier: 4, finding: 'governance/loosening', isRoot: true, whitelist: [{ level: 'organization', action: 'config.change', owner: 'team:platform', until: '2026-12-01', daysLeft: 5, maxTier: null, inFull: true }], approvals: { tier2: ['bob'], tier3: ['bob'], root: [] }, rejections: [{ login: 'eve', reason: '' }] })],
  contracts: [{ id: 'checkout', version: '2.1.0', path: 'contracts/checkout.yaml', lifecycle: 'active', flags: { halted: false, humanApprovalRequired: true, budgetOverride: { until: '2026-12-01' } } }],
  verdicts: [{ gate: 'contracts', verdict: 'hold', findings: [{ code: 'schema/incompatible', severity: 'hold', path: null, fingerprint: 'f' }] }],
  approvals: [{ login: 'bob', tier2: true, tier3: true, root: false }],
  waivers: [{ code: 'schema/incompatible', fingerprint: 'f', owner: 'team:a', until: '2026-12-01T00:00:00Z' }],
  verification: aVerification(),
  usage: { tokens: 1 },
});

test('the schema of an input is one by its meta-schema', () => {
  const ajv = new Ajv();
  assert.deepEqual([ajv.validateSchema(schema), ajv.errors], [true, null]);
});

test('an input with every member that there is may be asked about, and so may the least', () => {
  assert.deepEqual([objectionToPolicyInput(whole), objectionToPolicyInput(aPolicyInput({ actions: [], changes: [] }))], [null, null]);
});

test('an input without any one of its required members is refused: a rule would be silent, or take it for empty', () => {
  const optional = new Set(['verification', 'usage']);
  for (const name of Object.keys(whole).filter((one) => !optional.has(one))) {
    const { [name]: _left, ...rest }: JsonObject = whole;
    assert.deepEqual(objectionToPolicyInput(rest), { pointer: '', why: `must have required property '${name}'` });
  }
});

test('an action without any one of its members is refused', () => {
  for (const name of Object.keys(aPolicyAction())) {
    const { [name]: _left, ...rest }: JsonObject = aPolicyAction();
    assert.deepEqual(objectionToPolicyInput({ ...aPolicyInput(), actions: [rest] }), { pointer: '/actions/0', why: `must have required property '${name}'` });
  }
});

const refusals: readonly (readonly [what: string, more: { readonly [Name in keyof PolicyInput]?: JsonValue }, pointer: string])[] = [
  ['of another version', { version: 2 }, '/version'],
  ['whose version is text', { version: '1' }, '/version'],
  ['whose now is no instant', { now: '2026-11-26' }, '/now'],
  ['with an action of a tier that is none', { actions: [{ ...aPolicyAction(), tier: 5 }] }, '/actions/0/tier'],
  ['that asks for nobody at tier 2', { required: { tier2: 0, tier3: 2, root: 0 } }, '/required/tier2'],
  ['that asks for nobody at tier 3', { required: { tier2: 1, tier3: 0, root: 0 } }, '/required/tier3'],
  ['in which one person counts twice', { actions: [{ ...aPolicyAction(), approvals: { tier2: ['bob', 'bob'], tier3: [], root: [] } }] }, '/actions/0/approvals/tier2'],
  ['in which two actions have one name', { actions: [aPolicyAction(), aPolicyAction({ tier: 1 })] }, '/actions/1/name'],
];

for (const [what, more, pointer] of refusals) {
  test(`an input ${what} is refused before any policy sees it`, () => {
    assert.equal(objectionToPolicyInput({ ...aPolicyInput(), ...more })?.pointer, pointer);
  });
}

test('an input in which thousands of people approved thousands of actions is looked at in time', () => {
  const approvals = { tier2: Array.from({ length: 5_000 }, (_, index) => `p${index}`), tier3: [], root: [] };
  const began = performance.now();
  assert.equal(objectionToPolicyInput(aPolicyInput({ actions: [...Array.from({ length: 3_000 }, (_, index) => aPolicyAction({ name: `n${index}` })), aPolicyAction({ approvals })] })), null);
  assert.ok(performance.now() - began < 2_000);
});

test('a member that is not known is refused and named, on every level', () => {
  assert.deepEqual(objectionToPolicyInput({ ...aPolicyInput(), acton: 1 }), { pointer: '', why: 'must NOT have additional properties: "acton"' });
  assert.deepEqual(objectionToPolicyInput(JSON.parse('{"__proto__": 1}'))?.pointer, '');
  assert.equal(isJsonObject(whole) && objectionToPolicyInput({ ...whole, required: { ...whole.required, tier4: 1 } })?.pointer, '/required');
});
