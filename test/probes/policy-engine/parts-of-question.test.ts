import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicyAction } from '../../../src/domain/policy/policy-input.ts';
import { joinedReadings, partsOfQuestion } from '../../../src/probes/policy-engine/parts-of-question.ts';
import type { PolicyReading } from '../../../src/probes/policy-engine/policy-engine.ts';
import { aPolicyAction, aPolicyInput } from '../../builders/a-policy-input.ts';
import { anEngine } from './an-engine.ts';

const { engine } = anEngine();

function question(actions: readonly PolicyAction[], more: readonly string[] = []) {
  return { input: aPolicyInput({ actions }), subjects: [...actions.map(({ name }) => name), ...more] };
}

const many = (count: number, name: (index: number) => string = (index) => `code.change ${index}`): readonly PolicyAction[] => Array.from({ length: count }, (_, index) => aPolicyAction({ name: name(index), tier: index % 3 === 0 ? 3 : 2 }));

async function answered(asked: ReturnType<typeof question>): Promise<PolicyReading> {
  return joinedReadings(await engine.evaluate(await engine.builtin(), partsOfQuestion(asked)));
}

test('a question of few actions is one question', () => {
  const asked = question(many(1_000));
  assert.deepEqual(partsOfQuestion(asked), [asked]);
});

test('the built-in rules answer a change of more actions than one question has as they answer the whole', async () => {
  const asked = question(many(1_001));
  const [whole] = await engine.evaluate(await engine.builtin(), [asked]);
  assert.equal(partsOfQuestion(asked).length, 2);
  assert.equal(whole?.kind, 'report');
  assert.deepEqual(await answered(asked), whole);
});

test('an attacker who does thousands of things in a change is answered, and so are names without end', async () => {
  for (const actions of [many(process.env['PLUMBLINE_LONG'] === '1' ? 50_000 : 3_000), many(300, (index) => `code.change ${index}/${'x'.repeat(4_000)}\u0001`)]) {
    const reading = await answered(question(actions));
    assert.deepEqual([reading.kind, reading.kind === 'report' && reading.report.subjects.length], ['report', actions.length], reading.kind === 'report' ? '' : reading.why);
  }
});

test('what no action is called stays missing in parts too, and a part without a report speaks for all', async () => {
  assert.deepEqual(await answered(question(many(1_001), ['other'])), { kind: 'silent', why: 'the rule "governance/approvals_missing" gave no answer for "other"' });
  const report: PolicyReading = { kind: 'report', report: { inputVersion: 1, subjects: [], results: [] } };
  assert.deepEqual([joinedReadings([report, { kind: 'timed-out', why: 'w' }]), joinedReadings([])], [{ kind: 'timed-out', why: 'w' }, { kind: 'unavailable', why: 'no answer came' }]);
});
