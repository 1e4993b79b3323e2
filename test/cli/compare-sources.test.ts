import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../builders/a-repository.ts';
import type { TestRepository } from '../builders/a-repository.ts';
import { runPlumbline } from './run-plumbline.ts';

const configuration = 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\n';
const managed = 'kind: Behavior\nname: managed\nscope: change\nowner: team:platform\nsource: {type: repository-files, files: [{path: LICENSE, template: templates/LICENSE}]}\n';
const planned = 'kind: Behavior\nname: planned\nscope: change\nowner: team:platform\nsource: {type: terraform-plan, workflow: .github/workflows/plan.yml, artifact: plan}\n';

/** On a branch off main, which has these behaviours. */
function aManagedRepository(context: TestContext, behavior: string, files: Readonly<Record<string, string>> = {}): TestRepository {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': configuration, 'behaviors/one.yaml': behavior, 'templates/LICENSE': 'Ours\n', LICENSE: 'Ours\n', ...files });
  made.git('checkout', '-q', '-b', 'topic');
  return made;
}

type ToldFinding = readonly [code: string, message: string, path: string | null, severity: string];

async function driftOf(made: TestRepository, ...words: readonly string[]): Promise<{ readonly outcome: string; readonly findings: readonly ToldFinding[] }> {
  const { stdout } = await runPlumbline(made.directory, ['check', '--format', 'json', ...words]);
  const { verdicts }: { verdicts: { gate: string; verdict: string; findings: { code: string; message: string; path: string | null; severity: string }[] }[] } = JSON.parse(stdout);
  const drift = verdicts.find(({ gate }) => gate === 'drift');
  assert.ok(drift !== undefined, stdout);
  return { outcome: drift.verdict, findings: drift.findings.map(({ code, message, path, severity }) => [code, message, path, severity] as const) };
}

test('check fails a change of a managed file that is not as its template, in the working tree too, and passes another one', async (t) => {
  const made = aManagedRepository(t, managed);
  made.commit({ 'README.md': 'x' });
  assert.deepEqual(await driftOf(made), { outcome: 'pass', findings: [] });
  made.write({ LICENSE: 'Mine\n' });
  const { outcome, findings } = await driftOf(made, '--worktree');
  assert.deepEqual([outcome, findings], ['fail', [['drift/detected', '"LICENSE" has another content than its template "templates/LICENSE". The behaviour "managed" wants it the same.', 'LICENSE', 'deny']]]);
});

test('check lets a change pass that touches no managed file where one stood drifted in the base, and says so at the file', async (t) => {
  const made = aManagedRepository(t, managed, { LICENSE: 'Mine\n' });
  made.commit({ 'README.md': 'x' });
  const { outcome, findings } = await driftOf(made);
  assert.deepEqual([outcome, findings.map(([code, , path, severity]) => [code, path, severity])], ['pass', [['drift/detected', 'LICENSE', 'notice']]]);
  const { stdout } = await runPlumbline(made.directory, ['drift', 'check']);
  assert.match(stdout, /differences\n {4}"LICENSE" has another content than its template "templates\/LICENSE"\.\n/);
});

test('attack: a change that edits the template with the file is measured by the template of the base', async (t) => {
  const made = aManagedRepository(t, managed);
  made.commit({ LICENSE: 'Mine\n', 'templates/LICENSE': 'Mine\n' });
  const { findings } = await driftOf(made);
  assert.ok(findings.some(([code]) => code === 'drift/detected'));
});

test('check gives no signal of what only GitHub knows, and says that the App asks it', async (t) => {
  const made = aManagedRepository(t, planned);
  made.commit({ 'README.md': 'x' });
  const { outcome, findings } = await driftOf(made);
  assert.deepEqual([outcome, findings.map(([code]) => code)], ['inconclusive', ['drift/no_signal']]);
  assert.match(findings[0]?.[1] ?? '', /the command line does not ask GitHub: the App does/);
});

test('drift check compares contracts with what the history of a clone has released', async (t) => {
  const made = aRepository(t);
  const contract = 'contractId: checkout\ncontractVersion: 1.0.0\npreviousContractRef: null\nlifecycle: active\nspec: {limit: 1}\n';
  const released = 'kind: Behavior\nname: released\nscope: environment\nowner: team:platform\nsource: {type: contract-releases}\n';
  made.commit({ '.github/plumbline.yml': `${configuration}contracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"], signatures: optional}\n`, 'behaviors/one.yaml': released, 'contracts/a.yaml': contract });
  const verdict = async (): Promise<readonly unknown[]> => {
    const { code, stdout } = await runPlumbline(made.directory, ['drift', 'check', '--format', 'json']);
    return [code, JSON.parse(stdout).behaviors[0].verdict];
  };
  assert.deepEqual(await verdict(), [0, 'pass']);
  made.commit({ 'contracts/b.yaml': contract.replace('limit: 1', 'limit: 2') });
  assert.deepEqual(await verdict(), [3, 'inconclusive']);
});
