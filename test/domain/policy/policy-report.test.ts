import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { readPolicyReport } from '../../../src/domain/policy/policy-report.ts';

const demand = { inputVersion: 1, rules: ['b/one', 'a/two'], subjects: ['x'] };
const answer = (rule: string, subject: string, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({ rule, subject, outcome: 'pass', ...more });
const report = (...results: readonly JsonValue[]): JsonValue => ({ input_version: 1, results });
const whole = [answer('b/one', 'x'), answer('a/two', 'x', { outcome: 'hold', message: 'ask' })];

test('a report with exactly one answer of each rule for each subject is total, in the order of rules and subjects', () => {
  assert.deepEqual(readPolicyReport(report(...whole), demand), {
    kind: 'report',
    report: { inputVersion: 1, subjects: ['x'], results: [{ rule: 'a/two', subject: 'x', outcome: 'hold', facts: { message: 'ask' } }, { rule: 'b/one', subject: 'x', outcome: 'pass', facts: {} }] },
  });
});

test('a subject that only one rule speaks of is demanded of every rule', () => {
  assert.deepEqual(readPolicyReport(report(...whole, answer('b/one', 'y')), demand), { kind: 'unavailable', why: 'the rule "a/two" gave no answer for "y"' });
});

const refusals: readonly (readonly [what: string, value: JsonValue | undefined, why: RegExp])[] = [
  ['nothing', undefined, /undefined: the policies gave no answer/],
  ['null', null, /not of the form/],
  ['an empty list of results', report(), /"a\/two" gave no answer for "x"/],
  ['another input version', { input_version: 2, results: whole }, /input version 2, expected 1/],
  ['a version that is text', { input_version: '1', results: whole }, /input version "1"/],
  ['results that are no list', { input_version: 1, results: {} }, /not of the form/],
  ['a further member', { input_version: 1, results: whole, allow: true }, /not of the form/],
  ['a rule that did not answer', report(whole[0] ?? null), /"a\/two" gave no answer for "x"/],
  ['a second answer of one rule', report(...whole, answer('b/one', 'x', { outcome: 'fail' })), /"b\/one" gave more than one answer for "x"/],
  ['an answer of a rule that is not held', report(...whole, answer('c/three', 'x')), /by the rule "c\/three"/],
  ['an outcome that is none', report(...whole, answer('b/one', 'y', { outcome: 'allow' })), /answers "allow" for "y", expected pass, fail or hold/],
  ['a subject that is no text', report(...whole, { rule: 'b/one', subject: 7, outcome: 'pass' }), /subject 7/],
  ['an empty subject', report(...whole, answer('b/one', '')), /subject ""/],
  ['an answer that is no object', report(...whole, 'pass'), /no object/],
  ['an answer without a rule', report(...whole, { subject: 'x', outcome: 'pass' }), /without a rule/],
];

for (const [what, value, why] of refusals) {
  test(`a report with ${what} is unavailable, not an answer`, () => {
    const reading = readPolicyReport(value, demand);
    assert.equal(reading.kind, 'unavailable');
    assert.match(reading.kind === 'unavailable' ? reading.why : '', why);
  });
}

test('policies without any rule, or whose rules answer for nothing, give no report', () => {
  assert.equal(readPolicyReport(report(), { ...demand, rules: [] }).kind, 'unavailable');
  assert.equal(readPolicyReport(report(), { ...demand, subjects: [] }).kind, 'unavailable');
});
