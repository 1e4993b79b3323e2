import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../schemas/decision.schema.json' with { type: 'json' };
import { decisionRecord, renderDecisionJson } from '../../src/render/decision-json.ts';
import { aDecision, aDecisionWith, aFindingAt, aVerdict } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

const ajv = new Ajv({ allErrors: true, strict: true, ownProperties: true });
const validate = ajv.compile(schema);

function problems(value: unknown): readonly string[] {
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
}

describe('renderDecisionJson()', () => {
  for (const [name, decision] of Object.entries(sampleDecisions)) {
    it(`of the sample "${name}" satisfies the schema`, () => {
      assert.deepEqual(problems(JSON.parse(renderDecisionJson(decision))), []);
    });
  }

  it('has the documented keys in the documented order', () => {
    const order = ['version', 'gates', 'decision', 'cause', 'wouldBe', 'engine', 'mergeBase', 'base', 'head', 'validUntil', 'verdicts', 'held', 'uncovered', 'policyDigest', 'inputDigest'];
    assert.deepEqual(Object.keys(decisionRecord(aDecision())), order);
  });

  it('parses to the decision itself', () => {
    assert.deepEqual(JSON.parse(renderDecisionJson(sampleDecisions.deny)), JSON.parse(JSON.stringify(sampleDecisions.deny)));
  });

  it('leaves out what somebody added to the decision', () => {
    const decision = { ...aDecision(), token: 'canary' };
    assert.ok(!renderDecisionJson(decision).includes('canary'));
  });

  it('holds what waives a finding, which satisfies the schema, and none of what somebody added to it', () => {
    const waiver = { owner: 'team:a', reason: 'known', until: '2027-01-01T00:00:00.000Z', daysLeft: 42 };
    const record = JSON.parse(renderDecisionJson(aDecisionWith([{ ...aFindingAt('a', 1, { waived: true, inForce: 'notice' }), waiver: Object.assign({ token: 'canary' }, waiver) }])));
    assert.deepEqual([problems(record), record.verdicts[1].findings[0].waiver], [[], waiver]);
  });

  it('holds the mends of a verdict, which satisfy the schema, and none of what somebody added to them', () => {
    const mend = { path: 'a.yaml', blob: 'd'.repeat(40), edits: [{ pointer: '/previousContractRef', value: null }], codes: ['contract/previous_ref_mismatch'] } as const;
    const added = { ...mend, token: 'canary' };
    const decision = aDecision({ verdicts: [aVerdict('contracts', [], { mends: [added] })] });
    const record = JSON.parse(renderDecisionJson(decision));
    assert.deepEqual([problems(record), record.verdicts[0].mends], [[], [mend]]);
  });

  it('of a denied sample reads as its golden file', () => {
    assertGolden('decision-deny.json', renderDecisionJson(sampleDecisions.deny));
  });

  it('shows no control character of a hostile path', () => {
    assert.doesNotMatch(renderDecisionJson(aDecisionWith([aFindingAt('a\u009b31m\u202e##[error]', 1)])), /[\u009b\u202e]|##\[/);
  });
});

describe('decision.schema.json', () => {
  it('refuses a denial without a cause', () => {
    assert.deepEqual(problems({ ...decisionRecord(aDecision()), decision: 'deny', cause: 'pass' }).includes('/cause enum'), true);
  });

  it('refuses a mend without edits, and one that names no file of the head', () => {
    const mend = { path: 'a.yaml', blob: 'd'.repeat(40), edits: [], codes: ['contract/fork'] };
    const record = decisionRecord(aDecision({ verdicts: [aVerdict('contracts')] }));
    const withMend = (one: object) => problems({ ...record, verdicts: [{ ...JSON.parse(JSON.stringify(aVerdict('contracts'))), mends: [one] }] });
    assert.deepEqual([withMend(mend), withMend({ ...mend, edits: [{ pointer: '/a', value: 1 }], blob: 'main' })], [['/verdicts/0/mends/0/edits minItems'], ['/verdicts/0/mends/0/blob pattern']]);
  });

  it('refuses unknown members, wrong digests and line 0', () => {
    const record = decisionRecord(aDecision());
    assert.deepEqual(problems({ ...record, extra: 1 }), [' additionalProperties']);
    assert.deepEqual(problems({ ...record, inputDigest: 'sha256:ABC' }), ['/inputDigest pattern']);
    assert.deepEqual(problems(decisionRecord(aDecisionWith([aFindingAt('a', 0)]))), ['/verdicts/1/findings/0/line minimum']);
  });
});
