import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { changeGate } from '../../../src/gates/change/change-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { aDocument } from '../../domain/behavior/a-behavior.ts';

const configured = configurationOf({ version: 1, drift: { behaviors: ['behaviors/*.yaml'] }, playbooks: ['playbooks/*.yaml'] }, 'main');
const path = 'behaviors/checkout.yaml';
const own = 'playbooks/restore-notice.yaml';
const naming = (playbook: string): string => JSON.stringify(aDocument({ playbook }));
const playbook = (id: string): string => `kind: Playbook\nid: ${id}\nversion: 1.0.0\ntitle: Restore\ndescription: Writes it.\ncategory: files\ntier: 2\ntrigger: {classes: [file/missing]}\nsteps:\n  - {type: write-file, path: NOTICE, text: "x"}\nbounds: {maxFiles: 1, maxRepositories: 20}\nverification: {probe: behavior, window: 24h}\nrollback: revert\ndocs: docs/notice.md\ntests:\n  - {name: it comes back, history: [{README.md: "a"}], drift: {class: file/missing, target: NOTICE}, expect: {files: {NOTICE: "x"}}}\n`;

function findings(files: readonly FileInput[], world: World = {}): readonly Finding[] {
  const inputs = files.map((file) => ({ roles: ['own'] as const, ...file }));
  const contents = inputs.flatMap(({ base, head }) => [base, head]).filter((side) => typeof side === 'string');
  return judgeWith(changeGate, aSnapshot({ configured, files: inputs.map((file) => aFile(file)) }), { contents, ...world }).findings;
}

const told = (files: readonly FileInput[], world: World = {}): readonly string[] => findings(files, world).map((one) => `${one.code} ${one.path}${one.line === null ? '' : `:${one.line}:${one.column}`}`);

test('a behaviour may name a playbook that comes with Plumbline, and one of the repository, new or there already', () => {
  assert.deepEqual(told([{ path, head: naming('restore-managed-file') }]), []);
  assert.deepEqual(told([{ path, head: naming('restore-notice') }, { path: own, base: playbook('restore-notice') }]), []);
  assert.deepEqual(told([{ path, head: naming('restore-notice') }, { path: own, head: playbook('restore-notice') }]), []);
});

test('a behaviour that names a playbook which is not there is refused at the line and column of the name, with what may be meant', () => {
  const [finding, ...rest] = findings([{ path, head: naming('restore-managed-fille') }]);
  assert.deepEqual([finding?.code, finding?.path, finding?.line, finding?.column !== 1, rest.length], ['config/invalid', path, 1, true, 0]);
  assert.deepEqual([finding?.message, finding?.next], ['Cannot use `playbook`: found "restore-managed-fille", which is the id of no playbook, expected that of one which comes with Plumbline, or of one file that `playbooks` of the configuration names.', 'Did you mean "restore-managed-file"? `plumbline playbook list` lists what there is.']);
});

test('a playbook that a behaviour names is not taken away, renamed, broken or doubled', () => {
  const behavior = { path, base: naming('restore-notice') };
  const before = { path: own, base: playbook('restore-notice') };
  assert.deepEqual(told([behavior, { ...before, head: null }]), [`config/invalid ${own}`]);
  assert.deepEqual(told([behavior, { ...before, head: playbook('restore-notices') }]), [`config/invalid ${own}`]);
  assert.ok(told([behavior, { ...before, head: 'kind: Playbook\n' }]).includes(`config/invalid ${own}`));
  assert.deepEqual(told([behavior, before, { path: 'playbooks/twin.yaml', head: playbook('restore-notice') }]), ['config/invalid playbooks/twin.yaml']);
  assert.deepEqual(told([behavior, { ...before, head: null }, { path: 'playbooks/moved.yaml', head: playbook('restore-notice') }]), []);
  assert.deepEqual(told([{ ...behavior, head: naming('open-issue') }, { ...before, head: null }]), []);
});

test('what stood in the base is no matter of a change that has no part in it', () => {
  assert.deepEqual(told([{ path, base: naming('gone') }, { path: 'behaviors/other.yaml', head: JSON.stringify(aDocument({ name: 'other' })) }]), []);
  assert.deepEqual(told([{ path, base: naming('gone') }, { path: own, head: playbook('restore-notice') }]), []);
});

test('a playbook that was not read is not known to be none', () => {
  assert.deepEqual(told([{ path, head: naming('restore-notice') }, { path: own, base: playbook('restore-notice') }], { contents: [naming('restore-notice')] }), [`snapshot/unreadable ${own}`]);
});
