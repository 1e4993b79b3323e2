import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingRules } from '../../../src/domain/finding-code.ts';
import { runPlumbline } from '../run-plumbline.ts';
import type { CommandResult } from '../run-plumbline.ts';

const explain = async (...words: readonly string[]): Promise<CommandResult> => await runPlumbline(import.meta.dirname, ['policy', 'explain', ...words]);

test('policy explain tells what a code means, which rule decides it, whether it can be waived and who releases it', async () => {
  const { code, stdout } = await explain('governance/human_approval_required');
  assert.equal(code, 0);
  assert.match(stdout, /^governance\/human_approval_required {2}A contract asks for a person\n\nThe flag `humanApprovalRequired` of a contract is in force/);
  assert.match(stdout, /\n {2}severity {5}hold, told by the gate governance\n {2}decided by {3}policies\/rules\/governance\/human_approval_required: An action on [^\n]+\n {2}remedy {7}[^\n]+\n {2}waiver {7}none: it can not be waived\n {2}released by {2}the approvals that the check names for each action\n {2}page {9}docs\/findings\/governance\/human_approval_required\.md\n$/);
});

test('policy explain says of a code that no rule in Rego decides that its gate does', async () => {
  const { stdout } = await explain('schema/incompatible', '--format', 'json');
  const { meaning, ...told } = JSON.parse(stdout);
  assert.ok(meaning.length > 20);
  assert.deepEqual(told, { version: 1, code: 'schema/incompatible', title: 'A schema breaks compatibility', gate: 'contracts', severity: 'hold', waivable: true, releasedBy: 'tier3', rule: null, page: 'docs/findings/schema/incompatible.md' });
});

test('policy explain has something to say of every code', async () => {
  for (const code of Object.keys(findingRules)) assert.ok(JSON.parse((await explain(code, '--format', 'json')).stdout).meaning.length > 20, code);
});

for (const [typed, meant] of [['governance/not_whitelsted', 'governance/not_whitelisted'], ['rejected', 'governance/rejected']] as const) {
  test(`policy explain refuses ${typed} and names ${meant}`, async () => {
    const { code, stderr } = await explain(typed);
    assert.deepEqual([code, stderr.includes(`Did you mean ${meant}?`)], [64, true]);
  });
}

test('policy explain refuses a word that is near no code, and says where they are listed', async () => {
  const { code, stderr } = await explain('quack');
  assert.deepEqual([code, stderr.includes('They are listed in docs/findings/README.md.')], [64, true]);
});
