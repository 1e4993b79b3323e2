import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../schemas/decision.schema.json' with { type: 'json' };
import { decisionRecord, renderDecisionJson } from '../../src/render/decision-json.ts';
import { aDecision, aDecisionWith, aFindingAt } from '../builders/decision-builder.ts';
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
    const order = ['version', 'gates', 'decision', 'cause', 'wouldBe', 'engine', 'mergeBase', 'base', 'head', 'validUntil', 'verdicts', 'uncovered', 'policyDigest', 'inputDigest'];
    assert.deepEqual(Object.keys(decisionRecord(aDecision())), order);
  });

  it('parses to the decision itself', () => {
    assert.deepEqual(JSON.parse(renderDecisionJson(sampleDecisions.deny)), JSON.parse(JSON.stringify(sampleDecisions.deny)));
  });

  it('leaves out what somebody added to the decision', () => {
    const decision = { ...aDecision(), token: 'canary' };
    assert.ok(!renderDecisionJson(decision).includes('canary'));
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

  it('refuses unknown members, wrong digests and line 0', () => {
    const record = decisionRecord(aDecision());
    assert.deepEqual(problems({ ...record, extra: 1 }), [' additionalProperties']);
    assert.deepEqual(problems({ ...record, inputDigest: 'sha256:ABC' }), ['/inputDigest pattern']);
    assert.deepEqual(problems(decisionRecord(aDecisionWith([aFindingAt('a', 0)]))), ['/verdicts/1/findings/0/line minimum']);
  });
});
