import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JudgedAction } from '../../src/domain/action/judged-action.ts';
import { keyOfFinding } from '../../src/domain/approval/finding-item.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { aDecisionInput, anApproval, aWaiver } from '../builders/a-decision-input.ts';
import type { InputToDecide } from '../builders/a-decision-input.ts';
import { aFinding, aJudgedAction, aVerdict } from '../builders/decision-builder.ts';

const breaking = aFinding({ code: 'schema/incompatible', path: 'schemas/a.json' });
const secret = aFinding({ code: 'governance/secret_committed', path: 'a.txt' });
const held = aFinding({ code: 'policy/held', path: 'a.txt' });
const unlisted = aFinding({ code: 'governance/not_whitelisted', path: 'a.txt' });
const approved = (one: Finding) => [anApproval('bob', one), anApproval('ann', one), anApproval('jim', one, { tier: 'tier2' })];

/** What became of an action that governance judged so, of which these findings tell. */
function told(action: Partial<JudgedAction>, findings: readonly Finding[], input: InputToDecide = {}): string {
  const judged = [aJudgedAction({ tier: 3, findings: findings.map((one) => keyOfFinding(one)), ...action })];
  const { verdicts } = decide(aDecisionInput({ requiredGates: ['governance'], verdicts: [aVerdict('governance', findings, { judged })], ...input }));
  const [after] = verdicts.flatMap((verdict) => verdict.judged ?? []);
  return `${after?.outcome}: ${after?.because}`;
}

const byContracts = { outcome: 'pass', because: 'Held by schema/incompatible, if it is not released.' } as const;
const denied = { outcome: 'fail', because: 'governance/secret_committed.' } as const;
const waiting = { outcome: 'hold', because: 't/own of the repository\'s policies.' } as const;

suite('what decide() says of an action', () => {
  test('is what governance said, where nothing changed that', () => {
    assert.equal(told({ outcome: 'pass', because: 'Approved by ann.' }, []), 'pass: Approved by ann.');
    assert.equal(told(denied, [secret]), 'fail: governance/secret_committed.');
    assert.equal(told(waiting, [held]), 'hold: t/own of the repository\'s policies.');
  });

  test('names what another gate holds it by', () => assert.equal(told(byContracts, [breaking]), 'hold: schema/incompatible.'));

  test('names who released it, and nobody whose yes was not enough', () => {
    assert.equal(told(byContracts, [breaking], { approvals: approved(breaking) }), 'pass: schema/incompatible is released by ann, bob.');
    assert.equal(told(waiting, [held], { approvals: approved(held) }), 'pass: policy/held is released by ann, bob.');
    assert.equal(told(byContracts, [breaking], { approvals: [anApproval('ann', breaking)] }), 'hold: schema/incompatible.');
  });

  test('names whose waiver lets it pass, and until when', () => {
    assert.equal(told(denied, [secret], { waivers: [aWaiver(secret)] }), 'pass: governance/secret_committed is waived by team:a until 2027-01-01.');
    assert.equal(told(byContracts, [breaking], { waivers: [aWaiver(breaking)] }), 'pass: schema/incompatible is waived by team:a until 2027-01-01.');
  });

  test('tells what is only observed from what warns until a day', () => {
    assert.equal(told(denied, [secret], { rules: { 'governance/secret_committed': { kind: 'observe' } } }), 'pass: governance/secret_committed is only observed.');
    assert.equal(told(denied, [secret], { rules: { 'governance/secret_committed': { kind: 'warn', until: '2026-12-01T00:00:00.000Z' } } }), 'pass: governance/secret_committed only warns until 2026-12-01.');
  });

  test('tells each of several, what stands in the way first', () => {
    const both = { outcome: 'fail', because: 'governance/not_whitelisted and t/own of the repository\'s policies.' } as const;
    assert.equal(told(both, [held, unlisted], { approvals: approved(held) }), 'fail: governance/not_whitelisted; policy/held is released by ann, bob.');
    assert.equal(told(both, [unlisted, held], { approvals: approved(held), rules: { '*': { kind: 'observe' } } }), 'pass: governance/not_whitelisted is only observed; policy/held is only observed.');
  });

  test('is not asked still, where a rule only warned about it', () => {
    assert.equal(told({ outcome: 'unasked', because: 'The App asks who may.' }, [aFinding({ code: 'policy/denied', severity: 'notice' })]), 'unasked: The App asks who may.');
  });

  test('is no answer still, where the policies gave none', () => {
    assert.equal(told({ outcome: 'inconclusive', because: 'The policies gave no whole answer.' }, [breaking], { approvals: approved(breaking) }), 'inconclusive: The policies gave no whole answer.');
  });

  test('is only observed, where everything is, whatever gave no answer', () => {
    const open = { outcome: 'inconclusive', because: 'The policies gave no whole answer.' } as const;
    const silent = aFinding({ code: 'policy/no_answer', path: 'a.txt' });
    const rules = { '*': { kind: 'observe' } } as const;
    assert.equal(told(open, [silent, held], { rules }), 'pass: policy/no_answer is only observed; policy/held is only observed.');
    assert.equal(told(open, [silent, held], { approvals: approved(held) }), 'inconclusive: The policies gave no whole answer.');
    assert.equal(told(open, [], { rules }), 'inconclusive: The policies gave no whole answer.');
  });
});
