import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { readPolicyReport } from '../../../src/domain/policy/policy-report.ts';

const demand = { inputVersion: 1, rules: ['b/one', 'a/two'], subjects: ['x'] };
const answer = (subject: string, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({ subject, outcome: 'pass', ...more });
const one = answer('x');
const two = answer('x', { outcome: 'hold', message: 'ask' });
const report = (ones: JsonValue, twos: JsonValue = [two], more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({ input_version: 1, results: { b: { one: ones }, a: { two: twos }, ...more } });
const whole = report([one]);

test('a report with exactly one answer of each rule for each subject is total, in the order of rules and subjects', () => {
  assert.deepEqual(readPolicyReport(whole, demand), {
    kind: 'report',
    report: { inputVersion: 1, subjects: ['x'], results: [{ rule: 'a/two', subject: 'x', outcome: 'hold', facts: { message: 'ask' } }, { rule: 'b/one', subject: 'x', outcome: 'pass', facts: {} }] },
  });
});

test('a subject that only one rule speaks of is demanded of every rule', () => {
  assert.deepEqual(readPolicyReport(report([one, answer('y')]), demand), { kind: 'silent', why: 'the rule "a/two" gave no answer for "y"' });
});

test('what an answer says of its rule is a fact: whose it is the package says', () => {
  const reading = readPolicyReport(report([answer('x', { rule: 'a/two' })]), demand);
  assert.deepEqual(reading.kind === 'report' && reading.report.results.map(({ rule, facts }) => [rule, facts]), [['a/two', { message: 'ask' }], ['b/one', { rule: 'a/two' }]]);
});

const refusals: readonly (readonly [what: string, value: JsonValue | undefined, why: RegExp])[] = [
  ['nothing', undefined, /undefined: the policies gave no answer/],
  ['null', null, /not of the form/],
  ['no results', { input_version: 1, results: {} }, /"a\/two" gave no answer for "x"/],
  ['another input version', { input_version: 2, results: { b: { one: [one] } } }, /input version 2, expected 1/],
  ['a version that is text', { input_version: '1', results: {} }, /input version "1"/],
  ['results that are a list', { input_version: 1, results: [one] }, /not of the form/],
  ['results that are a text', { input_version: 1, results: 'pass' }, /not of the form/],
  ['a further member', { input_version: 1, results: {}, allow: true }, /not of the form/],
  ['a rule that did not answer', report([]), /"b\/one" gave no answer for "x"/],
  ['a second answer of one rule', report([one, answer('x', { outcome: 'fail' })]), /"b\/one" gave more than one answer for "x"/],
  ['an answer of a rule that is not held', report([one], [two], { c: { three: [one] } }), /by the rule "c\/three"/],
  ['answers of an area', report([one], [two], { c: [one] }), /by the rule "c\/"/],
  ['a result that is no set', report({ x: 'pass' }), /"b\/one" has a result that is no set/],
  ['an outcome that is none', report([one, answer('y', { outcome: 'allow' })]), /answers "allow" for "y", expected pass, fail or hold/],
  ['a subject that is no text', report([{ subject: 7, outcome: 'pass' }]), /subject 7/],
  ['an empty subject', report([answer('')]), /subject ""/],
  ['a subject without end', report([answer('x'.repeat(8_193))]), /expected a text of 1 to 8192 characters/],
  ['an answer that is no object', report([one, 'pass']), /answers "pass", expected an object/],
];

for (const [what, value, why] of refusals) {
  test(`a report with ${what} is no answer at all`, () => {
    const reading = readPolicyReport(value, demand);
    assert.equal(reading.kind, 'silent');
    assert.match(reading.kind === 'silent' ? reading.why : '', why);
  });
}

test('policies without any rule, or whose rules answer for nothing, give no report', () => {
  assert.equal(readPolicyReport(whole, { ...demand, rules: [] }).kind, 'silent');
  assert.equal(readPolicyReport({ input_version: 1, results: {} }, { ...demand, subjects: [] }).kind, 'silent');
});
