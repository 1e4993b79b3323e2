import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOfFinding } from '../../src/domain/approval/finding-item.ts';
import { decide } from '../../src/domain/decide.ts';
import type { DecisionInput } from '../../src/domain/decide.ts';
import { lacksAnswer } from '../../src/domain/decision.ts';
import { aDecisionInput, anApproval, aWaiver } from '../builders/a-decision-input.ts';
import type { InputToDecide } from '../builders/a-decision-input.ts';
import { aFinding, aVerdict } from '../builders/decision-builder.ts';

const deny = aFinding({ code: 'contract/immutable_changed', path: 'contracts/a.yaml' });
const waivable = aFinding({ code: 'contract/schema_invalid', path: 'contracts/a.yaml' });
const hold = aFinding({ code: 'snapshot/too_many' });
const repair = aFinding({ code: 'config/repair', path: '.github/plumbline.yml' });
const first = aFinding({ code: 'config/missing', severity: 'hold' });
const unknown = aFinding({ code: 'snapshot/unreadable' });
const notice = aFinding({ code: 'contract/format_changed' });

function outcome(input: InputToDecide): string {
  const { decision, cause } = decide(aDecisionInput(input));
  return decision === cause ? decision : `${decision} ${cause}`;
}

test('a change that every gate passes is allowed', () => {
  assert.equal(outcome({}), 'allow pass');
});

test('a notice decides nothing', () => {
  assert.equal(outcome({ findings: [notice] }), 'allow pass');
});

test('a failing gate denies, whatever the others say', () => {
  assert.equal(outcome({ findings: [deny, unknown, hold] }), 'deny fail');
});

test('an inconclusive gate blocks before a hold holds', () => {
  assert.equal(outcome({ findings: [unknown, hold] }), 'deny inconclusive');
  assert.equal(outcome({ findings: [hold] }), 'hold');
});

test('a decision lacks an answer as long as one of its findings has none, whatever denies it', () => {
  const lacks = (input: InputToDecide): boolean => lacksAnswer(decide(aDecisionInput(input)));
  assert.deepEqual([{ findings: [unknown] }, { findings: [deny, unknown] }, { findings: [deny], verdicts: [aVerdict('contracts', [deny])] }, { requiredGates: [] }].map(lacks), [true, true, true, true]);
  assert.deepEqual([{}, { findings: [deny] }, { findings: [hold] }].map(lacks), [false, false, false]);
});

test('a decision that only observes lacks no answer: nothing waits for one', () => {
  assert.equal(lacksAnswer(decide(aDecisionInput({ findings: [deny, unknown], rules: { '*': { kind: 'observe' } } }))), false);
});

test('a required gate without a verdict is inconclusive and says so', () => {
  const decision = decide(aDecisionInput({ verdicts: [aVerdict('change')] }));
  assert.deepEqual([decision.decision, decision.cause, decision.gates], ['deny', 'inconclusive', ['change', 'contracts']]);
  assert.deepEqual(decision.verdicts.map(({ gate, findings }) => [gate, findings.map(({ code }) => code)]), [['change', []], ['contracts', ['engine/failed']]]);
});

test('a decision that no gate took part in is not allowed, not even when everything is observed', () => {
  assert.equal(outcome({ requiredGates: [], verdicts: [] }), 'deny inconclusive');
  assert.equal(outcome({ requiredGates: [], verdicts: [], rules: { '*': { kind: 'observe' } } }), 'deny inconclusive');
});

test('a verdict that is stricter than its findings keeps its word', () => {
  const verdicts = [aVerdict('change'), { ...aVerdict('contracts'), verdict: 'inconclusive' as const }];
  assert.equal(outcome({ verdicts }), 'deny inconclusive');
});

test('a verdict that claims to pass in spite of its findings fails', () => {
  const verdicts = [aVerdict('change'), { ...aVerdict('contracts', [deny]), verdict: 'pass' as const }];
  assert.equal(outcome({ verdicts }), 'deny fail');
});

test('a waiver makes exactly its finding a notice, until its date', () => {
  const other = aFinding({ code: 'contract/schema_invalid', path: 'contracts/b.yaml' });
  const decision = decide(aDecisionInput({ findings: [waivable], waivers: [aWaiver(waivable)] }));
  assert.deepEqual([decision.decision, decision.validUntil], ['allow', '2027-01-01T00:00:00.000Z']);
  assert.deepEqual(decision.verdicts[1]?.findings.map(({ severity, declared, waived }) => ({ severity, declared, waived })), [{ severity: 'notice', declared: 'deny', waived: true }]);
  assert.equal(outcome({ findings: [waivable, other], waivers: [aWaiver(waivable)] }), 'deny fail');
});

test('a waived finding tells who answers for it and for how many more days, by the waiver that lasts longest', () => {
  const waivers = [aWaiver(waivable, '2026-11-21T00:00:00.000Z'), { ...aWaiver(waivable, '2026-12-02T00:00:00.000Z'), owner: 'team:b', reason: 'soon' }];
  const [told] = decide(aDecisionInput({ findings: [waivable], waivers })).verdicts[1]?.findings ?? [];
  assert.deepEqual(told?.waiver, { owner: 'team:b', reason: 'soon', until: '2026-12-02T00:00:00.000Z', daysLeft: 12 });
});

test('a waiver that names another path or contract than its finding has counts nothing: attack', () => {
  const waiver = aWaiver(waivable);
  const about = { ...waivable, contract: 'checkout' };
  assert.equal(outcome({ findings: [waivable], waivers: [{ ...waiver, path: 'docs/harmless.md' }] }), 'deny fail');
  assert.equal(outcome({ findings: [about], waivers: [{ ...waiver, path: null, contract: 'checkout' }] }), 'allow pass');
  for (const one of [about, waivable]) assert.equal(outcome({ findings: [one], waivers: [{ ...waiver, path: null, contract: 'toy' }] }), 'deny fail');
});

test('a waiver counts nothing when it has expired, has no date, or names a code that can not be waived', () => {
  assert.equal(outcome({ findings: [waivable], waivers: [aWaiver(waivable, '2026-11-20T12:00:00.000Z')] }), 'deny fail');
  assert.equal(outcome({ findings: [waivable], waivers: [aWaiver(waivable, 'for ever')] }), 'deny fail');
  assert.equal(outcome({ findings: [deny], waivers: [aWaiver(deny)] }), 'deny fail');
  assert.equal(outcome({ findings: [unknown], waivers: [aWaiver(unknown)] }), 'deny inconclusive');
});

test('the decision is valid until the earliest expiry that it used, unused ones left out', () => {
  const other = aFinding({ code: 'contract/schema_invalid', path: 'contracts/b.yaml' });
  const waivers = [aWaiver(waivable, '2027-02-01T00:00:00.000Z'), aWaiver(waivable, '2027-03-01T00:00:00.000Z'), aWaiver(other, '2027-02-15T00:00:00.000Z'), aWaiver(deny, '2026-12-01T00:00:00.000Z')];
  assert.equal(decide(aDecisionInput({ findings: [waivable, other], waivers })).validUntil, '2027-02-15T00:00:00.000Z');
});

test('a code in warning mode is a notice until its day begins and enforces then', () => {
  const rules = { 'contract/schema_invalid': { kind: 'warn', until: '2026-12-01T00:00:00.000Z' } } as const;
  const decision = decide(aDecisionInput({ findings: [waivable], rules }));
  assert.deepEqual([decision.decision, decision.validUntil, decision.wouldBe], ['allow', '2026-12-01T00:00:00.000Z', null]);
  assert.equal(outcome({ findings: [waivable], rules, now: '2026-12-01T00:00:00.000Z' }), 'deny fail');
});

test('a code that can not be waived is not lowered by a rule of its own', () => {
  assert.equal(outcome({ findings: [deny], rules: { 'contract/immutable_changed': { kind: 'observe' } } }), 'deny fail');
  assert.equal(outcome({ findings: [unknown], rules: { 'snapshot/unreadable': { kind: 'observe' } } }), 'deny inconclusive');
  assert.equal(outcome({ findings: [deny], rules: { '*': { kind: 'warn', until: '2027-01-01T00:00:00.000Z' } } }), 'deny fail');
});

test('observing everything allows, keeps what it would be and what was declared', () => {
  const decision = decide(aDecisionInput({ findings: [deny, unknown], rules: { '*': { kind: 'observe' } } }));
  assert.deepEqual([decision.decision, decision.cause, decision.wouldBe], ['allow', 'pass', 'deny']);
  assert.deepEqual(decision.verdicts[1]?.findings.map(({ severity, declared }) => [severity, declared]).toSorted(), [['notice', 'deny'], ['notice', 'unknown']]);
});

test('observing everything allows when a gate gave no verdict, and says that it would deny', () => {
  const decision = decide(aDecisionInput({ verdicts: [], rules: { '*': { kind: 'observe' } } }));
  assert.deepEqual([decision.decision, decision.wouldBe], ['allow', 'deny']);
});

test('a code that is enforced decides although everything else is observed', () => {
  assert.equal(outcome({ findings: [deny], rules: { '*': { kind: 'observe' }, 'contract/immutable_changed': { kind: 'enforce' } } }), 'deny fail');
});

test('nothing observed leaves nothing that it would be', () => {
  assert.equal(decide(aDecisionInput({ findings: [deny] })).wouldBe, null);
});

test('a hold of the snapshot is released by two people of tier 3, not by one and not by one twice', () => {
  assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold), anApproval('bob', hold)] }), 'allow pass');
  assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold)] }), 'hold');
  assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold), anApproval('ANN', hold)] }), 'hold');
  for (const tier of ['tier2', null] as const) assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold), anApproval('bob', hold, { tier })] }), 'hold');
});

test('a hold of a contract that could not be validated is released by tier 3 alone, and a denial of the same code by nobody', () => {
  const undecided = aFinding({ code: 'contract/schema_invalid', severity: 'hold' });
  const approvals = [anApproval('ann', undecided), anApproval('bob', undecided)];
  assert.equal(outcome({ findings: [undecided], approvals }), 'allow pass');
  assert.equal(outcome({ findings: [undecided], approvals: approvals.map((one) => ({ ...one, tier: 'tier2' as const })) }), 'hold');
  assert.equal(outcome({ findings: [aFinding({ code: 'contract/schema_invalid' })], approvals }), 'deny fail');
});

test('an approval of another finding counts nothing', () => {
  assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold), anApproval('bob', repair)] }), 'hold');
  assert.equal(outcome({ findings: [hold], approvals: [anApproval('ann', hold), anApproval('bob', { ...hold, fingerprint: '0000000000000000' })] }), 'hold');
});

test('what a gate counts itself is released by no approval here', () => {
  const held = aFinding({ code: 'governance/approvals_missing' });
  assert.equal(outcome({ findings: [held], approvals: ['ann', 'bob', 'cid'].map((login) => anApproval(login, held, { admin: true })) }), 'hold');
});

test('an approval never releases what is denied or unknown', () => {
  for (const [one, expected] of [[deny, 'deny fail'], [unknown, 'deny inconclusive'], [aFinding({ code: 'config/missing' }), 'deny fail']] as const) {
    assert.equal(outcome({ findings: [one], approvals: [anApproval('ann', one, { admin: true }), anApproval('bob', one, { admin: true })] }), expected);
  }
});

test('a repair is released by one admin or by tier 3', () => {
  assert.equal(outcome({ findings: [repair], approvals: [anApproval('ann', repair, { admin: true, tier: null })] }), 'allow pass');
  assert.equal(outcome({ findings: [repair], approvals: [anApproval('ann', repair), anApproval('bob', repair)] }), 'allow pass');
  assert.equal(outcome({ findings: [repair], approvals: [anApproval('ann', repair)] }), 'hold');
});

test('a first configuration is released by one admin alone', () => {
  assert.equal(outcome({ findings: [first], approvals: [anApproval('ann', first, { admin: true, tier: null })] }), 'allow pass');
  assert.equal(outcome({ findings: [first], approvals: [anApproval('ann', first), anApproval('bob', first)] }), 'hold');
});

test('a configured number of approvals is needed', () => {
  const configuration = { ...aDecisionInput().configuration!, document: { version: 1, governance: { approvals: { tier3: { count: 3 } } } } };
  const approvals = ['ann', 'bob', 'cid'].map((login) => anApproval(login, hold));
  assert.equal(outcome({ findings: [hold], configuration, approvals: approvals.slice(1) }), 'hold');
  assert.equal(outcome({ findings: [hold], configuration, approvals }), 'allow pass');
});

test('what people may release is kept in stable order, and waits as long as its finding holds', () => {
  const item = (scope: string, ends: readonly string[]) => ({ scope, name: 'a', binding: `sha256:${'3'.repeat(64)}`, from: 'tier3', count: 2, approvedBy: [], ends }) as const;
  const held = [item('snapshot/too_many', [keyOfFinding(hold)]), item('code.change', ['governance/approvals_missing 0000000000000000'])];
  const told = (input: InputToDecide) => decide(aDecisionInput({ verdicts: [aVerdict('change'), { ...aVerdict('contracts', [hold]), held }], ...input })).held.map(({ scope, waits }) => [scope, waits]);
  assert.deepEqual(told({}), [['code.change', false], ['snapshot/too_many', true]]);
  assert.deepEqual(told({ approvals: [anApproval('ann', hold), anApproval('bob', hold)] }), [['code.change', false], ['snapshot/too_many', false]]);
  assert.equal(decide(aDecisionInput({ verdicts: [{ ...aVerdict('contracts'), held }] })).verdicts.some((one) => 'held' in one), false);
});

test('without a configuration everything is enforced', () => {
  assert.equal(outcome({ findings: [waivable], configuration: null }), 'deny fail');
});

test('the record is the same in whatever order verdicts and findings came', () => {
  const findings = [deny, waivable, hold, notice];
  const input = (list: typeof findings, reverse: boolean): DecisionInput => {
    const verdicts = [aVerdict('change', [unknown]), aVerdict('contracts', list)];
    return aDecisionInput({ verdicts: reverse ? verdicts.toReversed() : verdicts, uncovered: reverse ? ['b', 'a'] : ['a', 'b'] });
  };
  assert.deepEqual(decide(input(findings, false)), decide(input(findings.toReversed(), true)));
});

test('decide() is valid until the earliest end that a gate relied on, whatever findings expire later', () => {
  const expiries = ['2027-03-01T00:00:00.000Z', '2026-12-24T00:00:00.000Z'];
  assert.equal(decide(aDecisionInput({ expiries })).validUntil, '2026-12-24T00:00:00.000Z');
  assert.equal(decide(aDecisionInput({ expiries, findings: [waivable], waivers: [aWaiver(waivable, '2026-12-01T00:00:00.000Z')] })).validUntil, '2026-12-01T00:00:00.000Z');
});
